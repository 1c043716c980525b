"""Limits of what is asked and sent: each is a setting, stands in the papers, and holds where it is set."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from sinorus.dates.edtf import EdtfError, parse
from sinorus.desk.tables import TableError, read
from sinorus.desk.workbooks import workbook
from sinorus.publishing.markdown import render

FILE = b"slug,title\na,Nerchinsk\nb,Kyakhta\nc,Aigun\n"
BOOK = workbook("events", [["slug", "title"], ["a", "Nerchinsk"]])
#: Of each limit a value that is too low for what is asked or sent.
LOWERED: list[tuple[str, int, str | Callable[[], Any]]] = [
    ("FACETS_MAX_PAGE_SIZE", 3, "page_size=4"),
    ("FACETS_MAX_RECORD", 3, "page_size=2&page=2"),
    ("FACETS_MAX_VALUES", 1, "kind=visit&kind=crisis"),
    ("FACETS_MAX_PARAMETERS", 1, "kind=visit&sort=date"),
    ("SEARCH_MAX_LENGTH", 3, "q=Beijing"),
    ("SEARCH_MAX_TERMS", 1, "q=Yeltsin+Beijing"),
    ("DATES_MAX_LENGTH", 9, lambda: parse("1969-03-02")),
    ("DATES_MAX_ELEMENTS", 2, lambda: parse("[1667,1668,1671]")),
    ("MARKDOWN_MAX_LENGTH", 9, lambda: render("Nerchinsk,")),
    ("MARKDOWN_MAX_NESTING", 3, lambda: render("> > > a")),
    ("MARKDOWN_MAX_MARKS", 1, lambda: render("[[")),
    ("UPLOADS_MAX_BYTES", 10, lambda: read("a.csv", FILE)),
    ("UPLOADS_MAX_ROWS", 2, lambda: read("a.csv", FILE)),
    ("UPLOADS_MAX_COLUMNS", 1, lambda: read("a.csv", FILE)),
    ("UPLOADS_MAX_CELL", 5, lambda: read("a.csv", FILE)),
    ("UPLOADS_MAX_UNPACKED", 100, lambda: read("a.xlsx", BOOK)),
    ("UPLOADS_MAX_MEMBERS", 2, lambda: read("a.xlsx", BOOK)),
]
#: What bounds an answer refuses nobody. The first is read when the process starts, the others are tried by
#: tests/facets/test_index_equals_sql.py and tests/search/test_q_combines_with_everything.py.
REFUSE_NOBODY = {"FACETS_PAGE_SIZE", "FACETS_MAX_BUCKETS", "SEARCH_MAX_RANKED"}
LIMITS = {f"{group}_{name}": usual for group, limits in settings.LIMITS.items() for name, usual in limits.items()}


def refusal(asked: str | Callable[[], Any]) -> str:
    """Why a question to the chronicle, or what is sent, is refused; nothing if it is not."""
    if isinstance(asked, str):
        answer = Client().get(f"/api/v1/events/?{asked}")
        assert answer.status_code in (200, 400, 404)
        return "" if answer.status_code == 200 else answer.content.decode()
    try:
        asked()
    except (EdtfError, TableError, ValidationError) as error:
        return str(error)
    return ""


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """The limit of a cell is one of the process."""
    before = csv.field_size_limit()
    yield
    csv.field_size_limit(before)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "lower", "asked"), LOWERED, ids=[name for name, _lower, _asked in LOWERED])
def test_a_limit_holds_where_it_is_set(world: Any, settings: Any, name: str, lower: int, asked: str | Callable[[], Any]) -> None:
    assert not refusal(asked)
    group, _line, own = name.partition("_")
    setattr(settings, group, getattr(settings, group) | {own: lower})
    assert re.search(rf"\b{lower}\b", refusal(asked)), "the limit is named"


def test_every_limit_is_tried() -> None:
    assert {name for name, _lower, _asked in LOWERED} | REFUSE_NOBODY == set(LIMITS)


def test_the_papers_name_every_limit_and_its_value() -> None:
    paper = (settings.BASE_DIR / "docs/settings.md").read_text().partition("## Limits")[2].partition("\n## ")[0]
    told = {name: int(value.replace(",", "")) for name, value in re.findall(r"^\| `([A-Z_]+)` \| `([0-9,]+)` \| \S", paper, re.M)}
    assert told == LIMITS
    assert {f"{group}_{name}": getattr(settings, group)[name] for group, limits in settings.LIMITS.items() for name in limits} == LIMITS
