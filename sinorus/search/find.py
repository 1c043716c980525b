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
    types = _types(query)
    asked = [scope for scope in scopes if types is None or type_of(scope.model) in types]
    groups = [group for scope in asked if (group := _group(query, scope, language, limit))]
    return Found(query, sorted(groups, key=lambda group: -group.hits[0].score))


def _types(query: Query) -> set[str] | None:
    """Record types with any match, drafts included; None for all."""
    if not query.wanted:
        return None
    sql, params = engine().matching(query.wanted)
    with read().cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT record_type FROM search_entry WHERE id IN ({sql})", params)  # noqa: S608 - the engine's, parameters apart
        return {row[0] for row in cursor.fetchall()}


def _group(query: Query, scope: QuerySet, language: str, limit: int) -> Group | None:
    model = scope.model
    found = scope.filter(matching(query, model)).order_by()
    if not (count := found.count()):
        return None
    best = found.annotate(search_score=score(query, model, common=is_common(query, model))).order_by("-search_score", *ties(model))
    scores = dict(best.values_list("pk", "search_score")[:limit])
    rows = {row.pk: row for row in model._default_manager.filter(pk__in=scores)}
    records = [rows[key] for key in scores]
    for record in records:
        record.search_score = scores[record.pk]
    return Group(model, count, hits(query, records, language))
