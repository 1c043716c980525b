"""One query over many record types: grouped, counted, best hit first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .engine import engine, read
from .fields import type_of
from .query import Query
from .relevance import is_common, matching, score, ties
from .snippets import Hit, hits


@dataclass(frozen=True)
class Group:
    """What was found of one record type: how many, and the best of them."""

    model: Any
    count: int
    hits: list[Hit]


@dataclass(frozen=True)
class Found:
    """What was found, the group with the best hit first."""

    query: Query
    groups: list[Group]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def best(self) -> Hit | None:
        return self.groups[0].hits[0] if self.groups else None


def find(query: Query, scopes: Sequence[QuerySet], language: str, limit: int = 5) -> Found:
    """Ask the records of each scope (``Event.objects.public()`` …), in the order in which equally good groups are to stand."""
    numbers = _numbers(query)
    asked = [scope for scope in scopes if numbers is None or type_of(scope.model) in numbers]
    common = {type_ for type_, number in (numbers or {}).items() if is_common(number)}
    groups = [group for scope in asked if (group := _group(query, scope, language, limit, type_of(scope.model) in common))]
    return Found(query, sorted(groups, key=lambda group: -group.hits[0].score))


def _numbers(query: Query) -> dict[str, int] | None:
    """How many records of each type have what is wanted, drafts included; None where nothing is wanted."""
    if not query.wanted:
        return None
    sql, params = engine().matching(query.wanted)
    with read().cursor() as cursor:
        cursor.execute(f"SELECT record_type, count(*) FROM search_entry WHERE id IN ({sql}) GROUP BY 1", params)  # noqa: S608 - the engine's, parameters apart
        return dict(cursor.fetchall())


def _group(query: Query, scope: QuerySet, language: str, limit: int, common: bool) -> Group | None:
    model = scope.model
    found = scope.filter(matching(query, model)).order_by()
    if not (count := found.count()):
        return None
    best = found.annotate(search_score=score(query, model, common=common)).order_by("-search_score", *ties(model))
    scores = dict(best.values_list("pk", "search_score")[:limit])
    rows = {row.pk: row for row in model._default_manager.filter(pk__in=scores)}
    records = [rows[key] for key in scores]
    for record in records:
        record.search_score = scores[record.pk]
    return Group(model, count, hits(query, records, language))
