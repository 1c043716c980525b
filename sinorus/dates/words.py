"""What an editor types, EDTF or words in English, Russian or Chinese, read into EDTF. Never guesses.

The forms understood stand in :data:`FORMS` (one date each in ``units``). What they mean where language is loose, as
rules of this house:

* since, from … on: ``1991/..``, something that went on. after: ``[1992..]``, some day later than the year named.
* until, up to: ``../1950``, something that went on, the year included. before: ``[..1968]``, some day earlier. Russian
  "до 1950" can mean either and is read as the wider, until.
* between A and B: ``[1994..1996]``, some day in it, both ends included. A to B, A–B: ``1994/1996``.
* "since the late 1950s" begins somewhere in them: ``1957~/..``.
* early, mid and late: the thirds described in ``units``. 17th century: ``16XX``, 1600 to 1699.
* A day marked O.S., old style or Julian is turned into its Gregorian day; so is one with both days, "27 August (6
  September) 1689", if the two are the same day.

What means two things is refused with a message saying how to write it instead: "1900s", "winter 1969", "2001–10",
"1921-24", 04/05/1996.
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from . import edtf
from .calendars import julian_to_gregorian
from .edtf import Edtf, EdtfError, Part
from .errors import DateError, quoted
from .units import NotReadError, Unit, read_unit
from .wording import is_chinese, normalise

#: The longest text that is read, in characters; that of the column.
MAX_WORDS = 120
GREGORIAN, JULIAN = "gregorian", "julian"

_WESTERN = [
    ("between", r"не ран(?:ее|ьше) (.+?) и не поз(?:днее|же) (.+)"),
    ("between", r"(?:between|между) (.+?) (?:and|и) (.+)"),
    ("not-after", r"(?:by|not? later than|не поз(?:днее|же)) (.+)"),
    ("not-after", r"(.+) or (?:earlier|before)"),
    ("not-before", r"(?:not? earlier than|не ран(?:ее|ьше)) (.+)"),
    ("not-before", r"(.+) or (?:later|after)"),
    ("before", r"(?:before|prior to|ранее|раньше) (.+)"),
    ("after", r"(?:after|после|позднее|позже) (.+)"),
    ("unknown-end", r"(?:from|с) (.+) (?:end unknown|конец неизвестен)"),
    ("unknown-start", r"(?:until|до) (.+) (?:beginning unknown|начало неизвестно)"),
    ("since", r"(?:from |since |с )?(.+?) (?:onwards?|on|(?:-|to|until|till) (?:present|now|today))"),
    ("since", r"с (.+?) (?:по|до) (?:настоящее время|настоящего времени|сих пор|наст\.? вр\.?)"),
    ("range", r"(?:from|с|со) (.+?) (?:to|until|till|through|по|до) (.+)"),
    ("since", r"(?:since|from|с|со|начиная с) (.+)"),
    ("until", r"(?:until|till|up to|through|вплоть до|до|по) (.+)"),
    ("range", r"(.+?) (?:to|until|till|through|по|до) (.+)"),
    ("range", r"(.+?) ?- ?(.+)"),
]
_CHINESE = [
    ("between", r"(?:介于|在)?(.+?)[至到与和-](.+?)之间"),
    ("not-after", r"不[晚迟]于(.+)"),
    ("not-before", r"不早于(.+)"),
    ("unknown-end", r"(.+?)起,结束时间不详"),
    ("unknown-start", r"至(.+?)(?:为止)?,开始时间不详"),
    ("since", r"[自从]?(.+?)(?:起|以来|开始|至今|到现在)"),
    ("until", r"(?:截至|直到|至|到)(.+?)(?:为?止)?"),
    ("range", r"[自从]?(.+?)[至到-](.+?)(?:为?止)?"),
    ("since", r"[自从](.+)"),
    ("before", r"(.+?)(?:以前|之前|前)"),
    ("after", r"(.+?)(?:以后|之后|(?<!前)后)"),
]
_FORMS = {name: [(kind, re.compile(form)) for kind, form in table] for name, table in (("western", _WESTERN), ("chinese", _CHINESE))}
_OR = re.compile(r" (?:or|или) |或者?")
_OLD_STYLE, _NEW_STYLE = (
    re.compile(rf" ?\(?(?:(?<!\w)(?:{western})(?!\w)\.?|{chinese})\)?")
    for western, chinese in (
        (
            (
                r"o\. ?s\.?|os|old style|old calendar|julian(?: calendar)?|(?:по )?стар(?:ому|ого|ый) стил[юяь]"
                r"|ст\.? ?ст\.?|(?:по )?юлианск(?:ий|ому|ого)(?: календар[ьюя])?"
            ),
            "俄国旧历|俄旧历|俄历|儒略历",
        ),
        (
            (
                r"n\. ?s\.?|ns|new style|gregorian(?: calendar)?|(?:по )?нов(?:ому|ого|ый) стил[юяь]"
                r"|н\.? ?ст\.?|(?:по )?григорианск(?:ий|ому|ого)(?: календар[ьюя])?"
            ),
            "公历|格里历",
        ),
    )
)
_BOTH_DAYS = [
    re.compile(r"([0-9]{1,2}(?: m[0-9]{2})?) ?\(([0-9]{1,2}(?: m[0-9]{2})?)\)( ?m[0-9]{2})? ([0-9]{4})"),
    re.compile(r"([0-9]{1,2}(?: m[0-9]{2})?) ?/ ?([0-9]{1,2}(?: m[0-9]{2})?)( ?m[0-9]{2})? ([0-9]{4})"),
]
_SHARED_UNIT = re.compile(r"(?<![0-9])([0-9]{1,4})([至到-])([0-9]{1,4})([年月日号])")
_DOUBT_AFTER = re.compile(r"(起|以来|为止|以前|之前|以后|之后|之间)\(\?\)$")
_SEASON_OR_YEARS = re.compile(r"([0-9]{2})([0-9]{2})-(2[1-9]|3[0-9]|4[01])")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood: the text as typed, its meaning in the Gregorian calendar, the calendar it was written in."""

    text: str
    edtf: Edtf
    calendar: str = GREGORIAN


def read(text: str, calendar: str = GREGORIAN) -> Reading:
    """Read EDTF or words. ``calendar`` "julian" says that days are in the old style though the text does not say so.

    Raises :class:`DateError`, saying what forms are understood, for all it cannot read; and at once, without reading,
    for more than 120 characters.
    """
    if not isinstance(text, str):
        raise DateError(_("A date must be given as text."))
    if len(text) > MAX_WORDS:
        raise DateError(_("A date has at most %(limit)d characters; this one has %(length)d."), limit=MAX_WORDS, length=len(text))
    text = text.strip()
    if calendar == GREGORIAN and (value := _as_edtf(text)):
        return Reading(text, value)
    words = normalise(text)
    words, calendar = _take_calendar(words, calendar)
    try:
        if both := _both_days(words):
            return Reading(text, edtf.parse(both), JULIAN)
        return Reading(text, edtf.parse(_Reader(julian=calendar == JULIAN).read(words)), calendar)
    except (NotReadError, OverflowError):
        raise _unreadable(text) from None


def disagreement(words: str, value: Edtf, calendar: str = GREGORIAN) -> DateError | None:
    """What is wrong when the words beside an EDTF value, as far as they can be read, have no day in common with it."""
    try:
        other = read(words, calendar).edtf
    except DateError:
        return None
    apart = (value.earliest and other.latest and value.earliest > other.latest) or (
        value.latest and other.earliest and value.latest < other.earliest
    )
    if not apart:
        return None
    return DateError(
        _(
            "The words “%(words)s” mean %(read)s, which has no day in common with the EDTF %(edtf)s. Correct one of "
            "them, or empty the EDTF to have it read from the words. For a day in the old style choose the Julian "
            "calendar.",
        ),
        words=quoted(words),
        read=other.text,
        edtf=value.text,
    )


def _unreadable(text: str) -> DateError:
    if not text:
        return DateError(_("A date cannot be read from nothing."))
    return DateError(
        _(
            "“%(text)s” could not be read as a date. Understood are for example: 1996, April 1996, 25 April 1996, "
            "17–18 December 1992, May 1998 – June 1999, 1950s, late 1950s, spring 1969, first half of 1950, 17th "
            "century, c. 1996, 1996?, since 1991, until 1950, before 1969, after 1991, between 1994 and 1996, 27 "
            "August 1689 (O.S.); апрель 1996, 1996年4月; or EDTF.",
        ),
        text=quoted(text),
    )


def _as_edtf(text: str) -> Edtf | None:
    try:
        value = edtf.parse(text)
    except EdtfError:
        return None
    found = _SEASON_OR_YEARS.fullmatch(text)
    if found and int(found[3]) > int(found[2]):
        raise DateError(
            _("“%(text)s” may be a season or a stretch of years. Write %(year)s/%(century)s%(end)s, or the season in words."),
            text=text,
            year=found[1] + found[2],
            century=found[1],
            end=found[3],
        )
    return value


def _take_calendar(words: str, calendar: str) -> tuple[str, str]:
    """The words without O.S. or N.S., and the calendar that these say."""
    without_old = _OLD_STYLE.sub("", words)
    without_new = _NEW_STYLE.sub("", without_old)
    if without_old != words:
        if without_new != without_old:
            raise DateError(_("Give one day, in the old or the new style; or both as in: 27 August (6 September) 1689."))
        return without_old.strip(" ,"), JULIAN
    return (without_new.strip(" ,"), GREGORIAN) if without_new != words else (words, calendar)


def _both_days(words: str) -> str:
    """EDTF of "27 august (6 september) 1689", a day under both its names; "" when the words are of another form."""
    found = next((match for form in _BOTH_DAYS if (match := form.fullmatch(words))), None)
    if not found:
        return ""
    first, second, shared, year = found.groups()
    names = [read_unit(f"{name.strip()}{'' if 'm' in name else ' ' + (shared or '').strip()} {year}") for name in (first, second)]
    for old, new in (names, names[::-1]):
        for old_year in (int(year), int(year) - 1):
            if None in (old.month, old.day, new.month, new.day):
                raise NotReadError
            day = julian_to_gregorian(old_year, old.month or 0, old.day or 0)
            if (day.year, day.month, day.day) == (int(year), new.month, new.day):
                return day.isoformat()
    raise DateError(_("The two days are not the same day in the old and in the new style."))


class _Reader:
    """Turns normalised words into an EDTF string."""

    def __init__(self, *, julian: bool) -> None:
        self.julian = julian

    def read(self, words: str) -> str:
        """The EDTF of the words. Raises :class:`NotReadError` or :class:`DateError`."""
        alternatives = _OR.split(words)
        if len(alternatives) > 1 and not re.search(r" or (?:earlier|later|before|after)$", words):
            return "[" + ",".join(self._alternative(one) for one in alternatives) + "]"
        if unit := self._unit(words):
            first, last = unit.ends(julian=self.julian)
            return first if first == last else f"{first}/{last}"
        words = re.sub(r"^(?:примерно|приблизительно) (с|до) ", r"\1 около ", words)
        chinese = is_chinese(words)
        if chinese:
            words = _DOUBT_AFTER.sub(r"(?)\1", words)
            words = _SHARED_UNIT.sub(r"\1\4\2\3\4", words)
        for kind, form in _FORMS["chinese" if chinese else "western"]:
            if found := form.fullmatch(words):
                return self._make(kind, *(group.strip() for group in found.groups()))
        raise NotReadError

    def _unit(self, words: str) -> Unit | None:
        try:
            unit = read_unit(words)
        except NotReadError:
            return None
        return unit if unit.first or unit.year is not None else None

    def _alternative(self, words: str) -> str:
        text = self.read(words.strip())
        if text[0] in "[{" or ".." in text:
            raise NotReadError
        return text.replace("/", "..")

    def _make(self, kind: str, first: str, second: str = "") -> str:
        if second:
            start, end = self._two(first, second)
            return f"[{start}..{end}]" if kind == "between" else start if start == end else f"{start}/{end}"
        start, end = read_unit(first).ends(julian=self.julian)
        match kind:
            case "since":
                return f"{start}/.."
            case "until":
                return f"../{end}"
            case "unknown-end":
                return f"{start}/"
            case "unknown-start":
                return f"/{end}"
            case "not-after":
                return f"[..{end}]"
            case "not-before":
                return f"[{start}..]"
            case "before":
                return f"[..{_neighbour(start, -1)}]"
        return f"[{_neighbour(end, 1)}..]"

    def _two(self, first: str, second: str) -> tuple[str, str]:
        """The two ends of a stretch, each given what only the other says."""
        second = _spell_out(first, second)
        start, end = read_unit(first), read_unit(second)
        if start.is_plain and end.is_plain:
            start, end = _complete(start, end)
        return start.ends(julian=self.julian)[0], end.ends(julian=self.julian)[1]


def _spell_out(first: str, second: str) -> str:
    """The end of "1994–96" and "1950s–60s" in full; other texts as they are."""
    year, short = re.fullmatch(r"([0-9]{2})([0-9]{2})", first), re.fullmatch(r"[0-9]{2}", second)
    if year and short:
        if int(second) <= max(12, int(year[2])):
            raise NotReadError
        return year[1] + second
    decade, short = re.fullmatch(r"(?:.* )?d([0-9]{2})[0-9]{2}", first), re.fullmatch(r"(.* )?([0-9]0)'?s", second)
    return f"{short[1] or ''}d{decade[1]}{short[2]}" if decade and short else second


def _complete(start: Unit, end: Unit) -> tuple[Unit, Unit]:
    """Give each of two plain dates the year and month that only the other has."""
    if start.year is None and end.month is None and end.day is None:
        raise NotReadError  # "May–1999"
    if start.day is not None and start.month is None and end.day is None:
        raise NotReadError  # "17 – December 1992"
    mark = start.mark if start.year is None else ""
    year, month = start.year or end.year, start.month or end.month
    start_year, end_year = start.year or year, end.year or year
    if end.year is None and end.month is None and end.day is not None and start.day is None:
        raise NotReadError  # "April 1996 – 5"
    new_start = replace(start, year=start_year, month=start.month or (month if start.day is not None else None))
    new_end = replace(end, year=end_year, month=end.month or (month if end.day is not None else None))
    shared_end = end.mark if end.mark == "?" and start.year is None else ""
    return new_start.marked(shared_end), new_end.marked(mark)


def _neighbour(text: str, step: int) -> str:
    """The day, month or year just before (-1) or after (1) an EDTF date, its doubt kept."""
    part: Part = edtf.parse(text).parts[0]
    day = (part.earliest if step < 0 else part.latest) + timedelta(days=step)
    length = {"day": 10, "year": 4, "decade": 4, "century": 4}.get(part.precision, 7)
    mark = text[-1] if text[-1] in "?~%" else ""
    return day.isoformat()[:length] + mark
