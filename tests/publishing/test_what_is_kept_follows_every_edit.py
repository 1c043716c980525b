"""Indexes, rows and whole answers that a process keeps: after every edit it answers as a process does that has just started."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event, Participation
from sinorus.facets import kept
from sinorus.facets.answers import EDITION, answers
from sinorus.facets.bitmaps import versions
from sinorus.publishing.changes import Watch
from sinorus.publishing.editions import raise_edition
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, Formula, Place, Theme
from tests.facets.generated import generate
from tests.often import often
from treaties.models import Treaty

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
    "/",
    "/changes/",
    "/search/?q=event",
    "/zh/partnership/",
    "/sources/",
    "/networks/",
    "/map/",
    "/timeline/",
    "/coverage/",
    "/about/",
    "/events.atom",
    "/receipts/events/?state=state-a",
    "/events.csv?state=state-a",
    "/events.jsonl?lang=zh",
    "/events.ics",
    "/events.geojson",
    "/treaties.csv?on=1975-06-01",
    "/anniversaries.ics",
    "/changes.atom",
]
RECORDS = (Event, Treaty, Actor, Place, Source, Theme, Formula, Assessment)

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


def records() -> list[str]:
    """Pages and answers of the API of some records of each type."""
    found = []
    for model in RECORDS:
        for language, one in zip(("", "/zh", "/ru"), model.objects.public().order_by("-pk"), strict=False):
            found.append(language + one.get_absolute_url())
        found.append(f"/api/v1{one.get_absolute_url()}" if model is Event else found[-1])
    return found


def asked(reader: Client, addresses: list[str]) -> dict[str, tuple[bytes, dict[str, str]]]:
    found = {}
    for address in addresses:
        answer = reader.get(address, headers={"X-Request-ID": "one-for-all"})
        body = answer.getvalue()
        assert answer.status_code == 200, address
        assert str(EDITION).encode() not in body, address
        assert int(answer.headers.get("Content-Length", len(body))) == len(body), address
        found[address] = body, dict(answer.headers)
    return found


def edit(dice: random.Random) -> None:
    """A record of any type is renamed, an event changes or is withdrawn, or a place moves: in one transaction, told in the stream."""
    what = dice.choice([*RECORDS, "event", "event", "withdraw", "place", "cited"])
    with transaction.atomic():
        records = (what if isinstance(what, type) else Place if what == "place" else Event).objects.public()
        one: Any = dice.choice(list(records.filter(kind="city") if what == "place" else records))
        watch = Watch([one])
        if what == "withdraw":
            one.status = "draft"
        elif what == "place":
            one.within = dice.choice([None, *Place.objects.public().filter(kind="region")])
        elif what == "cited":
            one.citations.create(source=dice.choice(list(Source.objects.public())), locator=f"p. {dice.randint(1, 999)}")
        else:
            one.title, one.title_zh = f"Renamed {dice.random()}", f"改{dice.randint(1, 99)}"
        if what == "event":
            one.kind, one.date = dice.choice(["summit", "clash"]), dice.choice(["1957", "1996-04-25"])
            one.participations.all().delete()
            Participation.objects.create(event=one, actor=dice.choice(list(Actor.objects.all())))
        one.touch()
        one.save()
        watch.tell([one])


def test_a_page_that_is_kept_asks_for_the_edition_and_nothing_else() -> None:
    with transaction.atomic():
        generate(events=5, treaties=1)
        raise_edition()
    first = Client().get("/events/")
    with CaptureQueriesContext(connection) as queries:
        again = Client().get("/events/")
    assert again.status_code == 200 and again.content == first.content and again["ETag"] == first["ETag"]
    assert len(queries) == 1, [one["sql"] for one in queries]


def test_every_answer_is_that_of_a_new_process(reader: Client) -> None:
    with transaction.atomic():
        generate(events=60, treaties=30)
        raise_edition()
    dice = random.Random(1917)
    addresses = ADDRESSES + records()
    asked(reader, addresses)  # fills what is kept
    for _ in range(often(20, 2)):
        edit(dice)
        addresses = ADDRESSES + records()
        mended, again = asked(reader, addresses), asked(reader, addresses)
        assert again == mended
        forget()
        fresh = asked(reader, addresses)
        assert {name: one for name, one in fresh.items() if mended[name] != one} == {}
    assert answers.kept


def test_an_edit_leaves_the_answers_that_tell_nothing_of_it(reader: Client) -> None:
    with transaction.atomic():
        generate(events=60, treaties=30)
        raise_edition()
    event, other = Event.objects.public()[:2]
    source = Source.objects.public().exclude(pk__in=event.citations.values("source")).first()
    pages = [one.get_absolute_url() for one in (event, other, Treaty.objects.public().first(), source)]
    before = asked(reader, pages)
    with transaction.atomic():
        watch = Watch([event])
        event.summary = "Told anew."
        event.touch()
        event.save()
        watch.tell([event])
    made = {page: not hasattr(reader.get(page), "kept") for page in pages}
    assert made == {page: page == pages[0] for page in pages}
    edition = int(reader.get(pages[1]).headers["X-Edition"])
    for page, (body, headers) in asked(reader, pages[1:]).items():
        assert f"edition {edition}".encode() in body
        assert f"edition {edition - 1}".encode() in before[page][0]
        assert headers["ETag"] != before[page][1]["ETag"]


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
    reader.get("/events/")
    size = answers.size
    monkeypatch.setattr(settings, "ANSWERS_KEPT", 5 * size)
    for page_size in range(20, 40):
        reader.get(f"/events/?page_size={page_size}")
    assert 0 < answers.size <= 5 * size
    assert answers.size == sum(one.size for one in answers.kept.values())


def test_what_is_told_of_records_stays_within_its_bounds(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        generate(events=20, treaties=1)
        raise_edition()
    monkeypatch.setattr(kept, "MOST", 30)
    monkeypatch.setattr(kept, "MOST_ROWS", 50)
    for address in ("/events.csv", "/events.csv?lang=zh", "/events.ics", "/events.csv?lang=ru"):
        assert reader.get(address).status_code == 200
        assert 0 < len(kept._kept["event", False].told) <= 30
    for address in ("/events/", "/zh/events/", "/ru/events/"):
        assert reader.get(address).status_code == 200
        assert 0 < len(kept._kept["event", True].told) <= 50


def test_a_long_list_streams_and_nothing_of_it_is_kept(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        generate(events=20, treaties=1)
        raise_edition()
    few = reader.get("/events.csv")
    assert not few.streaming and kept._kept["event", False].told
    forget()
    monkeypatch.setattr("sinorus.facets.forms.FEW", 5)
    long = reader.get("/events.csv")
    assert long.streaming and b"".join(long.streaming_content) == few.content
    assert not kept._kept and not answers.kept
