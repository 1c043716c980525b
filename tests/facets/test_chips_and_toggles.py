"""What was chosen is said in words, and each part of it can be given up without losing the rest."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from events.filters import EventFilterSet
from events.models import Event
from tests.records import World
from treaties.filters import TreatyFilterSet
from treaties.models import Treaty

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def ask(text: str) -> EventFilterSet:
    return EventFilterSet(QueryDict(text), Event.objects.public())


def test_a_chip_for_each_part_without_it(world: World) -> None:
    question = ask("state=china&state=russia&kind=summit&date_after=1996&page=2")
    chips = {(chip.label, chip.value): dict_of(chip.query) for chip in question.chips()}
    assert chips == {
        ("State", "China"): {("state", "russia"), ("kind", "summit"), ("date_after", "1996")},
        ("State", "Russia"): {("state", "china"), ("kind", "summit"), ("date_after", "1996")},
        ("Kind", "Summit"): {("state", "china"), ("state", "russia"), ("date_after", "1996")},
        ("From", "1996"): {("state", "china"), ("state", "russia"), ("kind", "summit")},
    }


def dict_of(query: str) -> set[tuple[str, str]]:
    pairs = parse_qsl(query)
    assert len(pairs) == len(set(pairs))
    return set(pairs)


def test_a_bucket_chooses_or_gives_up_its_value_and_goes_to_page_one(world: World) -> None:
    question = ask("state=china&page=3&sort=title")
    states = {bucket.value: bucket for facet in question.facets() if facet.name == "state" for bucket in facet.buckets}
    assert states["china"].selected and dict_of(states["china"].query) == {("sort", "title")}
    assert not states["russia"].selected
    assert dict_of(states["russia"].query) == {("state", "china"), ("state", "russia"), ("sort", "title")}


def test_a_bucket_gives_what_it_counts(world: World) -> None:
    """Choosing a value of a facet in which nothing is chosen gives as many records as it says."""
    for start in ("", "theme=border", "state=china&all=state", "date_after=1990&date_match=certain"):
        question = ask(start)
        for facet in question.facets():
            for bucket in facet.buckets:
                if not question.chosen.get(facet.name) and not bucket.selected:
                    assert ask(bucket.query).count == bucket.count, f"{start} → {facet.name}={bucket.value}"


def test_a_chosen_value_without_records_stays_visible(world: World) -> None:
    question = ask("kind=exercise&state=china")
    kinds = {
        bucket.value: (bucket.count, bucket.selected) for facet in question.facets() if facet.name == "kind" for bucket in facet.buckets
    }
    assert kinds["exercise"] == (0, True)
    assert kinds["summit"] == (1, False), "the choice must not narrow its own facet"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", ""),
        ("state=china", "State: China"),
        ("state=china&date_after=1996", "State: China; from 1996"),
        ("state=china&state=russia", "State: China or Russia"),
        ("state=china&state=russia&all=state", "State: China and Russia"),
        ("date_after=1996&date_before=1996-04&date_match=certain", "from 1996 until 1996-04 certainly"),
    ],
)
def test_the_sentence(world: World, query: str, sentence: str) -> None:
    assert ask(query).describe() == sentence


def test_the_day_of_a_status_is_said(world: World) -> None:
    question = TreatyFilterSet(QueryDict("status=in-force&on=1975-06-01"), Treaty.objects.public())
    assert question.describe() == "Legal status: In force; status on 1975-06-01"
