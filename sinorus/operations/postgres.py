"""Copying, checking and replacing a database of PostgreSQL, by its own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from .faults import Refused

VENDOR: Final = "postgresql"
NAME: Final = "PostgreSQL"
FILE: Final = "database.dump"  # in a backup
_PASSED: Final = ("sslmode", "sslrootcert", "sslcert", "sslkey")
_cursors: Final = count()


class Database:
    """A database of a server; ``server`` says where that is and who we are there, as psycopg wants it."""

    def __init__(self, server: Mapping[str, str], name: str) -> None:
        self.server, self.name = server, name

    def __str__(self) -> str:
        return f"the database {self.name}"

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Database:
        """That of an entry of DATABASES."""
        told = {"host": settings["HOST"], "port": str(settings["PORT"]), "user": settings["USER"], "password": settings["PASSWORD"]}
        told |= {name: settings.get("OPTIONS", {}).get(name) for name in _PASSED}
        return cls({name: value for name, value in told.items() if value}, settings["NAME"])

    @property
    def url(self) -> str:
        user = ":".join(quote(self.server[word], safe="") for word in ("user", "password") if word in self.server)
        where = ":".join(quote(self.server[word], safe="") for word in ("host", "port") if word in self.server)
        more = "&".join(f"{word}={quote(self.server[word], safe='')}" for word in _PASSED if word in self.server)
        return f"postgres://{user}@{where}/{quote(self.name, safe='')}{'?' if more else ''}{more}"

    def room(self) -> None:
        """Where it takes its room is the server's matter."""

    def size(self) -> int:
        """Bytes that a copy takes at most; what is not there takes none."""
        if not self.exists():
            return 0
        with self.opened() as connection:
            return connection.execute("SELECT pg_database_size(current_database())").fetchone()[0]

    def exists(self) -> bool:
        with self._server() as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name]).fetchone())

    @contextmanager
    def opened(self, name: str = "") -> Iterator[psycopg.Connection]:
        """A connection to it, in which each statement is a transaction of its own."""
        with psycopg.connect(**self.server, dbname=name or self.name, autocommit=True, connect_timeout=10) as connection:
            yield connection

    def _server(self) -> Any:
        """A connection to the server, from which databases are made, renamed and dropped."""
        return self.opened("postgres" if self.name != "postgres" else "template1")

    def select(self, connection: psycopg.Connection, query: str) -> Iterable[tuple]:
        """Rows, some thousand at a time."""
        with connection.transaction(), connection.cursor(name=f"rows{next(_cursors)}") as cursor:
            cursor.itersize = 2000
            yield from cursor.execute(query)

    def tables(self, connection: psycopg.Connection) -> list[str]:
        """Names of its tables, whatever software made them."""
        return [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]

    @contextmanager
    def snapshot(self) -> Iterator[psycopg.Connection]:
        """A connection that sees one state, whatever is written meanwhile."""
        with self.opened() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection

    @contextmanager
    def copied(self, folder: Path) -> Iterator[psycopg.Connection]:
        """Copy it, online and whole, into the folder of a backup; gives a connection that sees what was copied."""
        with self.snapshot() as connection:
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
            self._run("pg_dump", "-Fc", "-Z1", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", "-f", str(folder / FILE))
            self._run("pg_restore", "-f", os.devnull, str(folder / FILE))  # reads it all
            yield connection

    def _run(self, program: str, *words: str) -> None:
        if not shutil.which(program):
            raise Refused(f"{program} is not found. On Debian: apt-get install postgresql-client, of the server's version or newer.")
        named = {f"PG{word.upper()}": value for word, value in self.server.items()} | {"PGDATABASE": self.name}
        done = subprocess.run([program, *words], env={**os.environ, **named}, capture_output=True, text=True)
        if done.returncode:
            raise Refused(f"{program} failed: {done.stderr.strip()[-2000:]}")

    def checked(self, connection: psycopg.Connection) -> None:
        """The server holds what it promises of its rows."""

    def beside(self, word: str) -> Database:
        """Another database of the same server; the name is cut to what PostgreSQL takes."""
        return Database(self.server, f"{self.name[: 62 - len(word)]}_{word}".replace("-", "_").lower())

    def make(self) -> None:
        """An empty one."""
        self.drop()
        with self._server() as connection:
            try:
                connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(self.name)))
            except psycopg.errors.InsufficientPrivilege as error:
                needed = f"ALTER ROLE {self.server.get('user', '')} CREATEDB"
                raise Refused(f"A database is restored beside the present one, and this role may make none: {needed}.") from error

    def fill(self, folder: Path) -> None:
        """Become the copy in the folder of a backup."""
        self._run("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", "-d", self.name, str(folder / FILE))

    def drop(self) -> None:
        with self._server() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(self.name)))

    def _sequences(self, connection: psycopg.Connection) -> list[tuple[str, str]]:
        """(table, sequence) of the numbers that tables give out."""
        query = (
            "SELECT t.relname, s.relname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass "
            "JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S' AND d.deptype IN ('a', 'i') ORDER BY t.relname"
        )
        return connection.execute(query).fetchall()

    def last_numbers(self, connection: psycopg.Connection) -> dict[str, int]:
        """The highest number that each table ever gave out."""
        found = {}
        for table, sequence in self._sequences(connection):
            last = sql.SQL("SELECT last_value FROM {} WHERE is_called").format(sql.Identifier(sequence))
            if row := connection.execute(last).fetchone():
                found[table] = row[0]
        return found

    def give_no_number_again(self, connection: psycopg.Connection, numbers: Mapping[str, int]) -> None:
        """Have each table go on after the highest number that it ever gave out."""
        for table, sequence in self._sequences(connection):
            if numbers.get(table):
                connection.execute("SELECT setval(%s::regclass, %s)", [sql.Identifier(sequence).as_string(), numbers[table]])

    @contextmanager
    def writing(self, connection: psycopg.Connection) -> Iterator[None]:
        """A transaction in which rows may point at rows that come later."""
        with connection.transaction():
            yield

    def empty(self, connection: psycopg.Connection, names: Iterable[str]) -> None:
        connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, names))))

    def write(self, connection: psycopg.Connection, name: str, columns: list[str], found: Iterable[list]) -> None:
        into = sql.SQL(", ").join(map(sql.Identifier, columns))
        with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), into)) as copy:
            for row in found:
                copy.write_row(row)

    def left_alone(self) -> None:
        """Raises :class:`Refused` when somebody is connected."""
        with self._server() as connection:
            others = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [self.name]).fetchone()[0]
        if others:
            raise Refused("The database is in use. Stop the site and every command that works with it, then restore.")

    def replace_by(self, other: Database) -> Database | None:
        """Take the other's place in one step; gives where what was here is kept."""
        former = self.beside(f"before_{datetime.now():%Y%m%dT%H%M%S}") if self.exists() else None
        rename = "ALTER DATABASE {} RENAME TO {}"
        with self._server() as connection, connection.transaction():
            if former:
                connection.execute(sql.SQL(rename).format(sql.Identifier(self.name), sql.Identifier(former.name)))
            connection.execute(sql.SQL(rename).format(sql.Identifier(other.name), sql.Identifier(self.name)))
        return former
