"""The style guide: for staff alone, with the components of the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent.parent
COMPONENTS = """
    side-chinese side-russian side-third date imprecise kind essential aside hint none count figures refs link mark
    control text wrong error switch choices chips chip clear panel facet values all-of more drawer set
    summary-line asked notice problems pages step range every-form elsewhere compare-button basket stacked cell-label scroll
    entry heat silent facts-list lineage-arcs map-key
"""


@pytest.mark.django_db
@pytest.mark.once
def test_staff_alone_see_it_and_nobody_keeps_it(reader: Client, contributor: Client, world: Any) -> None:
    assert reader.get("/styleguide/")["Location"].startswith("/admin/login/")
    answer = contributor.get("/styleguide/")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert "/styleguide/" not in reader.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.once
def test_it_shows_every_component(contributor: Client, world: Any) -> None:
    page = contributor.get("/styleguide/").content.decode()
    shown = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()} | set(re.findall(r"<(mark)>", page))
    assert not set(COMPONENTS.split()) - shown
    styles = "".join(path.read_text() for path in (ROOT / "static/css").glob("*.css"))
    assert not {name for name in COMPONENTS.split() if not re.search(rf"\.{name}\b|\b{name} \{{", styles)} - {"range", "text"}


@pytest.mark.django_db
@pytest.mark.once
def test_it_stands_on_an_empty_site_too(contributor: Client) -> None:
    answer = contributor.get("/styleguide/")
    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())
