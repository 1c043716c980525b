"""Nobody sees what is not public: every route has a decided answer for every role, drafts are nowhere, and leave no trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from events.models import CountClaim, Event, EventAccount, EventCitation, EventLink, Participation
from sinorus.publishing.models import OldSlug, Record
from sinorus.publishing.views import record_models
from sinorus.search import index
from sinorus.sources.models import Assessment, Source
from tests import records as make
from tests.catalogues import body_of, routes
from tests.crawling import Told, public_answers, told
from tests.headers import faults_in, faults_of
from tests.matrix import Entry, is_well_formed
from tests.often import often
from treaties.models import Article, FormulaUse, Party, PartyAction, Signature, TreatyAccount, TreatyCitation, TreatyLink, WorkingLife

pytestmark = pytest.mark.django_db

CANARY = "qx7canary9zkv3m5n8w2"


def test_every_route_is_decided(matrix: list[Entry]) -> None:
    decided = [entry.route for entry in matrix]
    assert sorted({route for route, _pattern in routes()} - set(decided)) == [], "give each a line in tests/access_matrix.yaml"
    assert sorted(set(decided) - {route for route, _pattern in routes()}) == [], "there are no such routes"
    assert len(decided) == len(set(decided))
    assert not is_well_formed()


@pytest.fixture(scope="module")
def answers(world: Any, django_db_blocker: Any) -> dict[str, Told]:
    """What readers are answered, at every address of a page, and at some of each other form."""
    with django_db_blocker.unblock():
        for model in record_models().values():
            index.update(model.objects.all())
        found = public_answers(most=often(1_000, 3))
    assert len(found) > 100
    return found


def drafts() -> list[Record]:
    return [record for model in record_models().values() for record in model.objects.exclude(status="published")]


def test_drafts_have_no_address(reader: Client, world: Any) -> None:
    assert {type(record) for record in drafts()} == set(record_models().values()), "the small world lacks a draft of some type"
    for record in drafts():
        name = f"api:{record._meta.model_name}-detail"
        addresses = [record.get_absolute_url(), f"/id/{record.public_id}", f"/zh{record.get_absolute_url()}"]
        addresses += [reverse(name, args=[key]) for key in (record.slug, record.public_id, record.public_id.lower())]
        for address in addresses:
            assert reader.get(address).status_code == 404, address


def test_no_old_address_leads_to_a_draft(reader: Client, world: Any) -> None:
    for record in drafts():
        OldSlug.objects.create(record_type=record._meta.model_name, slug="once-public", record_id=record.pk)
        address = record.get_absolute_url().replace(record.slug, "once-public")
        assert reader.get(address).status_code == 404, address


def test_a_draft_answers_like_what_never_was(reader: Client, world: Any) -> None:
    hidden, never = (
        body_of(reader.get(f"/events/{slug}/")).decode().replace(slug, "SLUG") for slug in (world.draft_event.slug, "never-event")
    )
    assert hidden == never


def _with_canary(record: models.Model) -> None:
    """The canary in every text of a record, and in the rows that hang on it."""
    for field in record._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices and not field.name.endswith(("_edtf", "slug")):
            if not field.editable or field.name in ("url", "archive_url"):
                continue
            setattr(record, field.name, CANARY[: field.max_length or 100])
    record.save()


def hide_canaries(world: Any) -> None:
    """Drafts of each kind, full of the canary, tied in every way to what is published."""
    for record in drafts():
        _with_canary(record)
    hidden_source = Source.objects.exclude(status="published").first()
    hidden_event = make.event("hidden-canary", "1996-04-25", (world.china, world.yeltsin), (world.border,), draft=True, title=CANARY)
    hidden_treaty = make.treaty("hidden-canary", "1996-04-25", (world.china,), (world.yeltsin,), (world.border,), draft=True, title=CANARY)
    hidden_treaty.signed_at = world.visit_1996
    hidden_treaty.save()
    event, treaty = world.visit_1996, world.alliance
    for record, links in ((event, (EventCitation, EventAccount)), (treaty, (TreatyCitation, TreatyAccount, WorkingLife))):
        for link in links:
            row = link(record=record, source=hidden_source, locator=CANARY, note=CANARY)
            for name in ("field", "value", "text", "quotation"):
                if hasattr(row, name):
                    setattr(row, name, CANARY)
            row.save()
    EventLink.objects.create(event=event, type="led-to", target=hidden_event)
    EventLink.objects.create(event=hidden_event, type="led-to", target=event)
    TreatyLink.objects.create(treaty=treaty, type="cites", target=hidden_treaty)
    Participation.objects.create(event=event, actor=world.draft_actor, role=CANARY)
    Signature.objects.create(treaty=treaty, actor=world.draft_actor, office=CANARY)
    party = Party.objects.create(treaty=treaty, actor=world.draft_actor)
    PartyAction.objects.create(party=party, type="denounced", note=CANARY, source=world.study)
    CountClaim.objects.create(first=world.jiang, second=world.draft_actor, number=3, words=CANARY, note=CANARY, source=world.study)
    FormulaUse.objects.create(treaty=hidden_treaty, formula=world.constructive, first=True, wording=CANARY)
    Article.objects.create(treaty=hidden_treaty, key="1", heading=CANARY, summary=CANARY)
    event.themes.add(world.draft_theme)
    event.formulas.add(world.draft_formula)
    event.assessments.add(world.draft_assessment)
    Event.objects.filter(pk=world.clash_1969.pk).update(place=world.draft_place)
    Event.objects.filter(pk=event.pk).update(editor_note=CANARY)


def hide_volume(world: Any, number: int = 50) -> None:
    """Drafts, newer and older than everything, that would fill the first pages if anything forgot to ask."""
    state = {"status": "draft", "kind": "summit", "importance": 3, "summary": CANARY, "place": world.beijing}
    dates = ("1650", "1996-04-25", "2026-01-01")
    names = [f"hidden-volume-{n}" for n in range(number)]
    events = Event.objects.bulk_create([Event(slug=name, title=CANARY, date=dates[n % 3], **state) for n, name in enumerate(names)])
    actors = (world.china, world.yeltsin, world.jiang)
    Participation.objects.bulk_create([Participation(event=one, actor=who) for one in events for who in actors])
    Event.themes.through.objects.bulk_create([Event.themes.through(event=one, theme=world.border) for one in events])
    EventCitation.objects.bulk_create([EventCitation(record=one, source=world.study, locator=CANARY) for one in events])
    Assessment.objects.bulk_create(
        [Assessment(slug=name, title=CANARY, holder=world.mao, source=world.study, topic=world.border, date="1964") for name in names]
    )
    index.update(events)


@pytest.mark.once
def test_drafts_and_notes_of_editors_leave_no_trace(world: Any, answers: dict[str, Told]) -> None:
    """Twin data: with and without them, every public answer is the same, byte by byte; and no canary is in any."""
    reader = Client()
    hide_canaries(world)
    hide_volume(world)
    after = {address: told(reader, address) for address in answers}
    assert not [address for address, (_head, body) in after.items() if CANARY.encode() in body]
    assert not [address for address in answers if after[address] != answers[address]]


def test_the_search_knows_nothing_of_drafts(reader: Client, world: Any) -> None:
    hide_canaries(world)
    index.update(drafts())
    for name in ("events", "treaties", "actors", "places", "themes", "formulas", "sources", "assessments", "dossiers"):
        assert reader.get(f"/api/v1/{name}/?q={CANARY}").json()["count"] == 0, name
    for address in (f"/search/?q={CANARY}", f"/api/v1/search/?q={CANARY}", f"/api/v1/suggest/?q={CANARY[:8]}", "/api/v1/suggest/?q=hidden"):
        body = body_of(reader.get(address)).decode().replace(f"={CANARY}", "").replace(f'"{CANARY}"', "").replace(f"“{CANARY}”", "")
        assert "hidden-" not in body, address


@pytest.mark.once
def test_public_answers_set_no_cookie_and_do_not_vary_by_one(publisher: Client, world: Any, answers: dict[str, Told]) -> None:
    """Those of readers at every address; a publisher, who has a cookie, asks a fifth of them."""
    wrong = []
    for number, address in enumerate(answers):
        heads = [answers[address][0], *([told(publisher, address)[0]] if number % often(1, 5) == 0 else [])]
        for head in heads:
            wrong += faults_of(address, int(head["status"]), head, secure=True)
    assert "\n".join(wrong) == ""


def test_the_admin_is_never_kept_by_a_cache(publisher: Client, world: Any) -> None:
    for address in ("/admin/", "/admin/events/event/", f"/admin/events/event/{world.draft_event.pk}/change/"):
        assert (answer := publisher.get(address)).status_code == 200 and not faults_in(answer)
