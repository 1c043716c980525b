"""Two records of the same thing become one: no link is lost, every old address leads on, and what happens is shown before."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from events.models import Event, EventLink, Participation
from sinorus.dossiers.models import Dossier
from sinorus.publishing import documents, editions, merge, restore
from sinorus.publishing.links import beside, key
from sinorus.publishing.models import Change, Merger, Revision
from sinorus.publishing.unmerge import unmerge
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, ActorName, Place, Tenure
from tests import records as make
from treaties.models import FormulaUse, Party, PartyAction, Signature, Treaty

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(world: Any) -> Actor:
    """The Soviet Union entered a second time, with links of every kind, some of which the first one has too."""
    twin = make.actor("ussr", title="USSR", title_zh="苏维埃联盟", life="1922-12-30/1991-12-26", summary="A union of republics.")
    ActorName.objects.create(record=twin, text="СССР", language="ru", script="Cyrl")
    Participation.objects.create(event=world.clash_1969, actor=twin, role="Defender")
    Participation.objects.create(event=world.visit_1996, actor=twin)
    party = Party.objects.create(treaty=world.alliance, actor=twin)
    PartyAction.objects.create(party=party, type="ratified", date="1950-04-11")
    Signature.objects.create(treaty=world.alliance, actor=world.mao, party=twin)
    Tenure.objects.create(person=world.yeltsin, title="Deputy", of=twin, start="1989")
    make.assessment("twin-says", twin, world.study, date="1964", summary="It said so.")
    make.dossier("of-the-twin", "Of [[actor:ussr|the union]] it is told.")
    return twin


def merged(source: Any, target: Any, **given: Any) -> merge.Plan:
    return merge.merge(source, target, by=User.objects.create_superuser("root"), **given)


def test_no_link_is_lost(world: Any, twin: Actor, reader: Client) -> None:
    union = world.soviet_union
    links = beside([key(twin)])[key(twin)] | beside([key(union)])[key(union)]
    found = merged(twin, union)
    assert beside([key(union)])[key(union)] >= links - {key(twin), key(union)}
    assert not beside([key(twin)]).get(key(twin))
    assert union.participations.get(event=world.clash_1969).role == "Defender", "what the kept row did not say is filled in"
    assert union.participations.filter(event=world.visit_1996).count() == 1
    party = Party.objects.get(treaty=world.alliance, actor=union)
    assert party.actions.filter(type="ratified").exists(), "what hangs on a row that is kept once goes over"
    assert {name.text for name in union.names.all()} >= {"СССР", "USSR", "苏维埃联盟"}
    assert Assessment.objects.get(slug="twin-says").holder == union
    assert any("participants" in one for one in found.same)
    page = reader.get("/dossiers/of-the-twin/").content.decode()
    assert 'href="/actors/soviet-union/"' in page
    assert Dossier.objects.get(slug="of-the-twin").mentions.get().actor == union


def test_every_old_address_leads_on(world: Any, twin: Actor, reader: Client) -> None:
    merged(twin, world.soviet_union)
    for address, to in (
        ("/actors/ussr/", "/actors/soviet-union/"),
        ("/zh/actors/ussr/", "/zh/actors/soviet-union/"),
        ("/actors/ussr.json", "/actors/soviet-union.json"),
        (f"/id/{twin.public_id}", "/actors/soviet-union/"),
        (f"/api/v1/actors/{twin.public_id}/", "/api/v1/actors/soviet-union/"),
        ("/api/v1/actors/ussr/", "/api/v1/actors/soviet-union/"),
    ):
        answer = reader.get(address)
        assert answer.status_code == 301 and answer["Location"].endswith(to), address
    # Merged once more, and renamed: still one step.
    third = make.actor("the-union", title="The union")
    merge.merge(Actor.objects.get(slug="soviet-union"), third, by=None)
    for address in ("/actors/ussr/", f"/id/{twin.public_id}", "/actors/soviet-union/"):
        assert reader.get(address)["Location"] == "/actors/the-union/", address


def test_the_stream_tells_of_both_and_of_all_that_was_moved(world: Any, twin: Actor, reader: Client) -> None:
    before = editions.current()
    merged(twin, world.soviet_union, why="The same state.")
    assert editions.current() == before + 1
    told = {one.public_id: one for one in Change.objects.all()}
    gone = told[twin.public_id]
    assert (gone.action, gone.into, gone.into_slug) == ("merged", world.soviet_union.public_id, "soviet-union")
    assert gone.slug == "ussr"
    for record in (world.soviet_union, world.clash_1969, world.visit_1996, world.alliance):
        assert told[record.public_id].action == "updated", record
        assert Revision.objects.of(record).applied().first().why == "The same state."
    entry = next(one for one in reader.get("/api/v1/changes/?action=merged").json()["results"])
    assert entry["into"] == world.soviet_union.public_id


def test_what_would_happen_is_shown_and_changes_nothing(world: Any, twin: Actor, chief: Client) -> None:
    before = {record: documents.of(record) for record in (twin, world.soviet_union, world.clash_1969, world.alliance)}
    edition = editions.current()
    page = chief.get(f"/admin/vocab/actor/{twin.pk}/merge/?into=soviet-union").content.decode()
    assert "Merge</button>" in page and "USSR" in page and "participants" in page
    assert {record: documents.of(record) for record in before} == before
    assert editions.current() == edition and not Merger.objects.exists()
    answer = chief.post(f"/admin/vocab/actor/{twin.pk}/merge/", {"into": world.soviet_union.public_id, "why": "The same."})
    assert answer["Location"] == f"/admin/vocab/actor/{world.soviet_union.pk}/change/"
    assert Actor.objects.get(pk=twin.pk).status == "merged"


@pytest.mark.parametrize("into", ["nobody", "A99999999", "E1", "", "ussr", "china\x00"])
def test_a_target_that_cannot_be_is_refused_with_the_reason(world: Any, twin: Actor, chief: Client, into: str) -> None:
    for send in (chief.get, chief.post):
        answer = send(f"/admin/vocab/actor/{twin.pk}/merge/", {"into": into, "why": ""})
        assert answer.status_code == 200
        assert 'class="errorlist' in answer.content.decode() or not into
    assert not Merger.objects.exists()


def test_only_publishers_merge(world: Any, twin: Actor, editor: Client, staff: Client) -> None:
    for client in (editor, staff):
        assert client.post(f"/admin/vocab/actor/{twin.pk}/merge/", {"into": "soviet-union"}).status_code == 403
        assert client.get(f"/admin/vocab/actor/{twin.pk}/merge/").status_code == 403
    assert not Merger.objects.exists()


def test_a_public_record_does_not_vanish_into_a_draft(world: Any) -> None:
    with pytest.raises(ValidationError):
        merged(world.mao, world.draft_actor)
    assert Actor.objects.get(pk=world.mao.pk).status == "published"


def test_links_between_the_two_end_and_are_told(world: Any) -> None:
    EventLink.objects.create(event=world.talks_1964, type="led-to", target=world.clash_1969)
    EventLink.objects.create(event=world.split, type="led-to", target=world.talks_1964)
    found = merged(world.talks_1964, world.clash_1969)
    assert len(found.dropped) == 1
    assert not EventLink.objects.filter(event=world.clash_1969, target=world.clash_1969).exists()
    assert EventLink.objects.filter(event=world.split, target=world.clash_1969).exists()


def test_places_sources_and_instruments_too(world: Any) -> None:
    peking = make.place("peking", title="Peking", within=world.beijing)
    Event.objects.filter(pk=world.split.pk).update(place=peking)
    Place.objects.filter(pk=world.beijing.pk).update(within=peking)
    merged(peking, world.beijing)
    assert Event.objects.get(pk=world.split.pk).place == world.beijing
    assert Place.objects.get(pk=world.beijing.pk).within_id != world.beijing.pk
    copy = make.source("a-study-again", title="A study, again")
    for event in (world.split, world.summits):
        event.citations.create(source=copy, locator="p. 3")
    merge.merge(copy, Source.objects.get(pk=world.study.pk), by=None)
    assert {one.locator for one in world.split.citations.all()} == {"", "p. 3"}
    again = make.treaty("alliance-again", "1950-02-14", (world.china,), cites=world.study)
    merge.merge(again, world.alliance, by=None)
    assert world.alliance.citations.filter(source=world.study).count() == 1, "the same citation is kept once"


def test_an_old_revision_names_what_took_the_place(world: Any, twin: Actor, reader: Client) -> None:
    document = documents.of(world.visit_1996)
    merged(twin, world.soviet_union)
    shown = restore.shown(Event.objects.for_page(), world.visit_1996.pk, document)
    assert world.soviet_union in [row.actor for row in shown.public_participations]


def test_what_does_not_go_with_the_other_is_told_and_left(world: Any) -> None:
    pact = make.treaty("pact-as-binding", "1990", in_force="1991")
    words = make.treaty("pact-as-words", "1990", binding="political")
    plan = merged(pact, words)
    assert any("1991" in one for one in plan.differing) and not any("1991" in one for one in plan.filled)
    assert not Treaty.objects.get(pk=words.pk).in_force
    unmerge(pact, by=None)
    assert Treaty.objects.get(pk=pact.pk).in_force.edtf == "1991"


def test_what_only_one_may_say_goes_over_and_back(world: Any) -> None:
    formula, one, other = make.formula("used-first"), make.treaty("first-to-use"), make.treaty("also-uses")
    FormulaUse.objects.create(treaty=one, formula=formula, first=True, wording="Its words")
    FormulaUse.objects.create(treaty=other, formula=formula)
    merged(one, other)
    assert FormulaUse.objects.get(formula=formula).first
    assert unmerge(one, by=None) == []
    assert set(formula.uses.values_list("treaty", "first", "wording")) == {(one.pk, True, "Its words"), (other.pk, False, "")}
