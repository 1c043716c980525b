"""The first and the last day that a date can mean when digits are missing or the month is a season."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product

#: From the finest to the coarsest.
PRECISIONS = (
    "day",
    "month",
    "season",
    "quarter",
    "four-months",
    "half-year",
    "year",
    "decade",
    "century",
    "millennium",
    "unknown",
)

#: Code of the second component -> first and last month; 13 and 14 are January and February of the next year.
SEASONS = {
    code: months
    for first_code, in_order in (
        (21, ((3, 5), (6, 8), (9, 11), (12, 14))),  # spring to winter, wherever the place is
        (25, ((3, 5), (6, 8), (9, 11), (12, 14))),  # in the northern hemisphere
        (29, ((9, 11), (12, 14), (3, 5), (6, 8))),  # in the southern
        (33, ((1, 3), (4, 6), (7, 9), (10, 12))),  # quarters
        (37, ((1, 4), (5, 8), (9, 12))),  # four months each
        (40, ((1, 6), (7, 12))),  # halves
    )
    for code, months in enumerate(in_order, first_code)
}
_YEAR_PRECISIONS = ("unknown", "millennium", "century", "decade")  # by the place of the first X
#: How many digits of a year are sure -> how precise that is.
SIGNIFICANT = {1: "millennium", 2: "century", 3: "decade", 4: "year"}

_LEAP_TAILS = tuple((str(tail // 10), str(tail % 10)) for tail in range(0, 100, 4))  # how a leap year can end


def precision(year: str, month: str, day: str) -> str:
    """The finest unit of which everything coarser is known too, one of :data:`PRECISIONS`."""
    if "X" in year:
        return _YEAR_PRECISIONS[year.index("X")]
    if not month or "X" in month:
        return "year"
    code = int(month)
    if code in SEASONS:
        return "season" if code < 33 else "quarter" if code < 37 else "four-months" if code < 40 else "half-year"
    return "day" if day and "X" not in day else "month"


def _years(mask: str, *, descending: bool = False) -> Iterator[int]:
    """The years that a mask such as 195X allows, in order, one at a time."""
    choices = [("9876543210" if descending else "0123456789") if sign == "X" else sign for sign in mask]
    return (year for year in (int("".join(signs)) for signs in product(*choices)) if year)


def _choices(mask: str, highest: int) -> Sequence[int]:
    """The numbers from 1 to ``highest`` that a two-sign mask such as 1X allows; all of them when it is empty."""
    if not mask or mask == "XX":
        return range(1, highest + 1)
    if "X" not in mask:
        return [int(mask)] if 1 <= int(mask) <= highest else []
    return [n for n in range(1, highest + 1) if all(m in ("X", s) for m, s in zip(mask, f"{n:02}", strict=True))]


def season_bounds(mask: str, code: int) -> tuple[date, date]:
    """The first and last day of a season, ``code`` being a key of :data:`SEASONS`; cut off at the end of 9999."""
    first_month, last_month = SEASONS[code]
    year = next(_years(mask, descending=True))
    if last_month > 12 and year == 9999:
        return date(next(_years(mask)), first_month, 1), date.max
    year, month = year + (last_month > 12), (last_month - 1) % 12 + 1
    return date(next(_years(mask)), first_month, 1), date(year, month, monthrange(year, month)[1])


def bounds(year: str, month: str, day: str) -> tuple[date, date] | None:
    """The first and last day that the components allow ("195X", "XX", "" for none); ``None`` when there is none."""
    months, days = _choices(month, 12), _choices(day, 31)
    possible = bool(days) and any(monthrange(2000, m)[1] >= days[0] for m in months)
    if possible and list(months) == [2] and days[0] == 29:
        possible = any(year[2] in ("X", tens) and year[3] in ("X", ones) for tens, ones in _LEAP_TAILS)
    if not possible:
        return None
    earliest = _first(_years(year), months, days)
    latest = _first(_years(year, descending=True), months[::-1], days[::-1])
    return (earliest, latest) if earliest and latest else None


def _first(years: Iterable[int], months: Sequence[int], days: Sequence[int]) -> date | None:
    """The first day, in the order of the choices, that the calendar has."""
    for year in years:
        for month in months:
            for day in days:
                if day <= 28 or day <= monthrange(year, month)[1]:
                    return date(year, month, day)
    return None
