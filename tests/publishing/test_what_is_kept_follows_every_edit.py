"""Indexes, rows and whole answers that a process keeps: after every edit it answers as a process does that has just started."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from events.models import Event, Participation
from sinorus.facets import kept
from sinorus.facets.answers import answers
from sinorus.facets.bitmaps import versions
from sinorus.publishing.changes import Watch
from sinorus.publishing.editions import raise_edition
from sinorus.vocab.models import Actor, Place
from tests.facets.generated import generate

ADDRESSES = [
    "/events/",
    "/events/?state=state-a&succession=1&sort=date",
    "/zh/events/?place=land-one",
    "/events/?q=event&kind=summit",
    "/treaties/?on=1975-06-01&page_size=100",
    "/api/v1/events/?person=person-a",
    "/api/v1/events/facets/?date_match=certain",
    "/api/v1/treaties/?page_size=50",
    "/actors/",
]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture(autouse=True)
def _keeping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(settings.FACETS, "INDEX_FROM", 0)
    forget()
    yield
    forget()


def forget() -> None:
    """As a new process."""
    versions.forget()
    kept.forget()
    answers.clear()


def asked(reader: Client) -> dict[str, tuple[bytes, dict[str, str]]]:
    found = {}
    for address in ADDRESSES:
        answer = reader.get(address, headers={"X-Request-ID": "one-for-all"})
        assert answer.status_code == 200, address
        found[address] = answer.content, dict(answer.headers)
    return found


def edit(dice: random.Random) -> None:
    """An event changes or is withdrawn, an actor is renamed, or a place moves: in one transaction, told in the stream."""
    one: Any
    what = dice.choice(["event", "event", "withdraw", "actor", "place"])
    with transaction.atomic():
        if what in ("event", "withdraw"):
            one = dice.choice(list(Event.objects.public()))
        elif what == "actor":
            one = dice.choice(list(Actor.objects.public()))
        else:
            one = dice.choice(list(Place.objects.public().filter(kind="city")))
        watch = Watch([one])
        if what == "withdraw":
            one.status = "draft"
        elif what == "place":
            one.within = dice.choice([None, *Place.objects.public().filter(kind="region")])
        else:
            one.title, one.title_zh = f"Renamed {dice.random()}", f"改{dice.randint(1, 99)}"
        if what == "event":
            one.kind, one.date = dice.choice(["summit", "clash"]), dice.choice(["1957", "1996-04-25"])
            one.participations.all().delete()
            Participation.objects.create(event=one, actor=dice.choice(list(Actor.objects.all())))
        one.touch()
        one.save()
        watch.tell([one])


def test_every_answer_is_that_of_a_new_process(reader: Client) -> None:
    with transaction.atomic():
        generate(events=60, treaties=30)
        raise_edition()
    dice = random.Random(1917)
    for _ in range(8):
        asked(reader)  # fills what is kept
        edit(dice)
        mended, again = asked(reader), asked(reader)
        assert again == mended
        forget()
        fresh = asked(reader)
        assert {name: one for name, one in fresh.items() if mended[name] != one} == {}
    assert answers.kept


def test_who_has_a_cookie_is_given_nothing_that_is_kept(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        generate(events=5, treaties=1)
        raise_edition()
    reader.cookies["sessionid"] = "whatever"
    assert reader.get("/events/").status_code == 200
    assert not answers.kept


def test_what_is_kept_stays_within_its_bounds(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        generate(events=40, treaties=1)
        raise_edition()
    size = len(reader.get("/events/").content)
    monkeypatch.setattr(settings, "ANSWERS_KEPT", 5 * size)
    for page_size in range(20, 40):
        reader.get(f"/events/?page_size={page_size}")
    assert 0 < answers.size <= 5 * size
    assert answers.size == sum(len(body) for body, _headers, _route in answers.kept.values())
