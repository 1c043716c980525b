"""Russian: 25 апреля 1996 г. What each method answers stands in ``speech``."""

from datetime import date
from typing import ClassVar

from .speech import Day, numbers, season_kind

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def roman(number: int) -> str:
    """A whole number from 1 to 39 in Roman digits; beyond, where nobody would read them, in Arabic ones."""
    return "X" * (number // 10) + ROMAN[number % 10] if number < 40 else str(number)


class Russian:
    """25 апреля 1996 г."""

    MONTHS = (
        *("", "январь", "февраль", "март", "апрель", "май", "июнь"),
        *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
    )
    MONTHS_GENITIVE = (
        *("", "января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    )
    SEASONS = (("весна", "весны"), ("лето", "лета"), ("осень", "осени"), ("зима", "зимы"))
    HEMISPHERES: ClassVar = {"": "", "north": " (Северное полушарие)", "south": " (Южное полушарие)"}
    SECTIONS = (
        *(("I квартал", "I квартала"), ("II квартал", "II квартала")),
        *(("III квартал", "III квартала"), ("IV квартал", "IV квартала")),
        *(("первая треть", "первой трети"), ("вторая треть", "второй трети"), ("последняя треть", "последней трети")),
        *(("первая половина", "первой половины"), ("вторая половина", "второй половины")),
    )
    STAGES: ClassVar = {"early": ("начало", "начала"), "mid": ("середина", "середины"), "late": ("конец", "конца")}
    DASH, SPACED_DASH = "–", " – "
    COMMA, AND, OR = ", ", " и ", " или "
    UNKNOWN = "год неизвестен"

    def day(self, day: Day, *, genitive: bool = False) -> str:
        year, month, number = numbers(day)
        return f"{number} {self.MONTHS_GENITIVE[month]} {year} г."

    def month(self, year: int, month: int, *, genitive: bool = False) -> str:
        return f"{(self.MONTHS_GENITIVE if genitive else self.MONTHS)[month]} {year} г."

    def season(self, year: int, code: int, *, genitive: bool = False) -> str:
        kind, hemisphere = season_kind(code)
        shown = f"{year}/{(year + 1) % 100:02}" if code in (24, 28, 30) else str(year)
        return f"{self.SEASONS[kind][genitive]} {shown} г.{self.HEMISPHERES[hemisphere]}"

    def section(self, year: int, code: int, *, genitive: bool = False) -> str:
        return f"{self.SECTIONS[code - 33][genitive]} {year} г."

    def year(self, year: int, *, genitive: bool = False) -> str:
        return f"{year} г."

    def decade(self, first: int, *, genitive: bool = False) -> str:
        return f"{first}-х годов" if genitive else f"{first}-е годы"

    def century(self, number: int, *, genitive: bool = False) -> str:
        return f"{roman(number)} {'века' if genitive else 'век'}"

    def millennium(self, number: int, *, genitive: bool = False) -> str:
        return f"{roman(number)} {'тысячелетия' if genitive else 'тысячелетие'}"

    def stage(self, which: str, unit: str, genitive_unit: str, *, genitive: bool = False) -> str:
        return f"{self.STAGES[which][genitive]} {genitive_unit}"

    def about(self, text: str, genitive: str) -> str:
        return f"около {genitive}"

    def doubt(self, text: str) -> str:
        return f"{text} (?)"

    def days_in_month(self, first: date, last: date) -> str:
        return f"{first.day}–{last.day} {self.MONTHS_GENITIVE[last.month]} {last.year} г."

    def days_in_year(self, first: date, last: date) -> str:
        months = self.MONTHS_GENITIVE
        return f"{first.day} {months[first.month]} – {last.day} {months[last.month]} {last.year} г."

    def months_in_year(self, year: int, first: int, last: int) -> str:
        return f"{self.MONTHS[first]} – {self.MONTHS[last]} {year} г."

    def years(self, first: int, last: int) -> str:
        return f"{first}–{last} гг."

    def since(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        text = f"примерно с {genitive}" if about else f"с {genitive}"
        return f"{text}, конец неизвестен" if unknown else text

    def until(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        text = f"примерно до {genitive}" if about else f"до {genitive}"
        return f"{text}, начало неизвестно" if unknown else text

    def or_earlier(self, text: str, genitive: str) -> str:
        return f"не позднее {genitive}"

    def or_later(self, text: str, genitive: str) -> str:
        return f"не ранее {genitive}"

    def between(self, first: str, last: str, first_genitive: str, last_genitive: str) -> str:
        return f"не ранее {first_genitive} и не позднее {last_genitive}"

    def julian(self, new: date, old: Day) -> str:
        year, month, day = numbers(old)
        short = f"{day} {self.MONTHS_GENITIVE[month]}" + (f" {year} г." if year != new.year else "")
        return f"{self.day(new)} ({short} по старому стилю)"

    ANY = "любой день с {0} по {1}"
    ONE = "день {0}"
    SPAN = "с {0} по {1}"
    FROM = "любой день начиная с {0}"
    UP_TO = "любой день не позднее {0}"
    ALL = "несколько дат с {0} по {1}"
    REMARKS: ClassVar[dict[str, str]] = {
        "approximate": "приблизительно",
        "uncertain": "неточно",
        "both": "приблизительно и неточно",
        "open-end": "конец не указан",
        "unknown-end": "конец неизвестен",
        "several": "одна из нескольких дат",
        "open-start": "начало не указано",
        "unknown-start": "начало неизвестно",
        "all": "все из нескольких дат",
        "estimate": "по оценке {0}",
    }
    SEMICOLON = "; "
