"""The chronicle: what happened between the two countries, and around them."""
