"""A table that is no list of records as CSV: a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponseBase, StreamingHttpResponse

from .exports import csv_lines


def csv_table(rows: Iterable[Sequence[object]], name: str, *, for_spreadsheet: bool = False) -> HttpResponseBase:
    """Lines as CSV, streamed: exact, or marked as UTF-8 and without anything that a spreadsheet would run."""
    response = StreamingHttpResponse(csv_lines(rows, for_spreadsheet=for_spreadsheet), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
