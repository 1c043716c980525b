"""The window around a record: nothing is called nearer than its date is known, both sides apart from the wider world."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events import around as module
from events.around import apart, around
from events.models import Event
from sinorus.dates.value import HistoricalDate
from tests import records as make
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("1996-04-25", "1996-04-25", 0),
        ("1996-04-25", "1996-04-26", 1),
        ("1996-04-25", "1996-04", 24),  # it may have been the first of the month
        ("1996-04-25", "1996", 250),  # the last of December is the farthest
        ("1996-04-10/1996-04-20", "1996-04-15", 0),  # while it lasted
        ("1996-04-10/1996-04-20", "1996-04-25", 5),  # from the nearer end
        ("1996-04", "1996-04", 29),
        ("1996-04", "1996-05", 60),
        ("1996-04-10/1996-04-20", "1996-04", 10),
    ],
)
def test_the_distance_is_the_greatest_that_the_dates_allow(one: str, other: str, days: int) -> None:
    dates = HistoricalDate.of(one), HistoricalDate.of(other)
    assert apart(*dates) == apart(*reversed(dates)) == days


def shown(rings: list[Any]) -> dict[str, dict[str, list[str]]]:
    return {ring.name: {kind: [near.event.slug for near in getattr(ring, kind)] for kind in ("inside", "outside")} for ring in rings}


def test_events_stand_in_the_narrowest_ring_that_they_surely_belong_to(world: Any) -> None:
    both, one = (world.china, world.russia), (world.china, world.kazakhstan)
    make.event("next-day", "1996-04-27", one)
    make.event("that-month", "1996-05-10", both)
    make.event("some-day-in-april", "1996-04", both)
    make.event("some-time-in-1996", "1996", one)
    make.event("two-years-later", "1998-04-25", both)
    make.event("about-the-time", "1990s", both)
    found = shown(around(world.visit_1996.date, world.visit_1996.pk))
    assert found == {
        "days": {"inside": ["shanghai-five-1996"], "outside": ["next-day"]},
        "month": {"inside": ["some-day-in-april", "that-month"], "outside": []},
        "year": {"inside": [], "outside": ["some-time-in-1996"]},
    }


def test_persons_and_bodies_of_a_side_stand_for_it(world: Any) -> None:
    make.event("two-persons", "1996-04-24", (world.jiang, world.yeltsin))
    assert "two-persons" in shown(around(world.visit_1996.date, world.visit_1996.pk))["days"]["inside"]


def test_a_participant_that_is_not_public_is_no_side(world: Any) -> None:
    hidden = make.actor("hidden-russian", "person", side="russian", draft=True)
    make.event("half-hidden", "1996-04-24", (world.china, hidden))
    assert "half-hidden" in shown(around(world.visit_1996.date))["days"]["outside"]


def test_what_has_no_date_or_no_end_has_no_window(world: Any) -> None:
    assert around(HistoricalDate()) == []
    assert around(HistoricalDate.of("1991/..")) == []


def test_the_most_important_are_shown_where_there_are_too_many(world: Any) -> None:
    both = (world.china, world.russia)
    for number in range(10):
        make.event(f"detail-{number}", "1996-04-25", both)
    make.event("essential", "1996-04-30", both, importance=3)
    days = shown(around(world.visit_1996.date, world.visit_1996.pk))["days"]["inside"]
    assert len(days) == 6 and {"essential", "shanghai-five-1996"} <= set(days)


def test_the_ends_of_the_calendar_are_no_error(world: Any) -> None:
    assert around(HistoricalDate.of("0001-01-01")) == []
    assert around(HistoricalDate.of("9999-12-31")) == []


def test_it_costs_one_query_however_many_there_are(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CANDIDATES", 20)
    for number in range(50):
        make.event(f"many-{number}", "1996-04-25", (world.china, world.russia))
    with CaptureQueriesContext(connection) as queries:
        shown(around(world.visit_1996.date))
    assert len(queries) == 1


def test_pages_and_the_api_tell_the_same(reader: Client, world: Any) -> None:
    page = body_of(reader.get("/events/yeltsin-in-beijing-1996/")).decode()
    section = page[page.index('id="around-heading"') :]
    assert "/events/shanghai-five-1996/" in section
    (ring,) = reader.get("/api/v1/events/yeltsin-in-beijing-1996/around/").json()
    assert (ring["name"], ring["days"], ring["outside"]) == ("days", 7, [])
    (near,) = ring["inside"]
    assert (near["event"]["slug"], near["days"], near["date"]["edtf"]) == ("shanghai-five-1996", 1, "1996-04-26")


def test_an_instrument_has_a_window_without_the_event_at_which_it_was_signed(reader: Client, world: Any) -> None:
    (ring,) = reader.get("/api/v1/treaties/joint-statement-1996/around/").json()
    assert [near["event"]["slug"] for near in ring["inside"]] == ["shanghai-five-1996"]


def test_drafts_did_not_happen(reader: Client, world: Any) -> None:
    assert Event.objects.filter(slug="hidden-event", date_edtf="1996-04-25").exists()
    assert "hidden-event" not in str(reader.get("/api/v1/events/shanghai-five-1996/around/").json())
