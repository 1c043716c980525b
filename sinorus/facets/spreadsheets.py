"""Records as an Excel workbook that is written while it is sent: every cell typed, memory constant, the first bytes at once.

Libraries finish a workbook in a temporary file before its first byte can leave; with a hundred thousand records that is
minutes. What is needed of the format here (ECMA-376: two sheets of inline strings) is small, so the sheet is written as it
goes and Python's zipfile packs it. Text stays text: no spreadsheet runs it as a formula or makes a date of it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from . import exports
from .forms import Form, Telling
from .problems import problem_page

MAX_ROWS: Final = 1_048_576
MAX_TEXT: Final = 32_767  # characters of a cell
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT, _BOLD = 1, 2  # styles below, by number
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {_MAIN}><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
# What XML cannot hold, and what would be read as such an escape.
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class _Pipe:
    """The end of a zip file that cannot be wound back: what is written is taken out as it comes."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def workbook(rows: Iterable[Sequence[Any]], name: str, about: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """An .xlsx of two sheets: ``rows``, the first of which names the columns, and ``about``, which says what they are."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        names = "".join(
            f'<sheet name="{escape(title[:31])}" sheetId="{number}" r:id="rId{number}"/>' for number, title in ((1, name), (2, "about"))
        )
        book = f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'
        for path, text in {**_PARTS, "xl/workbook.xml": book}.items():
            archive.writestr(_entry(path), _DECLARATION + text)
        yield pipe.take()
        for path, lines in (("xl/worksheets/sheet2.xml", about), ("xl/worksheets/sheet1.xml", rows)):
            with archive.open(_entry(path), "w") as sheet:
                for text in _sheet(lines):
                    sheet.write(text.encode())
                    if data := pipe.take():
                        yield data
    yield pipe.take()


def _entry(path: str) -> zipfile.ZipInfo:
    """A file of the archive without the time of writing: the same records give the same bytes."""
    entry = zipfile.ZipInfo(path)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _sheet(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    yield f'{_DECLARATION}<worksheet {_MAIN}>{view}<sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>'
    letters: list[str] = []
    for number, row in enumerate(rows, 1):
        letters += [_letters(column) for column in range(len(letters), len(row))]
        style = _BOLD if number == 1 else _TEXT
        cells = "".join(_cell(f"{letters[column]}{number}", value, style) for column, value in enumerate(row))
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData></worksheet>"


def _letters(column: int) -> str:
    """Name of a column, counted from 0: A … Z, AA …"""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _cell(place: str, value: Any, style: int) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    text = escape(_STRANGE.sub(lambda found: f"_x{ord(found[0]):04X}_", _fitting(str(value))))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _fitting(text: str) -> str:
    """A text that a cell can hold; one that is cut says so."""
    if len(text) <= MAX_TEXT:
        return text
    note = _(" … [cut: a cell holds no more; the whole text is in .csv and .jsonl]")
    return text[: MAX_TEXT - len(note)] + note


def _about(telling: Telling) -> Iterator[Sequence[Any]]:
    """What was asked, of which edition, under which licence; and what each column is."""
    yield _("About"), telling.header()[0]
    yield from zip((_("Question"), _("Page"), _("Licence")), telling.header()[1:], strict=True)
    yield ()
    yield _("Column"), _("Meaning")
    fields = telling.serializer.fields
    for name, parts in exports.columns(telling.serializer):
        for column in [f"{name}_{part}" for part in parts] or [name]:
            yield column, str(fields[name].help_text or "")


class _Workbook(Form):
    """A workbook, or a refusal where a sheet has not enough rows for all records."""

    def answer(self, telling: Telling) -> HttpResponseBase:
        if telling.question and telling.question.count >= MAX_ROWS:
            return problem_page(400, _("A sheet has room for %(rows)s records; use .csv or .jsonl.") % {"rows": MAX_ROWS - 1})
        return super().answer(telling)


def _write(telling: Telling) -> Iterator[bytes]:
    return workbook(exports.rows(telling), telling.name, _about(telling))


XLSX = _Workbook(suffix="xlsx", name="Excel", content_type=f"{_TYPE}.sheet", write=_write, of_records=False)
#: The forms of every record type.
EVERYWHERE = (exports.CSV, XLSX, exports.JSONL, exports.JSON)
