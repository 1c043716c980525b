"""XLSX in and out. A workbook is an archive that anybody may have made: its directory is read before anything is unpacked."""

from __future__ import annotations

import datetime
import io
import math
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from .tables import Limits, TableError, Trouble, whole

_EXCEL_CELL = 32_767  # characters that Excel takes in a cell


def rows_of_workbook(content: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet as text. Raises :class:`TableError` for what is no workbook, or too large, or a formula."""
    _look_before_unpacking(content, limits)
    number = -1  # of the last row that was read; none while the file as a whole is looked at
    try:
        # With its formulas and not their last results: a formula is told, not passed over.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        if not book.worksheets:
            raise whole(_("The workbook has no sheet with cells."))
        sheet, number = book.worksheets[0], 0
        # What the sheet says of its own size is not believed: one cell in the last corner would be a billion empty ones.
        last, width = limits.rows + 2, 0
        for number, row in enumerate(sheet.iter_rows(max_row=last, max_col=limits.columns + 1), 1):
            if number == last:
                told = {"row": f"{last:,}"}
                raise TableError(
                    Trouble(number, "", _("The sheet goes down to row %(row)s or further; split it, or remove empty rows.") % told)
                )
            cells = _trimmed([_text(cell, number, place) for place, cell in enumerate(row, 1)])
            width = width or len(cells)
            yield number, cells + [""] * (width - len(cells))
    except TableError:
        raise
    except Exception as error:  # the library raises whatever the damage leads to
        raise TableError(Trouble(number + 1, "", _("The workbook cannot be read: %(error)s") % {"error": _reason(error)})) from error


def _reason(error: BaseException) -> str:
    """Why the library gave up: what lies behind its own general sentence."""
    while error.__cause__:
        error = error.__cause__
    if isinstance(error, DefusedXmlException):
        return _("its XML declares entities, which no program for tables does; save it anew.")
    return str(error)[:200] or type(error).__name__


def _look_before_unpacking(content: bytes, limits: Limits) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise whole(_("The workbook is encrypted or in the old .xls format. Save it as .xlsx without a password."))
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise whole(_("This is not an .xlsx workbook. If it is a web page or CSV under that name, save it anew.")) from error
    if len(members) > limits.members:
        raise whole(_("The workbook has %(count)d parts; at most %(limit)d are read.") % {"count": len(members), "limit": limits.members})
    if (size := sum(member.file_size for member in members)) > limits.unpacked:
        told = {"size": f"{size:,}", "limit": f"{limits.unpacked:,}"}
        raise whole(_("Unpacked, the workbook would have %(size)s bytes; at most %(limit)s are read.") % told)
    if any(member.flag_bits & 0x1 for member in members):
        raise whole(_("The workbook is encrypted. Save it without a password."))
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise whole(_("This is not an .xlsx workbook. If it is another kind of archive, unpack it first."))


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Any, row: int, place: int) -> str:
    """What a cell holds, as one would type it: days in ISO form, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise TableError(Trouble(row, get_column_letter(place), _("This is a formula; only values are read. Paste it as a value.")))
    if cell.data_type == "e" or (isinstance(value, float) and not math.isfinite(value)):
        told = {"error": str(value)[:20]}
        raise TableError(
            Trouble(row, get_column_letter(place), _("This is an error or no number (%(error)s). Put a value in its place.") % told)
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if len(text := str(value)) > (most := settings.UPLOADS["MAX_CELL"]):
        told = {"limit": f"{most:,}"}
        raise TableError(Trouble(row, get_column_letter(place), _("The cell has more than %(limit)s characters.") % told))
    return text


def workbook(name: str, lines: Iterable[list[str]]) -> bytes:
    """A workbook with one sheet, the names of columns in its first line. Every cell is text, so that none is a formula.

    Raises :class:`TableError` for a text that Excel would cut off.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for number, line in enumerate(lines, 1):
        cells = []
        for place, text in enumerate(line, 1):
            if len(text) > _EXCEL_CELL:
                message = _("Excel holds %(limit)s characters in a cell; export CSV or JSON instead.") % {"limit": f"{_EXCEL_CELL:,}"}
                raise TableError(Trouble(number, get_column_letter(place), message))
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
