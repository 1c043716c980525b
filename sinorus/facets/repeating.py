"""Of which queries an answer was made, so that on another edition they can be asked again instead of making it anew.

A public answer follows from its request, the day, the code, and what its queries were told. Most editions change a record that it says
nothing of: then all queries are told what they were told before, which is found out in a twentieth of the time; those
that read no table in which anything can have changed are not even asked. An answer that also
comes of rows that the process keeps holds as long as they do, and one that comes of counts as long as they are the same when counted
again, which takes the index a moment. One that comes of anything else that is kept by edition (``snapshot.current`` says of which), or
that was not made by reading alone, belongs to its edition.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connections, router
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from .tables_read import untouched

if TYPE_CHECKING:
    from .snapshot import Snapshot

#: Statements around the reading, which tell nothing.
_AROUND = ("SAVEPOINT", "RELEASE", "BEGIN", "SET TRANSACTION")

Made = dict[Any, Any]


class Unshareable(Exception):
    """What an answer was made of cannot be told to another process."""


class Queries:
    """The queries of one answer in their order, with a digest of what each was told; and what it was made of beside them."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.seen: list[Any] = []  # a digest of what each was told, as far as it was looked at
        self.told: list[bytes] = []
        self.rows: dict[str, set[int]] = {}  # records whose kept rows it shows, by their type
        self.found: list[tuple[Callable[[Made], Any], bytes]] = []  # how something can be found again, and a digest of what was found
        self.alone = True  # whether the answer follows from them

    @property
    def size(self) -> int:
        """Bytes, about: the words of queries are common to many answers, their values are short, and a question is an object."""
        return 200 * len(self.asked) + 50 * sum(map(len, self.rows.values())) + 2_000 * len(self.found)

    def note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """For ``connection.execute_wrapper``."""
        if _noted.get() is not self:
            pass
        elif sql.startswith("SELECT") and not many:
            self.asked.append((sys.intern(sql), params))  # the same words for every record of a type
            self.seen.append(_blank())
            if isinstance(context["cursor"], _Noted):
                context["cursor"].seen = self.seen[-1]
            else:  # one that counts queries, for a test
                self.alone = False
        elif not sql.startswith(_AROUND):
            self.alone = False
        return execute(sql, params, many, context)

    def elsewhere(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """The same for a database other than the one that is read."""
        self.alone = self.alone and _noted.get() is not self
        return execute(sql, params, many, context)

    def settle(self) -> None:
        """Take down what they were told."""
        self.told, self.seen = [one.digest() for one in self.seen], []

    def hold(self, now: Snapshot, since: int) -> bool:
        """Whether an answer that held at the edition ``since`` would be the same if it were made now."""
        if not self.alone:
            return False
        for record_type, keys in self.rows.items():
            if (changed := now.touched_since(since, record_type)) is None or changed & keys:
                return False
        changes = now.kinds_since(since) if self.asked else None
        for (sql, params), told in zip(self.asked, self.told, strict=True):
            if not (changes and untouched(sql, changes)) and _told(now.using, sql, params) != told:
                return False
        made: Made = {}
        return all(digest(_bytes(again(made))) == found for again, found in self.found)


class _Noted(CursorWrapper):
    """A cursor that takes a digest of the rows that are fetched from it."""

    seen: Any = None

    def fetchone(self) -> Any:
        row = self.__getattr__("fetchone")()
        self._see(() if row is None else (row,))
        return row

    def fetchmany(self, *args: Any, **kwargs: Any) -> Any:
        return self._see(self.__getattr__("fetchmany")(*args, **kwargs))

    def fetchall(self) -> Any:
        return self._see(self.__getattr__("fetchall")())

    def __iter__(self) -> Iterator[Any]:
        for row in super().__iter__():
            self._see((row,))
            yield row

    def _see(self, rows: Any) -> Any:
        if self.seen is not None:
            _digest_rows(self.seen, rows)
        return rows


def _blank() -> Any:
    return hashlib.blake2b(digest_size=16)


def _digest_rows(seen: Any, rows: Iterable[Any]) -> None:
    for row in rows:
        seen.update(_bytes(row))


def _bytes(what: Any) -> bytes:
    """What is the same for equal values, and only for them."""
    try:
        return marshal.dumps(what, 2)  # of that version equal values are equal bytes
    except ValueError:
        return repr(what).encode("utf-8", "surrogatepass")


def _told(using: str, sql: str, params: Any) -> bytes:
    seen = _blank()
    with connections[using].cursor() as cursor:
        cursor.execute(sql, params)
        _digest_rows(seen, cursor.fetchall())
    return seen.digest()


def digest(told: bytes) -> bytes:
    """Sixteen bytes that tell one text from another."""
    return hashlib.blake2b(told, digest_size=16).digest()


_noted: ContextVar[Queries | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[Queries]:
    """Note the queries of an answer that is made inside, from the database that is read."""
    queries, using = Queries(), router.db_for_read(Model)
    token = _noted.set(queries)
    with ExitStack() as stack:
        for one in connections.all(initialized_only=True):
            stack.enter_context(one.execute_wrapper(queries.note if one.alias == using else queries.elsewhere))
            if one.alias == using:
                one.make_cursor = partial(_Noted, db=one)
                stack.callback(one.__dict__.pop, "make_cursor", None)
        try:
            yield queries
        finally:
            _noted.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """What is read inside is not noted: whoever reads it says by other means what the answer is made of."""
    token = _noted.set(None)
    try:
        yield
    finally:
        _noted.reset(token)


def shows(record_type: str, keys: Iterable[int]) -> None:
    """Say that what is made now shows kept rows of these records."""
    if (queries := _noted.get()) is not None:
        queries.rows.setdefault(record_type, set()).update(keys)


def found(again: Callable[[], Callable[[Made], Any]], what: Any) -> None:
    """Say that what is made now comes of something that what ``again`` gives would find again.

    What it needs for that it may put into the dictionary that it is given, for others of the same answer.
    """
    if (queries := _noted.get()) is not None:
        queries.found.append((again(), digest(_bytes(what))))


def belongs_to_its_edition() -> None:
    """Say that what is made now also comes of something else."""
    if (queries := _noted.get()) is not None:
        queries.alone = False
