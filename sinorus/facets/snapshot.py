"""What is being read: the edition that everything in one answer belongs to, and what changed since others.

This package knows no editions. Whoever opens a snapshot of the database (``sinorus.publishing.editions.reading``) says here which
one it is; an index that was made for another edition is then never asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from .repeating import belongs_to_its_edition

#: Numbers of records by the name of their model ("event"), drafts and deleted ones included.
Changes = Mapping[str, set[int]]


@dataclass(frozen=True)
class Snapshot:
    """One state of the database.

    ``changes_since`` gives the records that changed after an edition up to this one, and ``touched_since`` those of a type whose
    answers may have changed, since they or a record that they tell of did; ``kinds_since`` says of each record type whether any of its
    records changed; None where that is not known. ``again`` opens another
    snapshot, of the newest edition, for a thread of one's own. ``using`` is the database that is read.
    """

    edition: int
    changes_since: Callable[[int], Changes | None]
    touched_since: Callable[[int, str], set[int] | None]
    again: Callable[[], AbstractContextManager[Snapshot]]
    kinds_since: Callable[[int], Mapping[str, bool] | None] = lambda since: None
    using: str = DEFAULT_DB_ALIAS
    stamp: str = ""  # what tells it from another edition of the same number, which there may be after a restore


_current: ContextVar[Snapshot | None] = ContextVar("snapshot", default=None)


def current() -> Snapshot | None:
    """The snapshot that is being read; None where queries may see different states.

    Who asks keeps something of his own by it, so an answer that is made of that belongs to its edition.
    """
    belongs_to_its_edition()
    return _current.get()


@contextmanager
def holding(snapshot: Snapshot) -> Iterator[Snapshot]:
    """Say which snapshot is being read."""
    token = _current.set(snapshot)
    try:
        yield snapshot
    finally:
        _current.reset(token)
