"""Every answer (records, counts, each facet's values) equals what plain Python makes of the same rows.

The index in memory and the database answer 1,300 questions in `make test-long`; in `make test` some hundreds of the same.
"""

from __future__ import annotations

import random
from contextlib import nullcontext
from typing import Any

import pytest
from django.conf import settings

from events.filters import EventFilterSet
from events.models import Event
from sinorus.facets.bitmaps import versions
from sinorus.facets.filtersets import FacetedFilterSet
from tests.often import often
from treaties.filters import TreatyFilterSet
from treaties.models import Treaty

from .generated import generate
from .indexed import edition
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


@pytest.fixture(autouse=True)
def _indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.FACETS, "INDEX_FROM", 0)


def check(filterset: type[FacetedFilterSet], model: Any, oracle: Oracle, number: int, by_database: int, seed: int) -> None:
    several = [name for name, facet in filterset.get_filters().items() if getattr(facet, "multiple", False)]
    assert set(several) <= set(oracle.facets({})), "a facet that the oracle does not know: teach it"
    dice, sizes = random.Random(seed), set()
    for turn, asked in enumerate(random_questions(oracle, several, number, seed)):
        for counter in ("index", "database")[: 2 if turn < by_database else 1]:
            with edition(1) if counter == "index" else nullcontext():
                question = filterset(query(asked, dice), model.objects.public())
                assert (versions.index_for(question) is not None) == (counter == "index")
                sizes.add(question.count)
                wrong = differences(question, oracle, asked)
                assert not wrong, f"{asked}, by the {counter}:\n" + "\n".join(wrong)
    assert len(sizes) > 20, "the questions are too much alike to show anything"


@pytest.mark.once
@pytest.mark.django_db
def test_events() -> None:
    generate()
    check(EventFilterSet, Event, EventOracle(), often(1000, 200), often(1000, 30), 1996)


@pytest.mark.once
@pytest.mark.django_db
def test_treaties() -> None:
    generate()
    check(TreatyFilterSet, Treaty, TreatyOracle(), often(300, 80), often(300, 15), 2001)
