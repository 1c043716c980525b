"""The library, made for each test that reads it."""

from __future__ import annotations

import pytest

from tests.search.library import library


@pytest.fixture
def shelves(db: None) -> None:
    """Some dozens of records, indexed."""
    library()
