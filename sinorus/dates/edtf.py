"""Dates in EDTF, read into a value object that knows its first and its last possible day.

The notation is that of ISO 8601-2:2019 as written out by the Library of Congress ("Extended Date/Time Format
Specification", 4 February 2019, https://www.loc.gov/standards/datetime/): levels 0 and 1 whole, except for times of
day and for years that need more or fewer than four digits, and of level 2 what historians use: qualified components,
unspecified digits anywhere, seasons 21 to 41, sets, significant digits.

House rules, where the standard leaves room:

* Years run from 1 to 9999. A value has at most 64 characters, a set at most 20 elements (``settings.DATES``). All three
  limits hold before any work is done, so that no string costs more than a millisecond.
* ``~`` and ``?`` never widen the bounds: ``1996~`` still runs from 1 January to 31 December 1996. How far off "about"
  may be is a judgement that no program should make; that there is doubt is told by ``certainty``.
* Seasons are those of meteorology, three whole months each. Winter (24, 28; 30 is the southern summer) belongs to the
  year in which it begins and runs from December to the end of February; the standard gives seasons no months.
* ``1950S2`` is, as the standard says, some year from 1900 to 1999, estimated to be 1950; it counts as approximate.
* ``19XX`` is 1900 to 1999.
* A value that names no day at all (``/``, ``../..``) is refused: a date of which nothing is known is left empty.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .bounds import PRECISIONS, SEASONS, SIGNIFICANT, bounds, precision, season_bounds
from .errors import DateError, quoted

_WITH_Y = re.compile(r"[+-]?Y")
_SMALL_X = re.compile(r"[0-9xu?~%/.-]+")
_ALLOWED = re.compile(r"[0-9XS?~%/.,\[\]{} -]+", re.ASCII)
_PART = re.compile(
    r"(?P<before_year>[?~%])?(?P<year>[0-9X]{4})"
    r"(?:S(?P<digits>[0-9]+)|(?P<after_year>[?~%])?"
    r"(?:-(?P<before_month>[?~%])?(?P<month>[0-9X]{2})(?P<after_month>[?~%])?"
    r"(?:-(?P<before_day>[?~%])?(?P<day>[0-9X]{2})(?P<after_day>[?~%])?)?)?)",
    re.ASCII,
)


class EdtfError(DateError):
    """A string is not EDTF as this module keeps it; the message says what is wrong and what is allowed."""


@dataclass(frozen=True, slots=True)
class Part:
    """One EDTF date, which may be as wide as a century.

    ``earliest`` and ``latest`` are its first and last possible day, both included. ``year``, ``month`` and ``day`` are
    the components as written ("195X", "04", "XX", "" when not there); ``month`` may be a season code. ``precision`` is
    the finest unit of which everything coarser is known too: ``1996-XX-28`` is precise to the year.
    """

    text: str
    year: str
    month: str
    day: str
    earliest: date
    latest: date
    precision: str
    approximate: bool = False
    uncertain: bool = False
    significant: int = 0

    @property
    def season(self) -> int:
        """The season code 21 to 41, or 0."""
        return int(self.month) if self.month.isdecimal() and int(self.month) in SEASONS else 0

    @property
    def qualified(self) -> bool:
        """Whether anything about it is approximate or uncertain."""
        return self.approximate or self.uncertain

    @property
    def exact(self) -> bool:
        """Whether it says without doubt one calendar day, month, season or year, with no digit left open."""
        return not (self.qualified or self.significant or "X" in self.year + self.month + self.day)


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` to ``end``, both included; ``None`` is an end that is open or not known."""

    start: Part | None
    end: Part | None

    @property
    def is_single(self) -> bool:
        """Whether it is one date and not a stretch between two."""
        return self.start is self.end


@dataclass(frozen=True, slots=True)
class Edtf:
    """A whole EDTF value. ``str()`` of it is the normalised string.

    ``kind`` is "date", "interval", "one-of" (``[…]``) or "all-of" (``{…}``). ``spans`` holds the elements in the order
    written (one, unless it is a set); ``start`` and ``end`` are the first and the last part in time, ``None`` where
    that end is open or not known.
    """

    text: str
    kind: str
    spans: tuple[Span, ...]
    start: Part | None
    end: Part | None
    is_open_start: bool = False
    is_open_end: bool = False
    is_unknown_start: bool = False
    is_unknown_end: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every date named in it, in the order written."""
        named = (part for span in self.spans for part in ((span.start,) if span.is_single else (span.start, span.end)))
        return tuple(part for part in named if part is not None)

    @property
    def earliest(self) -> date | None:
        """The first possible day; ``None`` when the beginning is open or not known."""
        return self.start.earliest if self.start else None

    @property
    def latest(self) -> date | None:
        """The last possible day; ``None`` when the end is open or not known."""
        return self.end.latest if self.end else None

    @property
    def approximate(self) -> bool:
        """Whether any part of it is marked ``~`` or ``%``, or estimated (``S``)."""
        return any(part.approximate for part in self.parts)

    @property
    def uncertain(self) -> bool:
        """Whether any part of it is marked ``?`` or ``%``."""
        return any(part.uncertain for part in self.parts)

    @property
    def certainty(self) -> str:
        """One of "certain", "approximate", "uncertain", "both"."""
        if self.approximate and self.uncertain:
            return "both"
        return "approximate" if self.approximate else "uncertain" if self.uncertain else "certain"

    @property
    def precision(self) -> str:
        """The coarsest precision among its parts, one of :data:`PRECISIONS`."""
        return max((part.precision for part in self.parts), key=PRECISIONS.index)

    @property
    def is_interval(self) -> bool:
        """Whether it is written as an interval, ``a/b``."""
        return self.kind == "interval"

    @property
    def is_set(self) -> bool:
        """Whether it is one of, or all of, several dates."""
        return self.kind in ("one-of", "all-of")

    @property
    def is_single(self) -> bool:
        """Whether it is one date: neither an interval nor a set."""
        return self.kind == "date"

    @property
    def is_exact(self) -> bool:
        """Whether nothing is left open: a certain day, or days from a certain day to a certain day."""
        return not self.is_set and all(end is not None and end.exact and end.precision == "day" for end in self.ends)

    @property
    def ends(self) -> tuple[Part | None, Part | None]:
        """``(start, end)``."""
        return self.start, self.end


def parse(text: str) -> Edtf:
    """Read an EDTF string.

    Spaces around it and after the commas of a set are dropped; nothing else is changed. Raises :class:`EdtfError` for
    anything that is not EDTF, is beyond the limits named at the top, or names a day that never was.
    """
    if not isinstance(text, str):
        raise EdtfError(_("A date must be given as text such as 1996-04-25."))
    if len(text) > (most := settings.DATES["MAX_LENGTH"]):
        raise EdtfError(
            _("An EDTF date has at most %(limit)d characters; this one has %(length)d."),
            limit=most,
            length=len(text),
        )
    return _parse(text.strip(" \t\r\n"), settings.DATES["MAX_ELEMENTS"])


@lru_cache(maxsize=4096)
def _parse(text: str, elements: int) -> Edtf:
    if not text:
        raise EdtfError(_("An EDTF date cannot be empty; write for example 1996, 1996-04 or 1996-04-25."))
    if not _ALLOWED.fullmatch(text):
        raise _strange(text)
    if text[0] in "[{":
        return _set(text, elements)
    if "/" in text:
        return _interval(text)
    part = _part(text)
    return Edtf(text, "date", (Span(part, part),), part, part)


def _strange(text: str) -> EdtfError:
    """The error for a string with a character that EDTF, as kept here, does not use."""
    if _WITH_Y.match(text):
        return EdtfError(_("Years run from 0001 to 9999 and are written with four digits, without “Y”."))
    if "T" in text or ":" in text:
        return EdtfError(_("“%(text)s” has a time of day; only days can be kept: 1996-04-25."), text=quoted(text))
    if _SMALL_X.fullmatch(text):
        return EdtfError(_("“%(text)s”: an unknown digit is written with a capital X, as in 195X."), text=quoted(text))
    return EdtfError(
        _(
            "“%(text)s” is not EDTF, which is written with the digits 0 to 9 and the signs X S ? ~ %% - / . , [ ] { } "
            "only: 1996, 1996-04, 1996-04-25, 195X, 1996~, 1998-05/1999-06, 1991/..",
        ),
        text=quoted(text),
    )


def _interval(text: str) -> Edtf:
    first, _slash, last = text.partition("/")
    if "/" in last:
        raise EdtfError(_("“%(text)s”: an interval has one slash: 1998-05/1999-06."), text=quoted(text))
    start = None if first in ("", "..") else _part(first)
    end = None if last in ("", "..") else _part(last)
    if start is None and end is None:
        raise EdtfError(_("“%(text)s” names no day; an interval needs at least one date: 1991/.., /1950."), text=quoted(text))
    _in_order(start, end, text)
    flags = (first == "..", last == "..", first == "", last == "")
    return Edtf(text, "interval", (Span(start, end),), start, end, *flags)


def _set(text: str, most: int) -> Edtf:
    kind, closing = ("one-of", "]") if text[0] == "[" else ("all-of", "}")
    inner = text[1:-1]
    if len(text) < 3 or text[-1] != closing or any(sign in inner for sign in "[]{}/"):
        raise EdtfError(
            _("“%(text)s”: a set is written [1667,1668..1672] (one of) or {1960,1961-12} (all of), without nesting."),
            text=quoted(text),
        )
    elements = [element.strip(" ") for element in inner.split(",")]
    if len(elements) > most:
        raise EdtfError(_("A set has at most %(limit)d elements; this one has %(count)d."), limit=most, count=len(elements))
    spans = tuple(_element(element, first=index == 0, last=index == len(elements) - 1) for index, element in enumerate(elements))
    open_start, open_end = spans[0].start is None, spans[-1].end is None
    firsts = [span.start for span in spans if span.start]
    lasts = [span.end for span in spans if span.end]
    start = None if open_start else min(firsts, key=lambda part: part.earliest)
    end = None if open_end else max(lasts, key=lambda part: part.latest)
    return Edtf(text[0] + ",".join(elements) + closing, kind, spans, start, end, open_start, open_end)


def _element(text: str, *, first: bool, last: bool) -> Span:
    if ".." not in text:
        part = _part(text)
        return Span(part, part)
    before, _dots, after = text.partition("..")
    start = _part(before) if before else None
    end = _part(after) if after else None
    if (start is None and end is None) or (start is None and not first) or (end is None and not last):
        raise EdtfError(
            _("“%(text)s”: in a set “..” stands between two dates, before the first or after the last."),
            text=quoted(text),
        )
    _in_order(start, end, text)
    return Span(start, end)


def _in_order(start: Part | None, end: Part | None, text: str) -> None:
    if start and end and start.earliest > end.latest:
        raise EdtfError(_("“%(text)s” ends before it begins."), text=quoted(text))


def _part(text: str) -> Part:
    match = _PART.fullmatch(text)
    if not match:
        raise _not_a_date(text)
    year, month, day = match["year"], match["month"] or "", match["day"] or ""
    if year == "0000":
        raise EdtfError(_("There is no year 0000; years run from 0001 to 9999."))
    if match["digits"]:
        return _significant(text, year, match["digits"])
    marks = "".join(mark or "" for name, mark in match.groupdict().items() if name.startswith(("before", "after")))
    if month.isdecimal() and int(month) in SEASONS:
        if day:
            raise EdtfError(_("“%(text)s”: a season (21 to 41) takes no day."), text=quoted(text))
        found: tuple[date, date] | None = season_bounds(year, int(month))
    else:
        found = bounds(year, month, day)
    if not found:
        raise _no_such_day(text, month)
    return Part(
        text,
        year,
        month,
        day,
        *found,
        precision(year, month, day),
        approximate="~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
    )


def _no_such_day(text: str, month: str) -> EdtfError:
    if month.isdecimal() and not 1 <= int(month) <= 12:
        return EdtfError(
            _("“%(text)s”: there is no month %(month)s. Months are 01 to 12, seasons 21 to 41."),
            text=quoted(text),
            month=month,
        )
    return EdtfError(_("“%(text)s”: there is no such day."), text=quoted(text))


def _not_a_date(text: str) -> EdtfError:
    if text.startswith("-"):
        return EdtfError(_("“%(text)s”: years before the year 1 cannot be kept."), text=quoted(text))
    if re.match(r"[0-9X]{5}", text):
        return EdtfError(_("“%(text)s”: a year has four digits, from 0001 to 9999."), text=quoted(text))
    return EdtfError(
        _(
            "“%(text)s” is not an EDTF date. Allowed are a year, a month or a day, with X for an unknown digit and "
            "? (uncertain), ~ (approximate) or %% (both) after it: 1996, 1996-04, 1996-04-25, 195X, 1996-04-XX, 1996~.",
        ),
        text=quoted(text),
    )


def _significant(text: str, year: str, digits: str) -> Part:
    count = int(digits) if len(digits) == 1 else 0
    if "X" in year or count not in SIGNIFICANT:
        raise EdtfError(
            _("“%(text)s”: S is followed by the number of digits of the year that are sure, 1 to 4: 1950S2."),
            text=quoted(text),
        )
    low, high = max(1, int(year[:count].ljust(4, "0"))), int(year[:count].ljust(4, "9"))
    return Part(text, year, "", "", date(low, 1, 1), date(high, 12, 31), SIGNIFICANT[count], approximate=True, significant=count)
