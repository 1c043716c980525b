"""What every published record has: a permanent id, a final slug, a status, and an edition that it was published in."""
