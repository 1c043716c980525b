"""The edition: a number raised once in each transaction that changes what readers see, the root of every ETag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, router, transaction
from django.db.models import F
from django.utils import timezone

from sinorus.facets import snapshot

from .models import Change, Edition, record_types


def current() -> int:
    """The number of the present edition; 0 before anything was published."""
    return present()[0]


def present() -> tuple[int, bool]:
    """The number of the present edition, and whether something scheduled is due; one query."""
    number, hour = Edition.objects.filter(pk=1).values_list("number", "next_publication").first() or (0, None)
    return number, hour is not None and hour <= timezone.now()


def raise_edition() -> int:
    """Raise the edition by one and return it. Call once, last, inside the transaction of the change.

    The row stays locked until the transaction ends, so editions are numbered in the order in which they are committed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An edition is raised inside the transaction that it belongs to.")
    if not Edition.objects.filter(pk=1).update(number=F("number") + 1, at=timezone.now()):
        Edition.objects.create(pk=1, number=1)
    return current()


@contextmanager
def reading(publish_due: Callable[[], None] | None = None) -> Iterator[snapshot.Snapshot]:
    """Everything that is read inside is of one edition, whatever is committed meanwhile; nothing may be written.

    ``publish_due`` is called first, outside of the snapshot, when something scheduled is due. Inside a transaction of
    somebody else's (a test's) that one has to do: it is no snapshot on every database, so nothing is held.
    """
    using = router.db_for_read(Edition)
    connection = connections[using]
    if connection.in_atomic_block:
        edition, due = present()
        if due and publish_due:
            publish_due()
            edition = current()
        yield snapshot.Snapshot(edition, lambda since: None, reading)
        return
    with _snapshot(connection, using):
        edition, due = present()
        if not (due and publish_due):
            with _held(edition) as held:
                yield held
            return
    publish_due()
    with _snapshot(connection, using), _held(current()) as held:
        yield held


def _held(edition: int) -> Any:
    return snapshot.holding(snapshot.Snapshot(edition, lambda since: changes(since, edition), reading))


@contextmanager
def _snapshot(connection: Any, using: str) -> Iterator[None]:
    with _deferred(connection), transaction.atomic(using=using):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _deferred(connection: Any) -> Iterator[None]:
    """SQLite's transactions take the write lock when they begin, which who only reads must not."""
    mode = getattr(connection, "transaction_mode", None)
    if mode is None:
        yield
        return
    connection.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = mode


def changes(since: int, until: int) -> snapshot.Changes | None:
    """The records that changed after one edition up to another, by the stream; None where it does not tell of an edition."""
    found: dict[str, set[int]] = {name: set() for name in record_types()}
    entries = Change.objects.filter(edition__gt=since, edition__lte=until).order_by()
    told = set()
    by_letter = {model.PREFIX: name for name, model in record_types().items()}
    for edition, name, number, into, affects in entries.values_list("edition", "record_type", "record_id", "into_id", "affects"):
        told.add(edition)
        found.setdefault(name, set()).update({number, into} - {None})
        for one in affects:
            found[by_letter[one[0]]].add(int(one[1:]))
    return found if len(told) == until - since else None
