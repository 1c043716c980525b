"""Every answer (records, counts, each facet's values) equals what plain Python makes of the same rows.

1,300 questions on SQLite, 1,000 of them on PostgreSQL (in `make test-long`).
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection

from events.filters import EventFilterSet
from events.models import Event
from sinorus.facets.filtersets import FacetedFilterSet
from treaties.filters import TreatyFilterSet
from treaties.models import Treaty

from .generated import generate
from .oracle import Asked, EventOracle, Oracle, TreatyOracle
from .questions import query, random_questions


def differences(question: FacetedFilterSet, oracle: Oracle, asked: Asked) -> list[str]:
    """What the code says otherwise than the oracle, in words."""
    expected, found = oracle.answer(asked), []
    if question.errors or question.unknown:
        return [f"errors: {question.errors} {question.unknown}"]
    ids = sorted(question.results().values_list("pk", flat=True))
    if ids != expected.ids:
        found.append(f"records: too many {set(ids) - set(expected.ids)}, missing {set(expected.ids) - set(ids)}, given {len(ids)}")
    if question.count != len(expected.ids):
        found.append(f"count: {question.count}, expected {len(expected.ids)}")
    if question.count_certain != expected.certain:
        found.append(f"count_certain: {question.count_certain}, expected {expected.certain}")
    facets = question.facets()
    for facet in facets:
        counts = {bucket.value: bucket.count for bucket in facet.buckets}
        if counts != expected.buckets[facet.name]:
            found.append(f"{facet.name}: {set(counts.items()) ^ set(expected.buckets[facet.name].items())}")
        if chosen := {bucket.value for bucket in facet.buckets if bucket.selected} ^ set(asked.get(facet.name, [])):
            found.append(f"{facet.name}: selected {chosen}")
    if missing := set(expected.buckets) - {facet.name for facet in facets}:
        found.append(f"facets missing: {missing}")
    return found


def check(filterset: type[FacetedFilterSet], model: Any, oracle: Oracle, number: int, seed: int) -> None:
    several = [name for name, facet in filterset.get_filters().items() if getattr(facet, "multiple", False)]
    assert set(several) <= set(oracle.facets({})), "a facet that the oracle does not know: teach it"
    dice, sizes = random.Random(seed), set()
    for asked in random_questions(oracle, several, number, seed):
        question = filterset(query(asked, dice), model.objects.public())
        sizes.add(question.count)
        wrong = differences(question, oracle, asked)
        assert not wrong, f"{asked}:\n" + "\n".join(wrong)
    assert len(sizes) > 20, "the questions are too much alike to show anything"


@pytest.mark.once
@pytest.mark.django_db
def test_events() -> None:
    generate()
    check(EventFilterSet, Event, EventOracle(), 1000 if connection.vendor == "sqlite" else 700, 1996)


@pytest.mark.once
@pytest.mark.django_db
def test_treaties() -> None:
    generate()
    check(TreatyFilterSet, Treaty, TreatyOracle(), 300, 2001)
