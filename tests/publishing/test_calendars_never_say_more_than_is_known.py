"""iCalendar: a day only where the day is known; everything else as an entry without a date; nothing lost."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pytest
from django.test import Client

from tests import records as make
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db


def calendar(reader: Client, address: str) -> icalendar.Calendar:
    answer = reader.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    body = body_of(answer)
    assert all(len(line) <= 75 for line in body.split(b"\r\n")), "lines are folded at 75 octets"
    return icalendar.Calendar.from_ical(body)


def entries(reader: Client, address: str) -> dict[str, icalendar.Component]:
    return {str(one["UID"]).partition("@")[0]: one for one in calendar(reader, address).subcomponents}


def test_only_known_days_are_drawn(reader: Client, world: Any) -> None:
    found = entries(reader, "/events.ics")
    assert len(found) == 8
    drawn = {key for key, one in found.items() if one.name == "VEVENT"}
    exact = (world.visit_1996, world.five_1996, world.clash_1969)
    assert drawn == {event.public_id for event in exact}
    assert not [key for key, one in found.items() if one.name == "VJOURNAL" and "DTSTART" in one]
    split = found[world.split.public_id]
    assert "late 1950s" in split["DESCRIPTION"] and str(split["X-EDTF"]) == world.split.date.edtf


def test_an_event_is_the_whole_day_and_takes_nobodys_time(reader: Client, world: Any) -> None:
    visit = entries(reader, "/events.ics")[world.visit_1996.public_id]
    assert visit.decoded("DTSTART") == datetime.date(1996, 4, 25)
    assert visit["DTSTART"].params["VALUE"] == "DATE"
    assert visit.decoded("DTEND") == datetime.date(1996, 4, 26)
    assert str(visit["TRANSP"]) == "TRANSPARENT"
    assert str(visit["SUMMARY"]) == "Yeltsin visits Beijing"
    assert str(visit["LOCATION"]) == "Beijing"
    assert str(visit["URL"]) == "http://testserver/events/yeltsin-in-beijing-1996/"


def test_days_from_a_certain_day_to_a_certain_day_are_a_span(reader: Client, world: Any) -> None:
    event = make.event("three-days", "1997-11-09/1997-11-11", (world.china,), cites=world.study)
    one = entries(reader, "/events.ics")[event.public_id]
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (datetime.date(1997, 11, 9), datetime.date(1997, 11, 12))


@pytest.mark.parametrize(
    "date", ["1996-04-25~", "1996-04-25?", "[1996-04-25, 1996-04-26]", "1996-04", "1996-04-25/..", "{1996-04-25, 1996-05-01}"]
)
def test_what_is_doubtful_is_not_drawn(reader: Client, world: Any, date: str) -> None:
    event = make.event("doubtful", date, (world.china,), cites=world.study)
    assert entries(reader, "/events.ics")[event.public_id].name == "VJOURNAL"


def test_it_names_the_question_the_edition_and_itself(reader: Client, world: Any) -> None:
    answer = reader.get("/events.ics?state=china")
    found = icalendar.Calendar.from_ical(body_of(answer))
    assert str(found["X-WR-CALNAME"]) == str(found["NAME"]) == "Chronicle: State: China"
    assert f"edition {answer['X-Edition']}" in found["DESCRIPTION"]
    assert str(found["URL"]) == "http://testserver/events/?state=china"


def test_it_speaks_three_languages(reader: Client, world: Any) -> None:
    for language, title in (("zh", "叶利钦访问北京"), ("ru", "Визит Ельцина в Пекин")):
        visit = entries(reader, f"/events.ics?lang={language}")[world.visit_1996.public_id]
        assert str(visit["SUMMARY"]) == title
        assert str(visit["URL"]) == f"http://testserver/{language}/events/yeltsin-in-beijing-1996/"


def test_a_record_alone_and_a_treaty_by_its_signature(reader: Client, world: Any) -> None:
    (visit,) = calendar(reader, "/events/yeltsin-in-beijing-1996.ics").subcomponents
    assert visit.decoded("DTSTART") == datetime.date(1996, 4, 25)
    (treaty,) = calendar(reader, "/treaties/alliance-1950.ics").subcomponents
    assert treaty.decoded("DTSTART") == datetime.date(1950, 2, 14)
    assert str(treaty["LOCATION"]) == "Moscow"
