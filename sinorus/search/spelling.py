"""The nearest spelling of a query that finds nothing, from the words of titles and names that readers can see."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from .analyze import pieces
from .documents import grams
from .engine import engine, read
from .expressions import Node
from .fields import type_of
from .fold import fold
from .models import Gram
from .query import Query, Term, parse

NEAR, NEAR_IN_CHINESE = 0.7, 0.6  # likeness, from 0 to 1, below which a word is another word
TRIED = 12  # words held against the index for each misspelt one
LOOKED_AT = 80  # words with the most letters in common
LONGEST = 8  # Chinese characters of the longest name that a run is taken apart into


def did_you_mean(query: Query, scopes: Sequence[QuerySet]) -> str:
    """A query like this one that finds something; empty when there is none. Only words of public records are offered."""
    return _Speller(scopes).correct(query)


@dataclass
class _Speller:
    scopes: Sequence[QuerySet]

    def correct(self, query: Query) -> str:
        words, changed = [], False
        for term in query.terms:
            word = term.text
            if not (term.excluded or term.phrase or term.prefix or term.stopword) and not self._finds(term.node):
                word = self._apart(term) or self._nearest(term)
                if not word:
                    return ""
                changed = True
            words.append(word)
        text = " ".join(words)
        better = parse(text) if changed else None
        return text if better and better.wanted and self._finds(better.wanted) else ""

    def _finds(self, node: Node) -> bool:
        """Whether readers can see any record that matches."""
        sql, params = engine().matching(node)
        with read().cursor() as cursor:
            cursor.execute(f"SELECT record_type, record_id FROM search_entry WHERE id IN ({sql}) LIMIT 1000", params)  # noqa: S608 - the engine's, parameters apart
            rows = cursor.fetchall()
        keys = {scope: [pk for one, pk in rows if one == type_of(scope.model)] for scope in self.scopes}
        return any(scope.filter(pk__in=found).exists() for scope, found in keys.items() if found)

    def _nearest(self, term: Term) -> str:
        """The known word that is most like a term."""
        wrong = _letters(term)
        if not (letters := grams(wrong)):
            return ""
        rows = Gram.objects.filter(gram__in=letters).values_list("word").annotate(shared=Count("gram")).order_by("-shared", "word")
        like = [(_likeness(wrong, word), word) for word, _shared in rows[:LOOKED_AT]]
        least = NEAR_IN_CHINESE if ord(wrong[0]) > 0x2FFF else NEAR
        for likeness, word in sorted(like, key=lambda pair: (-pair[0], pair[1]))[:TRIED]:
            found = parse(word) if likeness >= least else None
            if found and found.wanted and self._finds(found.wanted):
                return word.capitalize() if term.text[:1].isupper() else word
        return ""

    def _apart(self, term: Term) -> str:
        """A run of Chinese as the names that it is made of, written without a space: 江泽民叶利钦 → 江泽民 叶利钦."""
        run = _letters(term)
        if len(run) < 4 or not all(ord(char) > 0x2FFF for char in run):
            return ""
        parts = {run[i : i + size] for size in range(2, LONGEST + 1) for i in range(len(run) - size + 1)}
        known = set(Gram.objects.filter(word__in=parts).values_list("word", flat=True).distinct())
        found, rest = [], run
        while rest:
            first = next((rest[:size] for size in range(min(LONGEST, len(rest)), 1, -1) if rest[:size] in known), "")
            if not first:
                return ""
            found.append(first)
            rest = rest[len(first) :]
        return " ".join(found)


def _letters(term: Term) -> str:
    return "".join(part.text for piece in pieces(fold(term.text)) for part in piece.parts)


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; a word that begins as the other does is a little more like it."""
    ratio = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio + (0.02 if one[:1] == other[:1] else 0)
