"""The query language: words (all of them), "exact phrases", -excluded, prefix*. Everything else is plain text.

What an engine takes for an operator (AND, OR, NOT, NEAR, parentheses, colons, ^, & …) is text here like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .analyze import STOPWORDS, Piece, in_order, key, pieces, stems
from .expressions import Node, Phrase, Prefix, all_of, any_of
from .fold import fold
from .stem import stem

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〞＂", '"'))
_PART = re.compile(r'(?P<minus>(?<!\S)[-－](?=[^\s\-－*]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_YEAR = re.compile(r"(?<=\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?")  # 1996年联合声明: the year counts, and what follows is a word of its own
_YEARS = frozenset(["г", "гг", "год", "года", "году", "годов", "годах", "year", "years"])  # after a number they say nothing more
_APART = range(4, 13)  # characters of a run of Chinese that may also be words written one after the other
_SYLLABLE = 6  # letters of the longest syllable of a romanised Chinese name (zhuang), in Cyrillic too (чжуань)


@dataclass(frozen=True)
class Term:
    """One part of a query: what the reader wrote, whether it is excluded, and what it means.

    ``apart``: it is, or holds, a run of Chinese that may stand in a text word by word.
    """

    text: str
    node: Node
    excluded: bool = False
    phrase: bool = False
    prefix: bool = False
    stopword: bool = False
    apart: bool = False

    @property
    def plain(self) -> str:
        """The words without the marks of the query language."""
        return self.text.strip('-"*')


@dataclass(frozen=True)
class Query:
    """A query as understood. ``str()`` gives it as the reader wrote it, with single spaces."""

    text: str
    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return self.text

    @cached_property
    def wanted_terms(self) -> list[Term]:
        wanted = [term for term in self.terms if not term.excluded]
        return [term for term in wanted if not term.stopword] or wanted

    @cached_property
    def clauses(self) -> list[Node]:
        """What each of the wanted terms means beside its neighbours."""
        nodes = [term.node for term in self.wanted_terms]
        return [_with_joins(nodes, self.wanted_terms, place) for place in range(len(nodes))]

    @cached_property
    def wanted(self) -> Node | None:
        """What a record must have; None when the query only excludes."""
        return all_of(self.clauses) if self.clauses else None

    @cached_property
    def unwanted(self) -> Node | None:
        """What a record must not have."""
        nodes = [term.node for term in self.terms if term.excluded]
        return any_of(nodes) if nodes else None

    @cached_property
    def in_a_row(self) -> Node | None:
        """All wanted terms, one right after the other; None when they cannot be, or when that says nothing more."""
        wanted = [term for term in self.terms if not term.excluded]
        if any(term.prefix for term in wanted) or not (len(wanted) > 1 or any(term.apart for term in wanted)):
            return None
        return phrase(" ".join(term.plain for term in wanted))

    @cached_property
    def key(self) -> str:
        """The whole query as the key of a title or a name; empty when it has prefixes or exclusions."""
        return "" if any(term.excluded or term.prefix for term in self.terms) else key(self._words)

    @cached_property
    def stems(self) -> str:
        """The same with the forms of words evened out."""
        return stems(self._words) if self.key else ""

    @property
    def _words(self) -> str:
        return " ".join(term.plain for term in self.terms)


def parse(text: str, *, open_end: bool = False) -> Query | None:
    """Read a query; None when there is nothing to look for. With ``open_end`` the last word may still be typed.

    Raises ValidationError for what is no text (control characters, broken encoding) and beyond the limits of
    ``settings.SEARCH``: MAX_LENGTH characters, MAX_TERMS terms (words, phrases and runs of Chinese; stopwords are free).
    """
    limit = settings.SEARCH["MAX_LENGTH"]
    if len(text) > limit:
        message = _("The query has %(count)s characters; at most %(limit)s are allowed.")
        raise ValidationError(message, code="length", params={"count": len(text), "limit": limit})
    if any(_is_no_text(char) for char in text):
        raise ValidationError(_("The query has characters that are no text; perhaps it is not encoded in UTF-8."), code="text")
    text = " ".join(text.split())
    terms = _without_years(tuple(term for match in _PART.finditer(_paired(text)) if (term := _term(match))))
    counted = sum(not term.stopword for term in terms)
    if counted > (most := settings.SEARCH["MAX_TERMS"]):
        message = ngettext_lazy(
            "The query has %(count)s words; at most %(limit)s is allowed. In quotation marks they count as one.",
            "The query has %(count)s words; at most %(limit)s are allowed. In quotation marks they count as one.",
            "limit",
        )
        raise ValidationError(message, code="terms", params={"count": counted, "limit": most})
    if open_end and terms:
        terms = (*terms[:-1], _unfinished(terms[-1]))
    return Query(text, terms) if terms else None


def _without_years(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms, "года" in "договор 1950 года" being taken for a common word."""
    before = (None, *terms)
    return tuple(
        replace(term, stopword=True) if last and last.text.isdigit() and term.text.lower().rstrip(".,") in _YEARS else term
        for last, term in zip(before, terms, strict=False)
    )


def _unfinished(term: Term) -> Term:
    """The word, or any that begins so."""
    begins = None if term.phrase or term.prefix or term.excluded else _prefix(term.text)
    return replace(term, node=any_of([term.node, begins]), stopword=False) if begins else term


def _is_no_text(char: str) -> bool:
    """A control character, a lone surrogate, or what stands for a byte that was no UTF-8."""
    return char == "\ufffd" or (unicodedata.category(char) in ("Cc", "Cs") and not char.isspace())


def _paired(text: str) -> str:
    """The text with every kind of double quotation mark as one, and an unpaired one as a space."""
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        before, _mark, after = text.rpartition('"')
        text = f"{before} {after}"
    return text


def _term(match: re.Match[str]) -> Term | None:
    excluded, word = bool(match["minus"]), match["word"]
    if word is None:
        node = phrase(match["phrase"])
        return Term(f'"{match["phrase"]}"', node, excluded, phrase=True) if node else None
    if word.endswith("*") and (node := _prefix(word.rstrip("*"))):
        return Term(word, node, excluded, prefix=True)
    found = list(pieces(fold(_YEAR.sub(" ", word))))
    if not found:
        return None
    apart = not excluded and any(piece.chinese and len(piece.parts) in _APART for piece in found)
    stopword = not excluded and len(found) == 1 and len(found[0].parts) == 1 and found[0].parts[0].text in STOPWORDS
    meant = [any_of([_piece(piece), *_words_of(piece)]) if apart else _piece(piece) for piece in found]
    return Term(word, all_of(meant), excluded, stopword=stopword, apart=apart)


def _piece(piece: Piece) -> Node:
    """A word, a compound in all its spellings, or a run of Chinese as it stands."""
    as_written = Phrase(tuple(part.text for part in in_order(piece)))
    joined = "" if piece.chinese else piece.joined
    return any_of([as_written, Phrase((stem(joined),))]) if joined else as_written


def _words_of(piece: Piece) -> list[Node]:
    """A run of Chinese as words, in every way to cut it into two or three characters each: all words of one way must be found.

    Chinese is written without spaces, and most of its words are so long; longer ones are made of such. What this lets in
    beyond the words of the language goes behind the run as it stands, which is the better match.
    """
    if not piece.chinese or len(piece.parts) not in _APART:
        return []
    text = "".join(part.text for part in piece.parts)
    return [all_of([Phrase(tuple(a + b for a, b in pairwise(word))) for word in words]) for words in _cut(text)]


def _cut(text: str) -> Iterator[list[str]]:
    if not text:
        yield []
    for size in (2, 3):
        if size <= len(text):
            yield from ([text[:size], *rest] for rest in _cut(text[size:]))


def phrase(text: str) -> Node | None:
    """The text as an exact phrase; None when there is no word in it.

    A Chinese character between words of other scripts stands in no pair, so it cannot be told where it stands: it is
    looked for beside the phrase.
    """
    nodes: list[Node] = []
    row: list[str] = []
    found = list(pieces(fold(text)))
    for piece in found:
        if piece.chinese and len(piece.parts) == 1:
            nodes += [Phrase(tuple(row))] if row else []
            nodes.append(Phrase((piece.parts[0].text,)))
            row = []
        else:
            row += [part.text for part in in_order(piece)]
    nodes += [Phrase(tuple(row))] if row else []
    return all_of(nodes) if nodes else None


def _prefix(text: str) -> Node | None:
    """What begins so: two letters at least; of Chinese, which has no words to begin, what it holds. Else None."""
    found = list(pieces(fold(text)))
    if not found:
        return None
    *before, last = found
    if last.chinese:
        return all_of([_piece(piece) for piece in found])
    whole = last.joined or last.parts[-1].text
    if len(whole) < 2:
        return None
    if last.joined:
        *first, end = last.parts
        ends: Node = any_of([Prefix(whole), all_of([Phrase((stem(part.text),)) for part in first] + [Prefix(end.text)])])
    else:
        ends = Prefix(whole)
    return all_of([_piece(piece) for piece in before] + [ends])


def _with_joins(nodes: list[Node], terms: list[Term], at: int) -> Node:
    """A syllable also in one word with the one before or after it, as names are written in one system and not in another."""
    found = [nodes[at]]
    for first, second in ((at - 1, at), (at, at + 1)):
        if first >= 0 and second < len(nodes) and _syllable(terms[first]) and _syllable(terms[second]):
            found.append(Phrase((stem(fold(terms[first].text + terms[second].text)),)))
    return any_of(found)


def _syllable(term: Term) -> bool:
    return not (term.phrase or term.prefix) and len(term.text) <= _SYLLABLE and fold(term.text).isalpha() and not _chinese(term)


def _chinese(term: Term) -> bool:
    return any(piece.chinese for piece in pieces(fold(term.text)))
