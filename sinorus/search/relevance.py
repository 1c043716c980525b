"""Which records match, and which of them go first.

The order is the same on both engines, since it asks them nothing but yes or no: the score of a record is the best of the
steps below that it meets, and records of one step are told apart by ``search_ties`` of their model (importance, then the
later date), at last by their numbers. Scores of the engines (bm25, ts_rank_cd) would differ between the two, and cost a
visit to every match; these steps are subqueries that each engine answers once.

Beyond ``settings.SEARCH["MAX_RANKED"]`` matches a word says little of a record: only exact titles and names go first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Length

from .engine import count, records
from .fields import type_of
from .models import Label
from .query import Query

EXACT_TITLE, EXACT_NAME, ROW_IN_TITLE, IN_TITLE, IN_NAMES, ROW_IN_TEXT, IN_TEXT, ANYWHERE = range(7, -1, -1)


def matching(query: Query, model: type[models.Model]) -> Q:
    """The condition that a record of the model matches the query."""
    record_type, found = type_of(model), Q()
    if query.wanted:
        found &= Q(pk__in=records(record_type, query.wanted))
    if query.unwanted:
        found &= ~Q(pk__in=records(record_type, query.unwanted))
    return found


def is_common(number: int) -> bool:
    """Whether so many records of a type match, drafts included, that ranking them all would cost more than it tells."""
    return number > settings.SEARCH["MAX_RANKED"]


def score(query: Query, model: type[models.Model], *, common: bool) -> Case:
    """How well a record matches: one of the steps above. For records that match; others get some number too."""
    steps = [When(q, then=Value(step)) for step, q in _steps(query, model, common=common)]
    # Without steps a Case is the bare number, which PostgreSQL would take for the place of a column to order by.
    anywhere = Cast(ANYWHERE, models.SmallIntegerField())
    return Case(*steps, default=anywhere, output_field=models.SmallIntegerField())


def steps(query: Query, model: type[models.Model], number: Callable[[Q], int]) -> tuple[list[Q], tuple[str, ...]] | None:
    """Which records are of each step, best first, and the columns that part those of one step; None where there are none.

    ``number`` tells how many records meet a condition.
    """
    names = tuple(getattr(model, "search_ties", ()))
    if not names or not all(name.startswith("-") for name in names):
        return None
    common = query.wanted is not None and is_common(number(Q(pk__in=records(type_of(model), query.wanted))))
    return [q for _step, q in _steps(query, model, common=common)], names


def _steps(query: Query, model: type[models.Model], *, common: bool) -> list[tuple[int, Q]]:
    record_type, found = type_of(model), []
    if query.key:
        alike = Q(key=query.key) | Q(stems=query.stems)
        same = Label.objects.filter(alike, entry__record_type=record_type).values("entry__record_id")
        found += [(EXACT_TITLE, Q(pk__in=same.filter(is_title=True))), (EXACT_NAME, Q(pk__in=same))]
    if query.wanted and not common:
        row = query.in_a_row
        asked = [
            (ROW_IN_TITLE, row, "A"),
            (IN_TITLE, query.wanted, "A"),
            (IN_NAMES, query.wanted, "AB"),
            (ROW_IN_TEXT, row, "ABC"),
            (IN_TEXT, query.wanted, "ABC"),
        ]
        found += [(step, Q(pk__in=records(record_type, node, weights))) for step, node, weights in asked if node]
    return found


def ties(model: type[models.Model]) -> tuple:
    """The order of records that match equally well: ``search_ties`` of the model, or else shorter titles first."""
    names = getattr(model, "search_ties", ())
    own: list[Any] = [F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_last=True) for name in names]
    return (*(own or [Length("title")]), F("pk").desc())


def order(query: Query, model: type[models.Model]) -> tuple:
    """Best match first, for ``order_by``."""
    common = query.wanted is not None and is_common(count(type_of(model), query.wanted, settings.SEARCH["MAX_RANKED"] + 1))
    return (score(query, model, common=common).desc(), *ties(model))
