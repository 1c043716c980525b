"""The data set as one SQLite file: tables with their keys, indexes, a full-text index, and its own dictionary."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from .tables import Column, Table

_AFFINITY: Final = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
#: What is searched, where a table of records has it. Trigrams, since they find Chinese and parts of Russian words alike.
SEARCHED: Final = ("title", "title_zh", "title_ru", "summary", "body")


def plain(value: Any) -> Any:
    """A value as SQLite and CSV hold it: days and moments in ISO 8601, lists as JSON."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return float(value) if isinstance(value, Decimal) else value


def write(path: Path, tables: Iterable[Table], about: dict[str, str]) -> None:
    """Write the file. The same rows give the same bytes with the same version of SQLite."""
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        _describe(database, tables, about)
        for table in tables:
            database.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', ([plain(one) for one in row] for row in table.rows()))
            _index(database, table)
            if table.is_record:
                _full_text(database, table)
        database.execute("COMMIT")
        database.execute("ANALYZE")
        database.execute("VACUUM")
    finally:
        database.close()


def read(path: Path, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table by the names of their columns, as SQLite holds them."""
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        database.row_factory = sqlite3.Row
        for row in database.execute(f'SELECT * FROM "{table.name}" ORDER BY id'):
            yield dict(row)
    finally:
        database.close()


def _create(table: Table) -> str:
    """The statement, with the meaning of each column beside it, where every browser of SQLite shows it."""
    lines = [
        f"  {_definition(column)}{',' if number < len(table.columns) else ''} -- {column.meaning.replace(chr(10), ' ')}"
        for number, column in enumerate(table.columns, 1)
    ]
    return f'CREATE TABLE "{table.name}" ( -- {table.meaning}\n' + "\n".join(lines) + "\n)"


def _definition(column: Column) -> str:
    parts = [f'"{column.name}"', _AFFINITY.get(column.type, "TEXT")]
    if column.name == "id":
        parts.append("PRIMARY KEY")
    elif not column.nullable:
        parts.append("NOT NULL")
    if column.unique and column.name != "id":
        parts.append("UNIQUE")
    if column.references:
        parts.append(f'REFERENCES "{column.references}"("id")')
    return " ".join(parts)


def _index(database: sqlite3.Connection, table: Table) -> None:
    for column in table.columns:
        if column.references or column.choices or column.name.endswith("_earliest"):
            database.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}"("{column.name}")')


def _full_text(database: sqlite3.Connection, table: Table) -> None:
    """An index that keeps no second copy of the texts; Datasette finds it by itself."""
    names = ", ".join(f'"{name}"' for name in SEARCHED if name in {column.name for column in table.columns})
    database.execute(
        f'CREATE VIRTUAL TABLE "{table.name}_fts" USING fts5({names}, content="{table.name}", content_rowid="id", tokenize="trigram")'
    )
    database.execute(f'INSERT INTO "{table.name}_fts"("{table.name}_fts") VALUES (\'rebuild\')')


def _describe(database: sqlite3.Connection, tables: Iterable[Table], about: dict[str, str]) -> None:
    database.execute('CREATE TABLE "about" ("name" TEXT PRIMARY KEY, "value" TEXT NOT NULL) WITHOUT ROWID')
    database.executemany('INSERT INTO "about" VALUES (?, ?)', about.items())
    database.execute(
        'CREATE TABLE "dictionary" ("table" TEXT, "column" TEXT, "type" TEXT, "meaning" TEXT, "values" TEXT, '
        'PRIMARY KEY ("table", "column")) WITHOUT ROWID'
    )
    rows = (
        (table.name, column.name, column.type, column.meaning, " ".join(one for one in column.choices if one))
        for table in tables
        for column in table.columns
    )
    database.executemany('INSERT INTO "dictionary" VALUES (?, ?, ?, ?, ?)', rows)
