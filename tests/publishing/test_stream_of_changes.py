"""The stream of changes: one entry for each record that readers see differently, with all that a copy needs to keep in step."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from events.models import Event, Participation
from sinorus.publishing import editions
from sinorus.publishing.changes import Watch
from sinorus.publishing.links import key
from sinorus.publishing.models import Change
from sinorus.sources.models import Assessment
from tests import records as make

from .test_editing_in_the_admin import ADD, entry, form_of

pytestmark = pytest.mark.django_db


def stream(client: Client, query: str = "") -> list[dict[str, Any]]:
    return client.get(f"/api/v1/changes/{query}").json()["results"]


def test_each_form_tells_the_same(publisher: Client, reader: Client, world: Any) -> None:
    before = editions.current()
    assert publisher.post(ADD, entry(publisher, world)).status_code == 302
    event = Event.objects.get(slug="hotline-opened-1998")
    change = f"/admin/events/event/{event.pk}/change/"
    publisher.post(change, form_of(publisher, change) | {"title": "Hotline in use", "citations-0-locator": "p. 13"})
    created, updated = stream(reader, f"?since={before}")
    assert (created["action"], created["id"], created["edition"]) == ("created", event.public_id, before + 1)
    assert (updated["action"], updated["title"], updated["edition"]) == ("updated", "Hotline in use", before + 2)
    assert set(updated["what"]) == {"title", "citations"}
    assert [one["edition"] for one in stream(reader)] == [before + 2, before + 1], "newest first unless asked since"
    for address in ("/changes/", "/zh/changes/", "/changes.csv", "/changes.jsonl", "/changes.atom"):
        answer = reader.get(address)
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert answer.status_code == 200 and "Hotline in use" in body and "Hotline opened" in body, address
    assert reader.get(f"/api/v1/changes/?since={before}").json()["edition"] == before + 2
    assert re.search(r'class="count">\s*2 changes\s*<', reader.get("/changes/").content.decode())


def test_a_save_that_changes_nothing_is_no_edition(publisher: Client, world: Any) -> None:
    before, change = editions.current(), f"/admin/events/event/{world.split.pk}/change/"
    assert publisher.post(change, form_of(publisher, change)).status_code == 302
    assert editions.current() == before
    assert not Change.objects.exists()


def test_drafts_leave_no_entry_and_what_is_a_draft_again_is_withdrawn(publisher: Client, reader: Client, world: Any) -> None:
    hidden = make.event("another-draft", "1997", draft=True)
    hidden.title = "Changed"
    watch = Watch([hidden])
    hidden.save()
    assert watch.tell([hidden], what={key(hidden): ["title"]}) is None
    publisher.post("/admin/events/event/", {"action": "withdraw_to_draft", "_selected_action": [world.split.pk]})
    publisher.post(f"/admin/events/event/{world.summits.pk}/delete/", {"post": "yes"})
    gone = {one["id"]: one["action"] for one in stream(reader)}
    assert gone == {world.split.public_id: "withdrawn", world.summits.public_id: "deleted"}
    assert "another-draft" not in str(stream(reader))


def test_a_new_address_is_a_renaming(publisher: Client, reader: Client, world: Any) -> None:
    change = f"/admin/events/event/{world.split.pk}/change/"
    publisher.post(change, form_of(publisher, change) | {"slug": "sino-soviet-split-1960"})
    (one,) = stream(reader)
    assert (one["action"], one["former_slug"], one["slug"]) == ("renamed", "the-split", "sino-soviet-split-1960")


def test_records_that_tell_of_the_changed_one_are_named(reader: Client, world: Any) -> None:
    """Who renames a person changes the answers of all events and instruments that the person took part in."""
    watch = Watch([world.yeltsin])
    world.yeltsin.__class__.objects.filter(pk=world.yeltsin.pk).update(title="Boris N. Yeltsin")
    with transaction.atomic():
        watch.tell(what={key(world.yeltsin): ["title"]})
    affects = set(stream(reader)[0]["affects"])
    assert {world.visit_1996.public_id, world.five_1996.public_id, world.statement.public_id} <= affects
    assert world.split.public_id not in affects
    assert world.draft_event.public_id not in affects


def test_a_summary_changes_no_answer_but_its_own(world: Any) -> None:
    watch = Watch([world.china])
    with transaction.atomic():
        watch.tell(what={key(world.china): ["summary"]})
    assert Change.objects.get().affects == []


def test_what_goes_with_another_is_named_and_what_names_that(world: Any) -> None:
    """An assessment is seen with its holder: without him it is gone, and so is its mention in the event."""
    watch = Watch([world.mao])
    world.mao.__class__.objects.filter(pk=world.mao.pk).update(status="draft")
    with transaction.atomic():
        watch.tell()
    affects = set(Change.objects.get().affects)
    assert not Assessment.objects.public().filter(pk=world.mao_says.pk).exists()
    assert {world.mao_says.public_id, world.clash_1969.public_id} <= affects


def test_a_link_that_is_cut_names_both_ends(world: Any) -> None:
    row = Participation.objects.create(event=world.split, actor=world.kazakhstan)
    watch = Watch([world.split])
    row.delete()
    with transaction.atomic():
        watch.tell(what={key(world.split): ["participations"]})
    assert world.kazakhstan.public_id in Change.objects.get().affects


@pytest.mark.parametrize("since", ["soon", "2026-13-01", "-1", "1e9", "2026-01-01T25:00", "٣", "9" * 40])
def test_a_bad_since_is_refused_with_what_is_allowed(reader: Client, world: Any, since: str) -> None:
    answer = reader.get("/api/v1/changes/", {"since": since})
    assert answer.status_code == 400
    assert "edition" in answer.json()["errors"][0]["message"]
    assert reader.get("/changes/", {"since": since}).status_code == 400


def test_since_a_time_includes_it_and_pages_are_stable(reader: Client, world: Any) -> None:
    for n in range(5):
        record = make.event(f"event-number-{n}", "1997", cites=world.study)
        with transaction.atomic():
            Watch().tell([record])
    first = Change.objects.order_by("pk").first()
    assert len(stream(reader, f"?since={first.time.isoformat().replace('+', '%2B')}")) == 5
    assert len(stream(reader, f"?since={first.time:%Y-%m-%d}")) == 5
    page = reader.get("/api/v1/changes/?since=7&page_size=2").json()
    ids = [one["id"] for one in page["results"]]
    with transaction.atomic():  # what comes meanwhile is put at the end
        Watch().tell([make.event("event-number-5", "1997", cites=world.study)])
    while page["next"]:
        page = reader.get(page["next"].removeprefix("http://testserver")).json()
        ids += [one["id"] for one in page["results"]]
    assert len(ids) == len(set(ids)) == 6


def test_facets_narrow_the_stream(reader: Client, world: Any) -> None:
    with transaction.atomic():
        Watch().tell([world.split, world.alliance, world.china])
    assert [one["type"] for one in stream(reader, "?type=treaty")] == ["treaty"]
    assert stream(reader, "?action=deleted") == []
    assert reader.get("/api/v1/changes/?type=war").status_code == 400
    assert "Treaty" in reader.get("/changes/?type=treaty").content.decode()
