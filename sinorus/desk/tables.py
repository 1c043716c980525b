"""A file into rows of text: CSV, XLSX or JSON, within limits that are checked before anything is unpacked.

A table remembers where each row stood, in the numbers that a spreadsheet shows. What cannot be read is told with row and
column, all of it at once.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from sinorus.publishing.words import NO_TEXT

from .encodings import UnknownEncoding, decode

FORMATS: Final = ("csv", "xlsx", "json")
_MAX_PROBLEMS = 200  # of one file; more of them help nobody


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be at most; sizes in bytes, ``unpacked`` and ``members`` of an XLSX file."""

    size: int
    unpacked: int
    members: int
    rows: int
    columns: int


def of_the_admin() -> Limits:
    """Of what comes through the admin."""
    return Limits(*(settings.UPLOADS[f"MAX_{name}"] for name in ("BYTES", "UNPACKED", "MEMBERS", "ROWS", "COLUMNS")))


#: Of what the command takes, whose users have the machine anyway.
OF_THE_COMMAND: Final = Limits(size=200_000_000, unpacked=500_000_000, members=1_000, rows=500_000, columns=1_000)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong in a table: row as a spreadsheet counts (0: the file), column, and a sentence."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [_("row %(row)d") % {"row": self.row}] if self.row else []
        where += [_("column %(column)s") % {"column": self.column}] if self.column else []
        return f"{', '.join(where)}: {self.message}" if where else self.message


class TableError(Exception):
    """The file is no table that could be read. ``troubles`` holds all that is wrong with it."""

    def __init__(self, *troubles: Trouble) -> None:
        self.troubles = troubles[:_MAX_PROBLEMS]
        super().__init__("\n".join(map(str, self.troubles)))


def whole(message: str) -> TableError:
    """An error of the file as a whole."""
    return TableError(Trouble(0, "", message))


@dataclass(slots=True)
class Row:
    """A row by the names of its columns. Values are text; JSON has lists and objects too."""

    number: int
    cells: dict[str, Any]


@dataclass(slots=True)
class Table:
    """What a file holds."""

    columns: list[str]
    rows: list[Row]
    encoding: str = ""
    troubles: list[Trouble] = field(default_factory=list)


def kind_of(name: str) -> str:
    """The format that a file name tells. Raises :class:`TableError` with those that are read."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending in ("tsv", "txt"):
        return "csv"
    if ending not in FORMATS:
        raise whole(
            _("Files that end in .%(ending)s are not read. Allowed: %(allowed)s.") % {"ending": ending[:20], "allowed": ", ".join(FORMATS)}
        )
    return ending


def read(name: str, content: bytes, limits: Limits | None = None, encoding: str = "") -> Table:
    """The table in a file, whose format its name tells. Raises :class:`TableError` with everything that is wrong.

    Limits are those of the admin unless others are given.
    """
    kind, limits = kind_of(name), limits or of_the_admin()
    if len(content) > limits.size:
        raise whole(
            _("The file has %(size)s bytes; at most %(limit)s are read.") % {"size": f"{len(content):,}", "limit": f"{limits.size:,}"}
        )
    if not content.strip():
        raise whole(_("The file is empty."))
    if kind == "xlsx":
        from .workbooks import rows_of_workbook  # openpyxl is large and seldom wanted

        return _table(rows_of_workbook(content, limits), limits)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise whole(_("This is a workbook, though its name says .%(kind)s. Name it .xlsx.") % {"kind": kind})
    try:
        text, encoding = decode(content, encoding)
    except UnknownEncoding as error:
        raise whole(str(error)) from error
    table = _json(text, limits) if kind == "json" else _table(_csv_rows(text), limits)
    table.encoding = encoding
    return table


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    if (place := text.find("\0")) >= 0:
        line = len(re.findall(r"\r\n?|\n", text[:place])) + 1
        raise TableError(Trouble(line, "", _("There is a NUL character in this line; remove it.")))
    csv.field_size_limit(settings.UPLOADS["MAX_CELL"])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number, line = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableError(Trouble(number + 1, "", _csv_problem(str(error), line))) from error
        number, line = number + 1, reader.line_num + 1
        yield number, cells


def _csv_problem(error: str, line: int) -> str:
    told = {"line": line, "error": error, "limit": f"{settings.UPLOADS['MAX_CELL']:,}"}
    if "unexpected end" in error:
        return _("A quotation mark that opens in this row, at or after line %(line)d, is never closed.") % told
    if "field larger" in error:
        return _("A cell has more than %(limit)s characters, or a quotation mark at or after line %(line)d is never closed.") % told
    if "expected after" in error:
        return _("Text follows a closing quotation mark, at or after line %(line)d; double the marks inside a cell.") % told
    return _("Not CSV, at or after line %(line)d: %(error)s.") % told


def _delimiter(text: str) -> str:
    """The one of comma, semicolon and tab that the first line has most of outside quotation marks."""
    first = "".join(re.split(r"[\r\n]", text, maxsplit=1)[0].split('"')[0::2])
    return max(",;\t", key=first.count)


def _table(lines: Iterable[tuple[int, list[str]]], limits: Limits) -> Table:
    """Rows by the names in the first line; empty lines are passed over, others must be as long as the first."""
    lines = iter(lines)
    head = next((cells for _number, cells in lines if any(cell.strip() for cell in cells)), None)
    if head is None:
        raise whole(_("The file has no row with the names of columns."))
    columns = _columns(head, limits)
    table = Table(columns, [])
    for number, cells in lines:
        if not any(cells):
            continue
        if len(table.rows) >= limits.rows:
            raise TableError(Trouble(number, "", _("There are more than %(limit)s rows; split the file.") % {"limit": f"{limits.rows:,}"}))
        while len(cells) > len(columns) and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) != len(columns):
            told = {"cells": len(cells), "columns": len(columns)}
            table.troubles.append(Trouble(number, "", _("The row has %(cells)d cells, the first row %(columns)d.") % told))
            continue
        table.troubles += [
            Trouble(number, name, _("There is a control character in this cell; remove it."))
            for name, cell in zip(columns, cells, strict=True)
            if not cell.isprintable() and NO_TEXT.search(cell)
        ]
        table.rows.append(Row(number, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}))
    return table


def _columns(head: list[str], limits: Limits) -> list[str]:
    columns = [cell.strip() for cell in head]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) > limits.columns:
        raise whole(
            _("The file has %(count)d columns; at most %(limit)d are read here.") % {"count": len(columns), "limit": limits.columns}
        )
    troubles = [Trouble(1, str(place), _("This column has no name.")) for place, name in enumerate(columns, 1) if not name]
    twice = [name for name, count in Counter(columns).items() if name and count > 1]
    troubles += [Trouble(1, name, _("Two columns have this name; rename or remove one.")) for name in twice]
    if troubles:
        raise TableError(*troubles)
    return columns


def _json(text: str, limits: Limits) -> Table:
    """A list of objects, or an object whose ``records`` is one. Numbers stay what was written."""
    try:
        return _records(json.loads(text, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_no_number), limits)
    except TableError:
        raise
    except RecursionError as error:
        raise whole(_("The JSON is nested too deeply.")) from error
    except ValueError as error:
        raise whole(_("Not JSON: %(error)s") % {"error": error}) from error


def _records(found: Any, limits: Limits) -> Table:
    records = found.get("records") if isinstance(found, dict) else found
    if not isinstance(records, list):
        raise whole(_("The JSON is a list of records, or an object whose “records” is one."))
    if len(records) > limits.rows:
        raise whole(_("There are more than %(limit)s rows; split the file.") % {"limit": f"{limits.rows:,}"})
    table = Table([], [])
    for number, record in enumerate(records, 1):
        if isinstance(record, dict):
            cells = {name: _plain(value) for name, value in record.items()}
            if wrong := list(_no_words(number, cells)):
                table.troubles += wrong  # not held against the records either: no database takes a NUL or half a character
            else:
                table.rows.append(Row(number, cells))
        else:
            table.troubles.append(Trouble(number, "", _("A record is an object with names and values.")))
    if table.troubles and not table.rows:
        raise TableError(*table.troubles)
    table.columns = list(dict.fromkeys(name for row in table.rows for name in row.cells))
    return table


def _no_words(number: int, cells: dict[str, Any]) -> Iterator[Trouble]:
    """What is wrong with the texts of a record of JSON, whose escapes can say what other files cannot."""
    for name, value in cells.items():
        texts = [name, *_texts(value)]
        if any(not text.isprintable() and NO_TEXT.search(text) for text in texts):
            yield Trouble(number, _shown(name), _("There is a control character in this cell; remove it."))
        if any(len(text) > (limit := settings.UPLOADS["MAX_CELL"]) for text in texts):
            yield Trouble(number, _shown(name), _("The cell has more than %(limit)s characters.") % {"limit": f"{limit:,}"})


def _shown(name: str) -> str:
    """A name that a page can show, whatever it is."""
    return NO_TEXT.sub("\ufffd", name)[:60]


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, names of fields among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _texts(inner)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        name = next(name for name, count in Counter(name for name, _value in pairs).items() if count > 1)
        raise whole(_("“%(name)s” stands twice in one object of the JSON.") % {"name": _shown(name)})
    return found


def _no_number(name: str) -> None:
    raise whole(_("%(name)s is no number of JSON.") % {"name": name})


def _plain(value: Any) -> Any:
    """Text for every scalar, as the other formats have it."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return {None: "", True: "yes", False: "no"}.get(value, value) if value is None or isinstance(value, bool) else value.strip()
