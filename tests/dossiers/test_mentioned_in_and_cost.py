"""Records show the dossiers that name them; and what a dossier costs does not grow with what it names."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinorus.dossiers.models import Dossier, DossierMention
from tests import records as make
from tests.catalogues import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAMED = (
    "/events/yeltsin-in-beijing-1996/",
    "/events/zhenbao-1969/",
    "/treaties/alliance-1950/",
    "/actors/boris-yeltsin/",
    "/places/beijing/",
    "/themes/border/",
    "/partnership/strategic-partnership/",
    "/sources/a-study/",
)


@pytest.mark.parametrize("address", NAMED)
def test_the_page_of_what_is_named_leads_to_the_dossier(reader: Client, world: Any, address: str) -> None:
    body = reader.get(address).content.decode()
    assert "Mentioned in" in body
    assert '<a href="/dossiers/the-partnership/" lang="en">The partnership</a>' in body
    Dossier.objects.update(status="draft")
    assert "Mentioned in" not in reader.get(address).content.decode()


def test_the_page_of_what_is_not_named_is_silent(reader: Client, world: Any) -> None:
    for address in ("/events/mao-in-moscow-1957/", "/actors/mao-zedong/", "/assessments/mao-on-border/"):
        assert "Mentioned in" not in reader.get(address).content.decode()


def test_what_the_text_no_longer_names_is_forgotten(world: Any) -> None:
    world.dossier.body = "It was [[event:zhenbao-1969]], twice: [[event:zhenbao-1969|again]]."
    world.dossier.save()
    assert [mention.key for mention in world.dossier.mentions.all()] == [("event", world.clash_1969.pk)]
    kept = world.dossier.mentions.get().pk
    world.dossier.title = "Another title"
    world.dossier.save()
    assert world.dossier.mentions.get().pk == kept


def test_a_mention_names_exactly_one_record(world: Any) -> None:
    for fields in ({}, {"event": world.split, "treaty": world.nerchinsk}, {"event": world.clash_1969}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DossierMention.objects.create(dossier=world.dossier, **fields)


def test_nothing_is_saved_when_a_part_fails(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(DossierMention.objects, "bulk_create", fail)
    world.dossier.body = "Now [[event:the-split]]."
    with pytest.raises(IntegrityError), transaction.atomic():
        world.dossier.save()
    assert "Boris" not in Dossier.objects.get(pk=world.dossier.pk).body_text
    assert "no alliance" in Dossier.objects.get(pk=world.dossier.pk).body_text


def cost(reader: Client, address: str) -> int:
    reader.get(address)
    with CaptureQueriesContext(connection) as queries:
        body_of(reader.get(address))
    return len(queries)


def full_of_names(number: int) -> str:
    made = []
    for n in range(number):
        for kind in (make.event, make.treaty, make.place, make.theme, make.formula, make.source, make.actor):
            kind(f"n{number}-{kind.__name__}-{n}")
        slug = f"n{number}-{{}}-{n}"
        names = " ".join(f"[[{name}:{slug.format(name)}]]" for name in ("event", "treaty", "place", "theme", "formula", "source", "actor"))
        made.append(f"{names}[@{slug.format('source')}, p. {n}]\n\n[[event:{slug.format('event')}]]")
    return "\n\n".join(made)


def test_a_page_costs_the_same_with_seven_names_or_seven_hundred(reader: Client, world: Any) -> None:
    make.dossier("few", full_of_names(1))
    make.dossier("many", full_of_names(100))
    for address in ("/dossiers/{}/", "/api/v1/dossiers/{}/"):
        few, many = (cost(reader, address.format(slug)) for slug in ("few", "many"))
        assert few == many <= 12, address


def test_lists_cost_the_same_with_more_dossiers(reader: Client, world: Any) -> None:
    make.dossier("few", full_of_names(1), (world.border,))
    addresses = ("/dossiers/", "/api/v1/dossiers/", "/dossiers.jsonl", "/")
    before = {address: cost(reader, address) for address in addresses}
    for number in range(2, 12):
        make.dossier(f"more-{number}", full_of_names(number), (world.border,))
    assert {address: cost(reader, address) for address in addresses} == before


def test_the_api_tells_what_is_named_in_order(reader: Client, world: Any) -> None:
    told = reader.get("/api/v1/dossiers/the-partnership/").json()
    assert [(one["type"], one["slug"]) for one in told["mentions"]] == [
        ("actor", "boris-yeltsin"),
        ("place", "beijing"),
        ("event", "yeltsin-in-beijing-1996"),
        ("formula", "strategic-partnership"),
        ("source", "un-a-51-127"),
        ("treaty", "alliance-1950"),
        ("source", "a-study"),
        ("event", "zhenbao-1969"),
        ("theme", "border"),
    ]
    for one in told["mentions"]:
        assert reader.get(one["url"]).json()["id"] == one["id"]
    assert [(note["number"], [cited["source"] for cited in note["citations"]]) for note in told["notes"]] == [
        (1, ["un-a-51-127"]),
        (2, ["a-study", "un-a-51-127"]),
        (3, []),
    ]
    assert 'href="http://testserver/events/zhenbao-1969/"' in told["html"]
    assert "side-note" not in told["html"]
    assert told["themes"] == [{"slug": "partnership", "name": "Partnership"}]
