"""A preview is the real page of one record, by a link that expires; no cache keeps it, no search engine finds it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client

from sinorus.publishing import preview
from sinorus.publishing.models import record_types
from tests import records as make
from tests.headers import faults_in

from .test_proposals import proposal
from .test_way_to_readers_and_back import send

pytestmark = pytest.mark.django_db


def test_a_draft_is_seen_on_its_own_page_by_the_link_alone(editor: Client, reader: Client, world: Any) -> None:
    draft = make.event("to-be-looked-at", "late 1950s", (world.china,), (world.border,), cites=world.study, draft=True)
    link = editor.get(f"/admin/events/event/{draft.pk}/preview/")["Location"]
    for address in (link, f"/zh{link}"):
        answer = reader.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "To be looked at" in page and "A study" in page and 'class="notice"' in page
        assert not faults_in(answer)
        assert "noindex" in answer["X-Robots-Tag"] and 'content="noindex"' in page
        assert "ETag" not in answer and not answer.cookies
    assert reader.get("/events/to-be-looked-at/").status_code == 404


def test_every_type_has_its_preview(reader: Client, world: Any) -> None:
    for model in record_types().values():
        draft = model.objects.exclude(status="published").first()
        assert reader.get(f"/preview/{preview.token(draft)}/").status_code == 200, model


def test_who_is_not_public_yet_is_previewed_with_what_will_touch_them_and_nothing_else(reader: Client, world: Any) -> None:
    draft = make.actor("not-yet", **make.DRAFT)
    make.event("with-the-draft", "1996-04-27", (draft, world.china))
    page = reader.get(f"/preview/{preview.token(draft)}/").content.decode()
    assert "With the draft" in page
    assert world.visit_1996.title not in page


def test_a_proposal_is_seen_as_it_would_be(editor: Client, reader: Client, world: Any) -> None:
    send(editor, world.visit_1996, title="Yeltsin in Beijing", **{"participations-0-role": "Host"})
    page = reader.get(f"/preview/{preview.token(world.visit_1996, proposal(world.visit_1996))}/").content.decode()
    assert "Yeltsin in Beijing" in page and "Host" in page
    assert "Yeltsin in Beijing" not in reader.get(world.visit_1996.get_absolute_url()).content.decode()


def test_the_link_expires(reader: Client, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    link = f"/preview/{preview.token(world.draft_event)}/"
    late = datetime.datetime.now().timestamp() + settings.PREVIEW_HOURS * 3600 + 60
    monkeypatch.setattr(signing.time, "time", lambda: late)
    answer = reader.get(link)
    assert answer.status_code == 410 and "expired" in answer.content.decode()
    assert "Hidden event" not in answer.content.decode()
    assert not faults_in(answer)


def test_a_link_opens_nothing_else(reader: Client, staff: Client, world: Any) -> None:
    signed = preview.token(world.draft_event)
    other = make.event("another-draft", draft=True)
    forged = signed.replace(f"event.{world.draft_event.pk}.", f"event.{other.pk}.")
    for one in (forged, signed[:-1], f"{signed}x", "event.1.0", signed.replace("event", "treaty"), "x" * 3000):
        assert reader.get(f"/preview/{one}/").status_code == 404, one
    assert staff.get(f"/admin/events/event/{other.pk}/preview/").status_code == 403


def test_what_else_is_a_draft_stays_hidden_in_a_preview(reader: Client, world: Any) -> None:
    draft = make.event("to-be-looked-at", "1997", (world.draft_actor,), (world.draft_theme,), draft=True)
    page = reader.get(f"/preview/{preview.token(draft)}/").content.decode()
    assert "Hidden envoy" not in page and "Hidden theme" not in page
