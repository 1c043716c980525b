"""A merger undone: everything is as it was before it, and what was changed since then is respected and told."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from events.models import Event, EventLink, Participation
from sinorus.publishing import documents, editions, merge
from sinorus.publishing.models import Change, Merger, OldSlug, Record, Revision, record_types
from sinorus.publishing.unmerge import unmerge
from sinorus.vocab.models import Actor
from tests import records as make
from tests.publishing.test_merging import twin  # noqa: F401
from treaties.models import PartyAction

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def everything() -> dict[str, Any]:
    """All records with all that hangs on them, their states and the addresses that lead to them."""
    told: dict[str, Any] = {}
    for name, model in record_types().items():
        numbers = list(model._default_manager.values_list("pk", flat=True))
        told[name] = documents.of_many(model, numbers)
        told[f"{name} states"] = set(model._default_manager.values_list("pk", "status", "publish_at", "withdrawn_reason"))
    told["addresses"] = set(OldSlug.objects.values_list("record_type", "slug", "record_id"))
    told["mergers"] = set(Merger.objects.values_list("record_type", "record_id", "into_id"))
    return told


def there_and_back(source: Record, target: Record) -> list[str]:
    """Merge and undo it, and hold everything against what was before."""
    before = everything()
    merge.merge(source, target, by=None)
    assert everything() != before
    left = unmerge(source, by=None)
    assert everything() == before
    return left


def test_an_actor_with_links_of_every_kind(world: Any, twin: Actor, reader: Client) -> None:  # noqa: F811
    assert there_and_back(twin, world.soviet_union) == []
    assert PartyAction.objects.get(party__actor=twin).type == "ratified"
    assert reader.get("/actors/ussr/").status_code == 200
    assert reader.get(f"/id/{twin.public_id}")["Location"] == "/actors/ussr/"
    assert 'href="/actors/ussr/"' in reader.get("/dossiers/of-the-twin/").content.decode()


def test_what_the_other_was_given_goes_again(world: Any) -> None:
    bare = make.event("talks-entered-twice", "1964", title="Talks", status="draft")
    Event.objects.filter(pk=bare.pk).update(summary="", title_ru="")
    rich = make.event("talks-entered-first", "1964-02-25", title="The talks", title_ru="Переговоры", status="draft", body="A long story.")
    rich.themes.add(*world.clash_1969.themes.all())
    assert there_and_back(rich, Event.objects.get(pk=bare.pk)) == []


def test_links_between_the_two_and_other_types(world: Any) -> None:
    EventLink.objects.create(event=world.talks_1964, type="led-to", target=world.clash_1969)
    EventLink.objects.create(event=world.split, type="led-to", target=world.talks_1964)
    assert there_and_back(world.talks_1964, world.clash_1969) == []
    inner = make.place("city-twice", within=world.beijing)
    there_and_back(inner, world.beijing)
    there_and_back(make.source("study-twice", status="published"), world.study)


def test_mergers_are_undone_last_first(world: Any, twin: Actor) -> None:  # noqa: F811
    third = make.actor("the-union", title="The union")
    before = everything()
    merge.merge(twin, world.soviet_union, by=None)
    between = everything()
    merge.merge(Actor.objects.get(pk=world.soviet_union.pk), third, by=None)
    with pytest.raises(ValidationError, match="undo that merger first"):
        unmerge(twin, by=None)
    unmerge(world.soviet_union, by=None)
    assert everything() == between
    unmerge(twin, by=None)
    assert everything() == before


def test_what_was_changed_since_is_left_and_told(world: Any, twin: Actor) -> None:  # noqa: F811
    merge.merge(twin, world.soviet_union, by=None)
    tenure = world.yeltsin.offices.get(title="Deputy")
    tenure.delete()
    union = Actor.objects.get(pk=world.soviet_union.pk)
    Actor.objects.filter(pk=union.pk).update(title_zh="苏联")
    left = unmerge(twin, by=None)
    assert len(left) == 1 and str(tenure._meta.verbose_name) in left[0]
    assert Actor.objects.get(pk=union.pk).title_zh == "苏联", "an editor's own words stay"
    assert Participation.objects.filter(actor=twin).count() == 2


def test_an_address_given_away_since_stands_in_the_way(world: Any, twin: Actor) -> None:  # noqa: F811
    merge.merge(twin, world.soviet_union, by=None)
    OldSlug.objects.filter(slug="ussr").delete()
    make.actor("ussr", title="Another")
    with pytest.raises(ValidationError, match="ussr"):
        unmerge(twin, by=None)
    assert Actor.objects.get(pk=twin.pk).status == "merged"


def test_it_is_one_button_of_publishers_and_is_told(world: Any, twin: Actor, chief: Client, editor: Client) -> None:  # noqa: F811
    merge.merge(twin, world.soviet_union, by=User.objects.create_superuser("root"))
    address, edition = f"/admin/vocab/actor/{twin.pk}/merge/", editions.current()
    assert editor.post(address).status_code == 403
    assert "Undo the merger" in chief.get(f"/admin/vocab/actor/{twin.pk}/change/").content.decode()
    assert world.soviet_union.title in chief.get(address).content.decode()
    assert chief.post(address)["Location"] == f"/admin/vocab/actor/{twin.pk}/change/"
    assert Actor.objects.get(pk=twin.pk).status == "published"
    told = {one.public_id: one.action for one in Change.objects.filter(edition=edition + 1)}
    assert told[twin.public_id] == "created"
    assert {told[one.public_id] for one in (world.soviet_union, world.clash_1969, world.alliance)} == {"updated"}
    assert "undone" in Revision.objects.of(twin).applied().first().why
