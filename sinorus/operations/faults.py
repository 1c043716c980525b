"""What may go wrong with a backup, in sentences for who runs the site."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was done; the message says why, and what to do about it."""
