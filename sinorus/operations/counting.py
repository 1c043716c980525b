"""Numbers that all workers count together, without files and without waiting for each other.

The memory is made before the workers are forked and inherited by them. Each worker writes into a slot of its own (``gunicorn.conf.py``
gives it one), and whoever is asked adds the slots up. When a worker ends, the next one goes on counting in its slot, so totals never fall.
Without gunicorn's settings there is one process and one slot.
"""

from __future__ import annotations

import mmap
import os
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

SLOTS: Final = 64  # workers at one time, those that a reload lets finish included
OTHER: Final = "other"
UNMODIFIED: Final = "unmodified"  # answered from the edition alone, before a route is looked for
METHODS: Final = ("GET", "HEAD", "POST", OTHER)
CLASSES: Final = ("2xx", "3xx", "4xx", "5xx")
#: Upper bounds in seconds. A kept answer takes half a millisecond, a made list some ten.
BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_RESULTS: Final = len(METHODS) * len(CLASSES)
_ROW: Final = _RESULTS + len(BUCKETS) + 2  # ... what is above the last bound, and the sum of seconds
_METHOD: Final = {name: place * len(CLASSES) for place, name in enumerate(METHODS)}


class Counters:
    """Requests by route, method, class of status and time; and what else is counted, by name."""

    def __init__(self, routes: Sequence[str], names: Sequence[str]) -> None:
        self.routes = {name: place * _ROW for place, name in enumerate([OTHER, UNMODIFIED, *routes])}
        self.names = {name: len(self.routes) * _ROW + place for place, name in enumerate(["pid", *names])}
        self.width = len(self.routes) * _ROW + len(self.names)
        self._cells = memoryview(mmap.mmap(-1, 8 * self.width * SLOTS)).cast("d")  # pages that nobody writes to take no memory
        self._start = 0
        self._lock = threading.Lock()

    def take(self, slot: int) -> None:
        """Count in this slot from now on; the process is noted as the one that does."""
        self._start = slot * self.width
        self._cells[self._start + self.names["pid"]] = os.getpid()

    def free(self, slot: int) -> None:
        """The process of the slot has ended."""
        self._cells[slot * self.width + self.names["pid"]] = 0

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        row = self._start + self.routes.get(route, 0)
        result = row + _METHOD.get(method, _METHOD[OTHER]) + min(max(status // 100, 2), 5) - 2
        bucket = next((place for place, bound in enumerate(BUCKETS) if seconds <= bound), len(BUCKETS))
        cells = self._cells
        with self._lock:
            cells[result] += 1
            cells[row + _RESULTS + bucket] += 1
            cells[row + _ROW - 1] += seconds

    def add(self, name: str, amount: float = 1) -> None:
        """Count something else."""
        with self._lock:
            self._cells[self._start + self.names[name]] += amount

    def total(self, name: str) -> float:
        """What was counted under a name, by all processes."""
        return self._sum(self.names[name])

    def processes(self) -> dict[int, int]:
        """Slot → process, of those that run."""
        pids = {slot: int(self._cells[slot * self.width + self.names["pid"]]) for slot in range(SLOTS)}
        return {slot: pid for slot, pid in pids.items() if pid}

    def requests(self) -> dict[str, tuple[dict[tuple[str, str], float], list[float], float]]:
        """For each route that was asked for: numbers by method and class, numbers by time, the sum of seconds."""
        found = {}
        for route, row in self.routes.items():
            times = [self._sum(row + place) for place in range(_RESULTS, _ROW - 1)]
            if any(times):
                kinds = [(method, one) for method in METHODS for one in CLASSES]
                results = {kind: number for place, kind in enumerate(kinds) if (number := self._sum(row + place))}
                found[route] = results, times, self._sum(row + _ROW - 1)
        return found

    def _sum(self, cell: int) -> float:
        return sum(self._cells[cell :: self.width])


@cache
def counters() -> Counters:
    """Those of this process and of all that are forked from it after the first call."""
    databases = [f"{what}:{alias}" for alias in settings.DATABASES for what in ("queries", "seconds", "slow")]
    return Counters(sorted(_names(get_resolver().url_patterns)), [*databases, "kept"])


def _names(patterns: Sequence[Any], space: str = "") -> set[str]:
    """The names of all routes, as a resolved request tells its own."""
    found: set[str] = set()
    for one in patterns:
        if isinstance(one, URLResolver):
            found |= _names(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            found.add(f"{space}{one.name}")
    return found
