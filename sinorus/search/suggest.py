"""Suggestions while a query is typed: records by title or name, in any script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from .analyze import analyze, key
from .engine import engine, read
from .fields import type_of
from .models import Label
from .query import Query, parse
from .snippets import Marked, cut, merged, spans

MOST = 10  # suggestions
BATCH = 200  # labels looked at in one go
ENTRIES = 50  # records of which a word begins so that are looked at
_END = "\U0010ffff"


@dataclass(frozen=True)
class Suggestion:
    """A record, and the title or name of it that fits what was typed."""

    record: Any
    label: Marked


def suggest(text: str, scopes: Sequence[QuerySet], limit: int = MOST) -> list[Suggestion]:
    """Records whose title or name begins as the text does; after them those in which a word does. Shortest first.

    Raises ValidationError for a text that no query may be.
    """
    query = parse(text, open_end=True)
    if query is None or query.wanted is None:
        return []
    found: dict[tuple[str, int], Label] = {}
    for labels in (_beginning(key(text)), _containing(query)):
        if len(found) >= limit:
            break
        for batch in labels:
            found |= {one: label for one, label in _public(batch, scopes).items() if one not in found}
            if len(found) >= limit:
                break
    chosen = dict(list(found.items())[:limit])
    rows = _rows(chosen, scopes)
    return [Suggestion(rows[one], _marked(query, label)) for one, label in chosen.items() if one in rows]


def _beginning(start: str) -> Iterable[list[Label]]:
    if not start:
        return
    labels = Label.objects.filter(key__gte=start, key__lt=start + _END).select_related("entry")
    labels = labels.order_by(Length("key"), "-is_title", "pk")
    for offset in range(0, 10 * BATCH, BATCH):
        batch = list(labels[offset : offset + BATCH])
        yield batch
        if len(batch) < BATCH:
            return


def _containing(query: Query) -> Iterable[list[Label]]:
    """Labels that hold every term, of the entries whose titles and names do."""
    assert query.wanted is not None
    sql, params = engine().matching(query.wanted, "AB")
    with read().cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {ENTRIES}", params)
        entries = [row[0] for row in cursor.fetchall()]
    labels = Label.objects.filter(entry__in=entries).select_related("entry").order_by(Length("key"), "-is_title", "pk")
    streams = [(label, analyze(label.text)) for label in labels]
    yield [label for label, stream in streams if all(spans(clause, stream) for clause in query.clauses)]


def _public(labels: list[Label], scopes: Sequence[QuerySet]) -> dict[tuple[str, int], Label]:
    """The first label of each record that the scopes hold."""
    first: dict[tuple[str, int], Label] = {}
    for label in labels:
        first.setdefault((label.entry.record_type, label.entry.record_id), label)
    allowed = set()
    for scope in scopes:
        record_type = type_of(scope.model)
        if keys := [record_id for one, record_id in first if one == record_type]:
            allowed |= {(record_type, pk) for pk in scope.filter(pk__in=keys).order_by().values_list("pk", flat=True)}
    return {one: label for one, label in first.items() if one in allowed}


def _rows(found: Iterable[tuple[str, int]], scopes: Sequence[QuerySet]) -> dict[tuple[str, int], Any]:
    keys = list(found)
    rows = {}
    for scope in scopes:
        record_type = type_of(scope.model)
        if wanted := [pk for one, pk in keys if one == record_type]:
            rows |= {(record_type, row.pk): row for row in scope.filter(pk__in=wanted)}
    return rows


def _marked(query: Query, label: Label) -> Marked:
    stream = analyze(label.text)
    places = merged([span for clause in query.clauses for span in spans(clause, stream)])
    return Marked(cut(label.text, places, 10_000), label.language)
