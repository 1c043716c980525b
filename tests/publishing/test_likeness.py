"""Who enters a record that may be there already is told so, in any script, and is not stopped."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from sinorus.publishing import likeness
from sinorus.search import index
from sinorus.vocab.models import Actor
from tests import records as make

from .test_editing_in_the_admin import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _indexed(world: Any) -> None:
    for record in (world.mao, world.yeltsin, world.visit_1996, world.beijing, world.split):
        index.update([record])


def like(record: Any) -> list[Any]:
    index.update([record])
    return [other for other, _why in likeness.like(record)]


@pytest.mark.parametrize(
    "names",
    [
        {"title": "MAO Zedong"},
        {"title": "Mao", "title_zh": "毛泽东"},
        {"title": "Mao Tse-tung", "title_zh": "毛澤東"},
        {"title": "Mao Zédōng"},
    ],
)
def test_a_name_in_any_spelling_is_recognised(world: Any, names: dict[str, str]) -> None:
    assert like(make.actor("mao-again", "person", draft=True, **names)) == [world.mao]


def test_an_event_of_the_same_day_and_participants(world: Any) -> None:
    twin = make.event("summit-in-beijing", "1996-04-25", (world.yeltsin, world.jiang), draft=True, title="A summit")
    assert world.visit_1996 in like(twin)
    assert world.visit_1996 not in like(make.event("elsewhere", "1996-04-25", (world.kazakhstan, world.sco), draft=True))
    assert world.visit_1996 not in like(make.event("next-day", "1996-04-26", (world.yeltsin, world.jiang), draft=True))


def test_other_types_and_other_names_are_not_meant(world: Any) -> None:
    assert like(make.place("peking", title="Boris Yeltsin", draft=True)) == []
    assert like(make.actor("mao-dun", "person", title="Mao Dun", draft=True)) == []


def test_the_editor_is_told_with_a_link_and_the_record_is_saved(editor: Client, world: Any) -> None:
    sent = form_of(editor, "/admin/vocab/actor/add/") | {"title": "Mao Zedong", "title_ru": "Борис Ельцин", "kind": "person"}
    answer = editor.post("/admin/vocab/actor/add/", sent)
    assert answer.status_code == 302
    made = Actor.objects.exclude(pk=world.mao.pk).get(title__startswith="Mao Zedong")
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    assert any(f"/admin/vocab/actor/{world.mao.pk}/change/" in one for one in told)
    assert made.slug.startswith("mao-zedong")
