"""A field that completes itself offers to make what is not there, as a draft, to who may; the preview answers who is signed in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sinorus.publishing.models import Revision
from sinorus.vocab.models import Actor, Place

pytestmark = pytest.mark.django_db
FIELD = {"app_label": "events", "model_name": "participation", "field_name": "actor"}


def offered(client: Client, term: str) -> list[str]:
    return [one["id"] for one in client.get("/admin/autocomplete/", {**FIELD, "term": term}).json()["results"]]


def test_offers_stand_after_what_is_found(editor: Client, world: Any) -> None:
    assert offered(editor, "Igor Rogachev")[-3:] == [f"+actor:{kind}:Igor Rogachev" for kind in ("person", "state", "organisation")]
    assert not [one for one in offered(editor, "") if one.startswith("+")]


def test_what_is_made_is_a_draft_with_a_history(editor: Client, world: Any) -> None:
    answer = editor.post("/admin/create-draft/", {"type": "actor", "kind": "person", "title": " Игорь  Рогачёв "}).json()
    made = Actor.objects.get(pk=answer["id"])
    assert (made.title, made.title_ru, made.title_zh, made.status) == ("Игорь Рогачёв", "Игорь Рогачёв", "", "draft")
    assert Revision.objects.of(made).get().by.username == "editor"
    other = editor.post("/admin/create-draft/", {"type": "actor", "kind": "person", "title": "Игорь Рогачёв"}).json()
    assert Actor.objects.get(pk=other["id"]).slug != made.slug


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"type": "actor", "kind": "ghost", "title": "X Y"}, "Allowed: person, state, organisation"),
        ({"type": "event", "kind": "", "title": "X Y"}, "not one of the available choices"),
        ({"type": "place", "kind": "city", "title": "x" * 301}, "at most 300 characters"),
        ({"type": "place", "kind": "city", "title": ""}, "required"),
    ],
)
def test_what_cannot_be_made_says_why(editor: Client, world: Any, given: dict[str, str], told: str) -> None:
    before = Place.objects.count()
    answer = editor.post("/admin/create-draft/", given)
    assert answer.status_code == 400 and told in answer.json()["error"]
    assert Place.objects.count() == before


def test_who_may_not_add_is_offered_nothing_and_makes_nothing(staff: Client, reader: Client, world: Any) -> None:
    given = {"type": "actor", "kind": "person", "title": "Somebody New"}
    assert staff.post("/admin/create-draft/", given).status_code == 403
    assert reader.post("/admin/create-draft/", given).status_code == 302
    assert not Actor.objects.filter(title="Somebody New").exists()


def test_the_preview_of_a_dossier_is_its_page(staff: Client, world: Any) -> None:
    text = f"[[event:{world.clash_1969.slug}]]\n\nThey met [@{world.study.slug}, p. 4]. [[event:{world.draft_event.slug}|Hidden]]"
    told = staff.post("/admin/markdown/", {"text": text, "type": "dossier"}).json()
    html = told["html"]
    assert world.clash_1969.summary in html and f'href="/events/{world.clash_1969.slug}/"' in html, "a card"
    assert 'href="#note-1"' in html and world.study.title in html and "p. 4" in html, "a note"
    assert f"/events/{world.draft_event.slug}/" not in html and len(told["problems"]) == 1, "drafts stay hidden, and are told"


def test_the_preview_is_what_the_sanitiser_lets_through(staff: Client, reader: Client) -> None:
    answer = staff.post("/admin/markdown/", {"text": "**b** <img src=x onerror=alert(1)> [[event:nothing]]", "type": "event"}).json()
    assert "<strong>b</strong>" in answer["html"] and "<img" not in answer["html"] and answer["problems"] == []
    told = staff.post("/admin/markdown/", {"text": "[[event:nothing]]", "type": "dossier"}).json()
    assert len(told["problems"]) == 1 and "event:nothing" in told["problems"][0]
    assert staff.post("/admin/markdown/", {"text": "[" * 6_000}).json()["problems"]
    assert reader.post("/admin/markdown/", {"text": "x"}).status_code == 302
