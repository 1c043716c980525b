"""A record as readers saw it on a day: its fields and parts, on its page and in the API; never a state that was not public."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from events.models import Event
from sinorus.publishing import workflow
from sinorus.publishing.history import Edit
from sinorus.publishing.models import Change, Record, Revision
from treaties.models import Treaty

pytestmark = pytest.mark.django_db


def dated(record: Record, *days: str) -> None:
    """Let the revisions of a record have been made on these days, in order."""
    for revision, day in zip(Revision.objects.of(record).applied().order_by("pk"), days, strict=True):
        Revision.objects.filter(pk=revision.pk).update(at=datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00"))


@pytest.fixture
def changed(world: Any) -> Event:
    """The visit of 1996: changed in title, place, participants, themes and citations between two days."""
    event = Event.objects.get(pk=world.visit_1996.pk)
    edit = Edit([event], why="As the communiqué has it")
    event.title, event.place = "Yeltsin at the Great Wall", world.shanghai
    event.body = "They *walked*."
    event.save()
    event.participations.filter(actor=world.russia).delete()
    event.themes.set([world.border])
    event.citations.update(locator="p. 99")
    edit.finish([event])
    dated(event, "2025-01-10", "2025-03-10")
    return event


def test_page_and_api_tell_what_stood_then(reader: Client, changed: Event, world: Any) -> None:
    now = reader.get("/api/v1/events/yeltsin-in-beijing-1996/").json()
    then = reader.get("/api/v1/events/yeltsin-in-beijing-1996/?as_of=2025-02-01").json()
    assert (now["title"], then["title"]) == ("Yeltsin at the Great Wall", "Yeltsin visits Beijing")
    assert (now["place"]["slug"], then["place"]["slug"]) == ("shanghai", "beijing")
    assert [one["actor"]["slug"] for one in then["participants"]] == ["china", "russia", "boris-yeltsin", "jiang-zemin"]
    assert [one["slug"] for one in then["themes"]] == ["partnership"]
    assert then["citations"][0]["locator"] == ""
    assert then["date"] == now["date"]
    assert then.keys() == now.keys()
    page = reader.get("/events/yeltsin-in-beijing-1996/?as_of=2025-02-01").content.decode()
    assert "Yeltsin visits Beijing" in page and "signed</em> a joint statement" in page
    assert "As it stood on 1 February 2025" in re.sub("<[^>]*>", "", page) and 'content="noindex"' in page
    assert "Great Wall" not in page
    assert reader.get("/events/yeltsin-in-beijing-1996.json?as_of=2025-02-01").json()["title"] == "Yeltsin visits Beijing"
    assert "Great Wall" in reader.get("/events/yeltsin-in-beijing-1996/?as_of=2025-03-10").content.decode(), "the day's end counts"


@pytest.mark.parametrize(
    ("prefix", "then", "later"),
    [("", "1 February 2025", "10 March"), ("/zh", "2025年2月1日", "3月10日"), ("/ru", "1 февраля 2025\u00a0г", "10 марта")],
)
def test_its_days_are_told_as_each_language_has_them(reader: Client, changed: Event, prefix: str, then: str, later: str) -> None:
    page = reader.get(f"{prefix}/events/yeltsin-in-beijing-1996/?as_of=2025-02-01").content.decode()
    assert f'<time datetime="2025-02-01" class="date">{then}' in page
    Change.objects.update(time=datetime.datetime(2025, 3, 10, 12, tzinfo=datetime.UTC))
    for address in (f"/changes/E{changed.pk}/", "/changes/"):
        margin = f'<span class="year">2025</span> <span class="day">{later}</span>'
        assert margin in reader.get(prefix + address).content.decode()


def test_a_day_on_which_it_was_not_public_is_not_taken_for_a_wrong_address(reader: Client, changed: Event) -> None:
    page = reader.get("/events/yeltsin-in-beijing-1996/?as_of=2001-01-01")
    assert page.status_code == 404
    assert "not known to have been published on 1 January 2001." in page.content.decode() and "mistyped" not in page.content.decode()
    assert "2001年1月1日" in reader.get("/zh/events/yeltsin-in-beijing-1996/?as_of=2001-01-01").content.decode()
    assert "г.." not in reader.get("/ru/events/yeltsin-in-beijing-1996/?as_of=2001-01-01").content.decode()
    assert "mistyped" in reader.get("/events/nothing/").content.decode()


def test_an_instrument_with_all_that_hangs_on_it(reader: Client, world: Any) -> None:
    treaty = Treaty.objects.get(pk=world.alliance.pk)
    before = reader.get("/api/v1/treaties/alliance-1950/").json()
    edit = Edit([treaty])
    treaty.articles.all().delete()
    treaty.party_links.all().delete()
    treaty.working_life.all().delete()
    treaty.title = "Something else"
    treaty.save()
    edit.finish([treaty])
    dated(treaty, "2025-01-10", "2025-03-10")
    then = reader.get("/api/v1/treaties/alliance-1950/?as_of=2025-02-01").json()
    assert then | {"updated": ""} == before | {"updated": ""}
    assert "Mutual defence" in reader.get("/zh/treaties/alliance-1950/?as_of=2025-02-01").content.decode()


def test_only_what_was_public_then_is_told(reader: Client, world: Any) -> None:
    event = Event.objects.get(pk=world.split.pk)
    chief = User.objects.create_superuser("root")
    for status, title in (("draft", "Secret words"), ("published", "The split, again")):
        edit = Edit([event])
        workflow.move(event, status, chief)
        event.title = title
        event.save()
        edit.finish([event])
    dated(event, "2025-01-10", "2025-02-10", "2025-03-10")
    assert reader.get("/events/the-split/?as_of=2025-01-20").status_code == 200
    for address in ("/events/the-split/", "/api/v1/events/the-split/", "/events/the-split.json"):
        answer = reader.get(f"{address}?as_of=2025-02-20")
        assert answer.status_code == 404 and "Secret" not in answer.content.decode(), address
        assert reader.get(f"{address}?as_of=2024-12-31").status_code == 404
    history = reader.get(f"/changes/{event.public_id}/").content.decode()
    assert "Secret" not in history and "2025-02-10" not in history and "as_of=2025-03-10" in history


def test_proposals_are_no_history(reader: Client, world: Any, changed: Event) -> None:
    Revision.objects.create(
        record_type="event",
        record_id=changed.pk,
        number=1,
        state="proposed",
        status="published",
        document={"fields": {"title": "Proposed words"}, "many": {}, "parts": {}},
    )
    for address in ("/events/yeltsin-in-beijing-1996/?as_of=2026-12-31", f"/changes/{changed.public_id}/"):
        assert "Proposed words" not in reader.get(address).content.decode()


def test_what_is_hidden_today_is_hidden_in_the_past_too(reader: Client, world: Any, changed: Event) -> None:
    """A record that was withdrawn is not brought to readers by the history of another."""
    type(world.yeltsin).objects.filter(pk=world.yeltsin.pk).update(status="withdrawn")
    then = reader.get("/api/v1/events/yeltsin-in-beijing-1996/?as_of=2025-02-01").json()
    assert "boris-yeltsin" not in [one["actor"]["slug"] for one in then["participants"]]


@pytest.mark.parametrize("day", ["yesterday", "2025-13-01", "2025", "20250101", "٢٠٢٥-٠١-٠١", "2025-01-01x"])
def test_what_is_no_day_is_refused(reader: Client, world: Any, day: str) -> None:
    answer = reader.get("/events/the-split/", {"as_of": day})
    assert answer.status_code == 400 and "2026-04-25" in answer.content.decode()
    answer = reader.get("/api/v1/events/the-split/", {"as_of": day})
    assert answer.status_code == 400 and answer.json()["errors"][0]["name"] == "as_of"


def test_the_history_of_a_record_names_no_editor(reader: Client, chief: Client, world: Any, changed: Event) -> None:
    page = reader.get(f"/changes/{changed.public_id}/").content.decode()
    assert "As the communiqué has it" in page and "chief" not in page
    for address in ("/changes/E99999999/", "/changes/X1/", f"/changes/{world.draft_event.public_id}/"):
        assert reader.get(address).status_code == 404
    assert "/changes/E" in reader.get("/events/yeltsin-in-beijing-1996/").content.decode()


def test_an_old_address_keeps_the_day(reader: Client, world: Any, changed: Event) -> None:
    edit = Edit([changed])
    changed.slug = "great-wall-1996"
    changed.save()
    edit.finish([changed])
    answer = reader.get("/events/yeltsin-in-beijing-1996/?as_of=2025-02-01")
    assert answer["Location"] == "/events/great-wall-1996/?as_of=2025-02-01"
