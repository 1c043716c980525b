"""How often something random is tried: `make test` tries enough to notice what breaks, `make test-long` as often as was promised."""

from __future__ import annotations

import os

AT_LENGTH = os.environ.get("TESTS_AT_LENGTH") == "1"


def often(at_length: int, usually: int) -> int:
    """The number for this run."""
    return at_length if AT_LENGTH else usually
