"""Julian (old style) days and Gregorian (new style) days, turned into each other.

Both calendars are counted to the same serial number, that of :meth:`datetime.date.toordinal`: day 1 is 1 January of the
year 1 in the Gregorian calendar run backwards ("proleptic"), which the Julian calendar calls 3 January. Whole-number
arithmetic only. A Julian year has 365 days and every fourth one a leap day, without exception, so that 29 February 1700
is a Julian day and no Gregorian one; that is why a Julian day is a type of its own and not a ``datetime.date``.

Source of the rules: Edward M. Reingold and Nachum Dershowitz, "Calendrical Calculations", 4th edition (2018), ch. 3.
"""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from .errors import DateError

#: Days before 1 January of the year 1 in the Julian calendar, in the count described above.
_BEFORE_YEAR_1 = -2
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class CalendarError(DateError):
    """A day that its calendar does not have, or whose other name lies outside the years 1 to 9999."""


class JulianDay(NamedTuple):
    """A day by its Julian name. The year begins on 1 January."""

    year: int
    month: int
    day: int


def julian_month_length(year: int, month: int) -> int:
    """The number of days of a Julian month, ``month`` being 1 to 12."""
    return 29 if month == 2 and year % 4 == 0 else _LENGTHS[month - 1]


def julian_to_gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian day that the Julian calendar calls by these numbers.

    Raises :class:`CalendarError` when there is no such Julian day or the answer is not in the years 1 to 9999.
    """
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= julian_month_length(year, month)):
        raise CalendarError(_("The old style (Julian) calendar has no day %(day)s."), day=f"{year}-{month:02}-{day:02}")
    past = year - 1
    serial = _BEFORE_YEAR_1 + 365 * past + past // 4 + sum(julian_month_length(year, m) for m in range(1, month)) + day
    if not 1 <= serial <= date.max.toordinal():
        raise CalendarError(_("The day lies outside the years 1 to 9999 in the new style."))
    return date.fromordinal(serial)


def gregorian_to_julian(day: date) -> JulianDay:
    """The Julian name of a Gregorian day. Every ``datetime.date`` has one."""
    left = day.toordinal() - _BEFORE_YEAR_1 - 1
    cycles, left = divmod(left, 1461)
    years = min(left // 365, 3)
    year, left = 4 * cycles + years + 1, left - 365 * years
    month = 1
    while left >= julian_month_length(year, month):
        left -= julian_month_length(year, month)
        month += 1
    return JulianDay(year, month, left + 1)
