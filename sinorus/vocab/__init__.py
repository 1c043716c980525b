"""The nouns that both domains point at: actors, the offices they held, places, themes, formulas."""
