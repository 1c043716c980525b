"""Records as CSV, JSON Lines and JSON: the serializer's fields, streamed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rest_framework.serializers import Serializer

from .fields import OnceField, one_of
from .forms import Form, Options, Telling


class CsvOptions(Options):
    """``bom=1`` makes CSV safe and readable for spreadsheets, and so no longer exact."""

    bom = OnceField(read=one_of("1"), allowed=["1"], required=False)


class _Line:
    """A file whose lines are handed on as they are written."""

    def write(self, line: str) -> str:
        return line


def columns(serializer: Serializer) -> list[tuple[str, tuple[str, ...]]]:
    """(field, parts) of each field of a serializer: a field with ``parts`` becomes a column for each of them."""
    told = ((name, one) for name, one in serializer.fields.items() if not getattr(one, "always_empty", False))
    return [(name, tuple(getattr(field, "parts", ()))) for name, field in told]


def headers(serializer: Serializer) -> list[str]:
    """Names of the columns: ``date_text``, ``date_edtf`` … for a field with parts, else the field's own."""
    return [column for name, parts in columns(serializer) for column in ([f"{name}_{part}" for part in parts] or [name])]


def values(record: dict[str, Any], layout: list[tuple[str, tuple[str, ...]]]) -> list[Any]:
    """A record's values, one a column: numbers and truth values as such, all else as text."""
    row: list[Any] = []
    for name, parts in layout:
        value = record[name]
        row += [_value((value or {}).get(part)) for part in parts] or [_value(value)]
    return row


def _value(value: Any) -> Any:
    """Plain values as they are; records as their slugs, lists joined by "|"; anything else nested as JSON."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        keys = [_key(one) for one in value]
        if all(key and "|" not in key for key in keys):
            return "|".join(keys)
    elif (key := _key(value)) is not None:
        return key
    return json.dumps(value, ensure_ascii=False, default=str)


def _key(value: Any) -> str | None:
    """A plain value, the slug of a record, or that of the actor of a participation; None for what is richer."""
    if isinstance(value, dict):
        actor = value.get("actor")
        return value.get("slug") or (actor.get("slug") if isinstance(actor, dict) else None)
    return None if isinstance(value, list) else str(value)


def csv_lines(rows: Iterable[Sequence[Any]], *, for_spreadsheet: bool = False) -> Iterator[str]:
    """Lines of CSV: exact, or marked as UTF-8 and without a cell that a spreadsheet would run."""
    writer = csv.writer(_Line())
    if for_spreadsheet:
        yield "\ufeff"
    for row in rows:
        cells = [_text(one) for one in row]
        yield writer.writerow([harmless(cell) for cell in cells] if for_spreadsheet else cells)


def _text(value: Any) -> str:
    return {None: "", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def rows(telling: Telling) -> Iterator[list[Any]]:
    """Names of the columns, then a line for each record."""
    layout = columns(telling.serializer)
    yield headers(telling.serializer)
    yield from (values(record, layout) for record in telling.told())


def csv_form(write: Any) -> Form:
    """CSV of lines that ``write`` makes of what is to be told."""
    return Form(
        suffix="csv",
        name="CSV",
        content_type="text/csv; charset=utf-8",
        write=lambda telling: csv_lines(write(telling), for_spreadsheet=bool(telling.options["bom"])),
        of_records=False,
        options=CsvOptions,
    )


def _jsonl(telling: Telling) -> Iterator[str]:
    return (json.dumps(record, ensure_ascii=False, default=str) + "\n" for record in telling.told())


def _json(telling: Telling) -> Iterator[str]:
    return (json.dumps(record, ensure_ascii=False, default=str, indent=1) + "\n" for record in telling.told())


#: The whole list, exactly.
CSV = csv_form(rows)
JSONL = Form(suffix="jsonl", name="JSON Lines", content_type="application/jsonl; charset=utf-8", write=_jsonl, of_records=False)
#: A record as the API tells it; the list in JSON is the API.
JSON = Form(suffix="json", name="JSON", content_type="application/json", write=_json, of_lists=False)
