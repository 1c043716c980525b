"""The shape of records in tables: which columns a type has, and how a list of rows is written in one cell.

A cell of a list has one line for each row: the first field bare, the others with their names, blank ones left out::

    boris-yeltsin | role: guest | office: President of the Russian Federation
    jiang-zemin | role: host

A bar or a line break inside a value is written ``\\|`` and ``\\n``; a list inside a row is JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from sinorus.corpus.check import flatten
from sinorus.corpus.schema import TYPES, Column, Field, RecordType, Ref, Refs, Rows, names

#: What goes in and out as tables. A dossier is a text with a file of its own.
TABLES: Final[dict[str, RecordType]] = {
    name: TYPES[name] for name in ("events", "treaties", "actors", "sources", "places", "themes", "assessments")
}
#: Columns beside the fields of the type.
SLUG, STATUS = "slug", "status"
_BAR = re.compile(r"(?<!\\)\|")
_NAMED = re.compile(r"\s*([a-z_]+):\s?(.*)", re.DOTALL)
_ESCAPES = {"\\\\": "\\", "\\|": "|", "\\n": "\n"}

#: A record as the files of the corpus hold it: text, lists of slugs, lists of rows.
Data = dict[str, Any]


class BadCell(Exception):
    """A cell is not written as the column wants it."""


def columns(type_: RecordType) -> list[str]:
    """The names of a type's columns, in the order of an export."""
    return [SLUG, STATUS, *names(type_.fields)]


def fields_by_name(type_: RecordType) -> dict[str, Field]:
    return {name: field for field in type_.fields for name in names((field,))}


def from_cell(field: Field, cell: Any) -> Any:
    """The value that a cell of a column stands for. Raises :class:`BadCell`; what JSON holds as a list stays as it is."""
    if isinstance(field, Refs | Rows) and isinstance(cell, dict):
        raise BadCell(_("A list is wanted here."))
    if isinstance(field, Refs):
        return cell if isinstance(cell, list) else [slug for part in re.split(r"[;\n]", cell) if (slug := part.strip())]
    if isinstance(field, Rows):
        rows = cell if isinstance(cell, list) else [_row(field, line) for line in cell.splitlines() if line.strip()]
        return grouped(field, rows)
    return cell


def to_cell(field: Field, value: Any) -> str:
    """The cell for a value; ``from_cell`` reads it back."""
    if isinstance(field, Refs):
        return "; ".join(value)
    if isinstance(field, Rows):
        return "\n".join(_line(field, row) for index, item in enumerate(value) for _steps, row in flatten(field, item, (index,)))
    return value


def _first(field: Rows) -> str:
    return next(part.name for part in field.fields if isinstance(part, Column | Ref))


def _row(field: Rows, line: str) -> Data:
    allowed = list(names(field.fields))
    bare, *rest = _BAR.split(line)
    row = {_first(field): _unescaped(bare.strip())}
    for part in rest:
        found = _NAMED.fullmatch(part.rstrip())
        if not found or found[1] not in allowed:
            told = {"part": part.strip()[:60], "allowed": ", ".join(allowed)}
            raise BadCell(_("“%(part)s”: write “name: value” after each bar; names are %(allowed)s.") % told)
        if found[1] in row:
            raise BadCell(_("“%(name)s” stands twice in one line.") % {"name": found[1]})
        row[found[1]] = _value(found[2])
    return row


def _value(text: str) -> Any:
    if text.startswith("["):
        try:
            return json.loads(_unescaped(text), parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            pass  # a text that begins with a bracket, such as a title that the editors supplied
    return _unescaped(text)


def _line(field: Rows, row: Any) -> str:
    first = _first(field)
    parts = [_escaped(row.get(first, ""))]
    parts += [f"{name}: {_escaped(value)}" for name, value in row.items() if name != first and value]
    return " | ".join(parts)


def _escaped(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\r\n", "\n").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return re.sub(r"\\[\\|n]", lambda found: _ESCAPES[found[0]], text)


def grouped(field: Rows, rows: list[Any]) -> list[Any]:
    """Rows as the schema wants them: those that share their ``shared`` fields under one roof, words alone where it says so."""
    if field.scalar:
        return [row[field.scalar] if isinstance(row, dict) and set(row) == {field.scalar} else row for row in rows]
    if not field.grouped or any(not isinstance(row, dict) or field.grouped in row for row in rows):
        return rows
    groups: dict[tuple[Any, ...], list[Data]] = {}
    for row in rows:
        shared = tuple((name, row[name]) for name in field.shared if name in row)
        groups.setdefault(shared, []).append({name: value for name, value in row.items() if name not in field.shared})
    return [{**dict(shared), field.grouped: inner} for shared, inner in groups.items()]


def compared(type_: RecordType, before: Data, after: Data) -> Iterator[tuple[str, str, str]]:
    """Each field in which two states of a record differ, with the cells of both, in the order of the type."""
    for name, field in fields_by_name(type_).items():
        if (old := before.get(name) or "") != (new := after.get(name) or ""):
            cells = to_cell(field, old), to_cell(field, new)
            if cells[0] != cells[1]:
                yield name, *cells
