"""What takes minutes: run by ``make test-long``, left out of ``make test``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs import pictures


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("long")


@pytest.fixture(scope="session")
def shipped() -> Iterator[str]:
    """The address of a site with the shipped record, its static files collected; or of the one that SHIPPED_SITE names."""
    if running := os.environ.get("SHIPPED_SITE"):
        yield running
        return
    with pictures.site() as (address, _day):
        yield address
