"""CSV gives every value back as it is; with ``bom=1``, and in .xlsx, no cell is run by a spreadsheet, and none is lost."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from events.models import Event
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org","x")']
STRANGE = [
    'He said "yes", and left',
    "one\ntwo",
    "中俄睦邻友好合作条约",
    "Договор о добрососедстве",
    "_x0041_",
    "a_b",
    "<&>",
    " spaces ",
    "1996-04-25",
    "007",
]


def lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body_of(answer).decode(), newline="")))


@pytest.fixture
def notes(world: Any) -> dict[str, str]:
    """Events with a note of the place that a spreadsheet or a format might get wrong, by slug."""
    kept = {}
    for number, text in enumerate([*FORMULAS, *STRANGE]):
        event = Event(slug=f"strange-{number}", title="T", kind="other", date="1990", status="published", summary=text, place_note=text)
        event.save()
        kept[event.slug] = text
    return kept


def test_csv_is_exact(reader: Client, notes: dict[str, str]) -> None:
    answer = reader.get("/events.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    found = {row["slug"]: row for row in lines(answer) if row["slug"] in notes}
    assert {slug: row["place_note"] for slug, row in found.items()} == notes
    assert {slug: row["summary"] for slug, row in found.items()} == notes


def test_csv_for_spreadsheets_runs_nothing(reader: Client, notes: dict[str, str]) -> None:
    body = body_of(reader.get("/events.csv?bom=1")).decode()
    assert body.startswith("\ufeff") and not body_of(reader.get("/events.csv")).decode().startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(body[1:], newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell == "'=1+1" for row in rows for cell in row)


def test_a_workbook_keeps_every_text_as_text(reader: Client, notes: dict[str, str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    answer = reader.get("/events.xlsx")
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = openpyxl.load_workbook(io.BytesIO(body_of(answer))).worksheets[0]
    names, *rows = sheet.iter_rows()
    column = {cell.value: number for number, cell in enumerate(names)}
    found = {row[column["slug"]].value: row[column["place_note"]] for row in rows}
    for slug, text in notes.items():
        cell = found[slug]
        # Libraries read the escape of ECMA-376 (_x000A_) or leave it to others; both mean the same text.
        assert (cell.value, cell.data_type, cell.number_format) == (text.replace("_x0041_", "_x005F_x0041_"), "s", "@"), slug
    importance = next(row[column["importance"]] for row in rows if row[column["slug"]].value == "yeltsin-in-beijing-1996")
    assert (importance.value, importance.data_type) == (3, "n")


def test_a_workbook_says_what_it_is_and_what_its_columns_are(reader: Client, world: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    answer = reader.get("/events.xlsx?state=china")
    data, about = openpyxl.load_workbook(io.BytesIO(body_of(answer))).worksheets
    told = {row[0]: row[1] for row in about.iter_rows(values_only=True) if row and row[0]}
    assert told["Question"] == "Chronicle: State: China"
    assert f"edition {answer['X-Edition']}" in told["About"]
    assert "CC BY 4.0" in told["Licence"]
    header = [cell.value for cell in next(data.iter_rows())]
    assert all(told[name] for name in header), "a column without its meaning"
    assert data.freeze_panes == "A2"


def test_the_same_edition_gives_the_same_workbook(reader: Client, world: Any) -> None:
    assert body_of(reader.get("/events.xlsx")) == body_of(reader.get("/events.xlsx"))


def test_a_text_too_long_for_a_cell_says_so(reader: Client, world: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    Event.objects.filter(pk=world.visit_1996.pk).update(body="x" * 40_000)
    sheet = openpyxl.load_workbook(io.BytesIO(body_of(reader.get("/events.xlsx?kind=summit")))).worksheets[0]
    (cut,) = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and len(cell.value) > 30_000]
    assert len(cut) == 32_767 and "the whole text is in .csv" in cut
    assert "x" * 40_000 in body_of(reader.get("/events.csv?kind=summit")).decode()


def test_cells_are_the_fields_of_the_api(reader: Client, world: Any) -> None:
    """Every column says the same as the field it is made of: dates and titles in parts, records as slugs, the rest as JSON."""
    told = {record["slug"]: record for record in reader.get("/api/v1/events/").json()["results"]}
    rows = lines(reader.get("/events.csv"))
    assert len(rows) == len(told)
    for row in rows:
        record = told[row["slug"]]
        assert row["title"] == record["title"] and row["titles_zh"] == (record["titles"]["zh"] or "")
        assert row["date_edtf"] == record["date"]["edtf"] and row["date_earliest"] == (record["date"]["earliest"] or "")
        assert row["place"] == (record["place"]["slug"] if record["place"] else "")
        assert row["participants"] == "|".join(one["actor"]["slug"] for one in record["participants"])
        assert json.loads(row["accounts"] or "[]") == record["accounts"]
