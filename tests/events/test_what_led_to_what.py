"""Causes and effects around an event: from cause to effect whoever records it, two steps, nothing that is not public."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from django.test import Client

from events import causes
from events.models import Event, EventLink
from tests import records as make
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(world: Any) -> dict[int, Event]:
    """1901 led to 1902; 1903 responds to 1902; 1903 led to 1904; 1905 is part of 1902; a draft followed from 1902."""
    made = {year: make.event(f"in-{year}", str(year)) for year in range(1901, 1906)}
    hidden = make.event("hidden-effect", "1903", draft=True)
    for one, kind, other in ((1901, "led-to", 1902), (1903, "response-to", 1902), (1903, "led-to", 1904), (1905, "part-of", 1902)):
        EventLink.objects.create(event=made[one], type=kind, target=made[other])
    EventLink.objects.create(event=made[1902], type="led-to", target=hidden)
    return made


def test_two_steps_each_way_from_cause_to_effect(chain: dict[int, Event]) -> None:
    drawing = causes.of(chain[1901])
    assert [node.record.slug for node in drawing.nodes] == ["in-1901", "in-1902", "in-1903"]
    told = [(edge.link.source.slug, edge.link.words, edge.link.target.slug) for edge in drawing.edges]
    assert told == [("in-1901", "led to", "in-1902"), ("in-1902", "met with", "in-1903")]
    assert [node.record.slug for node in drawing.nodes if node.is_reached] == ["in-1902", "in-1903"]
    assert causes.of(chain[1905]) is None


def test_the_page_of_an_event_shows_them_and_leads_on(reader: Client, chain: dict[int, Event]) -> None:
    page = body_of(reader.get("/events/in-1902/")).decode()
    assert "The drawing in words: 3 relations" in page
    assert 'href="/networks/causes/?event=in-1902"' in page
    assert "hidden-effect" not in page
    assert "What led to what" not in body_of(reader.get("/events/in-1905/")).decode()


@pytest.mark.parametrize("asked", ["in-1902", "IN-1902", "In 1902", " in 1902 "])
def test_an_event_is_named_by_slug_or_title(reader: Client, chain: dict[int, Event], asked: str) -> None:
    answer = reader.get("/networks/causes/", {"event": asked})
    assert answer.status_code == 200
    assert "canonical" in body_of(answer).decode() and b"?event=in-1902" in answer.content


def test_an_event_is_named_by_its_number_too(reader: Client, chain: dict[int, Event]) -> None:
    assert reader.get(f"/networks/causes/?event={chain[1902].public_id}").status_code == 200


@pytest.mark.parametrize("asked", ["never", "hidden-effect", "E999999999", "E99999999999999999999", "\x00", "x" * 400, "Ω²"])
def test_what_is_not_there_is_said(reader: Client, chain: dict[int, Event], asked: str) -> None:
    answer = reader.get("/networks/causes/", {"event": asked})
    assert answer.status_code == 404
    assert b"no event of the chronicle" in answer.content
    problem = reader.get("/networks/causes.csv", {"event": asked})
    assert problem.status_code == 400 and problem.json()["errors"][0]["name"] == "event"


def test_as_lines(reader: Client, chain: dict[int, Event]) -> None:
    rows = list(csv.reader(body_of(reader.get("/networks/causes.csv?event=in-1903")).decode().splitlines()))
    assert rows[0] == ["cause", "cause_date", "relation", "effect", "effect_date"]
    assert ["in-1902", "1902", "response-to", "in-1903", "1903"] in rows and len(rows) == 4
    assert reader.get("/networks/causes.csv").status_code == 400
    assert reader.get("/networks/causes.csv?event=in-1903&steps=3").status_code == 400


def test_it_begins_where_most_hangs_together(chain: dict[int, Event]) -> None:
    found = dict(causes.starts())
    assert found[chain[1902]] == found[chain[1903]] == 2 and found[chain[1901]] == 1
    assert chain[1905] not in found
