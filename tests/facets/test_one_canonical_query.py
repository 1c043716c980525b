"""A result set has one address: order, repeats, defaults and strangers in a query string do not make another."""

from __future__ import annotations

import random
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from events.filters import EventFilterSet
from events.models import Event
from tests.records import World

from .generated import generate
from .oracle import EventOracle
from .questions import query, random_questions

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def ask(text: str) -> EventFilterSet:
    return EventFilterSet(QueryDict(text), Event.objects.public())


def test_order_and_repeats_do_not_matter() -> None:
    generate(events=5, treaties=0)
    dice = random.Random(3)
    for asked in random_questions(EventOracle(), ["state", "theme"], 60, 3):
        addresses = {EventFilterSet(query(asked, dice), Event.objects.public()).canonical() for _ in range(4)}
        assert len(addresses) == 1, f"{asked} has {addresses}"


def test_it_leads_to_itself() -> None:
    generate(events=40, treaties=0)
    for asked in random_questions(EventOracle(), ["state", "theme"], 60, 4):
        first = EventFilterSet(query(asked), Event.objects.public())
        again = ask(first.canonical())
        assert not again.errors and not again.unknown
        assert again.canonical() == first.canonical()
        assert list(again.results()) == list(first.results())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        ("page=1&page_size=25&sort=-date&date_match=possible", ""),
        ("state=russia&state=china&kind=summit", "kind=summit&state=china&state=russia"),
        ("state=china&state=china", "state=china"),
        ("state=&kind=&date_after=", ""),
        ("utm_source=mail&state=china", "state=china"),
        ("page=02", "page=2"),
        ("date_after=1996&date_match=certain&sort=title", "date_after=1996&date_match=certain&sort=title"),
    ],
)
def test_defaults_blanks_and_strangers_are_left_out(world: World, given: str, expected: str) -> None:
    assert sorted(parse_qsl(ask(given).canonical())) == sorted(parse_qsl(expected))


def test_the_page_names_it(world: World, reader) -> None:  # type: ignore[no-untyped-def]
    body = reader.get("/events/?utm_source=mail&state=russia&state=china&page=1").content.decode()
    assert 'rel="canonical" href="http://testserver/events/?state=china&amp;state=russia"' in body


def test_filtered_lists_ask_not_to_be_indexed(world: World, reader) -> None:  # type: ignore[no-untyped-def]
    assert "noindex" in reader.get("/events/?state=china").content.decode()
    assert "noindex" not in reader.get("/events/").content.decode()
