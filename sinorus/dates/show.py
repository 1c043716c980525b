"""An EDTF value in words for readers, in English, Chinese and Russian, and never more precise than is known.

How each language says things is in ``english``, ``chinese`` and ``russian``; which thing is to be said is decided here.
What the notation can hold but words would only blur (the 28th of some month in 1996) is said coarser, at the precision
that is sure; ``explain`` gives the bounds to the day.
"""

from calendar import monthrange
from datetime import date

from django.utils.translation import get_language

from .calendars import gregorian_to_julian
from .edtf import Edtf, Part, Span, parse
from .phrases import speaker, unit
from .speech import Speech

_STAGES = ("early", "mid", "late")
#: The thirds of ten and of a hundred years, as first and last year in them: the house rule of ``words``.
_THIRDS = {10: ((0, 3), (3, 6), (7, 9)), 100: ((0, 33), (33, 66), (67, 99))}
#: The thirds of a month, as first and last day; 0 is the last of the month.
_MONTH_THIRDS = ((1, 10), (11, 20), (21, 0))


def show(edtf: Edtf | str, language: str | None = None, *, genitive: bool = False) -> str:
    """The value in words. ``language`` is a code such as "en", "zh-hans" or "ru"; the active one when not given.

    ``genitive``: one date in the form that follows "from" and "of", which only Russian has ("с апреля 1996 г.").

    Raises :class:`~sinorus.dates.edtf.EdtfError` when it is given a string that is not EDTF.
    """
    value = parse(edtf) if isinstance(edtf, str) else edtf
    speech = speaker(language or get_language() or "en")
    if not value.is_set:
        if genitive and value.spans[0].is_single and value.spans[0].start:
            return _genitive(speech, value.spans[0].start)
        return _span(speech, value.spans[0], value)
    if value.kind == "one-of" and len(value.spans) == 1 and not value.spans[0].is_single:
        return _some_day_in(speech, value.spans[0])
    words = [_some_day_in(speech, span) if None in (span.start, span.end) else _span(speech, span, value) for span in value.spans]
    last = speech.OR if value.kind == "one-of" else speech.AND
    return last.join([speech.COMMA.join(words[:-1]), words[-1]] if len(words) > 1 else words)


def show_julian(day: date, language: str | None = None) -> str:
    """A Gregorian day with its old style (Julian) name after it: "6 September 1689 (27 August Old Style)"."""
    return speaker(language or get_language() or "en").julian(day, gregorian_to_julian(day))


def explain(edtf: Edtf | str, language: str | None = None) -> str:
    """One sentence of what was understood, to the day: "any day from 1 January 1957 to 31 December 1959; approximate".

    For an editor who wants to know what a date will be found under; ``language`` as for :func:`show`.
    """
    value = parse(edtf) if isinstance(edtf, str) else edtf
    speech = speaker(language or get_language() or "en")
    days = [speech.day(day) for day in (value.earliest, value.latest) if day]
    if value.kind == "all-of" and len(days) == 2:
        said = speech.ALL
    elif len(days) == 2:
        said = speech.ONE if days[0] == days[1] else speech.SPAN if value.is_exact else speech.ANY
    else:
        said = speech.FROM if value.earliest else speech.UP_TO
    remarks = [
        (value.certainty, value.certainty != "certain"),
        ("open-start", value.is_interval and value.is_open_start),
        ("open-end", value.is_interval and value.is_open_end),
        ("unknown-start", value.is_unknown_start),
        ("unknown-end", value.is_unknown_end),
        ("several", value.kind == "one-of" and len(value.spans) > 1),
        ("all", value.kind == "all-of" and len(days) == 1),
    ]
    told = [said.format(*days), *(speech.REMARKS[name] for name, holds in remarks if holds)]
    told += [speech.REMARKS["estimate"].format(speech.year(int(part.year))) for part in value.parts if part.significant]
    return speech.SEMICOLON.join(told)


def _unit(speech: Speech, part: Part, *, genitive: bool = False) -> tuple[str, bool]:
    """A date without its doubt, and whether "about" is still to be said."""
    if 37 <= part.season <= 39 and part.approximate and part.precision == "four-months":
        year = int(part.year)
        year_words = (speech.year(year), speech.year(year, genitive=True))
        return speech.stage(_STAGES[part.season - 37], *year_words, genitive=genitive), False
    return unit(speech, part, genitive=genitive), part.approximate and not part.significant


def _date(speech: Speech, part: Part) -> str:
    words, about = _unit(speech, part)
    if about:
        words = speech.about(words, _unit(speech, part, genitive=True)[0])
    return speech.doubt(words) if part.uncertain else words


def _span(speech: Speech, span: Span, value: Edtf) -> str:
    start, end = span.start, span.end
    if start and end:
        return _date(speech, start) if span.is_single else _from_to(speech, start, end)
    part = start or end
    if part is None:
        raise ValueError("a span has at least one end")
    words, about = _unit(speech, part)
    genitive = _unit(speech, part, genitive=True)[0]
    if start:
        said = speech.since(words, genitive, about=about, unknown=value.is_unknown_end)
    else:
        said = speech.until(words, genitive, about=about, unknown=value.is_unknown_start)
    return speech.doubt(said) if part.uncertain else said


def _some_day_in(speech: Speech, span: Span) -> str:
    """One day of a stretch: between two dates, or not after or not before one."""
    start, end = span.start, span.end
    both = [(_date(speech, part), _genitive(speech, part)) for part in (start, end) if part]
    if start and end:
        return speech.between(both[0][0], both[1][0], both[0][1], both[1][1])
    return speech.or_later(*both[0]) if start else speech.or_earlier(*both[0])


def _genitive(speech: Speech, part: Part) -> str:
    words, about = _unit(speech, part, genitive=True)
    words = speech.about(words, words) if about else words
    return speech.doubt(words) if part.uncertain else words


def _from_to(speech: Speech, start: Part, end: Part) -> str:
    stage = _stage(speech, start, end)
    if stage:
        return stage
    plain = not (start.qualified or end.qualified) and start.precision == end.precision
    first, last = start.earliest, end.earliest
    if plain and first != last:
        if start.precision == "day" and first.year == last.year:
            return (speech.days_in_month if first.month == last.month else speech.days_in_year)(first, last)
        if start.precision == "month" and first.year == last.year:
            return speech.months_in_year(first.year, first.month, last.month)
        if start.precision == "year" and first.year != last.year:
            return speech.years(first.year, last.year)
    words = (_date(speech, start), _date(speech, end))
    if words[0] == words[1]:
        return words[0]
    return (speech.SPACED_DASH if " " in "".join(words) else speech.DASH).join(words)


def _stage(speech: Speech, start: Part, end: Part) -> str:
    """The words "late 1950s" for ``1957~/1959~``, and so on for centuries and months; "" when it is no such third."""
    if not all(part.approximate and not part.uncertain and "X" not in part.text for part in (start, end)):
        return ""
    first, last = start.earliest, end.earliest
    if start.precision == end.precision == "year" and not (start.significant or end.significant):
        for length, thirds in _THIRDS.items():
            base = first.year // length * length
            pair = (first.year - base, last.year - base)
            if pair in thirds and base:
                name = speech.decade if length == 10 else speech.century
                number = base if length == 10 else base // 100 + 1
                return speech.stage(_STAGES[thirds.index(pair)], name(number), name(number, genitive=True))
    if start.precision == end.precision == "day" and (first.year, first.month) == (last.year, last.month):
        day = 0 if last.day == monthrange(last.year, last.month)[1] else last.day
        if (first.day, day) in _MONTH_THIRDS:
            month = (speech.month(first.year, first.month), speech.month(first.year, first.month, genitive=True))
            return speech.stage(_STAGES[_MONTH_THIRDS.index((first.day, day))], *month)
    return ""
