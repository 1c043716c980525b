"""What is kept of records stands being written and sifted at once, as the threads of a worker do."""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from sinorus.facets import kept, snapshot


@pytest.fixture
def impatient() -> Iterator[None]:
    """Threads take turns after a few steps instead of after five milliseconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_a_newer_edition_is_met_while_another_request_writes(impatient: None) -> None:
    rows = kept.Kept("event")
    ended = threading.Event()

    def write() -> None:
        for number in itertools.count():
            rows.told[number % 3_000, "page"] = "row"
            rows.told.pop((number // 2 % 3_000, "page"), None)
            if ended.is_set():
                break

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for edition in range(300):
            now = snapshot.Snapshot(edition, lambda since: {}, lambda since, kind: {7}, nullcontext)
            with snapshot.holding(now):
                assert rows.now() is not None
    finally:
        ended.set()
        writer.join()
