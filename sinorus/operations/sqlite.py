"""Copying, checking and replacing a database of SQLite."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from .faults import Refused

VENDOR: Final = "sqlite"
NAME: Final = "SQLite"
FILE: Final = "database.sqlite3"  # in a backup
_BESIDE: Final = ("-wal", "-shm", "-journal")


class Database:
    """A database file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Database:
        """That of an entry of DATABASES."""
        return cls(Path(settings["NAME"]))

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def room(self) -> Path:
        """The folder in which a database beside this one takes its room."""
        return self.path.parent

    def size(self) -> int:
        """Bytes that a copy takes at most; what is not there takes none."""
        return sum(path.stat().st_size for path in (self.path, Path(f"{self.path}-wal")) if path.exists())

    def exists(self) -> bool:
        return self.path.exists()

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection to what is there; never makes a file."""
        with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=20)) as connection:
            yield connection

    def select(self, connection: sqlite3.Connection, sql: str) -> Iterable[tuple]:
        return connection.execute(sql)

    def tables(self, connection: sqlite3.Connection) -> list[str]:
        """Names of its tables, whatever software made them."""
        wanted = "type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        return [name for (name,) in connection.execute(f"SELECT name FROM sqlite_master WHERE {wanted}")]

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state, whatever is written meanwhile."""
        with self.opened() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def copied(self, folder: Path) -> Iterator[sqlite3.Connection]:
        """Copy it, online and whole, into the folder of a backup; gives a connection to the copy. Writers are not held up."""
        copy = Database(folder / FILE)
        with closing(sqlite3.connect(copy.path)) as into:
            with self.opened() as live:
                live.backup(into)
            into.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        with ThreadPoolExecutor(1) as beside, copy.opened() as connection:
            checked = beside.submit(copy._checked_alone)  # as long as everything else together
            yield connection
            checked.result()

    def _checked_alone(self) -> None:
        with self.opened() as connection:
            self.checked(connection)

    def checked(self, connection: sqlite3.Connection) -> None:
        """Raises :class:`Refused` when the file is damaged or a row points at nothing."""
        connection.execute("PRAGMA mmap_size=4000000000")
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise Refused(f"{self.path} is damaged: {error}.") from error
        if found != "ok":
            raise Refused(f"{self.path} is damaged: {found}.")
        if orphan:
            raise Refused(f"{self.path}: row {orphan[1]} of {orphan[0]} points at a row of {orphan[2]} that is not there.")

    def beside(self, word: str) -> Database:
        """Another database in the same place."""
        return Database(self.path.with_name(f"{self.path.name}.{word}"))

    def make(self) -> None:
        """An empty one."""
        self.drop()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")

    def fill(self, folder: Path) -> None:
        """Become the copy in the folder of a backup."""
        shutil.copyfile(folder / FILE, self.path)

    def drop(self) -> None:
        for path in (self.path, *(Path(f"{self.path}{end}") for end in _BESIDE)):
            path.unlink(missing_ok=True)

    def last_numbers(self, connection: sqlite3.Connection) -> dict[str, int]:
        """The highest number that each table ever gave out."""
        return dict(connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name"))

    def give_no_number_again(self, connection: sqlite3.Connection, numbers: Mapping[str, int]) -> None:
        """Have each table go on after the highest number that it ever gave out."""
        for name, number in numbers.items():
            connection.execute("DELETE FROM sqlite_sequence WHERE name = ? AND seq < ?", [name, number])
            unknown = "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)"
            connection.execute(f"INSERT INTO sqlite_sequence (name, seq) SELECT ?, ? {unknown}", [name, number, name])

    @contextmanager
    def writing(self, connection: sqlite3.Connection) -> Iterator[None]:
        """A transaction in which rows may point at rows that come later."""
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")

    def empty(self, connection: sqlite3.Connection, names: Iterable[str]) -> None:
        for name in names:
            connection.execute(f'DELETE FROM "{name}"')

    def write(self, connection: sqlite3.Connection, name: str, columns: list[str], found: Iterable[list]) -> None:
        into = ", ".join(f'"{column}"' for column in columns)
        connection.executemany(f'INSERT INTO "{name}" ({into}) VALUES ({", ".join("?" * len(columns))})', found)

    def left_alone(self) -> None:
        """Raises :class:`Refused` when another process has it open. Only who is alone may leave the write-ahead log."""
        if not self.exists():
            return
        try:
            with closing(sqlite3.connect(self.path, timeout=0.5)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Refused("The database is in use. Stop the site and every command that works with it, then restore.") from error
        except sqlite3.DatabaseError:
            pass  # not a database any more: nobody can work with it

    def replace_by(self, other: Database) -> Database | None:
        """Take the other's place in one step; gives where what was here is kept. A log that lies about belongs to what was here."""
        with other.opened() as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        former = self.beside(f"before-{datetime.now():%Y%m%dT%H%M%S}")
        for end in _BESIDE:
            if (path := Path(f"{self.path}{end}")).exists():
                path.rename(f"{former.path}{end}")
        if existed := self.exists():
            os.link(self.path, former.path)
            shutil.copymode(self.path, other.path)
        _sync(other.path)
        os.replace(other.path, self.path)
        _sync(self.path.parent)
        return former if existed else None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
