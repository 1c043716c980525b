"""What the record covers: every number is that of the list it opens, and a silent time is told as silent."""

from __future__ import annotations

import csv
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from events.models import Event, EventCitation
from sinorus.pages.coverage import Coverage
from tests import records as make
from tests.catalogues import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def sources(world: Any) -> Any:
    """Events that rest on both sides, on one, on a draft beside one, on the same source twice."""
    world.chinese = make.source("renmin-ribao", origin="chinese")
    for slug, cited in (
        ("on-both", (world.chinese, world.pravda)),
        ("on-chinese", (world.chinese, world.chinese)),
        ("on-chinese-and-third", (world.chinese, world.study)),
        ("on-russian-and-draft", (world.pravda, world.draft_source)),
    ):
        made = make.event(slug, "1972", kind="speech")
        for place, one in enumerate(cited):
            EventCitation.objects.create(record=made, source=one, locator=str(place))
    make.source("hidden-chinese", origin="chinese", draft=True)
    return world


def asked(reader: Client, evidence: str) -> set[str]:
    rows = reader.get(f"/api/v1/events/?kind=speech&evidence={evidence}&page_size=100").json()["results"]
    return {row["slug"] for row in rows}


def test_a_record_rests_on_what_readers_can_see_of_its_sources(reader: Client, sources: Any) -> None:
    assert asked(reader, "both-sides") == {"on-both"}
    assert asked(reader, "chinese-side") == {"on-chinese", "on-chinese-and-third"}
    assert asked(reader, "russian-side") == {"on-russian-and-draft"}
    assert asked(reader, "third-only") == set()
    assert asked(reader, "one-source") == {"on-chinese", "on-russian-and-draft"}
    assert asked(reader, "both-sides&evidence=one-source&all=evidence") == set()


@pytest.mark.parametrize("address", ["/coverage/", "/coverage/?by=year", "/coverage/?of=treaties"])
def test_every_number_is_that_of_the_list_it_opens(reader: Client, sources: Any, address: str) -> None:
    page = body_of(reader.get(address)).decode()
    found = re.findall(r'<a href="(/(?:events|treaties|sources)/\?[^"]*)">(\d+)</a>', page)
    assert len(found) > 20
    for link, number in set(found):
        answer = reader.get(f"/api/v1{unescape(link)}&page_size=1")  # the number is asked for, and of its records one
        assert answer.json()["count"] == int(number), link


def test_silent_times_are_rows_of_their_own(reader: Client, sources: Any) -> None:
    Event.objects.filter(slug="regular-summits").update(date_edtf="1991", date_latest="1991-12-31")
    rows = [(row.label, bool(row.cells)) for row in Coverage("events", "decade").rows]
    assert rows[:3] == [("1680s", True), ("1690s – 1940s", False), ("1950s", True)]
    assert rows[-1] == ("2000s (decade) – 2020s", False)
    assert "nothing on record" in body_of(reader.get("/coverage/")).decode()


def test_the_classes_make_up_the_whole(sources: Any) -> None:
    told = Coverage("events", "decade")
    assert told.total == Event.objects.public().count()
    kinds = {row.label: sum(cell.count for cell in row.cells) for row in told.crossed}
    assert kinds["Speech"] == 4 and kinds["Summit"] == 1
    assert {label: cell.count for label, cell in told.weak}["A single source"] == sum(
        one.citations.filter(source__status="published").values("source").distinct().count() == 1 for one in Event.objects.public()
    )


def test_everything_as_lines(reader: Client, sources: Any) -> None:
    rows = list(csv.DictReader(body_of(reader.get("/coverage.csv")).decode().splitlines()))
    assert {row["records"] for row in rows} == {"events", "treaties"}
    (row,) = (row for row in rows if row["year"] == "1972" and row["rests_on"] == "both-sides")
    assert (row["kind"], row["count"]) == ("speech", "1")
    assert reader.get(row["page"].replace("/events/", "/api/v1/events/")).json()["count"] == 1


@pytest.mark.parametrize("query", ["by=week", "of=actors", "by=year&by=decade", "of=\x00"])
def test_a_question_that_is_not_understood_shows_no_table(reader: Client, world: Any, query: str) -> None:
    answer = reader.get(f"/coverage/?{query}")
    assert answer.status_code == 400 and b"<table" not in answer.content
    assert reader.get(f"/coverage.csv?{query}").status_code == 400
    assert reader.get("/coverage.csv?never=1").status_code == 400
    assert reader.get("/coverage/?utm_source=x").status_code == 200
