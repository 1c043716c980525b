"""A Chinese or Russian name with a source shows its note beside it; one without is work for editors, and is counted before readers."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from events.models import Event
from sinorus.desk import queues
from sinorus.sources.models import ActorCitation
from sinorus.sources.named import Names, attested, names
from sinorus.vocab.models import Actor, Theme
from tests import records as make
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> dict[str, Actor]:
    """One whose Chinese name is sourced, one whose Russian name a draft attests, one without names in either language."""
    found = {
        "sourced": make.actor("sourced", "person", title_zh="越飞", title_ru="Иоффе"),
        "by-draft": make.actor("by-draft", "person", title_zh="加拉罕", title_ru="Карахан"),
        "nameless": make.actor("nameless", "person"),
    }
    dictionary = make.source("dictionary", language="zh")
    ActorCitation.objects.create(record=found["sourced"], source=dictionary, locator="entry 越飛", supports="title_zh")
    ActorCitation.objects.create(record=found["sourced"], source=dictionary, supports="life")
    ActorCitation.objects.create(record=found["by-draft"], source=make.source("unseen", draft=True), supports="title_ru")
    return found


def test_the_note_stands_beside_the_name_that_it_attests(reader: Client, people: dict[str, Actor]) -> None:
    page = reader.get("/actors/sourced/").content.decode()
    assert re.search(r'<span lang="zh-Hans">越飞<sup class="refs"><a href="#note-1"', page)
    assert re.search(r'<span lang="ru">Иоффе</span>', page)
    assert "the name in Chinese" in page and "title_zh" not in page
    assert "the name in Chinese" in reader.get("/sources/dictionary/").content.decode()


def test_names_are_counted_by_what_readers_can_see(reader: Client, people: dict[str, Actor]) -> None:
    assert names(Actor.objects.public()) == {"zh": Names(1, 1, 1), "ru": Names(0, 2, 1)}
    make.theme("trade", title_zh="贸易")
    assert names(Theme.objects.public()) == {"zh": Names(0, 1, 0), "ru": Names(0, 0, 1)}, "no theme cites anything"
    rows = re.search(r'aria-labelledby="names-heading">.*?</table>', body_of(reader.get("/coverage/")).decode(), re.DOTALL)
    assert rows and re.search(r"Actors</th>" + "".join(f"<td>{number}</td>" for number in (1, 1, 1, 0, 2, 1)), rows[0])
    assert set(Actor.objects.filter(attested(Actor, "zh"))) == {people["sourced"]}


def test_a_name_without_a_source_waits_for_an_editor(people: dict[str, Actor]) -> None:
    for language, waiting in (("chinese", {"by-draft"}), ("russian", {"sourced", "by-draft"})):
        queue = next(one for one in queues.QUEUES if one.name == f"{language}-unsourced")
        assert set(Actor.objects.filter(queue.of(Actor)).values_list("slug", flat=True)) == waiting
        for slug, importance in (("essential", 3), ("notable", 2)):
            make.event(f"{language}-{slug}", importance=importance, title_zh="会晤", title_ru="Встреча")
        events = Event.objects.filter(queue.of(Event), slug__startswith=language)
        assert set(events.values_list("slug", flat=True)) == {f"{language}-essential"}
