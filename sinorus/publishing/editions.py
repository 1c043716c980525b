"""The edition: a number raised once in each transaction that changes what readers see, the root of every ETag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from sinorus.facets import snapshot
from sinorus.facets.hurry import hurried

from . import replicas
from .models import Change, Edition, record_types


def current() -> int:
    """The number of the present edition; 0 before anything was published."""
    return present().number


class Present(NamedTuple):
    """The present edition."""

    number: int
    stamp: str  # when it was raised: after a restore, numbers come again that readers and caches know with other content
    due: bool  # whether something scheduled is to be published


def present() -> Present:
    """The present edition; one query."""
    told = next(iter(Edition.objects.raw(_ASKED)), None)
    return _present(told and (told.number, told.at, told.next_publication))


#: Every answer begins with it: a statement that need not be put together anew each time.
_ASKED: Final = f"SELECT id, number, at, next_publication FROM {Edition._meta.db_table} WHERE id = 1"  # noqa: S608


def _present(told: tuple[int, datetime, datetime | None] | None) -> Present:
    if told is None:
        return Present(0, "", due=False)
    number, at, due = told
    return Present(number, str(at), due is not None and due <= timezone.now())


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
def reading(publish_due: Callable[[], None] | None = None, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[snapshot.Snapshot]:
    """Everything that is read inside is of one edition, whatever is committed meanwhile; nothing may be written.

    ``publish_due`` is called first, outside of the snapshot, when something scheduled is due. ``using`` is the database. Inside a
    transaction of somebody else's (a test's) that one has to do: it is no snapshot on every database, so nothing is held.
    """
    if connections[using].in_atomic_block:
        edition = present()
        if edition.due and publish_due:
            publish_due()
            edition = present()
        yield _snapshot(edition, using)
        return
    with _at(using) as edition:
        if not (edition.due and publish_due):
            with snapshot.holding(_snapshot(edition, using)) as held:
                yield held
            return
    publish_due()
    with _at(DEFAULT_DB_ALIAS) as edition, snapshot.holding(_snapshot(edition, DEFAULT_DB_ALIAS)) as held:  # a replica may not have it yet
        yield held


def _snapshot(edition: Present, using: str) -> snapshot.Snapshot:
    return snapshot.Snapshot(
        edition.number,
        changes_since=lambda since: changes(since, edition.number),
        touched_since=lambda since, record_type: touched(since, edition.number, record_type),
        kinds_since=lambda since: kinds(since, edition.number),
        again=lambda: reading(using=replicas.choose()),
        using=using,
        stamp=edition.stamp,
    )


@contextmanager
def _at(using: str) -> Iterator[Present]:
    """One state of a database, for as long as a reader may wait, and which edition it is."""
    connection = connections[using]
    with replicas.reading_from(using), _deferred(connection), hurried(using), transaction.atomic(using=using):
        yield _begun(connection) if connection.vendor == "postgresql" else present()


def _begun(connection: Any) -> Present:
    """The present edition, asked together with what makes the transaction a reader's: each statement is a way to the server and back."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = {settings.READING_TIMEOUT}; {_ASKED}"
        )
        while cursor.nextset():
            pass
        told = cursor.fetchone()
    return _present(told and told[1:])


@contextmanager
def _deferred(connection: Any) -> Iterator[None]:
    """SQLite's transactions take the write lock when they begin, which who only reads must not."""
    connection.ensure_connection()  # which sets the mode: without it the first reader of each thread took the lock
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
    told = set()
    for edition, name, number, into in _entries(since, until).values_list("edition", "record_type", "record_id", "into_id"):
        told.add(edition)
        found.setdefault(name, set()).update({number, into} - {None})
    return found if len(told) == until - since else None


def kinds(since: int, until: int) -> dict[str, bool] | None:
    """Whether records of each type changed after one edition up to another; None where the stream does not tell of an edition."""
    found = set(_entries(since, until).values_list("edition", "record_type").distinct())
    changed = {name for _edition, name in found}
    return {name: name in changed for name in record_types()} if len({edition for edition, _name in found}) == until - since else None


def touched(since: int, until: int, record_type: str) -> set[int] | None:
    """The records of a type that changed, or that tell of one that did; None where the stream does not tell of an edition."""
    if (model := record_types().get(record_type)) is None:
        return None
    found, told = set(), set()
    for edition, name, number, affects in _entries(since, until).values_list("edition", "record_type", "record_id", "affects"):
        told.add(edition)
        found |= {number} if name == record_type else set()
        found |= {int(one[1:]) for one in affects if one[0] == model.PREFIX}
    return found if len(told) == until - since else None


def _entries(since: int, until: int) -> QuerySet[Change]:
    return Change.objects.filter(edition__gt=since, edition__lte=until).order_by()
