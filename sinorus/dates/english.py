"""English, in the British order: 25 April 1996. What each method answers stands in ``speech``."""

from datetime import date
from typing import ClassVar

from .speech import Day, numbers, season_kind


class English:
    """British order: 25 April 1996."""

    MONTHS = (
        *("", "January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
    SEASONS = ("spring", "summer", "autumn", "winter")
    HEMISPHERES: ClassVar = {"": "", "north": " (Northern Hemisphere)", "south": " (Southern Hemisphere)"}
    QUARTERS = ("first quarter", "second quarter", "third quarter", "last quarter")
    STAGES: ClassVar = {"early": "early {}", "mid": "mid-{}", "late": "late {}"}
    DASH, SPACED_DASH = "–", " – "
    COMMA, AND, OR = ", ", " and ", " or "
    UNKNOWN = "year unknown"

    @staticmethod
    def ordinal(number: int) -> str:
        """1st, 2nd, 3rd, 4th, 11th …"""
        ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"

    def day(self, day: Day, *, genitive: bool = False) -> str:
        year, month, number = numbers(day)
        return f"{number} {self.MONTHS[month]} {year}"

    def month(self, year: int, month: int, *, genitive: bool = False) -> str:
        return f"{self.MONTHS[month]} {year}"

    def season(self, year: int, code: int, *, genitive: bool = False) -> str:
        kind, hemisphere = season_kind(code)
        shown = f"{year}–{(year + 1) % 100:02}" if code in (24, 28, 30) else str(year)
        return f"{self.SEASONS[kind]} {shown}{self.HEMISPHERES[hemisphere]}"

    def section(self, year: int, code: int, *, genitive: bool = False) -> str:
        """A quarter (33 to 36), third (37 to 39) or half (40, 41) of a year."""
        if code < 37:
            return f"{self.QUARTERS[code - 33]} of {year}"
        name = ("first third", "middle third", "last third", "first half", "second half")[code - 37]
        return f"{name} of {year}"

    def year(self, year: int, *, genitive: bool = False) -> str:
        return str(year)

    def decade(self, first: int, *, genitive: bool = False) -> str:
        return f"{first}s" if first % 100 else f"{first}s (decade)"

    def century(self, number: int, *, genitive: bool = False) -> str:
        return f"{self.ordinal(number)} century"

    def millennium(self, number: int, *, genitive: bool = False) -> str:
        return f"{self.ordinal(number)} millennium"

    def stage(self, which: str, unit: str, genitive_unit: str, *, genitive: bool = False) -> str:
        """The early, middle or late part of a unit."""
        return self.STAGES[which].format(unit)

    def about(self, text: str, genitive: str) -> str:
        return f"c. {text}"

    def doubt(self, text: str) -> str:
        return f"{text} (?)"

    def days_in_month(self, first: date, last: date) -> str:
        return f"{first.day}–{last.day} {self.MONTHS[last.month]} {last.year}"

    def days_in_year(self, first: date, last: date) -> str:
        return f"{first.day} {self.MONTHS[first.month]} – {last.day} {self.MONTHS[last.month]} {last.year}"

    def months_in_year(self, year: int, first: int, last: int) -> str:
        return f"{self.MONTHS[first]}–{self.MONTHS[last]} {year}"

    def years(self, first: int, last: int) -> str:
        return f"{first}–{last}"

    def since(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        text = f"c. {text}" if about else text
        return f"from {text}, end unknown" if unknown else f"since {text}"

    def until(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        text = f"c. {text}" if about else text
        return f"until {text}, beginning unknown" if unknown else f"until {text}"

    def or_earlier(self, text: str, genitive: str) -> str:
        return f"{text} or earlier"

    def or_later(self, text: str, genitive: str) -> str:
        return f"{text} or later"

    def between(self, first: str, last: str, first_genitive: str, last_genitive: str) -> str:
        return f"between {first} and {last}"

    def julian(self, new: date, old: Day) -> str:
        year, month, day = numbers(old)
        short = f"{day} {self.MONTHS[month]}" + (f" {year}" if year != new.year else "")
        return f"{self.day(new)} ({short} Old Style)"

    ANY = "any day from {0} to {1}"
    ONE = "the day {0}"
    SPAN = "from {0} to {1}"
    FROM = "any day from {0} on"
    UP_TO = "any day up to {0}"
    ALL = "all of several dates, from {0} to {1}"
    REMARKS: ClassVar[dict[str, str]] = {
        "approximate": "approximate",
        "uncertain": "uncertain",
        "both": "approximate and uncertain",
        "open-end": "no end set",
        "unknown-end": "the end is not known",
        "several": "one of several dates",
        "open-start": "no beginning set",
        "unknown-start": "the beginning is not known",
        "all": "all of several dates",
        "estimate": "estimated to be {0}",
    }
    SEMICOLON = "; "
