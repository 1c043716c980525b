"""A result set as CSV and as JSON Lines: the serializer's fields, every record, streamed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from rest_framework.serializers import Serializer

from .filtersets import FacetedFilterSet

CHUNK = 200


class _Line:
    """A file whose lines are handed on as they are written."""

    def write(self, line: str) -> str:
        return line


def columns(serializer: Serializer) -> list[tuple[str, tuple[str, ...]]]:
    """(field, parts) of each field of a serializer: a field with ``parts`` becomes a column for each of them."""
    return [(name, tuple(getattr(field, "parts", ()))) for name, field in serializer.fields.items()]


def headers(serializer: Serializer) -> list[str]:
    """Names of the columns: ``date_text``, ``date_edtf`` … for a field with parts, else the field's own."""
    return [column for name, parts in columns(serializer) for column in ([f"{name}_{part}" for part in parts] or [name])]


def cells(record: dict[str, Any], layout: list[tuple[str, tuple[str, ...]]]) -> list[str]:
    """A record's values, a cell a column."""
    row: list[str] = []
    for name, parts in layout:
        value = record[name]
        row += [_cell((value or {}).get(part)) for part in parts] or [_cell(value)]
    return row


def _cell(value: Any) -> str:
    """Text as it is, nothing as an empty cell; records as their slugs, lists joined by "|"; anything else nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
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


def _records(request: HttpRequest, question: FacetedFilterSet, serializer_class: type) -> Iterator[dict[str, Any]]:
    """Every record asked for, in order, as the serializer tells it, a few hundred in memory at a time."""
    rows = question.results().for_page()
    serializer = serializer_class(context={"request": request} | question.context())
    for record in rows.iterator(chunk_size=CHUNK):
        yield serializer.to_representation(record)


def _stream(lines: Iterator[str], content_type: str, name: str) -> HttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def jsonl_response(request: HttpRequest, question: FacetedFilterSet, serializer_class: type) -> HttpResponse:
    """One record of the API a line."""
    lines = (json.dumps(record, ensure_ascii=False, default=str) + "\n" for record in _records(request, question, serializer_class))
    return _stream(lines, "application/jsonl; charset=utf-8", f"{_plural(question)}.jsonl")


def csv_response(request: HttpRequest, question: FacetedFilterSet, serializer_class: type) -> HttpResponse:
    """Exact CSV for machines; with ``bom=1`` for spreadsheets: marked as UTF-8, with no cell that they would run."""
    for_spreadsheet = request.GET.getlist("bom") == ["1"]
    serializer = serializer_class(context={"request": request})
    layout, writer = columns(serializer), csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield ("\ufeff" if for_spreadsheet else "") + writer.writerow(headers(serializer))
        for record in _records(request, question, serializer_class):
            row = cells(record, layout)
            yield writer.writerow([_harmless(cell) for cell in row] if for_spreadsheet else row)

    return _stream(lines(), "text/csv; charset=utf-8", f"{_plural(question)}.csv")


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _plural(question: FacetedFilterSet) -> str:
    return str(question.queryset.model._meta.verbose_name_plural.__str__()).lower().replace(" ", "-")
