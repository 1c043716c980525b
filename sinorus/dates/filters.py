"""Partial dates in query strings, and which records may, or must, fall in a span of time.

``date_after=1996-04&date_before=1998`` means from 1 April 1996 to 31 December 1998: a partial date stands for its whole
span, both ends included. A record whose own date is imprecise falls in it *possibly* when any of its possible days
does, and *certainly* when both its bounds are known and lie inside. A record without a date never matches.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .errors import DateError, quoted

POSSIBLE, CERTAIN = "possible", "certain"
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; ``earliest`` and ``latest`` are its first and last day. ``str()`` is what was typed."""

    text: str
    earliest: date
    latest: date

    def __str__(self) -> str:
        return self.text


def parse_partial(text: str) -> PartialDate:
    """Read ``1996``, ``1996-04`` or ``1996-04-25``, in ASCII digits; spaces around it are dropped.

    Raises :class:`DateError` for anything else, for years outside 0001 to 9999 and for days that never were.
    """
    text = text.strip(" \t\r\n") if len(text) <= 64 else text
    match = _PARTIAL.fullmatch(text) if len(text) <= 10 else None
    if not match:
        raise DateError(
            _("“%(text)s” is not a date. Write a year, a month or a day: 1996, 1996-04 or 1996-04-25."),
            text=quoted(text),
        )
    year, month, day = (int(group) if group else None for group in match.groups())
    if not year:
        raise DateError(_("There is no year 0000; years run from 0001 to 9999."))
    if month is not None and not 1 <= month <= 12:
        raise DateError(_("“%(text)s”: there is no such month; months are 01 to 12."), text=quoted(text))
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise DateError(_("“%(text)s”: there is no such day in that month."), text=quoted(text))
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return PartialDate(text, date(year, month or 1, day or 1), date(year, last_month, last_day))


def overlap(name: str, after: date | None = None, before: date | None = None, match: str = POSSIBLE) -> Q:
    """Records whose historical date ``name`` falls in the days from ``after`` to ``before``, both included.

    ``name`` is that of the ``HistoricalDateField``, or a path to one. ``None`` leaves an end of the span open. ``match`` is
    "possible" (any possible day of the record's date lies inside; an open or unknown end of it counts as unbounded) or
    "certain" (both its bounds are known and inside). A record without a date never matches.
    """
    if match not in (POSSIBLE, CERTAIN):
        raise ValueError(f"match is {POSSIBLE!r} or {CERTAIN!r}, not {match!r}")
    earliest, latest = f"{name}_earliest", f"{name}_latest"
    if match == CERTAIN:
        condition = Q(**{f"{earliest}__isnull": False, f"{latest}__isnull": False})
        if after is not None:
            condition &= Q(**{f"{earliest}__gte": after})
        if before is not None:
            condition &= Q(**{f"{latest}__lte": before})
        return condition
    condition = Q(**{f"{earliest}__isnull": False}) | Q(**{f"{latest}__isnull": False})
    if after is not None:
        condition &= Q(**{f"{latest}__gte": after}) | Q(**{f"{latest}__isnull": True})
    if before is not None:
        condition &= Q(**{f"{earliest}__lte": before}) | Q(**{f"{earliest}__isnull": True})
    return condition


def by_date(name: str) -> dict[str, tuple]:
    """By the first day it may be, then the last; what has an open end stands at that end. "-date" is the exact reverse."""
    earliest, latest = F(f"{name}_earliest"), F(f"{name}_latest")
    return {
        "-date": (earliest.desc(nulls_last=True), latest.desc(nulls_first=True), "-pk"),
        "date": (earliest.asc(nulls_first=True), latest.asc(nulls_last=True), "pk"),
    }
