"""Figures lead to notes, from which sides the sources come, and Beijing and Moscow side by side."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from events.models import Event, EventCitation
from sinorus.sources.templatetags.evidence import readings, refs, sides
from tests import records as make
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db


class Cited(SimpleNamespace):
    def __str__(self) -> str:
        return "A study, p. 4"


def figures(supports: str, *parts: str) -> list[str]:
    return re.findall(r"#note-(\d+)", refs([Cited(supports=supports)], *parts))


@pytest.mark.parametrize(
    ("supports", "parts"),
    [
        ("", {"summary"}),
        ("date", {"date"}),
        ("date, place", {"date", "place"}),
        ("place; signed at the visit", {"place", "summary"}),
        ("date in both calendars", {"date"}),
        ("entry into force", {"in_force"}),
        ("Articles 1–3", {"article-1", "article-2", "article-3"}),
        ("article-9", {"article-9"}),
        ("the joint fleet and its rejection", {"summary"}),
    ],
)
def test_every_citation_has_its_figure_where_it_supports_something(supports: str, parts: set[str]) -> None:
    places = ["summary", "date", "place", "participants", "in_force", "terminated", *(f"article-{number}" for number in range(1, 13))]
    assert {place for place in places if figures(supports, place)} == parts


@pytest.mark.parametrize("count", [2, 3, 9])
def test_no_figure_is_left_alone_on_a_line(count: int) -> None:
    gaps = re.findall(r"</a>(\s)<a ", refs([Cited(supports="summary")] * count, "summary"))
    assert len(gaps) == count - 1
    assert gaps[0] == gaps[-1] == "\u00a0"
    assert set(gaps[1:-1]) <= {" "}, "where many stand, lines may break"


def test_no_range_of_articles_is_endless() -> None:
    assert figures("Articles 1–999999999", "article-1") == ["1"]


def test_every_note_of_a_page_is_led_to(reader: Client, world: Any) -> None:
    EventCitation.objects.create(record=world.visit_1996, source=world.study, supports="date, number of guests", locator="p. 4", position=2)
    page = body_of(reader.get("/events/yeltsin-in-beijing-1996/")).decode()
    notes = set(re.findall(r'<li id="(note-\d+)"', page))
    assert notes == {"note-1", "note-2"} == set(re.findall(r'href="#(note-\d+)"', page))
    assert 'title="A study, p. 4"' in page


def test_the_sides_of_the_sources_are_counted_once_each(world: Any) -> None:
    chinese = make.source("chinese-text", origin="chinese")
    for source in (world.pravda, chinese, chinese, world.study):
        EventCitation.objects.create(record=world.split, source=source)
    found = sides(EventCitation.objects.public().filter(record=world.split))
    assert [(side, number) for side, _label, number in found["counts"]] == [("chinese", 1), ("russian", 1), ("third", 1)]
    assert found["both"]


def test_a_record_of_one_side_is_not_called_two_sided(reader: Client, world: Any) -> None:
    assert "from both sides" not in body_of(reader.get("/events/zhenbao-1969/")).decode()


def held(world: Any) -> Event:
    """An event of which both sides, and a third, hold something on one topic, and one of them on another."""
    third = make.actor("historian", "person", title="A historian")
    some = [(world.jiang, world.partnership), (world.yeltsin, world.partnership), (third, world.partnership), (world.mao, world.border)]
    claims = [make.assessment(f"held-{n}", who, world.study, topic=topic, summary=f"Claim {n}.") for n, (who, topic) in enumerate(some)]
    return make.event("held", assessments=tuple(claims), cites=world.study)


def test_both_sides_on_one_topic_stand_in_two_columns(world: Any) -> None:
    found = readings(Event.objects.for_page().get(pk=held(world).pk).public_assessments)
    (both,) = found["both"]
    assert both["topic"] == world.partnership
    columns = {side: [one.slug for one in some] for side, _label, some in both["columns"]}
    assert columns == {"chinese": ["held-0"], "russian": ["held-1"]}
    assert {one.slug for one in found["rest"]} == {"held-2", "held-3"}


def test_no_assessment_is_lost_on_the_page(reader: Client, world: Any) -> None:
    page = body_of(reader.get(held(world).get_absolute_url())).decode()
    section = page[page.index('id="assessments"') :]
    assert all(section.count(f"Claim {number}.") == 1 for number in range(4))
    assert section.index("Beijing and the Chinese side") < section.index("Moscow and the Russian side")


def test_the_ledger_of_a_topic_leads_to_both_sides(reader: Client, world: Any) -> None:
    held(world)
    assert 'href="/themes/partnership/#assessments"' in body_of(reader.get("/assessments/?topic=partnership")).decode()
    assert "#assessments" not in body_of(reader.get("/assessments/?topic=partnership&topic=border")).decode()
    theme = body_of(reader.get("/themes/partnership/")).decode()
    assert 'class="readings"' in theme[theme.index('id="assessments"') :]
