"""Anniversaries: every event whose day is known, every year on that day; the question of the chronicle narrows them."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pytest
from django.test import Client

from tests import records as make
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db


def anniversaries(reader: Client, query: str = "") -> dict[str, icalendar.Component]:
    answer = reader.get(f"/anniversaries.ics{query}")
    assert answer.status_code == 200, answer.content
    return {str(one["SUMMARY"]): one for one in icalendar.Calendar.from_ical(body_of(answer)).subcomponents}


def test_what_is_known_to_the_day_comes_every_year(reader: Client, world: Any) -> None:
    found = anniversaries(reader)
    assert set(found) == {"Yeltsin visits Beijing (1996)", "Shanghai five 1996 (1996)", "Zhenbao 1969 (1969)"}
    visit = found["Yeltsin visits Beijing (1996)"]
    assert visit.decoded("DTSTART") == datetime.date(1996, 4, 25) and visit["RRULE"]["FREQ"] == ["YEARLY"]
    assert str(visit["UID"]).startswith(f"anniversary-{world.visit_1996.public_id}@")


def test_of_several_days_the_first_is_kept(reader: Client, world: Any) -> None:
    make.event("three-days", "1997-11-09/1997-11-11", (world.china,), cites=world.study)
    one = anniversaries(reader)["Three days (1997)"]
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (datetime.date(1997, 11, 9), datetime.date(1997, 11, 10))


def test_a_question_narrows_them(reader: Client, world: Any) -> None:
    assert set(anniversaries(reader, "?person=boris-yeltsin&kind=summit")) == {"Yeltsin visits Beijing (1996)"}
    assert reader.get("/anniversaries.ics?kind=pact").status_code == 400
    assert 'href="/anniversaries.ics?kind=summit"' in reader.get("/events/?kind=summit").content.decode()
