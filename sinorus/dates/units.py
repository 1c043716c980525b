"""The second step of reading words: one date ("late 1950s", "25 April", "1996年4月") out of normalised text.

The house rule for early, mid and late, which no standard fixes: of ten years the years 0–3, 3–6 and 7–9; of a hundred
00–33, 33–66 and 67–99; of a year its three thirds of four months; of a month the days 1–10, 11–20 and 21 to the end.
All are marked approximate (``late 1950s`` is ``1957~/1959~``). Halves are exact: 1990–1994 and 1995–1999.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from .calendars import julian_to_gregorian
from .errors import DateError

_THIRDS = {10: ((0, 3), (3, 6), (7, 9)), 100: ((0, 33), (33, 66), (67, 99))}
_MONTH_THIRDS = ((1, 10), (11, 20), (21, 0))


class NotReadError(Exception):
    """The text is none of the forms known here; ``words`` turns it into a message."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One date as read, maybe with its year or month still missing ("17" in "17–18 December 1992").

    A plain date has ``year``, ``month``, ``day``; anything else has ``first`` and ``last``, EDTF dates without marks
    (equal when it is one). ``mark`` is the doubt: "", "~", "?" or "%".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    first: str = ""
    last: str = ""
    mark: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it is a year, month or day and nothing else."""
        return not self.first

    def marked(self, mark: str) -> "Unit":
        """With one more doubt: about and doubtful together are %."""
        both = {self.mark, mark} - {""}
        return replace(self, mark="%" if "%" in both or len(both) == 2 else "".join(both))

    def ends(self, *, julian: bool) -> tuple[str, str]:
        """The first and the last EDTF date of it, with marks. With ``julian`` days are turned into the new style."""
        if not self.is_plain:
            if julian:
                raise _only_days()
            return self.first + self.mark, self.last + self.mark
        if self.year is None or (self.day is not None and self.month is None):
            raise NotReadError
        if julian:
            if self.month is None or self.day is None:
                raise _only_days()
            text = julian_to_gregorian(self.year, self.month, self.day).isoformat()
        else:
            text = f"{self.year:04}" + "".join(f"-{n:02}" for n in (self.month, self.day) if n is not None)
        return text + self.mark, text + self.mark


def _only_days() -> DateError:
    return DateError(_("Only whole days can be turned from the old style (Julian) into the new: 27 August 1689 (O.S.)."))


def _number(text: str | None) -> int | None:
    return int(text) if text else None


_PLAIN = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<y>[0-9]{4})",
        r"(?P<d>[0-9]{1,2}) ?m(?P<m>[0-9]{2})(?: (?P<y>[0-9]{4}))?",
        r"m(?P<m>[0-9]{2}) (?P<d>[0-9]{1,2})(?: (?P<y>[0-9]{4}))?",
        r"m(?P<m>[0-9]{2})(?: (?P<y>[0-9]{4}))?",
        r"(?P<d>[0-9]{1,2})(?: (?P<y>[0-9]{4}))?",
        r"i(?P<y>[0-9]{4})_(?P<m>[0-9]{2})(?:_(?P<d>[0-9]{2}))?",
        r"(?P<y>[0-9]{4})年(?:(?P<m>[0-9]{1,2})月份?(?:(?P<d>[0-9]{1,2})[日号])?)?",
        r"(?P<m>[0-9]{1,2})月份?(?:(?P<d>[0-9]{1,2})[日号])?",
        r"(?P<d>[0-9]{1,2})[日号]",
    )
]
_DECADES = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"d(?P<all>[0-9]{3}0)",
        r"(?P<part>[0-9]0) decade (?P<century>[0-9]{1,2}) century",
        r"(?P<all>[0-9]{3}0)年代",
        r"(?P<century>[0-9]{1,2})世纪(?P<part>[0-9]0)年代",
    )
]
_CENTURY = re.compile(r"([0-9]{1,2})(?: century|世纪)", re.ASCII)
_SEASON = re.compile(r"s(2[123]) ([0-9]{4})|([0-9]{4})年的?([春夏秋])[季天]?", re.ASCII)
_WINTER = re.compile(r"s24 ([0-9]{4})[-/]((?:[0-9]{2})?[0-9]{2})|([0-9]{4})年?[-/]([0-9]{4})年的?冬[季天]?", re.ASCII)
_ONE_WINTER = re.compile(r"s24 [0-9]{4}|[0-9]{4}年的?冬[季天]?", re.ASCII)

_STAGES = [
    (0, re.compile(r"(?:early|beginning|start|начал[оаеу]) (.+)")),
    (1, re.compile(r"mid (.+)")),
    (2, re.compile(r"(?:late|end|кон(?:ец|ца|це|цу)) (.+)")),
    (0, re.compile(r"(.+?)(?:初期?|早期|前期|上旬)")),
    (1, re.compile(r"(.+?)(?:中期|中叶|中旬|中)")),
    (2, re.compile(r"(.+?)(?:末期?|晚期|后期|下旬|底)")),
]
_HALF = r"half|половин[аыеу]"
_PARTS = [
    *((39 + n, rf"(?:{word}) (?:{_HALF}) (.+)") for n, word in ((1, "first|перв(?:ая|ой|ую)"), (2, "second|втор(?:ая|ой|ую)"))),
    *((39 + n, rf"(.+?){word}") for n, word in ((1, "(?:上半(?:年|期|叶)|前半期?)"), (2, "(?:下半(?:年|期|叶)|后半期?)"))),
    *((32 + n, rf"(?:{word}) quarter (.+)") for n, word in ((1, "first"), (2, "second"), (3, "third"), (4, "fourth|last"))),
    *((32 + n, rf"{n} квартала? (.+)") for n in (1, 2, 3, 4)),
    *((32 + n, rf"(.+?)第?{sign}季度") for n, sign in enumerate("一二三四", 1)),
    *((36 + n, rf"(?:{word}) (?:third|трет[ьи]) (.+)") for n, word in ((1, "first|перв(?:ая|ой)"), (2, "middle|втор(?:ая|ой)"))),
    (39, r"last third (.+)|последн(?:яя|ей) трет[ьи] (.+)"),
    *((36 + n, rf"(.+?){sign}三分之一") for n, sign in ((1, "前"), (2, "中间"), (3, "后"))),
]
_SECTIONS = [(code, re.compile(pattern)) for code, pattern in _PARTS]

_MARKS = [
    (
        "~",
        re.compile(r"(?:(?:circa|about|around|approximately|approx\.?|roughly|около|примерно|приблизительно) |ок\.? )(.+)"),
    ),
    ("~", re.compile(r"(?:c|ca)(?:\. ?| )(.+)")),
    ("~", re.compile(r"(?:约在|大约|大概|大致|约)(.+)")),
    ("~", re.compile(r"(.+?)(?:左右|前后)")),
    ("?", re.compile(r"(?:possibly|probably|perhaps|возможно|вероятно|предположительно) (.+)")),
    ("?", re.compile(r"(?:可能|或许|也许)(.+)")),
    ("?", re.compile(r"(.+?) ?(?:\(\?\)|\?)")),
    ("~", re.compile(r"(.+?)~")),
    ("%", re.compile(r"(.+?)%")),
]


def read_unit(text: str) -> Unit:
    """One date out of normalised text. Raises :class:`NotReadError`, or :class:`DateError` with a reason."""
    text = text.strip()
    for mark, pattern in _MARKS:
        if found := pattern.fullmatch(text):
            return read_unit(found[1]).marked(mark)
    unit = _whole(text)
    if unit:
        return unit
    for which, pattern in _STAGES:
        if found := pattern.fullmatch(text):
            return _stage(_whole(found[1].strip()), which)
    for code, pattern in _SECTIONS:
        if found := pattern.fullmatch(text):
            return _section(_whole(next(group for group in found.groups() if group).strip()), code)
    raise NotReadError


def _whole(text: str) -> Unit | None:
    """A date without "early" and the like; ``None`` when it is none."""
    for pattern in _PLAIN:
        if found := pattern.fullmatch(text):
            groups = found.groupdict()
            return Unit(_number(groups.get("y")), _number(groups.get("m")), _number(groups.get("d")))
    for pattern in _DECADES:
        if found := pattern.fullmatch(text):
            groups = found.groupdict()
            decade = groups.get("all") or f"{int(groups['century']) - 1:02}{groups['part']}"
            return _one(decade[:3] + "X") if len(decade) == 4 and decade[0] != "-" else None
    if found := _CENTURY.fullmatch(text):
        return _one(f"{int(found[1]) - 1:02}XX") if int(found[1]) else None
    if found := _SEASON.fullmatch(text):
        code = found[1] or str(21 + "春夏秋".index(found[4]))
        return _one(f"{found[2] or found[3]}-{code}")
    if found := _WINTER.fullmatch(text):
        first, second = found[1] or found[3], found[2] or found[4]
        if (int(first) + 1) % 10 ** len(second) != int(second):
            raise DateError(_("A winter runs from one year into the next: winter 1969–70."))
        return _one(f"{first}-24")
    if _ONE_WINTER.fullmatch(text):
        raise DateError(_("A winter lies in two years; write “winter 1969–70”, or the months: “January – February 1969”."))
    return None


def _one(text: str) -> Unit:
    return Unit(first=text, last=text)


def _years(unit: Unit) -> tuple[int, int]:
    """The first year and the number of years of a decade or century; ``(0, 0)`` for anything else."""
    if unit.first == unit.last and unit.first.endswith("X"):
        return int(unit.first.replace("X", "0")), 10 ** unit.first.count("X")
    return 0, 0


def _stage(unit: Unit | None, which: int) -> Unit:
    """Early (0), mid (1) or late (2) in a century, decade, year or month: the house rule above."""
    if unit is None:
        raise NotReadError
    base, length = _years(unit)
    if length and base:
        first, last = _THIRDS[length][which]
        return Unit(first=f"{base + first:04}", last=f"{base + last:04}", mark="~")
    if unit.is_plain and unit.year is not None and unit.day is None:
        if unit.month is None:
            code = f"{unit.year:04}-{37 + which}"
            return Unit(first=code, last=code, mark="~")
        if not (1 <= unit.month <= 12 and unit.year):
            raise NotReadError
        first, last = _MONTH_THIRDS[which]
        month = f"{unit.year:04}-{unit.month:02}"
        return Unit(first=f"{month}-{first:02}", last=f"{month}-{last or monthrange(unit.year, unit.month)[1]:02}", mark="~")
    raise NotReadError


def _section(unit: Unit | None, code: int) -> Unit:
    """A half, third or quarter of a year, or a half of a decade or century."""
    if unit is None:
        raise NotReadError
    base, length = _years(unit)
    if length and base and code in (40, 41):
        start = base + (0 if code == 40 else length // 2)
        return Unit(first=f"{start:04}", last=f"{start + length // 2 - 1:04}")
    if unit.is_plain and unit.year is not None and unit.month is None and unit.day is None:
        return _one(f"{unit.year:04}-{code}")
    raise NotReadError
