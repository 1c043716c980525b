"""Old style and new style days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinorus.dates.calendars import (
    CalendarError,
    JulianDay,
    gregorian_to_julian,
    julian_month_length,
    julian_to_gregorian,
)

# Julian day, Gregorian day; the treaties by the dates both sides' collections give.
PAIRS = [
    ((1, 1, 3), date(1, 1, 1)),
    ((200, 2, 29), date(200, 2, 28)),
    ((1582, 10, 5), date(1582, 10, 15)),
    ((1689, 8, 27), date(1689, 9, 6)),  # Nerchinsk
    ((1700, 2, 28), date(1700, 3, 10)),
    ((1700, 2, 29), date(1700, 3, 11)),
    ((1700, 3, 1), date(1700, 3, 12)),
    ((1727, 8, 20), date(1727, 8, 31)),  # Bura
    ((1727, 10, 21), date(1727, 11, 1)),  # Kyakhta
    ((1858, 5, 16), date(1858, 5, 28)),  # Aigun
    ((1860, 11, 2), date(1860, 11, 14)),  # Peking
    ((1881, 2, 12), date(1881, 2, 24)),  # Saint Petersburg
    ((1900, 2, 29), date(1900, 3, 13)),
    ((1917, 10, 25), date(1917, 11, 7)),
    ((1917, 12, 25), date(1918, 1, 7)),
    ((1918, 1, 31), date(1918, 2, 13)),
    ((9999, 10, 19), date(9999, 12, 31)),
]


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=[str(new) for _old, new in PAIRS])
def test_known_pairs(old: tuple[int, int, int], new: date) -> None:
    assert julian_to_gregorian(*old) == new
    assert gregorian_to_julian(new) == JulianDay(*old)


@given(st.dates())
def test_there_and_back(day: date) -> None:
    assert julian_to_gregorian(*gregorian_to_julian(day)) == day


@given(st.dates(max_value=date(9999, 12, 30)))
def test_the_next_day_is_the_next_day_in_both(day: date) -> None:
    old, following = gregorian_to_julian(day), gregorian_to_julian(date.fromordinal(day.toordinal() + 1))
    if old.day < julian_month_length(old.year, old.month):
        assert following == (old.year, old.month, old.day + 1)
    elif old.month < 12:
        assert following == (old.year, old.month + 1, 1)
    else:
        assert following == (old.year + 1, 1, 1)


@pytest.mark.parametrize(
    "day",
    [(1701, 2, 29), (1700, 2, 30), (1700, 13, 1), (1700, 0, 1), (1700, 1, 0), (1700, 4, 31), (0, 1, 1), (10000, 1, 1)],
)
def test_impossible_days_are_refused(day: tuple[int, int, int]) -> None:
    with pytest.raises(CalendarError):
        julian_to_gregorian(*day)


@pytest.mark.parametrize("day", [(1, 1, 1), (1, 1, 2), (9999, 10, 20), (9999, 12, 31)])
def test_days_beyond_the_years_1_to_9999_are_refused(day: tuple[int, int, int]) -> None:
    with pytest.raises(CalendarError, match="1 to 9999"):
        julian_to_gregorian(*day)
