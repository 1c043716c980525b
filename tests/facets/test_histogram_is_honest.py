"""The histogram: what must fall in a year, what only may, and what stands in no bar, each said; its own span never narrows it."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.test import Client

from events.filters import EventFilterSet
from events.models import Event
from sinorus.facets.histogram import histogram
from tests.records import event

pytestmark = pytest.mark.django_db


def bars(query: str = "") -> dict[str, tuple[int, int]]:
    found = histogram(EventFilterSet(QueryDict(query), Event.objects.public()))
    return {bar.label: (bar.certain, bar.possible) for bar in found.bars if bar.count}


def test_spanning_dates_stand_apart_in_every_year_they_may_fall_in() -> None:
    event("exact", "1956-03-01")
    event("month", "1956-03")
    event("over-the-new-year", "1956-12-30/1957-01-02")
    event("some-time", "late 1950s")
    event("draft", "1956", draft=True)
    assert bars() == {"1956": (2, 1), "1957": (0, 2), "1958": (0, 1), "1959": (0, 1)}


def test_what_stands_in_no_bar_is_counted_apart() -> None:
    event("one", "1950")
    event("other", "1952")
    event("open", "1951/..")
    found = histogram(EventFilterSet(QueryDict(), Event.objects.public()))
    assert (found.open_ended, found.undated, sum(bar.count for bar in found.bars)) == (1, 0, 2)


def test_decades_where_years_are_too_many_and_a_date_within_one_is_certain_of_it() -> None:
    event("nerchinsk", "1689-09-06")
    event("sometime", "1956/1958")
    event("two-decades", "1959/1961")
    assert bars() == {"1680–1689": (1, 0), "1950–1959": (1, 1), "1960–1969": (0, 1)}


def test_the_span_itself_is_left_aside_and_the_rest_of_the_question_is_not() -> None:
    event("a", "1956", kind="clash")
    event("b", "1960", kind="clash")
    event("c", "1957", kind="visit")
    assert bars("kind=clash&date_after=1956&date_before=1956") == {"1956": (1, 0), "1960": (1, 0)}


def test_a_chosen_span_is_looked_at_by_the_year_with_its_surroundings() -> None:
    for year in (1689, 1900, 1950, 1956, 1957, 1961, 1980):
        event(f"in-{year}", str(year))
    assert bars("date_after=1956&date_before=1957") == {"1956": (1, 0), "1957": (1, 0), "1961": (1, 0)}
    found = histogram(EventFilterSet(QueryDict("date_after=1956&date_before=1957"), Event.objects.public()))
    assert [bar.label for bar in found.bars if bar.chosen] == ["1956", "1957"]


def test_each_bar_leads_to_the_records_that_it_counts(reader: Client) -> None:
    event("exact", "1956-03-01")
    event("spanning", "1955/1957", kind="clash")
    event("later", "1958")
    page = reader.get("/events/?kind=clash&kind=meeting").content.decode()
    links = re.findall(r'<tr><th scope="row"><a href="([^"]+)">(\d+)</a></th><td[^>]*>(\d+)</td><td[^>]*>(\d*)</td>', page)
    assert [(year, certain, possible) for _href, year, certain, possible in links] == [
        ("1955", "0", "1"), ("1956", "1", "1"), ("1957", "0", "1"), ("1958", "1", ""),
    ]  # fmt: skip
    for href, _year, certain, possible in links:
        answer = reader.get("/events/" + href.replace("&amp;", "&").removeprefix("/events/"))
        assert answer.context_data["page"].count == int(certain) + int(possible or 0)
        assert answer.context_data["question"].count_certain == int(certain)


def test_every_list_of_dated_records_has_it_and_others_have_not(reader: Client, world: object) -> None:
    for address in ("/events/", "/treaties/", "/sources/"):
        assert 'class="histogram"' in reader.get(address).content.decode(), address
    for address in ("/actors/", "/places/", "/themes/", "/events/?date_after=soon"):
        assert 'class="histogram"' not in reader.get(address).content.decode(), address
