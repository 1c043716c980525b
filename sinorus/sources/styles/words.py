"""What the citation styles share: joining parts, quotation marks, capitals of English titles, names, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

Item = dict[str, Any]

#: Where italics begin and end; two signs of the private use area, which no title has, until the text is shown.
ITALIC, ROMAN = "\ue000", "\ue001"
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CLOSED = re.compile(rf"[.!?。！？][”’»{ROMAN}]*$")
_ASKED = re.compile(rf"[!?！？][”’»{ROMAN}]*$")
#: English words that stand small within a title: articles, conjunctions, prepositions.
SMALL: Final = frozenset(
    """a about above across after against along alongside amid amidst among amongst an and around as aside at before behind below beneath
    beside besides between beyond but by c ca circa de despite down during except for from given in inside into like near next nor
    notwithstanding of off on onto or out over per plus pro qua since so than the through throughout till to toward towards under underneath
    until unto up upon v versus via vs with within without yet""".split()  # noqa: SIM905
)


def join(separator: str, *parts: str) -> str:
    """The parts that are there. A separating stop or colon is not set after a question or exclamation mark, nor a stop after another."""
    text = ""
    for part in filter(None, parts):
        if not text:
            text = part
        elif (separator[0] == "." and _CLOSED.search(text)) or (separator[0] == ":" and _ASKED.search(text)):
            text += separator[1:] + part
        else:
            text += separator + part
    return text


def stop(text: str) -> str:
    """With a full stop at its end, unless it has a mark there."""
    return text if not text or _CLOSED.search(text) else f"{text}."


def italic(text: str) -> str:
    return f"{ITALIC}{text}{ROMAN}" if text else ""


_LETTERS: Final = re.compile(r"[0-9A-Za-zА-Яа-яЁё]")


def is_cjk(text: str) -> bool:
    """Whether a text is written with Chinese or Japanese signs."""
    return bool(_CJK.search(text))


def apostrophes(text: str) -> str:
    """Straight single quotation marks as double ones, straight apostrophes curly."""
    return re.sub(r"(?<!\w)'([^']+)'(?!\w)", r'"\1"', text).replace("'", "’")


def curly(text: str, marks: str = "“”") -> str:
    """Straight quotation marks as pairs of ``marks``; pairs that are already set stay."""
    first, *rest = text.split('"')
    return first + "".join(marks[place % 2] + part for place, part in enumerate(rest)) if len(rest) % 2 == 0 else text


def flipped(text: str) -> str:
    """What stands in quotation marks, set within others: “” become ‘’."""
    return text.replace("“", "‘").replace("”", "’")


def american(text: str) -> str:
    """Full stops and commas within the quotation marks that they follow."""
    return re.sub(r"(‘[^‘’“”]*)’([.,])", r"\1\2’", re.sub(r"”([.,])", r"\1”", text))


def title_case(text: str) -> str:
    """An English title with capitals as headlines have them; words that have a capital anywhere are left as they are."""
    pieces = re.split(r"([‘’“”\"\[\]()/.,;?!:–—-]|\s+)", text)
    words = [place for place in range(0, len(pieces), 2) if pieces[place]]
    after_mark = True
    for place in words:
        word = pieces[place]
        if place and pieces[place - 1] == "’" and pieces[place - 2]:
            continue  # what follows an apostrophe belongs to the word before
        last = place == words[-1] or (pieces[place + 1] == "-" and word not in SMALL)
        if word == word.lower() and (after_mark or (last and len(word) > 1) or (len(word) > 1 and word not in SMALL)):
            pieces[place] = word[:1].upper() + word[1:]
        signs = "".join(pieces[place + 1 : next((other for other in words if other > place), len(pieces)) : 1])
        after_mark = bool(re.search(r"[?!:]", signs))
    return "".join(pieces)


# Names ----------------------------------------------------------------------------------------------------------------


def initials(given: str, dot: str = ".") -> str:
    """ "Odd Arne" → "O. A.", "Jean-Luc" → "J.-L."; without a dot "J L". A particle such as "de" stays."""
    found = []
    for word in given.split():
        capitals = [part[0] + dot for part in word.rstrip(".").split("-") if part[:1].isupper()]
        found.append(("-" if dot else " ").join(capitals) or word)
    return " ".join(found)


def one_word(name: dict[str, str]) -> str:
    """A name that no style turns or shortens: an institution, or a name in Chinese signs; else empty."""
    if "literal" in name:
        return name["literal"]
    return name["family"] + name["given"] if is_cjk(name["family"]) else ""


def all_cjk(text: str) -> bool:
    """Whether it has Chinese or Japanese signs and no other letters; such titles are not set in italics."""
    return is_cjk(text) and not _LETTERS.search(text)


def eastern(item: Item) -> bool:
    """Whether names of an item stand family first without a comma even in Latin letters."""
    return str(item.get("language", ""))[:2] in ("zh", "ja", "ko", "vi", "hu")


# Dates ----------------------------------------------------------------------------------------------------------------


def ends(value: dict[str, Any] | None) -> list[list[int]]:
    """Date parts of a date: one list, or two for a span; none for one that is only in words."""
    return (value or {}).get("date-parts", [])


def years(value: dict[str, Any] | None) -> str:
    """ "1996", "1964–1966", or the words of a date that has no parts."""
    found = list(dict.fromkeys(str(parts[0]) for parts in ends(value)))
    return "–".join(found) or (value or {}).get("literal", "")


def numeric(value: dict[str, Any] | None) -> str:
    """ "1996-04-25", "1964-02/1964-08", or words."""
    return "/".join("-".join(f"{part:02d}" for part in parts) for parts in ends(value)) or (value or {}).get("literal", "")


def pairs(names: Iterable[str], last: str) -> str:
    """Names joined by commas, the last by ``last``."""
    *first, end = list(names) or [""]
    return f"{', '.join(first)}{last}{end}" if first else end


MONTHS: Final = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def written(value: dict[str, Any] | None, day: bool = True) -> str:
    """A date in English: "April 25, 1996"; a span from its years, words as they are."""
    if len(found := ends(value)) != 1:
        return years(value)
    year, *rest = found[0]
    if not rest:
        return str(year)
    return f"{MONTHS[rest[0] - 1]} {rest[1]}, {year}" if day and len(rest) > 1 else f"{MONTHS[rest[0] - 1]} {year}"


def numbered(item: Item, one: str, several: str) -> str:
    """Volume with its word, or the number of a document: with "No." where it is a mere number, else as it stands."""
    volume, number = item.get("volume", ""), item.get("number", "")
    if volume:
        return (several if _several(volume) else one) + volume
    if re.fullmatch(r"\d+(?:[-–,&]\s*\d+)*", number):
        return ("Nos. " if _several(number) else "No. ") + number
    return number


def _several(text: str) -> bool:
    return bool(re.search(r"\d\s*[-–,&]\s*\d", text))
