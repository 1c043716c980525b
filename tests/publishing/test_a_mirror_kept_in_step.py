"""A copy kept by the public API alone, as docs/api.md tells to keep it, is the same as the record after a thousand random edits.

Among them are mergers, mergers undone, withdrawals for good and returns.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client

from events.models import Event, EventAccount, EventCitation, EventLink, Participation
from sinorus.dossiers.models import Dossier
from sinorus.publishing import merge, workflow
from sinorus.publishing.changes import Watch
from sinorus.publishing.models import OldSlug, Record, record_types
from sinorus.publishing.unmerge import unmerge
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, Place, Tenure, Theme
from tests import records as make
from tests.often import often
from treaties.models import Article, FormulaUse, Party, PartyAction, Treaty, TreatyCitation, TreatyLink

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EDITS, EVERY = often(1_000, 200), 200
ENDPOINTS = {"E": "events", "T": "treaties", "A": "actors", "P": "places", "H": "themes", "F": "formulas"}
ENDPOINTS |= {"S": "sources", "M": "assessments", "D": "dossiers"}
WEIGHTS = {"create": 10, "write": 18, "rename": 8, "unpublish": 8, "publish": 10, "withdraw": 6, "return_": 8, "delete": 3}
WEIGHTS |= {"tie": 20, "untie": 6, "part": 12, "merge": 8, "unmerge": 8}


class Mirror:
    """A program of somebody else's: it knows addresses and JSON, and nothing of this site's inside."""

    def __init__(self) -> None:
        self.client = Client()
        self.edition, self.redirected = self.client.get("/api/v1/").json()["edition"], 0
        self.records: dict[str, Any] = {}
        for endpoint in ENDPOINTS.values():
            self.records |= {one["id"]: one for one in self.all_of(f"/api/v1/{endpoint}/?page_size=200")}

    def all_of(self, address: str | None) -> list[Any]:
        found, self.first = [], None
        while address:
            page = self.client.get(address).json()
            self.first = self.first or page
            found += page["results"]
            address = page["next"]
        return found

    def catch_up(self) -> int:
        """Fetch what changed; how many records were fetched."""
        entries = self.all_of(f"/api/v1/changes/?since={self.edition}&page_size=200")
        self.edition = self.first["edition"]
        ids = {one for entry in entries for one in (entry["id"], *entry["affects"])}
        for one in ids:
            answer = self.client.get(f"/api/v1/{ENDPOINTS[one[0]]}/{one}/")
            if answer.status_code == 200:
                self.records[one] = answer.json()
            else:
                assert answer.status_code in (301, 404, 410)
                self.records.pop(one, None)
                self.redirected += answer.status_code == 301
        return len(ids)


class Editor:
    """Somebody who changes records at random, each change as everything here does: watched, and told in the same transaction."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.number, self.done = dice, 0, dict.fromkeys(WEIGHTS, 0)
        self.chief = User.objects.create_superuser("chief")

    def any_of(self, *models: type, **kept: Any) -> Any:
        return self.dice.choice(list(self.dice.choice(models).objects.filter(**kept).order_by("pk")) or [None])

    def act(self) -> None:
        name = self.dice.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
        try:
            with transaction.atomic():
                getattr(self, name)()
        except (ProtectedError, ValidationError, _NothingToDoError):
            return
        self.done[name] += 1

    def change(self, record: Record | None, what: Callable[[], object]) -> None:
        if record is None:
            raise _NothingToDoError
        watch = Watch([record])
        what()
        record.touch()
        type(record).objects.filter(pk=record.pk).update(updated=record.updated, published=record.published)
        watch.tell([record], why="At random")

    def create(self) -> None:
        self.number += 1
        slug, draft = f"made-{self.number}", self.dice.random() < 0.3
        study, actor = self.any_of(Source), self.any_of(Actor)
        kinds: list[Callable[[], Record]] = [
            lambda: make.event(slug, "1990", (actor,), (self.any_of(Theme),), cites=study, place=self.any_of(Place), draft=draft),
            lambda: make.treaty(slug, "1990-05", (actor,), cites=study, draft=draft),
            lambda: make.actor(slug, self.dice.choice(["state", "person"]), draft=draft),
            lambda: make.theme(slug, draft=draft),
            lambda: make.place(slug, within=self.any_of(Place), draft=draft),
            lambda: make.source(slug, draft=draft),
            lambda: make.assessment(slug, actor, study, date="1980", topic=self.any_of(Theme), draft=draft),
        ]
        watch = Watch()
        watch.tell([self.dice.choice(kinds)()])

    def write(self) -> None:
        record = self.any_of(*record_types().values())

        def write() -> None:
            field = self.dice.choice(["title", "title_ru", "summary", "editor_note"])
            setattr(record, field, f"{field} {self.dice.random()}")
            record.save()

        self.change(record, write)

    def rename(self) -> None:
        record = self.any_of(*record_types().values())
        self.number += 1

        def rename() -> None:
            OldSlug.objects.update_or_create(record_type=record._meta.model_name, slug=record.slug, defaults={"record_id": record.pk})
            record.slug = f"renamed-{self.number}"
            record.save()

        self.change(record, rename)

    def unpublish(self) -> None:
        self._move(Record.Status.PUBLISHED, Record.Status.DRAFT)

    def publish(self) -> None:
        self._move(Record.Status.DRAFT, Record.Status.PUBLISHED)

    def withdraw(self) -> None:
        self._move(Record.Status.PUBLISHED, Record.Status.WITHDRAWN)

    def return_(self) -> None:
        self._move(Record.Status.WITHDRAWN, self.dice.choice([Record.Status.PUBLISHED, Record.Status.DRAFT]))

    def _move(self, was: str, to: str) -> None:
        record = self.any_of(*record_types().values(), status=was)
        self.change(record, lambda: workflow.move(record, to, self.chief, reason="At random"))

    def merge(self) -> None:
        model = self.dice.choice(list(record_types().values()))
        source, target = self.any_of(model), self.any_of(model)
        if source is None:
            raise _NothingToDoError
        merge.merge(source, target, by=self.chief)

    def unmerge(self) -> None:
        record = self.any_of(*record_types().values(), status=Record.Status.MERGED)
        if record is None:
            raise _NothingToDoError
        unmerge(record, by=self.chief)

    def delete(self) -> None:
        record = self.any_of(*record_types().values())
        if record is None:
            raise _NothingToDoError
        watch = Watch([record])
        record.delete()
        watch.tell(why="At random")

    def tie(self) -> None:
        """Something that joins two records."""
        event, treaty, actor = self.any_of(Event), self.any_of(Treaty), self.any_of(Actor)
        ties: list[tuple[Any, Callable[[], object]]] = [
            (event, lambda: Participation.objects.get_or_create(event=event, actor=actor)),
            (event, lambda: event.themes.add(self.any_of(Theme))),
            (event, lambda: event.assessments.add(self.any_of(Assessment))),
            (event, lambda: EventCitation.objects.create(record=event, source=self.any_of(Source))),
            (event, lambda: EventAccount.objects.create(record=event, source=self.any_of(Source), field="losses", value="1")),
            (event, lambda: self._link(EventLink, "event", event, self.any_of(Event), "led-to")),
            (event, lambda: Event.objects.filter(pk=event.pk).update(place=self.any_of(Place))),
            (treaty, lambda: Party.objects.get_or_create(treaty=treaty, actor=actor)),
            (treaty, lambda: TreatyCitation.objects.create(record=treaty, source=self.any_of(Source))),
            (treaty, lambda: self._link(TreatyLink, "treaty", treaty, self.any_of(Treaty), "cites")),
            (treaty, lambda: Treaty.objects.filter(pk=treaty.pk).update(signed_at=event)),
        ]
        self.change(*self.dice.choice([tie for tie in ties if tie[0]] or [(None, str)]))

    def _link(self, model: Any, name: str, one: Any, other: Any, kind: str) -> None:
        if one != other:
            model.objects.get_or_create(**{name: one, "target": other, "type": kind})

    def untie(self) -> None:
        model, name = self.dice.choice([(Participation, "event"), (EventCitation, "record"), (EventLink, "event"), (Party, "treaty")])
        row = self.any_of(model)
        if row is None:
            raise _NothingToDoError
        self.change(getattr(row, name), row.delete)

    def part(self) -> None:
        """A part of one record that others tell of, or that is told of others."""
        person, party, treaty = self.any_of(Actor, kind="person"), self.any_of(Party), self.any_of(Treaty)
        dossier, event = self.any_of(Dossier), self.any_of(Event)

        def rewrite() -> None:
            dossier.body = f"It tells of [[event:{event.slug}]].[@{self.any_of(Source).slug}]"
            dossier.save()

        parts: list[tuple[Any, Callable[[], object]]] = [
            (person, lambda: Tenure.objects.create(person=person, title="Envoy", of=self.any_of(Actor), start="1980", end="1999")),
            (party and party.treaty, lambda: PartyAction.objects.create(party=party, type="ratified", date="1991")),
            (treaty, lambda: Article.objects.get_or_create(treaty=treaty, key="1", defaults={"heading": "H", "summary": "S"})),
            (treaty, lambda: FormulaUse.objects.get_or_create(treaty=treaty, formula=self.any_of(*[record_types()["formula"]]))),
            (dossier if event else None, rewrite),
        ]
        self.change(*self.dice.choice([one for one in parts if one[0]] or [(None, str)]))


class _NothingToDoError(Exception):
    """There is nothing left that this could be done to."""


@pytest.mark.parametrize("seed", [1996, 1689, 2001, 7][: often(4, 1)])
def test_a_thousand_edits(world: Any, seed: int) -> None:
    mirror, editor = Mirror(), Editor(random.Random(seed))
    for round_ in range(EDITS // EVERY):
        for _ in range(EVERY):
            editor.act()
        mirror.catch_up()
        fresh = Mirror()
        assert mirror.edition == fresh.edition
        missing, superfluous = set(fresh.records) - set(mirror.records), set(mirror.records) - set(fresh.records)
        assert not missing and not superfluous, f"round {round_}: {missing=} {superfluous=}"
        stale = {one: _differs(mirror.records[one], told) for one, told in fresh.records.items() if mirror.records[one] != told}
        assert not stale, f"round {round_}: {stale}"
    assert all(number >= EDITS // 100 for number in editor.done.values()), f"hardly tried: {editor.done}"
    assert mirror.redirected > EDITS // 200


def _differs(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [f"{name}: {one[name]!r} → {other[name]!r}"[:300] for name in other if one[name] != other[name]]


def test_a_mirror_that_asks_twice_changes_nothing(world: Any) -> None:
    mirror = Mirror()
    before = dict(mirror.records)
    assert mirror.catch_up() == mirror.catch_up() == 0
    assert mirror.records == before
