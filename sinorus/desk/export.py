"""Records out, in the columns that the import reads: exporting and importing changes nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Final

from sinorus.corpus.schema import RecordType

from .dump import dump
from .shape import SLUG, STATUS, Data, columns, fields_by_name, to_cell
from .workbooks import workbook

CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


def export(type_: RecordType, ids: Iterable[int], kind: str) -> Iterator[bytes]:
    """A table of the records in a format of ``tables.FORMATS``, in pieces.

    CSV is exact, and begins with the mark by which Excel knows UTF-8; in XLSX every cell is text, so that none is a
    formula. Raises :class:`~sinorus.desk.tables.TableError` when a text is longer than Excel takes.
    """
    if kind == "json":
        yield from _json(type_, ids)
    elif kind == "xlsx":
        yield workbook(type_.name, _lines(type_, ids))
    else:
        yield b"\xef\xbb\xbf"
        yield from (_csv_line(line) for line in _lines(type_, ids))


def _lines(type_: RecordType, ids: Iterable[int]) -> Iterator[list[str]]:
    yield columns(type_)
    by_name = fields_by_name(type_)
    for _pk, slug, status, data in dump(type_, ids):
        yield [slug, status, *(to_cell(field, data[name]) if data.get(name) else "" for name, field in by_name.items())]


def _csv_line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _json(type_: RecordType, ids: Iterable[int]) -> Iterator[bytes]:
    opening = f'{{"type": "{type_.name}", "records": [\n'
    for _pk, slug, status, data in dump(type_, ids):
        record: Data = {SLUG: slug, STATUS: status, **data}
        yield (opening + json.dumps(record, ensure_ascii=False)).encode()
        opening = ",\n"
    yield b"\n]}\n" if opening == ",\n" else f"{opening}]}}\n".encode()
