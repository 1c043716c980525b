"""Folding: one form for all spellings that a reader takes for the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

CJK = (  # characters that are written without spaces: 々 〇, kana, ideographs
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)

_LATIN_MARKS = re.compile(r"([a-z])[\u0300-\u036f]+")
_STRESS = re.compile(r"([\u0430-\u044f\u0451])[\u0300\u0301]+")
#: A letter with its marks: of Latin, Greek and Cyrillic, of kana; and a syllable of Korean in its letters.
_CLUSTER = re.compile(r"[\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*|.[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
_LETTERS = {"ё": "е", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_APOSTROPHES = dict.fromkeys("\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u0060\u00b4\u2032\uff07", "'")
_INVISIBLE = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)


@cache
def _table() -> dict[int, str | None]:
    """Every single-character replacement. Traditional → simplified is OpenCC's (licence: in the file)."""
    lines = (Path(__file__).parent / "data" / "simplified.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    simplified = str.maketrans("".join(lines[::2]), "".join(lines[1::2]))
    return simplified | str.maketrans(_LETTERS | _APOSTROPHES | _INVISIBLE)


def fold(text: str) -> str:
    """The text with case, accents of Latin letters, stress marks, ё/е, width, and traditional characters evened out.

    й stays й: it is a letter, not an accent. The length may change; ``fold_with_offsets`` tells what came from where.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    # Apostrophes first: compatibility forms of some are a space with a mark.
    text = unicodedata.normalize("NFKC", text.translate(_apostrophes)).casefold()
    text = _STRESS.sub(r"\1", _LATIN_MARKS.sub(r"\1", unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", text).translate(_table())


_apostrophes = str.maketrans(_APOSTROPHES)


def fold_with_offsets(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its characters, and for its end, the offset in ``text``; None where they are the same."""
    folded = fold(text)
    if len(folded) == len(text) and (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        return folded, None
    parts: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        part = fold(cluster[0])
        parts.append(part)
        offsets += [cluster.start()] * len(part)
    return "".join(parts), [*offsets, len(text)]
