"""The map counts what the chronicle counts, says what it cannot draw, and shows no place that readers may not see."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
from django.test import Client

from events.models import Event
from sinorus.search import index
from tests import records as make
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db

QUESTIONS = ["", "state=china", "place=china", "date_after=1990&kind=summit&kind=signing", "q=beijing", "theme=border&place=unknown"]


def rows(reader: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(body_of(reader.get(f"/map.csv?{query}")).decode().splitlines()))


@pytest.mark.parametrize("query", QUESTIONS)
def test_each_number_is_that_of_the_list_it_opens(reader: Client, world: Any, query: str) -> None:
    make.event("in-china", place=world.prc)  # no nearer place: a surface with others in it
    for row in rows(reader, query):
        found = reader.get(row["page"].replace("/events/?", "/api/v1/events/?")).json()
        assert found["count"] == int(row["events_with_parts"]), row
    whole = reader.get(f"/api/v1/events/?{query}").json()["count"]
    assert sum(int(row["events"]) for row in rows(reader, query)) == whole


def test_what_lies_within_a_country_is_told_apart_from_what_has_no_nearer_place(reader: Client, world: Any) -> None:
    make.event("in-china", place=world.prc)
    china = next(row for row in rows(reader) if row["place"] == "china")
    assert (china["events"], china["events_with_parts"]) == ("1", "4")  # itself, two in Beijing, one in Shanghai
    assert "1 without a nearer place" in body_of(reader.get("/map/")).decode()


def test_events_that_cannot_be_drawn_are_counted_and_said(reader: Client, world: Any) -> None:
    page = re.sub(r"<[^>]+>|\s+", " ", body_of(reader.get("/map/")).decode())
    page = re.sub(r"\s+", " ", page)
    assert "2 events are drawn." in page  # Beijing alone has coordinates
    assert "4 have no place on record" in page
    assert "2 happened where we have no coordinates" in page  # Shanghai, Moscow


def test_places_outside_the_frame_are_named_beside_it(reader: Client, world: Any) -> None:
    make.event("in-new-york", place=make.place("new-york", title="New York", latitude="40.7128", longitude="-74.0060"))
    page = body_of(reader.get("/map/")).decode()
    beyond = page[page.index("Beyond the frame:") :]
    assert 'href="/events/?place=new-york"' in beyond[: beyond.index("</p>")]
    assert "New York" not in page[page.index("<svg") : page.index("</svg>")]


def test_a_place_that_is_a_draft_is_no_place(reader: Client, world: Any) -> None:
    Event.objects.filter(pk=world.clash_1969.pk).update(place=world.draft_place)
    before = body_of(reader.get("/map/"))
    Event.objects.filter(pk=world.clash_1969.pk).update(place=None)
    assert body_of(reader.get("/map/")) == before
    assert b"hidden-town" not in before


def test_a_question_without_places_still_says_what_it_counts(reader: Client, world: Any) -> None:
    page = body_of(reader.get("/map/?place=unknown")).decode()
    assert "None of these events has a place on record" in page
    assert "4 have no place on record" in page


def test_names_are_in_the_language_of_the_page(reader: Client, world: Any) -> None:
    page = body_of(reader.get("/zh/map/")).decode()
    assert ">北京</text>" in page and ">俄罗斯</text>" in page
    assert 'href="/zh/events/?place=beijing"' in page


def test_words_are_searched_on_the_map_too(reader: Client, world: Any) -> None:
    index.update(Event.objects.all())
    assert "1 event is drawn." in body_of(reader.get("/map/?q=yeltsin")).decode()


def test_a_bad_question_draws_nothing(reader: Client, world: Any) -> None:
    answer = reader.get("/map/?state=never-was")
    assert answer.status_code == 400
    assert b"map-land" not in answer.content
    assert reader.get("/map.csv?state=never-was").status_code == 400
