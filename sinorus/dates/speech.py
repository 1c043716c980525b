"""What a language must be able to say about dates; ``english``, ``chinese`` and ``russian`` each can.

Not gettext: what differs between the languages is not words but grammar (cases, order, where the word for "year" goes),
so each language is a class. Each answers the questions below; ``show`` decides which question to ask.

Throughout: years are 1 to 9999, months 1 to 12, codes of seasons those of EDTF. ``genitive`` asks for the form that
follows "from", "until" and "about", and where a method takes a text it takes that form of it too; only Russian has one.
"""

from datetime import date
from typing import ClassVar, Protocol

#: A day: a ``date``, or year, month and day of a calendar that has other days.
Day = date | tuple[int, int, int]


def numbers(day: Day) -> tuple[int, int, int]:
    """Year, month and day."""
    return (day.year, day.month, day.day) if isinstance(day, date) else (day[0], day[1], day[2])


def season_kind(code: int) -> tuple[int, str]:
    """The season as 0 spring, 1 summer, 2 autumn, 3 winter, and the hemisphere: "", "north" or "south"."""
    return (code - 21) % 4, ("", "north", "south")[(code - 21) // 4]


class Speech(Protocol):
    """One language."""

    #: Between two numbers ("17–18") and between two phrases ("c. 1958 – April 1980").
    DASH: str
    SPACED_DASH: str
    #: Between members of a list, before its last.
    COMMA: str
    AND: str
    OR: str
    #: For a date of which not even the millennium is known.
    UNKNOWN: str
    #: Frames of the explanation; {0} and {1} are days. One of many days; one day; every day of a stretch; …
    ANY: str
    ONE: str
    SPAN: str
    FROM: str
    UP_TO: str
    ALL: str
    #: What may follow it, by name, and the sign between.
    REMARKS: ClassVar[dict[str, str]]
    SEMICOLON: str

    def day(self, day: Day, *, genitive: bool = False) -> str:
        """25 April 1996."""

    def month(self, year: int, month: int, *, genitive: bool = False) -> str:
        """April 1996."""

    def season(self, year: int, code: int, *, genitive: bool = False) -> str:
        """Spring 1969; ``code`` is 21 to 32, ``year`` the one in which a winter begins."""

    def section(self, year: int, code: int, *, genitive: bool = False) -> str:
        """A quarter (code 33 to 36), third (37 to 39) or half (40, 41) of a year."""

    def year(self, year: int, *, genitive: bool = False) -> str:
        """1996."""

    def decade(self, first: int, *, genitive: bool = False) -> str:
        """1950s, by its first year."""

    def century(self, number: int, *, genitive: bool = False) -> str:
        """20th century, by its number."""

    def millennium(self, number: int, *, genitive: bool = False) -> str:
        """2nd millennium, by its number."""

    def stage(self, which: str, unit: str, genitive_unit: str, *, genitive: bool = False) -> str:
        """The "early", "mid" or "late" part of a unit: late 1950s."""

    def about(self, text: str, genitive: str) -> str:
        """c. 1996."""

    def doubt(self, text: str) -> str:
        """1996 (?)."""

    def days_in_month(self, first: date, last: date) -> str:
        """17–18 December 1992."""

    def days_in_year(self, first: date, last: date) -> str:
        """30 September – 4 October 1959."""

    def months_in_year(self, year: int, first: int, last: int) -> str:
        """May–June 1999."""

    def years(self, first: int, last: int) -> str:
        """1994–1996."""

    def since(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        """Since 1991; with ``unknown`` the end is not known, else there is none."""

    def until(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        """Until 1950; with ``unknown`` the beginning is not known, else there is none."""

    def or_earlier(self, text: str, genitive: str) -> str:
        """1968 or earlier."""

    def or_later(self, text: str, genitive: str) -> str:
        """1992 or later."""

    def between(self, first: str, last: str, first_genitive: str, last_genitive: str) -> str:
        """Between 1994 and 1996, both included."""

    def julian(self, new: date, old: Day) -> str:
        """6 September 1689 (27 August Old Style)."""
