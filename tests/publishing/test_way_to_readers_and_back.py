"""Draft, review, published or scheduled, withdrawn: who may take which step, what it needs, and what readers see after it."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from events.models import Event
from sinorus.publishing import editions, workflow
from sinorus.publishing.models import Change, Edition, Revision
from tests import records as make
from tests.test_query_budget import cost

from .test_editing_in_the_admin import ADD, entry, form_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def change_url(event: Event) -> str:
    return f"/admin/events/event/{event.pk}/change/"


def send(client: Client, event: Event, **changes: Any) -> Any:
    """Post the form of an event as it is, with some changes."""
    address = change_url(event)
    return client.post(address, form_of(client, address) | changes)


def errors(answer: Any) -> dict[str, Any]:
    return answer.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("role", "was", "to", "allowed"),
    [
        ("contributor", "draft", "review", True),
        ("contributor", "draft", "published", False),
        ("contributor", "draft", "scheduled", False),
        ("contributor", "review", "draft", False),
        ("contributor", "review", "published", False),
        ("editor", "draft", "review", True),
        ("editor", "review", "draft", True),
        ("editor", "review", "published", False),
        ("editor", "draft", "withdrawn", False),
        ("chief", "draft", "published", True),
        ("chief", "review", "published", True),
        ("chief", "review", "draft", True),
        ("chief", "draft", "withdrawn", False),
        ("chief", "draft", "merged", False),
        ("chief", "published", "draft", True),
        ("chief", "withdrawn", "published", True),
        ("editor", "withdrawn", "draft", False),
    ],
)
def test_each_role_takes_its_own_steps(
    request: pytest.FixtureRequest, publisher: Client, world: Any, role: str, was: str, to: str, allowed: bool
) -> None:
    """Sent as a forged form: what the page does not offer is refused all the same, from the form and from the list."""
    event = make.event("to-be-moved", "1997", cites=world.study, status=was, withdrawn_reason="Wrong." if was == "withdrawn" else "")
    sent = form_of(publisher, change_url(event)) | {"status": to, "withdrawn_reason": "Wrong."}
    client = request.getfixturevalue(role)
    client.post(change_url(event), sent)
    event.refresh_from_db()
    assert event.status == (to if allowed else was)
    action = {"published": "publish", "review": "send_to_review", "draft": "withdraw_to_draft"}.get(to)
    if action and not allowed:
        client.post("/admin/events/event/", {"action": action, "_selected_action": [event.pk]})
        event.refresh_from_db()
        assert event.status == was


def test_a_record_in_review_is_the_editors(contributor: Client, editor: Client, publisher: Client, world: Any) -> None:
    event = make.event("in-review", "1997", status="review")
    sent = form_of(publisher, change_url(event)) | {"title": "Forged"}
    assert contributor.post(change_url(event), sent).status_code == 403
    assert contributor.get(change_url(event)).status_code == 200  # to be looked at
    assert editor.post(change_url(event), sent).status_code == 302
    assert Event.objects.get(pk=event.pk).title == "Forged"


@pytest.mark.parametrize("status", ["published", "scheduled"])
@pytest.mark.parametrize(
    ("lacking", "field"),
    [({"summary": ""}, "summary"), ({"date_text": "", "date_edtf": ""}, "date_text"), ({"kind": ""}, "kind")],
)
def test_what_readers_shall_see_is_whole(chief: Client, world: Any, status: str, lacking: dict[str, str], field: str) -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    hour = {"publish_at_0": f"{tomorrow:%Y-%m-%d}", "publish_at_1": f"{tomorrow:%H:%M:%S}"}
    answer = chief.post(ADD, entry(chief, world, status=status, **hour, **lacking))
    assert answer.status_code == 200 and field in errors(answer)
    assert not Event.objects.filter(slug="hotline-opened-1998").exists()
    empty = {name: "" for name in lacking}
    assert chief.post(ADD, entry(chief, world, status="draft", **empty)).status_code == 302


def test_a_draft_may_be_next_to_empty(contributor: Client, world: Any) -> None:
    sent = form_of(contributor, ADD) | {"title": "Something happened in 1998"}
    assert contributor.post(ADD, sent).status_code == 302
    event = Event.objects.get(title="Something happened in 1998")
    assert (event.slug, event.status, event.kind, event.summary) == ("something-happened-in-1998", "draft", "", "")


def test_the_slug_keeps_in_step_until_published_and_then_is_frozen(chief: Client, editor: Client, reader: Client, world: Any) -> None:
    event = make.event("talks-in-moscow", "1997", cites=world.study, draft=True, title="Talks in Moscow")
    send(editor, event, title="Talks in Kazan")
    event.refresh_from_db()
    assert event.slug == "talks-in-kazan"
    send(editor, event, slug="kazan-1997")
    send(editor, event, title="Talks in Kazan, 1997")
    event.refresh_from_db()
    assert event.slug == "kazan-1997", "a slug that an editor chose is not changed with the title"
    send(chief, event, status="published")
    send(chief, event, title="Another title")
    event.refresh_from_db()
    assert (event.slug, event.title) == ("kazan-1997", "Another title")
    send(chief, event, slug="kazan-talks")
    assert reader.get("/events/kazan-1997/")["Location"] == "/events/kazan-talks/"
    assert reader.get("/api/v1/events/kazan-1997/")["Location"].endswith("/api/v1/events/kazan-talks/")


def test_what_is_withdrawn_says_why_in_every_form(chief: Client, reader: Client, world: Any) -> None:
    answer = send(chief, world.split, status="withdrawn")
    assert "withdrawn_reason" in errors(answer)
    before = editions.current()
    assert send(chief, world.split, status="withdrawn", withdrawn_reason="It rested on a forgery.").status_code == 302
    assert editions.current() == before + 1
    for address in ("/events/the-split/", "/zh/events/the-split/", f"/id/{world.split.public_id}"):
        answer = reader.get(address)
        assert answer.status_code == 410 and "It rested on a forgery." in answer.content.decode(), address
    for address in ("/api/v1/events/the-split/", f"/api/v1/events/{world.split.public_id}/", "/events/the-split.json"):
        answer = reader.get(address)
        assert (answer.status_code, answer.json()["detail"]) == (410, "It rested on a forgery."), address
    assert Change.objects.latest("pk").action == "withdrawn"
    event = Event.objects.get(pk=world.split.pk)
    assert send(chief, event, status="published").status_code == 302
    assert reader.get("/events/the-split/").status_code == 200
    assert Event.objects.get(pk=world.split.pk).withdrawn_reason == ""


def test_a_scheduled_record_is_seen_from_its_hour_on(chief: Client, reader: Client, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock is needed: the first request after the hour finds it published, with a new edition and new validators."""
    event = make.event("to-come", "1997", cites=world.study, draft=True)
    hour = (timezone.now() + datetime.timedelta(hours=2)).replace(microsecond=0)
    send(chief, event, status="scheduled", publish_at_0=f"{hour:%Y-%m-%d}", publish_at_1=f"{hour:%H:%M:%S}")
    event.refresh_from_db()
    assert (event.status, event.publish_at) == ("scheduled", hour)
    listing = reader.get("/api/v1/events/")
    edition = int(listing["X-Edition"])
    assert reader.get("/events/to-come/").status_code == 404
    assert reader.get("/api/v1/events/", headers={"If-None-Match": listing["ETag"]}).status_code == 304

    later = hour + datetime.timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    again = reader.get("/api/v1/events/", headers={"If-None-Match": listing["ETag"]})
    assert again.status_code == 200
    assert int(again["X-Edition"]) == edition + 1
    assert reader.get("/events/to-come/").status_code == 200
    assert Change.objects.latest("pk").action == "created"
    assert Edition.objects.get().next_publication is None
    assert reader.get("/api/v1/events/")["X-Edition"] == str(edition + 1), "it is published once"


def test_what_lost_its_ground_meanwhile_is_not_published(world: Any) -> None:
    user = User.objects.create_superuser("root")
    event = make.event("to-come", "1997", cites=world.study, draft=True)
    soon = timezone.now() + datetime.timedelta(hours=1)
    workflow.move(event, "scheduled", user, publish_at=soon)
    event.citations.all().delete()
    Event.objects.filter(pk=event.pk).update(publish_at=timezone.now())
    Edition.objects.update(next_publication=timezone.now())
    assert workflow.publish_due() == 1
    event.refresh_from_db()
    assert event.status == "review"


def test_pages_cost_nothing_for_what_is_scheduled(reader: Client, world: Any) -> None:
    before = cost(reader, "/about/")
    make.event("to-come", "1997", status="scheduled", publish_at=timezone.now() + datetime.timedelta(days=1))
    Edition.objects.update(next_publication=timezone.now() + datetime.timedelta(days=1))
    assert cost(reader, "/about/") == before


def test_the_hour_must_lie_ahead(chief: Client, world: Any) -> None:
    event = make.event("too-late", "1997", cites=world.study, draft=True)
    answer = send(chief, event, status="scheduled", publish_at_0="2020-01-01", publish_at_1="00:00:00")
    assert "publish_at" in errors(answer)
    assert "publish_at" in errors(send(chief, event, status="scheduled"))


def test_every_step_is_kept_with_its_author_and_note(chief: Client, editor: Client, world: Any) -> None:
    event = make.event("step-by-step", "1997", cites=world.study, draft=True)
    send(editor, event, status="review", change_note="Ready, I think.")
    send(chief, event, status="published")
    steps = [(one.status, one.by and one.by.username, one.why) for one in Revision.objects.of(event).order_by("pk")]
    assert steps == [("draft", None, ""), ("review", "editor", "Ready, I think."), ("published", "chief", "")]


def test_only_a_superuser_deletes_what_readers_saw(chief: Client, world: Any) -> None:
    draft = make.event("a-mere-draft", "1997", draft=True)
    assert chief.post(f"/admin/events/event/{world.split.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [world.split.pk], "post": "yes"}
    chief.post("/admin/events/event/", chosen)
    assert Event.objects.filter(pk=world.split.pk).exists()
    assert chief.post(f"/admin/events/event/{draft.pk}/delete/", {"post": "yes"}).status_code == 302


def test_one_module_alone_writes_the_status() -> None:
    """Beside it: what makes records of files, what judges a form as what it is to become, what shows a record of the past."""
    allowed = {"sinorus/publishing/workflow.py", "sinorus/corpus/build.py", "sinorus/publishing/forms.py", "sinorus/publishing/restore.py"}
    written = re.compile(r"(?<!response)\.status = |\.update\([^)]*\bstatus=")
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for folder in ("sinorus/publishing", "sinorus/corpus", "sinorus/vocab", "sinorus/sources", "sinorus/dossiers", "events", "treaties")
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if written.search(path.read_text())
    }
    assert found == allowed
