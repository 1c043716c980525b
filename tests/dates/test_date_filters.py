"""Partial dates in query strings and the records they find."""

from datetime import date

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from sinorus.dates.errors import DateError
from sinorus.dates.filters import (
    overlap,
    parse_partial,
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1996", date(1996, 1, 1), date(1996, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("1996-02", date(1996, 2, 1), date(1996, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        (" 1996-04-25 ", date(1996, 4, 25), date(1996, 4, 25)),
    ],
)
def test_partial_dates_stand_for_their_whole_span(text: str, earliest: date, latest: date) -> None:
    value = parse_partial(text)
    assert (value.earliest, value.latest, str(value)) == (earliest, latest, text.strip())


BAD = [
    *("96", "19966", "1996-4", "1996-13", "1996-00", "1996-02-30", "1999-02-29", "1996-04-00", "0000", "1996/04"),
    *(
        "1996-04-25T00:00",
        "195X",
        "1996~",
        "April 1996",
        "١٩٩٦",
        "１９９６",
        "1996\0",
        "-1996",
        "1996-",
        "1996-04-",
        "+1996",
    ),
    *("1e3", "1996.0", "1996 04", "1" * 100_000, "' OR 1=1 --", "1996-०४", "²²²²", "\ud800"),
]


@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text[:12]))
def test_anything_else_is_refused_with_a_clear_message(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_partial(text)
    assert 20 < len(str(caught.value)) < 200


@given(st.dates())
def test_every_day_lies_in_its_year_month_and_day(day: date) -> None:
    iso = day.isoformat()
    for length in (4, 7, 10):
        value = parse_partial(iso[:length])
        assert value.earliest <= day <= value.latest


RECORDS = {
    "day": "1996-04-25",
    "month": "1996-04",
    "year": "1996",
    "decade": "199X",
    "late fifties": "1957~/1959~",
    "since": "1991/..",
    "until": "../1950",
    "nerchinsk": "1689-09-06",
    "none": "",
}


@pytest.fixture
def visits(visit: type[models.Model]) -> models.QuerySet:
    for title, edtf in RECORDS.items():
        visit.objects.create(title=title, date_edtf=edtf)
    return visit.objects.all()


@pytest.mark.parametrize(
    ("after", "before", "match", "titles"),
    [
        ("1996", "1996", "possible", "day month year decade since"),
        ("1996", "1996", "certain", "day month year"),
        ("1996-04", "1996-04", "possible", "day month year decade since"),
        ("1996-04", "1996-04", "certain", "day month"),
        ("1996-04-25", "1996-04-25", "certain", "day"),
        ("1996-04-26", "1996-04-26", "possible", "month year decade since"),
        ("1996-05", "1996-12", "possible", "year decade since"),
        ("1990", "1999", "certain", "day month year decade"),
        ("1959", "1959", "possible", "late|fifties"),
        ("1957", "1959", "certain", "late|fifties"),
        ("1958", "1959", "certain", ""),
        ("1960", "1960", "possible", ""),
        ("1600", "1700", "possible", "until nerchinsk"),
        ("1600", "1700", "certain", "nerchinsk"),
        (None, "1700", "possible", "until nerchinsk"),
        (None, "1950", "certain", "nerchinsk"),
        (None, "9999", "certain", "day month year decade late|fifties nerchinsk"),
        ("2020", None, "possible", "since"),
        ("1990", None, "certain", "day month year decade"),
        ("0001", "9999", "possible", "day month year decade late|fifties since until nerchinsk"),
        ("1999", "1990", "certain", ""),
    ],
)
def test_what_may_and_what_must_fall_in_a_span(
    visits: models.QuerySet, after: str | None, before: str | None, match: str, titles: str
) -> None:
    first, last = after and parse_partial(after).earliest, before and parse_partial(before).latest
    found = visits.filter(overlap("date", first, last, match))
    assert {visit.title for visit in found} == {title.replace("|", " ") for title in titles.split()}


def test_a_match_is_one_of_two_words() -> None:
    with pytest.raises(ValueError, match="possible"):
        overlap("date", date(1996, 1, 1), match="perhaps")


def test_certain_is_always_possible(visits: models.QuerySet) -> None:
    for after, before in ((date(1950, 1, 1), date(1996, 6, 30)), (None, date(1996, 12, 31)), (date(1957, 1, 1), None)):
        certain = set(visits.filter(overlap("date", after, before, "certain")))
        assert certain <= set(visits.filter(overlap("date", after, before, "possible")))
