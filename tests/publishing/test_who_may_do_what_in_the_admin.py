"""A hidden button is not a lock: what a role may not do is refused when it is sent all the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from events.models import Event
from sinorus.publishing import editions
from sinorus.vocab.models import Actor
from tests.cast import roles_made

from .test_editing_in_the_admin import ADD, entry, form_of

pytestmark = pytest.mark.django_db


def test_without_permission_nothing_is_written(staff: Client, publisher: Client, world: Any) -> None:
    sent, before = entry(publisher, world), Event.objects.count()
    change = f"/admin/events/event/{world.split.pk}/change/"
    assert staff.post(ADD, sent).status_code == 403
    assert staff.post(change, form_of(publisher, change) | {"title": "Forged"}).status_code == 403
    assert staff.post(f"/admin/events/event/{world.split.pk}/delete/", {"post": "yes"}).status_code == 403
    for action in ("publish", "withdraw_to_draft", "delete_selected"):
        chosen = {"action": action, "_selected_action": [world.split.pk, world.draft_event.pk], "post": "yes"}
        assert staff.post("/admin/events/event/", chosen).status_code == 403
    assert Event.objects.count() == before
    assert Event.objects.get(pk=world.split.pk).title == world.split.title
    assert Event.objects.get(pk=world.draft_event.pk).status == "draft"


def test_a_reader_is_sent_to_the_login_and_writes_nothing(reader: Client, publisher: Client, world: Any) -> None:
    sent = entry(publisher, world)
    answer = reader.post(ADD, sent)
    assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
    assert not Event.objects.filter(slug="hotline-opened-1998").exists()


def test_who_may_not_delete_does_not(editor: Client, world: Any) -> None:
    assert editor.post(f"/admin/events/event/{world.split.pk}/delete/", {"post": "yes"}).status_code == 403
    editor.post("/admin/events/event/", {"action": "delete_selected", "_selected_action": [world.split.pk], "post": "yes"})
    assert Event.objects.filter(pk=world.split.pk).exists()


def test_who_may_only_look_publishes_nothing(world: Any) -> None:
    roles_made()
    user = User.objects.create_user("looker", password="a-long-enough-word", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_event"))
    client = Client()
    client.force_login(user)
    assert client.get("/admin/events/event/").status_code == 200
    before = editions.current()
    client.post("/admin/events/event/", {"action": "withdraw_to_draft", "_selected_action": [world.split.pk]})
    assert client.post(f"/admin/events/event/{world.split.pk}/change/", {"title": "Forged"}).status_code == 403
    assert Event.objects.get(pk=world.split.pk).status == "published"
    assert editions.current() == before


def test_a_forged_form_from_elsewhere_is_refused(publisher: Client, world: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = publisher.cookies
    assert strict.post(ADD, entry(publisher, world)).status_code == 403


def test_rights_that_are_taken_away_are_gone_at_once(editor: Client, world: Any) -> None:
    assert editor.get("/admin/events/event/").status_code == 200
    User.objects.get(username="editor").groups.clear()
    assert editor.get("/admin/events/event/").status_code == 403
    User.objects.filter(username="editor").update(is_active=False)
    assert editor.get("/admin/events/event/").status_code == 302


def test_deleting_what_is_public_raises_the_edition_once_and_takes_it_away(publisher: Client, reader: Client, world: Any) -> None:
    before, address = editions.current(), f"/events/{world.split.slug}/"
    assert publisher.post(f"/admin/events/event/{world.split.pk}/delete/", {"post": "yes"}).status_code == 302
    assert reader.get(address).status_code == 404
    assert editions.current() == before + 1
    chosen = {"action": "delete_selected", "_selected_action": [world.talks_1964.pk, world.summits.pk], "post": "yes"}
    publisher.post("/admin/events/event/", chosen)
    assert reader.get(f"/events/{world.summits.slug}/").status_code == 404
    assert editions.current() == before + 2


def test_deleting_a_draft_raises_no_edition(publisher: Client, world: Any) -> None:
    before = editions.current()
    draft = Event.objects.create(slug="a-draft", title="A draft", kind="visit")
    assert publisher.post(f"/admin/events/event/{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Event.objects.filter(pk=draft.pk).exists()
    assert editions.current() == before
    draft = Event.objects.create(slug="another-draft", title="Another draft", kind="visit")
    chosen = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    publisher.post("/admin/events/event/", chosen)
    assert not Event.objects.filter(pk=draft.pk).exists()
    assert editions.current() == before


def test_what_others_rest_on_cannot_be_deleted(publisher: Client, world: Any) -> None:
    """A source that is cited, a person who took part: the admin says what stands in the way, and keeps it."""
    answer = publisher.post(f"/admin/sources/source/{world.study.pk}/delete/", {"post": "yes"})
    assert answer.status_code in (200, 403)
    publisher.post(f"/admin/vocab/actor/{world.china.pk}/delete/", {"post": "yes"})
    assert Actor.objects.filter(pk=world.china.pk).exists()
    assert type(world.study).objects.filter(pk=world.study.pk).exists()


def test_an_id_is_never_given_again(publisher: Client, reader: Client, world: Any) -> None:
    last = Event.objects.create(slug="the-last", title="The last", kind="visit")
    number = last.pk
    last.delete()
    assert Event.objects.create(slug="the-next", title="The next", kind="visit").pk > number
    assert reader.get(f"/id/E{number}").status_code == 404
