"""What was made of single records (a row of a list, the answer of the API), kept in the process until what they tell changes.

It is asked only where a snapshot is read, and holds what belongs to one edition: when a newer one is met, the records that the stream
of changes names are left out, or all of them where it does not tell. A request that still reads an older edition keeps nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.db.models import Model

from . import repeating, snapshot

MOST = 10_000  # records of a type; some kilobytes each


class Kept:
    """Of one record type: by primary key, then by the variant (language, form …) in which the record is told."""

    def __init__(self, record_type: str) -> None:
        self.record_type = record_type
        self.edition = -1
        self.told: dict[int, dict[Hashable, Any]] = {}
        self.lock = threading.Lock()

    def now(self) -> dict[int, dict[Hashable, Any]] | None:
        """What is kept of the edition that is being read; None where nothing may be kept."""
        if (now := snapshot.current()) is None:
            return None
        with self.lock:
            if now.edition > self.edition:
                touched = now.touched_since(self.edition, self.record_type) if self.told else None
                # Another dictionary, since a request that reads the edition before may still write into this one.
                self.told = {} if touched is None else {pk: told for pk, told in self.told.items() if pk not in touched}
                self.edition = now.edition
            return self.told if now.edition == self.edition else None


_kept: dict[str, Kept] = {}


def tell(model: type[Model], keys: Iterable[int], variant: Hashable, make: Callable[[list[int]], dict[int, Any]]) -> list[Any]:
    """What is told of some records, in their order: what is kept, and for the others what ``make`` gives for their primary keys."""
    keys, name = list(keys), str(model._meta.model_name)
    repeating.shows(name, keys)
    with repeating.apart():
        return _tell(name, keys, variant, make)


def _tell(name: str, keys: list[int], variant: Hashable, make: Callable[[list[int]], dict[int, Any]]) -> list[Any]:
    told = _kept.setdefault(name, Kept(name)).now()
    if told is None:
        found = make(keys)
        return [found[pk] for pk in keys if pk in found]
    found = {pk: told[pk][variant] for pk in keys if variant in told.get(pk, ())}
    if missing := [pk for pk in keys if pk not in found]:
        made = make(missing)
        for pk, one in made.items():
            told.setdefault(pk, {})[variant] = one
        found |= made
        if len(told) > MOST:
            for pk in list(told)[: MOST // 10]:
                told.pop(pk, None)
    return [found[pk] for pk in keys if pk in found]


def forget() -> None:
    """Drop everything, as a new process has nothing."""
    _kept.clear()
