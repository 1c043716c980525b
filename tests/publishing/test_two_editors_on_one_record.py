"""Two have the same record open: the second is told, sees what the first changed, and nothing is overwritten in silence."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Event
from sinorus.publishing import decisions, editions
from sinorus.publishing.models import Revision

from .test_editing_in_the_admin import form_of
from .test_proposals import decide, page
from .test_way_to_readers_and_back import change_url

pytestmark = pytest.mark.django_db


def aside(event: Event) -> Revision:
    return Revision.objects.of(event).get(state="aside")


def test_the_second_sees_both_and_puts_them_together(chief: Client, publisher: Client, world: Any) -> None:
    event, address = world.split, change_url(world.split)
    first, second = form_of(publisher, address), form_of(chief, address)
    publisher.post(address, first | {"title": "The great quarrel", "importance": "2"})
    edition = editions.current()
    typed = second | {"title": "The quarrel of the parties", "summary": "They quarrelled for years.", "change_note": "Shorter"}
    answer = chief.post(address, typed, follow=True)
    shown = answer.content.decode()
    assert "Nothing was overwritten" in shown and "Both changed it" in shown
    for said in (world.split.title, "The great quarrel", "quarrelled"):
        assert said in shown
    assert editions.current() == edition
    assert Event.objects.get(pk=event.pk).title == "The great quarrel"

    kept = aside(event)
    assert kept.document["fields"]["summary"] == "They quarrelled for years.", "what was typed is kept"
    by_name = {one.name: one for one in decisions.meetings(kept, Event.objects.get(pk=event.pk))}
    assert by_name.keys() == {"field-title", "field-summary"}, "the first one's importance is not undone"
    decide(chief, kept, take=["field-summary"])
    event.refresh_from_db()
    assert (event.title, event.summary, event.importance) == ("The great quarrel", "They quarrelled for years.", 2)
    assert Revision.objects.of(event).applied().first().why == "Shorter"


def test_rows_that_one_removed_and_the_other_changed(chief: Client, publisher: Client, world: Any) -> None:
    event, address = world.visit_1996, change_url(world.visit_1996)
    first, second = form_of(publisher, address), form_of(chief, address)
    publisher.post(address, first | {"participations-2-DELETE": "on", "participations-0-role": "Host"})
    answer = chief.post(address, second | {"participations-2-role": "Guest", "participations-1-role": "Guest"})
    assert "/revisions/" in answer["Location"]
    found = {(one.wanted, one.conflict) for one in decisions.meetings(aside(event), Event.objects.get(pk=event.pk))}
    assert ("Boris Yeltsin; role: Guest", True) in found
    assert ("Russia; role: Guest", False) in found
    decide(chief, aside(event))
    roles = {row.actor.slug: row.role for row in event.participations.all()}
    assert roles == {"china": "Host", "russia": "Guest", "boris-yeltsin": "Guest", "jiang-zemin": ""}


def test_two_who_change_the_same_in_the_same_way_have_no_quarrel(chief: Client, publisher: Client, world: Any) -> None:
    address = change_url(world.split)
    first, second = form_of(publisher, address), form_of(chief, address)
    publisher.post(address, first | {"title": "The quarrel"})
    answer = chief.post(address, second | {"title": "The quarrel"}, follow=True)
    assert "says all of this already" in answer.content.decode()


def test_what_was_set_aside_is_its_authors(chief: Client, publisher: Client, editor: Client, world: Any) -> None:
    address = change_url(world.draft_event)
    first, second = form_of(publisher, address), form_of(editor, address)
    publisher.post(address, first | {"title": "One"})
    editor.post(address, second | {"title": "Other"})
    kept = aside(world.draft_event)
    decide(editor, kept)
    assert Event.objects.get(pk=world.draft_event.pk).title == "Other"
    kept.refresh_from_db()
    assert kept.state == "accepted"
    assert editor.get(page(kept)).status_code == 200


def test_an_old_form_with_errors_is_shown_with_what_was_typed(chief: Client, publisher: Client, world: Any) -> None:
    address = change_url(world.split)
    first, second = form_of(publisher, address), form_of(chief, address)
    publisher.post(address, first | {"title": "The quarrel"})
    answer = chief.post(address, second | {"summary": "", "body": "A long text that was typed."})
    shown = answer.content.decode()
    assert "needs a summary" in shown and "A long text that was typed." in shown
    assert Event.objects.get(pk=world.split.pk).title == "The quarrel"
    assert not Revision.objects.filter(state="aside").exists()


def test_who_opens_it_afterwards_meets_nobody(chief: Client, publisher: Client, world: Any) -> None:
    address = change_url(world.split)
    publisher.post(address, form_of(publisher, address) | {"title": "The quarrel"})
    answer = chief.post(address, form_of(chief, address) | {"summary": "They quarrelled."})
    assert answer["Location"] == "/admin/events/event/"
    event = Event.objects.get(pk=world.split.pk)
    assert (event.title, event.summary) == ("The quarrel", "They quarrelled.")
