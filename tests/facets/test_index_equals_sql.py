"""The index in memory answers every question as the database does: counts, totals, pages, years; after every edit too."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from events.filters import EventFilterSet
from events.models import Event, Participation
from sinorus.facets import snapshot
from sinorus.facets.bitmaps import versions
from sinorus.facets.counts import SqlCounter
from sinorus.facets.filtersets import FacetedFilterSet
from sinorus.sources.filters import AssessmentFilterSet
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.filters import PlaceFilterSet
from sinorus.vocab.models import Actor, Place, Succession, Theme
from tests.often import often
from treaties.filters import TreatyFilterSet
from treaties.models import Treaty, TreatyCitation

from .generated import DATES, generate
from .indexed import edition
from .oracle import EventOracle, TreatyOracle
from .questions import query, random_questions

QUESTIONS = often(150, 30)


@pytest.fixture(autouse=True)
def _indexed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(settings.FACETS, "INDEX_FROM", 0)
    versions.forget()
    yield
    versions.forget()


def answers(question: FacetedFilterSet) -> dict[str, Any]:
    """Everything that is counted or listed for a question."""
    start, size = (question.asked["page"] - 1) * 25, question.asked["page_size"]
    found: dict[str, Any] = {facet.name: (facet.complete, [bucket[:4] for bucket in facet.buckets]) for facet in question.facets()}
    found |= {
        "count": question.count,
        "page": question.counter.keys(question, start, size),
        "years": question.histogram(),
        "lying": sorted(question.counter.lying(question, without="date"), key=str) if question.dated else [],
    }
    return found | ({"certain": question.count_certain} if question.dated else {})


def check(filterset: type[FacetedFilterSet], model: Any, asked: dict[str, list[str]]) -> None:
    """Ask twice: of the index, which must be there, and of the database."""
    by_index, by_sql = (filterset(query(asked), model.objects.public()) for _ in range(2))
    by_sql.counter = SqlCounter()
    assert versions.index_for(by_index) is not None, "there is no index"
    one, other = answers(by_index), answers(by_sql)
    assert not by_index.errors
    assert one == other, f"{asked}: {[name for name in one if one[name] != other[name]]}"


def several(filterset: type[FacetedFilterSet], oracle: Any) -> list[str]:
    """Facets of which a record may have several values, as far as random questions know them."""
    return [name for name, facet in filterset.get_filters().items() if getattr(facet, "multiple", False) and name in oracle.facets({})]


@pytest.mark.django_db
@pytest.mark.parametrize(("filterset", "oracle"), [(EventFilterSet, EventOracle), (TreatyFilterSet, TreatyOracle)])
def test_random_questions(filterset: Any, oracle: Any) -> None:
    generate()
    dice = random.Random(1860)
    with edition(1):
        known = oracle()
        for asked in random_questions(known, several(filterset, known), QUESTIONS, 1860):
            asked |= {"page_size": ["7"]} if dice.random() < 0.3 else {}
            asked |= {"sort": [dice.choice(["date", "-date", "title", "-updated"])]} if dice.random() < 0.5 else {}
            check(filterset, oracle.model, asked)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("filterset", "model", "questions"),
    [
        (PlaceFilterSet, Place, [{}, {"within": ["unknown"]}, {"within": ["land-one"], "kind": ["city"]}]),
        (AssessmentFilterSet, Assessment, [{}, {"holder": ["person-a"]}, {"side": ["third"]}, {"topic": ["unknown"]}]),
    ],
)
def test_other_catalogues(filterset: Any, model: Any, questions: list[dict[str, list[str]]]) -> None:
    generate()
    with edition(1):
        for asked in questions:
            check(filterset, model, asked)


@pytest.mark.django_db
def test_only_the_commonest_values_unless_all_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    generate()
    monkeypatch.setitem(settings.FACETS, "MAX_BUCKETS", 2)
    with edition(1):
        for asked in ({}, {"person": ["person-e"]}, {"state": ["state-a", "state-b"], "kind": ["clash"]}):
            check(EventFilterSet, Event, asked)
        question = EventFilterSet(query({"person": ["person-e"]}), Event.objects.public())
        told = {facet.name: facet for facet in question.facets(whole=["state"])}
    assert (len(told["state"].buckets), told["state"].complete) == (6, True)
    assert (len(told["theme"].buckets), told["theme"].complete) == (2, False)
    assert "person-e" in {bucket.value for bucket in told["person"].buckets}


# Edits ----------------------------------------------------------------------------------------------------------------


def edit_event(dice: random.Random) -> dict[str, set[int]]:
    """An event is made, changed in many ways at once, withdrawn or deleted."""
    one = dice.choice(list(Event.objects.all()))
    what = dice.choice(["change", "change", "make", "status", "delete"])
    if what == "delete":
        number = one.pk
        one.delete()
        return {"event": {number}}
    if what == "make":
        one.pk, one.slug = None, f"made-{dice.random()}"
        one._state.adding = True
    if what == "status":
        one.status = "draft" if one.status == "published" else "published"
    one.kind, one.importance, one.date = dice.choice(["summit", "clash", "crisis"]), dice.choice([1, 2, 3]), dice.choice(DATES)
    one.place = dice.choice([None, *Place.objects.all()])
    one.body = dice.choice(["", "More."])
    one.save()
    one.themes.set(dice.sample(list(Theme.objects.all()), 2))
    one.assessments.set(dice.sample(list(Assessment.objects.all()), 1))
    one.participations.all().delete()
    Participation.objects.bulk_create(Participation(event=one, actor=who) for who in dice.sample(list(Actor.objects.all()), 3))
    return {"event": {one.pk}}


def edit_vocabulary(dice: random.Random) -> dict[str, set[int]]:
    """A place moves, an actor is hidden or renamed, takes another's place, or is merged into another; an assessment is hidden."""
    what = dice.choice(["place", "actor", "succession", "merge", "assessment"])
    if what == "place":
        place = dice.choice(list(Place.objects.filter(kind="city")))
        place.within, place.status = dice.choice([None, *Place.objects.filter(kind="region")]), dice.choice(["draft", "published"])
        place.save()
        return {"place": {place.pk}}
    if what == "assessment":
        view = dice.choice(list(Assessment.objects.all()))
        Assessment.objects.filter(pk=view.pk).update(status="draft" if view.status == "published" else "published")
        return {"assessment": {view.pk}}
    one, other = dice.sample(list(Actor.objects.filter(kind="state")), 2)
    if what == "actor":
        Actor.objects.filter(pk=one.pk).update(status="draft" if one.status == "published" else "published", title=f"New {one.pk}")
        return {"actor": {one.pk}}
    if what == "succession":
        Succession.objects.get_or_create(successor=one, predecessor=other)
        return {"actor": {one.pk, other.pk}}
    there = Participation.objects.filter(actor=other).values("event")
    Participation.objects.filter(actor=one).exclude(event__in=list(there.values_list("event", flat=True))).update(actor=other)
    return {"actor": {one.pk, other.pk}}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_edits_are_mended(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each edit the index of the edition before is mended, never read anew, and answers as the database does."""
    generate(events=80, treaties=5)
    dice, made = random.Random(seed), []
    monkeypatch.setattr(versions.Catalogue, "_make", _noting(versions.Catalogue._make, made))
    shown: list[dict[str, list[str]]] = [{}, {"succession": ["1"]}, {"date_match": ["certain"], "date_after": ["1950-02-14"]}]
    with edition(1):
        check(EventFilterSet, Event, {})
    for number in range(2, often(40, 12)):
        changed = edit_event(dice) if dice.random() < 0.6 else edit_vocabulary(dice)
        with edition(number, changed):
            check(EventFilterSet, Event, dice.choice(shown))
            known = EventOracle()
            check(EventFilterSet, Event, random_questions(known, several(EventFilterSet, known), 1, number)[0])
    assert len(made) == 1, "an edit was not mended"


def edit_treaty(dice: random.Random) -> dict[str, set[int]]:
    """An instrument ends, is withdrawn, or cites other sources."""
    one = dice.choice(list(Treaty.objects.filter(binding="binding", unperfected=False)))
    one.status = dice.choice(["draft", "published", "published"])
    one.signed, one.in_force = dice.choice(DATES), dice.choice(["", *DATES])
    one.save()
    one.citations.all().delete()
    TreatyCitation.objects.bulk_create(TreatyCitation(record=one, source=source) for source in dice.sample(list(Source.objects.all()), 2))
    return {"treaty": {one.pk}}


@pytest.mark.django_db
def test_every_reading_of_a_condition_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statuses as of today and of other days, imprecise dates read both ways, and what an instrument rests on."""
    generate(events=5, treaties=60)
    dice, made = random.Random(7), []
    monkeypatch.setattr(versions.Catalogue, "_make", _noting(versions.Catalogue._make, made))
    readings: list[dict[str, list[str]]] = [{}, {"on": ["1955-06-01"]}, {"date_match": ["certain"]}, {"on": ["1990-01-01"]}]
    for number in range(1, often(30, 10)):
        with edition(number, edit_treaty(dice)):
            for asked in readings:
                check(TreatyFilterSet, Treaty, asked)
    assert len(made) == 1, "an edit was not mended"


@pytest.mark.django_db
def test_what_was_counted_is_passed_on_and_not_counted_again(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """After an edit the sets of all records are asked of nothing, and the database of the changed record alone."""
    generate(events=80, treaties=5)
    one = Event.objects.public().first()
    with edition(1):
        EventFilterSet(query({}), Event.objects.public()).facets()
    for number in (2, 3):
        Event.objects.filter(pk=one.pk).update(body=f"More than {number}.")
        with edition(number, {"event": {one.pk}}):
            index = versions.index_for(EventFilterSet(query({}), Event.objects.public()))
    assert all(len(postings._kept["counted"]) == 1 for postings in index.postings.values())
    with edition(4, {"event": {one.pk}}), django_assert_max_num_queries(12) as asked:
        found = EventFilterSet(query({}), Event.objects.public()).facets()
    assert {"text"} <= {bucket.value for facet in found if facet.name == "has" for bucket in facet.buckets}
    assert all(f"IN ({one.pk})" in one_query["sql"] for one_query in asked.captured_queries)


def _noting(make: Any, made: list[int]) -> Any:
    def noting(self: versions.Catalogue, now: snapshot.Snapshot) -> None:
        made.append(now.edition)
        make(self, now)

    return noting


@pytest.mark.django_db
def test_what_is_not_known_is_read_anew() -> None:
    generate(events=40, treaties=5)
    with edition(1):
        check(EventFilterSet, Event, {})
    Event.objects.filter(kind="summit").delete()
    with edition(2, None):
        check(EventFilterSet, Event, {})
    Event.objects.filter(kind="clash").delete()
    with edition(3, {"something": {1}}):
        check(EventFilterSet, Event, {})


@pytest.mark.django_db
def test_an_older_edition_is_still_answered_by_its_own_index() -> None:
    generate(events=40, treaties=5)
    question = EventFilterSet(query({}), Event.objects.public())
    with edition(1):
        before = question.count
    gone = Event.objects.public().first()
    number = gone.pk
    gone.delete()
    with edition(2, {"event": {number}}):
        assert EventFilterSet(query({}), Event.objects.public()).count == before - 1
    with edition(1):
        assert EventFilterSet(query({}), Event.objects.public()).count == before


@pytest.mark.django_db
def test_the_database_answers_where_no_snapshot_is_read_and_where_drafts_are() -> None:
    generate(events=20, treaties=5)
    assert versions.index_for(EventFilterSet(query({}), Event.objects.public())) is None
    with edition(1):
        assert versions.index_for(EventFilterSet(query({}), Event.objects.all())) is None
        assert versions.index_for(EventFilterSet(query({}), Event.objects.public().filter(kind="visit"))) is None
        assert versions.index_for(TreatyFilterSet(query({}), Treaty.objects.public())) is not None


def test_snapshots_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        snapshot.Snapshot(1, lambda since: None, lambda since, name: None, lambda: None).edition = 2  # type: ignore[misc]
