"""The one analyzer: texts and queries go through it, so SQLite and PostgreSQL index the same terms and find the same records.

Terms of a text: the stem of each word, in order; of Chinese each pair of neighbouring characters, in order (a single
character alone as itself). Beside the order, so that they can be found but are no part of a phrase: every Chinese character,
the joined form of what a hyphen parts (Tse-min: tsemin), and every word unstemmed, marked, for queries by prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .fold import CJK, fold, fold_with_offsets
from .stem import stem

VERSION = "2"  # raise it when terms change: the index is then stale until it is rebuilt
GAP = "¦"  # stands between values, so that no phrase crosses from one into the next
SURFACE = "‹"  # marks a word that is not stemmed
MAX_WORD = 60  # characters of a word that count

# Words so common that they say nothing of a record.
_STOPWORDS = """
    a an and are as at be by for from in into is it its not of on or that the this to was were with
    а без в во для до за и из или к ко на не ни о об от по под при с со у это
"""
STOPWORDS = frozenset(_STOPWORDS.split())

_W = rf"[^\W_{CJK}]"
_LETTER = rf"[^\W\d_{CJK}]"
_PLAIN = rf"{_W}+(?:'{_W}+)*"
_PIECE = re.compile(
    rf"(?P<cjk>[{CJK}](?:[\s·•・‧･]*[{CJK}])*)"
    rf"|(?P<initials>(?<!\w)(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!\w))?)"
    rf"|(?P<word>{_PLAIN}(?:[-‐]{_PLAIN})*)"
)
_PART = re.compile(_PLAIN)
_IS_CJK = re.compile(rf"[{CJK}]")


class Part(NamedTuple):
    """A word, or a Chinese character, with its place in the folded text."""

    text: str
    start: int
    end: int


class Piece(NamedTuple):
    """A word with the parts between its hyphens, or a run of Chinese with its characters."""

    chinese: bool
    parts: list[Part]

    @property
    def joined(self) -> str:
        """The parts in one; empty when there is one alone, or nothing but numbers."""
        if len(self.parts) < 2 or all(part.text.isdigit() for part in self.parts):
            return ""
        return "".join(part.text for part in self.parts)[:MAX_WORD]


Span = tuple[int, int]


@dataclass
class Stream:
    """The terms of one text, each with where in the text it stands (start, end)."""

    terms: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    beside: list[tuple[str, Span]] = field(default_factory=list)
    surfaces: list[tuple[str, Span]] = field(default_factory=list)


def pieces(folded: str) -> Iterator[Piece]:
    """The words and the runs of Chinese of a folded text."""
    for match in _PIECE.finditer(folded):
        if match.lastgroup == "cjk":
            yield Piece(True, [Part(one[0], one.start(), one.end()) for one in _IS_CJK.finditer(folded, *match.span())])
        elif (word := match[0]).isalnum():  # by far the most
            yield Piece(False, [Part(word[:MAX_WORD], *match.span())])
        elif match.lastgroup == "initials":
            yield Piece(False, [Part(match[0].replace(".", "")[:MAX_WORD], *match.span())])
        else:
            yield Piece(False, [Part(one[0].replace("'", "")[:MAX_WORD], *one.span()) for one in _PART.finditer(folded, *match.span())])


def in_order(piece: Piece) -> Iterator[Part]:
    """The terms of a piece that stand in order, with their places in the folded text."""
    if not piece.chinese:
        yield from (Part(stem(part.text), part.start, part.end) for part in piece.parts)
    elif len(piece.parts) == 1:
        yield piece.parts[0]
    else:
        for first, second in zip(piece.parts, piece.parts[1:], strict=False):
            yield Part(first.text + second.text, first.start, second.end)


def analyze(text: str) -> Stream:
    """The terms of a text, with their places in it."""
    folded, offsets = fold_with_offsets(text)
    found = Stream()

    def place(start: int, end: int) -> Span:
        return (start, end) if offsets is None else (offsets[start], offsets[end])

    for piece in pieces(folded):
        for term in in_order(piece):
            found.terms.append(term.text)
            found.spans.append(place(term.start, term.end))
        if piece.chinese:
            found.beside += [(part.text, place(part.start, part.end)) for part in piece.parts]
            continue
        found.surfaces += [(part.text, place(part.start, part.end)) for part in piece.parts]
        if joined := piece.joined:
            whole = place(piece.parts[0].start, piece.parts[-1].end)
            found.beside.append((stem(joined), whole))
            found.surfaces.append((joined, whole))
    return found


def key(text: str) -> str:
    """What is the same for two titles or names that differ in case, accents, spaces or punctuation alone."""
    return re.sub(r"[\W_]+", "", fold(text).removeprefix("the "))[:200]


def stems(text: str) -> str:
    """What is the same for two titles that differ in the forms of words or in the most common words too."""
    terms = [term.text for piece in pieces(fold(text)) for term in in_order(piece)]
    return " ".join([term for term in terms if term not in STOPWORDS] or terms)[:200]


def words(text: str) -> list[str]:
    """Words as a reader would spell them, folded: what a misspelt one is held against. Chinese runs are one word each."""
    found = []
    for piece in pieces(fold(text)):
        if piece.chinese:
            found.append("".join(part.text for part in piece.parts)[:12])
        else:
            found += [part.text for part in piece.parts] + ([piece.joined] if piece.joined else [])
    return found
