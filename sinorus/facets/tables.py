"""A table that is no list of records as CSV: a comparison, a matrix."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from .exports import _harmless, _Line, _stream


def csv_table(rows: Iterable[Sequence[object]], name: str, *, for_spreadsheet: bool = False) -> HttpResponse:
    """Lines as CSV, streamed: exact, or marked as UTF-8 and without anything that a spreadsheet would run."""
    writer = csv.writer(_Line())

    def lines() -> Iterable[str]:
        if for_spreadsheet:
            yield "\ufeff"
        for row in rows:
            texts = [str(one) for one in row]
            yield writer.writerow([_harmless(text) for text in texts] if for_spreadsheet else texts)

    return _stream(iter(lines()), "text/csv; charset=utf-8", f"{name}.csv")
