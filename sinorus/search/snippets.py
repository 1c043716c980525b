"""Why a record was found: its title, another name, a piece of its text, with what matched marked.

Marked text is a list of (text, matched) pairs; whoever shows it escapes the text and marks it in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import models
from django.db.models import prefetch_related_objects
from django.urls import get_script_prefix
from django.utils.translation import get_language

from sinorus.facets.kept import tell
from sinorus.facets.pages import Records

from .analyze import Span, Stream, analyze
from .expressions import All, Node, Phrase, Prefix
from .fields import Value, declared, relations
from .query import Query

LENGTH = 240  # characters of a snippet


@dataclass(frozen=True)
class Marked:
    """A text in pieces, those that matched being marked, and its language."""

    pieces: list[tuple[str, bool]]
    language: str

    def __str__(self) -> str:
        return "".join(text for text, _matched in self.pieces)

    @property
    def matched(self) -> bool:
        return any(matched for _text, matched in self.pieces)


@dataclass(frozen=True)
class Hit:
    """A record that was found, and why.

    ``record`` is None in a list, whose rows are kept. ``also``: another name through which it came. ``anchor`` and ``part``: where on
    its page the snippet stands, if in a part of its own ("article-9", "9 Consultation").
    """

    record: Any
    url: str
    title: Marked
    also: Marked | None
    snippet: Marked | None
    anchor: str = ""
    part: str = ""
    score: int = 0

    @property
    def part_is_number(self) -> bool:
        """Whether the part begins with a number, and so wants a word before it."""
        return self.part[:1].isdigit()


def spans(node: Node, stream: Stream) -> list[Span]:
    """Where in a text the node matches: (start, end), in no order."""
    if isinstance(node, Prefix):
        return [span for surface, span in stream.surfaces if surface.startswith(node.text)]
    if isinstance(node, Phrase):
        size = len(node.terms)
        places = [i for i, term in enumerate(stream.terms) if term == node.terms[0] and tuple(stream.terms[i : i + size]) == node.terms]
        found = [(stream.spans[i][0], stream.spans[i + size - 1][1]) for i in places]
        return found + ([span for term, span in stream.beside if term == node.terms[0]] if size == 1 else [])
    found_by = [spans(one, stream) for one in node.nodes]
    if isinstance(node, All) and not all(found_by):
        return []
    return [span for one in found_by for span in one]


class Text(NamedTuple):
    """One text of a record, as it is looked through; ``anchor`` and ``part`` say where on its page it stands, if in a part of its own."""

    kind: str
    weight: str
    text: str
    language: str
    anchor: str
    part: str


Texts = tuple[str, list[Text]]  # the address of a record, and what of it is searched


@dataclass(frozen=True)
class _Seen:
    """A text of a record, where it matches, and which of the query's terms do."""

    text: Text
    places: list[Span]
    terms: frozenset[int]

    def marked(self, length: int = 10_000) -> Marked:
        return Marked(cut(self.text.text, merged(self.places), length), self.text.language)


def hits(query: Query, records: Sequence[models.Model], language: str) -> list[Hit]:
    """A hit for each of some records of one model that were found. ``language``: the reader's, two letters."""
    return [_hit(query, record, texts, language) for record, texts in zip(records, _texts(records), strict=True)]


def hits_of_page(query: Query, records: Records, language: str) -> list[Hit]:
    """The same for a page of a list, of texts that are kept while the records do not change."""

    def read(keys: list[int]) -> dict[int, Texts]:
        found = list(records.model._default_manager.filter(pk__in=keys).order_by())
        return dict(zip((record.pk for record in found), _texts(found), strict=True))

    variant = "texts", get_language(), get_script_prefix()
    return [_hit(query, None, texts, language) for texts in tell(records.model, records.keys, variant, read)]


def _texts(records: Sequence[models.Model]) -> list[Texts]:
    if records:
        prefetch_related_objects(records, *relations(type(records[0])))
    fields = declared(type(records[0])) if records else []
    return [(record.get_absolute_url(), [_text(one) for field in fields for one in field.values(record)]) for record in records]


def _text(value: Value) -> Text:
    field = value.field
    return Text(field.kind, field.weight, value.text, value.language, value.anchor, str(value.row) if field.anchor else "")


def _hit(query: Query, record: Any, texts: Texts, language: str) -> Hit:
    seen = [_see(query, text) for text in texts[1]]
    titles = [one for one in seen if one.text.kind == "title"]
    title = next((one for one in titles if one.text.language == language), titles[0])
    labels = [one for one in seen if one.text.weight in "AB" and one is not title and one.terms - title.terms]
    bodies = [one for one in seen if one.text.weight in "CD"]
    also = max(labels, key=lambda one: len(one.terms), default=None)
    best = max(bodies, key=lambda one: len(one.terms), default=None)
    part = best.text if best and best.terms else None
    return Hit(
        record=record,
        url=texts[0],
        title=title.marked(),
        also=also.marked() if also else None,
        snippet=best.marked(LENGTH) if best else None,
        anchor=part.anchor if part else "",
        part=part.part if part else "",
        score=getattr(record, "search_score", 0),
    )


_analyzed = lru_cache(2_000)(analyze)  # texts of the records that are found most; some kilobytes each


def _see(query: Query, text: Text) -> _Seen:
    stream = _analyzed(text.text)
    found = [spans(clause, stream) for clause in query.clauses]
    return _Seen(text, [span for one in found for span in one], frozenset(i for i, one in enumerate(found) if one))


def merged(places: list[Span]) -> list[Span]:
    """The places in order, those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(places):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def cut(text: str, places: list[Span], length: int) -> list[tuple[str, bool]]:
    """The text, or about ``length`` characters of it where most places are, in marked and unmarked pieces."""
    start, end = _window(text, places, length)
    bounds = [start]
    for place in places:
        if start <= place[0] and place[1] <= end:
            bounds += place
    bounds.append(end)
    pieces = [(text[one:two], number % 2 == 1) for number, (one, two) in enumerate(pairwise(bounds)) if one < two]
    before, after = [("… ", False)] if start else [], [(" …", False)] if end < len(text) else []
    return [(" ".join(piece.split("\n")), matched) for piece, matched in before + pieces + after]


def _window(text: str, places: list[Span], length: int) -> Span:
    if len(text) <= length * 1.2:
        return 0, len(text)
    first = max(
        (place[0] for place in places), key=lambda start: sum(start <= one[0] and one[1] <= start + length for one in places), default=0
    )
    start = max(0, min(first - length // 4, len(text) - length))
    end = min(len(text), start + length)
    # At the ends of words, where there are any near.
    if start and (space := text.find(" ", start, min(first, start + 25))) > 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - 25, end)) > 0 and not any(one < space < two for one, two in places):
        end = space
    return start, end
