"""This day and this month: of the day what is known to the day, of the month what certainly lies in it."""

from __future__ import annotations

import datetime

import pytest

from sinorus.pages.catalogues import this_month
from tests.records import event

pytestmark = pytest.mark.django_db


def test_only_what_is_certain_of_the_day_and_of_the_month() -> None:
    for slug, date in {
        "on-the-day": "1969-03-02",
        "another-day": "1953-03-05",
        "some-day-of-the-month": "1957-03",
        "about-then": "1958-03~",
        "over-two-months": "1954-02-27/1954-03-03",
        "some-year": "1960",
        "another-month": "1996-04-25",
        "open": "1950-03-01/..",
    }.items():
        event(slug, date, importance=2)
    event("a-detail", "1970-03-02", importance=1)
    event("a-draft", "1970-03-02", importance=3, draft=True)
    day, month = this_month(datetime.date(2026, 3, 2))
    assert [one.slug for one in day] == ["on-the-day"]
    assert [one.slug for one in month] == ["another-day", "some-day-of-the-month", "about-then"]
