"""Questions that are answered by the index in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sinorus.facets import snapshot


@contextmanager
def edition(number: int, changed: dict[str, set[int]] | None = None) -> Iterator[None]:
    """What is read inside belongs to an edition; ``changed`` is what changed since the one before, None for nobody knows."""
    told = None if changed is None else {"event": set(), "treaty": set(), "place": set(), "assessment": set()} | changed
    with snapshot.holding(
        snapshot.Snapshot(number, lambda since: told, lambda since, name: None, lambda: pytest.fail("nothing is made beside"))
    ):
        yield
