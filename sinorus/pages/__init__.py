"""What spans record types: home, the vocabulary's pages with what touches them, the ladder of formulas, about, health."""
