"""What was made of single records (a row of a list, the answer of the API, an entry of a feed), kept in the process until it changes.

What another worker of the same server made is taken from a file that they share, where it stands beside its edition.

It is asked only where a snapshot is read, and holds what belongs to one edition: when a newer one is met, the records that the stream
of changes names are left out, or all of them where it does not tell. A request that still reads an older edition keeps nothing.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language

from . import repeating, snapshot
from .answers import answers
from .snapshot import Snapshot

CHUNK = 250  # records in memory at a time
OLD = 1_000  # editions, after which it would take longer to find out what has changed
MOST = 5_000  # things told of the records of a type: the JSON of an event takes 14 kB, its entry in a calendar 1
MOST_ROWS = 15_000  # of lists, for which the same record is told in three languages: 2 kB each


class Kept:
    """Of one record type: by primary key and the variant (form, language …) in which the record is told, what was made first first."""

    def __init__(self, record_type: str) -> None:
        self.record_type = record_type
        self.edition = -1
        self.told: dict[tuple[int, Hashable], Any] = {}
        self.lock = threading.Lock()

    def now(self) -> dict[tuple[int, Hashable], Any] | None:
        """What is kept of the edition that is being read; None where nothing may be kept."""
        if (now := snapshot.current()) is None:
            return None
        with self.lock:
            if now.edition > self.edition:
                touched = now.touched_since(self.edition, self.record_type) if self.told else None
                # Another dictionary, since a request that reads the edition before may still write into this one, even while it is read.
                self.told = {} if touched is None else {key: one for key, one in self.told.copy().items() if key[0] not in touched}
                self.edition = now.edition
            return self.told if now.edition == self.edition else None


_kept: dict[tuple[str, bool], Kept] = {}


def variant(request: HttpRequest, *what: Hashable) -> Hashable:
    """``what`` is told, and all else that addresses, words and the age of things follow from."""
    return (*what, request.build_absolute_uri("/"), get_script_prefix(), get_language(), datetime.date.today())


def tell(
    model: type[Model], keys: Iterable[int], variant: Hashable, make: Callable[[list[int]], dict[int, Any]], *, rows: bool = False
) -> list[Any]:
    """What is told of some records, in their order: what is kept, and for the others what ``make`` gives for their primary keys."""
    keys, name = list(keys), str(model._meta.model_name)
    repeating.shows(name, keys)
    with repeating.apart():
        return _tell(name, keys, variant, make, rows)


def _tell(name: str, keys: list[int], variant: Hashable, make: Callable[[list[int]], dict[int, Any]], rows: bool) -> list[Any]:
    now, told = snapshot.current(), _kept.setdefault((name, rows), Kept(name)).now()
    if now is None or told is None:
        found = make(keys)
        return [found[pk] for pk in keys if pk in found]
    found = {pk: one for pk in keys if (one := told.get((pk, variant))) is not None}
    if missing := [pk for pk in keys if pk not in found]:
        made = _made(name, missing, variant, make)
        told |= {(pk, variant): one for pk, one in made.items()}
        found |= made
        if len(told) > (most := MOST_ROWS if rows else MOST):
            for key in list(told)[: len(told) - most * 9 // 10]:
                told.pop(key, None)
    return [found[pk] for pk in keys if pk in found]


def tell_long(
    then: Snapshot | None, model: type[Model], keys: Sequence[int], variant: Hashable, make: Callable[[Sequence[int]], dict[int, Any]]
) -> Iterator[Any]:
    """What is told of thousands of records, in their order, one part after another; ``then`` was read when they were asked for.

    Each part is read by itself when its turn comes, so nothing stays open for a slow reader; what is withdrawn meanwhile is left out.
    What is made is kept in the file that the workers share for as long as nothing changes of what the record tells.
    """
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        with then.again() if then else nullcontext():
            found = _made(str(model._meta.model_name), part, variant, make)
        yield from (found[pk] for pk in part if pk in found)


def _made(name: str, keys: Sequence[int], variant: Hashable, make: Callable[[Sequence[int]], dict[int, Any]]) -> dict[int, Any]:
    """What any worker has made and still holds, and for the rest what ``make`` gives, which they then need not make."""
    now, filed = snapshot.current(), answers.filed
    if now is None or filed is None:
        return make(keys)
    entries = {pk: entry for pk in keys if (entry := filed.get((pk, name, variant))) and 0 <= now.edition - entry[0] < OLD}
    oldest = min((edition for edition, _one in entries.values()), default=now.edition)
    touched = now.touched_since(oldest, name) if oldest < now.edition else set()
    found = {} if touched is None else {pk: one for pk, (_edition, one) in entries.items() if pk not in touched}
    news = {pk: one for pk, one in found.items() if entries[pk][0] < now.edition}
    if missing := [pk for pk in keys if pk not in found]:
        news |= (made := make(missing))
        found |= made
    with suppress(OSError):  # a disk that is full
        for pk, one in news.items():
            filed.put((pk, name, variant), (now.edition, one))
    return found


def forget() -> None:
    """Drop everything, as a new process has nothing."""
    _kept.clear()
