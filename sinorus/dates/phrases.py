"""How English, Chinese and Russian say dates: the grammar behind ``show``.

Not gettext: what differs between the languages is not words but grammar (cases, order, where the word for "year" goes),
so each language is a class here. Each answers the same questions; ``show`` decides which question to ask.

A *unit* is one plain date (a :class:`~sinorus.dates.edtf.Part`), reduced to what is known of it. ``genitive`` asks for
the form that follows a preposition; only Russian has one.
"""

from datetime import date

from .edtf import Part

ROMAN = (
    *("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
    *("XVIII", "XIX", "XX", "XXI"),
)


def roman(number: int) -> str:
    """A whole number from 1 to 100 in Roman digits."""
    return "X" * (number // 10) + ROMAN[number % 10] if number < 40 else str(number)


def season_kind(code: int) -> tuple[int, str]:
    """The season as 0 spring, 1 summer, 2 autumn, 3 winter, and the hemisphere: "", "north" or "south"."""
    return (code - 21) % 4, ("", "north", "south")[(code - 21) // 4]


class English:
    """British order: 25 April 1996."""

    MONTHS = (
        *("", "January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
    SEASONS = ("spring", "summer", "autumn", "winter")
    HEMISPHERES = {"": "", "north": " (Northern Hemisphere)", "south": " (Southern Hemisphere)"}
    QUARTERS = ("first quarter", "second quarter", "third quarter", "last quarter")
    STAGES = {"early": "early {}", "mid": "mid-{}", "late": "late {}"}
    DASH, SPACED_DASH = "–", " – "
    COMMA, AND, OR = ", ", " and ", " or "
    UNKNOWN = "year unknown"

    @staticmethod
    def ordinal(number: int) -> str:
        """1st, 2nd, 3rd, 4th, 11th …"""
        ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"

    def day(self, day: date | tuple[int, int, int], *, genitive: bool = False) -> str:
        year, month, number = (day.year, day.month, day.day) if isinstance(day, date) else day
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

    def julian(self, new: date, old: tuple[int, int, int]) -> str:
        short = f"{old[2]} {self.MONTHS[old[1]]}" + (f" {old[0]}" if old[0] != new.year else "")
        return f"{self.day(new)} ({short} Old Style)"

    ANY = "any day from {0} to {1}"
    ONE = "the day {0}"
    SPAN = "from {0} to {1}"
    FROM = "any day from {0} on"
    UP_TO = "any day up to {0}"
    ALL = "all of several dates, from {0} to {1}"
    REMARKS = {
        **{"approximate": "approximate", "uncertain": "uncertain", "both": "approximate and uncertain"},
        **{"open-end": "no end set", "unknown-end": "the end is not known", "several": "one of several dates"},
        **{
            "open-start": "no beginning set",
            "unknown-start": "the beginning is not known",
            "all": "all of several dates",
        },
        "estimate": "estimated to be {0}",
    }
    SEMICOLON = "; "


class Chinese:
    """Simplified Chinese: 1996年4月25日."""

    SEASONS = ("春", "夏", "秋", "冬")
    HEMISPHERES = {"": "", "north": "（北半球）", "south": "（南半球）"}
    SECTIONS = (
        *("第一季度", "第二季度", "第三季度", "第四季度"),
        *("前三分之一", "中间三分之一", "后三分之一", "上半年", "下半年"),
    )
    STAGES = {"early": "{}初", "mid": "{}中期", "late": "{}末"}
    DASH, SPACED_DASH = "—", "—"
    COMMA, AND, OR = "、", "和", "或"
    UNKNOWN = "年份不详"

    def day(self, day: date | tuple[int, int, int], *, genitive: bool = False) -> str:
        year, month, number = (day.year, day.month, day.day) if isinstance(day, date) else day
        return f"{year}年{month}月{number}日"

    def month(self, year: int, month: int, *, genitive: bool = False) -> str:
        return f"{year}年{month}月"

    def season(self, year: int, code: int, *, genitive: bool = False) -> str:
        kind, hemisphere = season_kind(code)
        shown = f"{year}—{year + 1}年" if code in (24, 28, 30) else f"{year}年"
        return f"{shown}{self.SEASONS[kind]}{self.HEMISPHERES[hemisphere]}"

    def section(self, year: int, code: int, *, genitive: bool = False) -> str:
        return f"{year}年{self.SECTIONS[code - 33]}"

    def year(self, year: int, *, genitive: bool = False) -> str:
        return f"{year}年"

    def decade(self, first: int, *, genitive: bool = False) -> str:
        return f"{first // 100 + 1}世纪{first % 100:02}年代" if first % 100 else f"{first}年代"

    def century(self, number: int, *, genitive: bool = False) -> str:
        return f"{number}世纪"

    def millennium(self, number: int, *, genitive: bool = False) -> str:
        return f"第{number}个千年"

    def stage(self, which: str, unit: str, genitive_unit: str, *, genitive: bool = False) -> str:
        return self.STAGES[which].format(unit)

    def about(self, text: str, genitive: str) -> str:
        return f"约{text}"

    def doubt(self, text: str) -> str:
        return f"{text}（?）"

    def days_in_month(self, first: date, last: date) -> str:
        return f"{first.year}年{first.month}月{first.day}日—{last.day}日"

    def days_in_year(self, first: date, last: date) -> str:
        return f"{first.year}年{first.month}月{first.day}日—{last.month}月{last.day}日"

    def months_in_year(self, year: int, first: int, last: int) -> str:
        return f"{year}年{first}月—{last}月"

    def years(self, first: int, last: int) -> str:
        return f"{first}—{last}年"

    def since(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        text = f"约{text}" if about else text
        return f"{text}起，结束时间不详" if unknown else f"{text}起"

    def until(self, text: str, genitive: str, *, about: bool, unknown: bool) -> str:
        text = f"约{text}" if about else text
        return f"至{text}为止，开始时间不详" if unknown else f"至{text}为止"

    def or_earlier(self, text: str, genitive: str) -> str:
        return f"不晚于{text}"

    def or_later(self, text: str, genitive: str) -> str:
        return f"不早于{text}"

    def between(self, first: str, last: str, first_genitive: str, last_genitive: str) -> str:
        return f"{first}至{last}之间"

    def julian(self, new: date, old: tuple[int, int, int]) -> str:
        short = (f"{old[0]}年" if old[0] != new.year else "") + f"{old[1]}月{old[2]}日"
        return f"{self.day(new)}（儒略历{short}）"

    ANY = "{0}至{1}之间的任何一天"
    ONE = "{0}当天"
    SPAN = "{0}至{1}"
    FROM = "{0}及以后的任何一天"
    UP_TO = "{0}及以前的任何一天"
    ALL = "{0}至{1}之间的几个日期"
    REMARKS = {
        **{"approximate": "大约", "uncertain": "不确定", "both": "大约且不确定"},
        **{"open-end": "没有结束日期", "unknown-end": "结束时间不详", "several": "几个日期之一"},
        **{"open-start": "没有开始日期", "unknown-start": "开始时间不详", "all": "几个日期全部"},
        "estimate": "估计为{0}",
    }
    SEMICOLON = "；"


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
    HEMISPHERES = {"": "", "north": " (Северное полушарие)", "south": " (Южное полушарие)"}
    SECTIONS = (
        *(("I квартал", "I квартала"), ("II квартал", "II квартала")),
        *(("III квартал", "III квартала"), ("IV квартал", "IV квартала")),
        *(("первая треть", "первой трети"), ("вторая треть", "второй трети"), ("последняя треть", "последней трети")),
        *(("первая половина", "первой половины"), ("вторая половина", "второй половины")),
    )
    STAGES = {"early": ("начало", "начала"), "mid": ("середина", "середины"), "late": ("конец", "конца")}
    DASH, SPACED_DASH = "–", " – "
    COMMA, AND, OR = ", ", " и ", " или "
    UNKNOWN = "год неизвестен"

    def day(self, day: date | tuple[int, int, int], *, genitive: bool = False) -> str:
        year, month, number = (day.year, day.month, day.day) if isinstance(day, date) else day
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

    def julian(self, new: date, old: tuple[int, int, int]) -> str:
        short = f"{old[2]} {self.MONTHS_GENITIVE[old[1]]}" + (f" {old[0]} г." if old[0] != new.year else "")
        return f"{self.day(new)} ({short} по старому стилю)"

    ANY = "любой день с {0} по {1}"
    ONE = "день {0}"
    SPAN = "с {0} по {1}"
    FROM = "любой день начиная с {0}"
    UP_TO = "любой день не позднее {0}"
    ALL = "несколько дат с {0} по {1}"
    REMARKS = {
        **{"approximate": "приблизительно", "uncertain": "неточно", "both": "приблизительно и неточно"},
        **{"open-end": "конец не указан", "unknown-end": "конец неизвестен", "several": "одна из нескольких дат"},
        **{"open-start": "начало не указано", "unknown-start": "начало неизвестно", "all": "все из нескольких дат"},
        "estimate": "по оценке {0}",
    }
    SEMICOLON = "; "


Language = English | Chinese | Russian
_LANGUAGES: dict[str, Language] = {"en": English(), "zh": Chinese(), "ru": Russian()}


def speaker(language: str) -> Language:
    """The grammar for a language code such as "zh-hans"; English for a language not known here."""
    return _LANGUAGES.get(language.lower().replace("_", "-").split("-")[0], _LANGUAGES["en"])


def unit(speech: Language, part: Part, *, genitive: bool = False) -> str:
    """One date in words, no finer than its precision and without its doubts."""
    first, code = part.earliest, part.season
    match part.precision:
        case "day":
            return speech.day(first, genitive=genitive)
        case "month":
            return speech.month(first.year, first.month, genitive=genitive)
        case "season":
            return speech.season(int(part.year), code, genitive=genitive)
        case "quarter" | "four-months" | "half-year":
            return speech.section(int(part.year), code, genitive=genitive)
        case "year":
            return speech.year(first.year, genitive=genitive)
        case "decade":
            return speech.decade(first.year // 10 * 10, genitive=genitive)
        case "century":
            return speech.century(first.year // 100 + 1, genitive=genitive)
        case "millennium":
            return speech.millennium(first.year // 1000 + 1, genitive=genitive)
    return speech.UNKNOWN
