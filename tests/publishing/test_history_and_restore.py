"""Each save leaves the whole record; any two can be compared, and any one put back, as far as what it points at is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Event, EventCitation
from sinorus.publishing import differences, documents, editions, restore
from sinorus.publishing.history import Edit
from sinorus.publishing.models import Change, Record, Revision, record_types
from sinorus.sources.models import Source
from sinorus.vocab.models import Actor
from tests import records as make
from treaties.models import PartyAction, Treaty

from .test_editing_in_the_admin import form_of
from .test_proposals import page
from .test_way_to_readers_and_back import change_url, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def revise(record: Record, **fields: Any) -> Revision:
    """Change fields of a record as its form would; fetched anew, since the world's objects keep what other tests did to them."""
    record = type(record)._default_manager.get(pk=record.pk)
    edit = Edit([record])
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    edit.finish([record])
    return Revision.objects.of(record).applied().first()


def bring_back(client: Client, revision: Revision, app: str = "events/event") -> Any:
    address = f"/admin/{app}/{revision.record_id}/revisions/{revision.pk}/"
    return client.post(address, {"action": "restore", "note": ""}, follow=True)


def test_a_record_put_back_is_what_it_was_with_all_its_parts(chief: Client, world: Any) -> None:
    treaty = world.alliance
    before = documents.of(treaty)
    revise(treaty, title="Treaty of alliance")
    first = Revision.objects.of(treaty).order_by("pk").first()
    assert first.document == before
    edit = Edit([treaty])
    treaty.party_links.first().delete()
    treaty.themes.set([world.border])
    PartyAction.objects.create(party=treaty.party_links.last(), type="ratified", date="1950-04-11")
    treaty.articles.update(heading="Something else")
    treaty.citations.all().delete()
    treaty.citations.create(source=world.pravda, locator="p. 1")
    edit.finish([treaty])
    assert set(Revision.objects.of(treaty).first().what) == {"themes", "party_links", "articles", "citations"}

    answer = bring_back(chief, first, "treaties/treaty")
    assert "Restored." in answer.content.decode()
    assert not differences.changed(Treaty, before, documents.of(treaty))
    numbers = list(Revision.objects.of(treaty).applied().order_by("pk").values_list("number", flat=True))
    assert numbers == sorted(set(numbers)), "restoring is a revision of its own, nothing is lost"
    assert "Restored from version" in Change.objects.latest("pk").why


def test_every_type_makes_the_way_into_a_document_and_back(world: Any) -> None:
    for model in record_types().values():
        for record in model.objects.all():
            document = documents.of(record)
            restore.write(record, document, check=False)
            assert documents.of(record) == document, record


def test_the_page_of_a_revision_shows_word_by_word_what_changed(editor: Client, world: Any) -> None:
    send(editor, world.draft_event, title="Hidden talks", change_note="Better so")
    shown = editor.get(page(Revision.objects.of(world.draft_event).first())).content.decode()
    assert "<ins>talks</ins>" in shown and "<del>event</del>" in shown and "Better so" in shown


def test_any_two_revisions_are_compared(editor: Client, world: Any) -> None:
    for title in ("One", "Two", "Three"):
        send(editor, world.draft_event, title=title)
    first, *_rest, last = Revision.objects.of(world.draft_event).order_by("pk")
    shown = editor.get(f"{page(last)}?against={first.pk}").content.decode()
    assert "<del>Hidden event</del>" in shown and "<ins>Three</ins>" in shown and "Two" not in shown.split("<table")[1]
    assert editor.get(f"{page(last)}?against=nonsense").status_code == 200


def test_what_points_at_a_deleted_record_is_left_out_and_named(chief: Client, world: Any) -> None:
    place = make.place("a-village", draft=True)
    event = make.event("in-a-village", "1997", cites=world.study, place=place)
    old = revise(event, summary="There.")
    revise(event, place=None)
    place.delete()
    answer = bring_back(chief, old)
    assert "Left out: place: A village" in answer.content.decode()
    event.refresh_from_db()
    assert (event.summary, event.place) == ("There.", None)


def test_what_cannot_do_without_a_deleted_record_is_not_put_back_at_all(chief: Client, world: Any) -> None:
    source = make.source("a-leaflet", draft=True)
    event = make.event("as-a-leaflet-has-it", "1997", cites=world.study)
    EventCitation.objects.create(record=event, source=source)
    old = revise(event, summary="There.")
    edit = Edit([event])
    event.citations.filter(source=source).delete()
    event.summary = "Here."
    event.save()
    edit.finish([event])
    source.delete()
    answer = bring_back(chief, old)
    assert "A leaflet" in answer.content.decode()
    event.refresh_from_db()
    assert event.summary == "Here."
    assert event.citations.count() == 1


def test_a_document_of_another_schema_is_read_as_far_as_it_goes(chief: Client, world: Any) -> None:
    old = revise(world.split, summary="There.")
    old.document["fields"] |= {"mood": "tense"}
    del old.document["fields"]["importance"]
    old.document["parts"]["omens"] = [{"id": 1, "fields": {"what": "a comet"}, "parts": {}}]
    old.save()
    revise(world.split, summary="Here.", importance=2)
    answer = bring_back(chief, old)
    assert "mood, which there is no field for any more" in answer.content.decode()
    event = Event.objects.get(pk=world.split.pk)
    assert (event.summary, event.importance) == ("There.", 2), "what the document does not know stays as it is"


def test_who_may_not_publish_proposes_to_restore(editor: Client, world: Any) -> None:
    old = revise(world.split, summary="There.")
    revise(world.split, summary="Here.")
    answer = bring_back(editor, old)
    assert "proposed to restore" in answer.content.decode()
    assert Event.objects.get(pk=world.split.pk).summary == "Here."
    assert Revision.objects.waiting().get().document["fields"]["summary"] == "There."


def test_a_published_record_is_not_restored_to_what_readers_may_not_get(chief: Client, world: Any) -> None:
    event = make.event("once-a-draft", "1997", cites=world.study, draft=True, summary="")
    bare = revise(event, title="Once a mere draft")
    revise(event, summary="It happened.")
    send(chief, event, status="published")
    answer = bring_back(chief, bare)
    assert "needs a summary" in answer.content.decode()
    assert Event.objects.get(pk=event.pk).summary == "It happened."


def test_a_save_that_changes_nothing_leaves_no_revision(editor: Client, world: Any) -> None:
    address = change_url(world.draft_event)
    editor.post(address, form_of(editor, address) | {"title": "Talks"})
    before, updated = Revision.objects.count(), Event.objects.get(pk=world.draft_event.pk).updated
    editor.post(address, form_of(editor, address))
    assert Revision.objects.count() == before
    assert Event.objects.get(pk=world.draft_event.pk).updated == updated


def test_a_note_of_editors_is_kept_and_is_no_change_for_readers(reader: Client, world: Any) -> None:
    edition = editions.current()
    assert revise(world.split, editor_note="Look this up.").what == ["editor_note"]
    assert editions.current() == edition and not Change.objects.exists()
    revise(world.split, editor_note="Looked up.", summary="They parted.")
    assert Change.objects.get().what == ["summary"]


def test_rows_written_anew_with_the_same_content_are_no_change(world: Any) -> None:
    revise(world.split, summary="There.")
    edit = Edit([world.split])
    rows = list(world.split.participations.values("actor_id", "role", "office", "position"))
    world.split.participations.all().delete()
    for row in rows:
        world.split.participations.create(**row)
    assert edit.finish([world.split]) is None


def test_nobody_looks_into_the_history_without_leave(staff: Client, reader: Client, world: Any) -> None:
    revision = revise(world.split, summary="There.")
    for address in (page(revision), f"/admin/events/event/{world.split.pk}/history/"):
        assert staff.get(address).status_code == 403
        assert reader.get(address).status_code == 302
    other = make.event("another", "1997")
    assert Actor.objects.exists() and Source.objects.exists()
    assert staff.post(page(revision), {"action": "restore"}).status_code == 403
    assert reader.get(page(revision).replace(f"/{world.split.pk}/", f"/{other.pk}/")).status_code == 302


def test_a_revision_of_another_record_is_not_found_here(chief: Client, world: Any) -> None:
    revision = revise(world.split, summary="There.")
    address = f"/admin/events/event/{world.talks_1964.pk}/revisions/{revision.pk}/"
    assert chief.get(address).status_code == 404
    assert chief.post(address, {"action": "restore"}).status_code == 404
