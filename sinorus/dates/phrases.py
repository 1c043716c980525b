"""Which language speaks, and one date in its words."""

from .chinese import Chinese
from .edtf import Part
from .english import English
from .russian import Russian
from .speech import Speech

_LANGUAGES: dict[str, Speech] = {"en": English(), "zh": Chinese(), "ru": Russian()}


def speaker(language: str) -> Speech:
    """The grammar for a language code such as "zh-hans"; English for a language not known here."""
    return _LANGUAGES.get(language.lower().replace("_", "-").split("-")[0], _LANGUAGES["en"])


def unit(speech: Speech, part: Part, *, genitive: bool = False) -> str:
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
