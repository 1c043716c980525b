"""Records as iCalendar (RFC 5545).

A calendar can only say days, and most of history is not known to the day. So a record is an all-day event (VEVENT) only where
its day, or its first and last day, are known without doubt; every other record is a journal entry (VJOURNAL) without a date, its
date told in words and as EDTF. Calendar programs draw the first and leave out the second; a program that reads the file
has all records, and nobody is told more than is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from icalendar import Calendar, Component, Event, Journal, vDDDTypes, vText

from sinorus.dates.value import HistoricalDate
from sinorus.facets.forms import Form, Telling

_END = b"END:VCALENDAR\r\n"


def calendar_form(dated: str) -> Form:
    """The calendar of records by their date in the field ``dated``."""
    return Form(
        suffix="ics",
        name="iCalendar",
        content_type="text/calendar; charset=utf-8",
        write=lambda telling: _write(telling, ("ics", dated), lambda record: entry(telling, record, getattr(record, dated)).to_ical()),
    )


def anniversaries(dated: str) -> Form:
    """Each record whose first day is known without doubt, every year on that day; the others have no anniversary and are left out."""

    def one(telling: Telling, record: Any) -> bytes:
        date = getattr(record, dated)
        known = date.parsed and date.parsed.is_exact
        return _every_year(entry(telling, record, date), date).to_ical() if known else b""

    return Form(
        suffix="ics",
        name="iCalendar",
        content_type="text/calendar; charset=utf-8",
        write=lambda telling: _write(telling, ("anniversaries", dated), lambda record: one(telling, record)),
        of_records=False,
    )


def _write(telling: Telling, form: Hashable, make: Callable[[Any], bytes]) -> Iterator[bytes]:
    """A calendar of what is made of each record, written as it goes."""
    yield _head(telling)
    yield from telling.each(form, make)
    yield _END


def _head(telling: Telling) -> bytes:
    calendar = Calendar()
    about, title, page, licence = telling.header()
    note = _("What is not known to the day is here as journal entries, which calendars do not draw.")
    calendar.add("prodid", "-//sinorus//calendar 1.0//EN")
    calendar.add("version", "2.0")
    calendar.add("name", title)  # RFC 7986; older programs read the two below
    calendar.add("x-wr-calname", title)
    calendar.add("description", " ".join((f"{about}.", note, f"{licence}.")))
    calendar.add("x-wr-caldesc", note)
    calendar["url"] = vText(page)
    return calendar.to_ical().removesuffix(_END)


def entry(telling: Telling, record: Any, date: HistoricalDate) -> Component:
    """A record as an entry: an all-day event if its days are known, else a journal entry without a date."""
    value = date.parsed
    days = (value.earliest, value.latest) if value and value.is_exact else None
    component = Event() if days else Journal()
    component.add("uid", f"{record.public_id}@{urlsplit(telling.page).netloc}")
    component.add("dtstamp", record.updated)  # the moment of the answer would make the same edition differ each time
    if days:
        component["dtstart"] = _day(days[0])
        component["dtend"] = _day(days[1] + datetime.timedelta(days=1))  # exclusive
        component.add("transp", "TRANSPARENT")  # nobody is busy because of 1689
    component.add("summary", record.local_title, parameters={"language": record.local_title_language})
    page = telling.page_of(record)
    component.add("description", "\n\n".join(part for part in (_when(date), record.summary, page) if part))
    component["url"] = page
    component.add("created", record.published or record.created)
    component.add("last-modified", record.updated)
    component.add("categories", _categories(record))
    if date.edtf:
        component.add("x-edtf", date.edtf)
    place = getattr(record, "place", None)
    if days and place is not None and place.is_public:  # journal entries have no place
        component.add("location", place.local_title)
        if place.latitude is not None and place.longitude is not None:
            component.add("geo", (float(place.latitude), float(place.longitude)))
    return component


def _every_year(one: Component, date: HistoricalDate) -> Component:
    """The anniversary of an event: the day that it began on, with the year in its title, since the calendar shows another."""
    if date.earliest:
        one["uid"] = f"anniversary-{one['uid']}"
        one["summary"] = vText(f"{one['summary']} ({date.earliest.year})")
        one["dtend"] = _day(date.earliest + datetime.timedelta(days=1))
        one.add("rrule", {"freq": "yearly"})
    return one


def _day(day: datetime.date) -> vDDDTypes:
    found = vDDDTypes(day)
    found.params["VALUE"] = "DATE"
    return found


def _when(date: HistoricalDate) -> str:
    return date.text() + (f" ({date.explanation()})" if date.is_imprecise else "")


def _categories(record: Any) -> list[str]:
    return [str(record.get_kind_display()), *(theme.local_title for theme in getattr(record, "public_themes", ()))]
