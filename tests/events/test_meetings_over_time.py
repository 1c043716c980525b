"""The picture of who met whom: every meeting that is counted once, at its place in time, across those who were there."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from events.filters import MeetingFilterSet
from events.meetings import Count, meetings
from events.storyline import Lane, Storyline
from sinorus.vocab.models import Actor
from tests import records as make
from tests.catalogues import body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaders(world: Any) -> Any:
    world.putin = make.actor("vladimir-putin", "person", title="Vladimir Putin", side="russian")
    world.envoy = make.actor("an-envoy", "person", title="An envoy", side="chinese")
    for slug, date, actors in (
        ("first", "2001-07-02", (world.jiang, world.putin)),
        ("both", "1998", (world.jiang, world.yeltsin, world.envoy)),
        ("same-side", "1999-01-01", (world.jiang, world.envoy)),
    ):
        make.event(slug, date, actors, kind="summit")
    return world


def story(query: str = "") -> tuple[Storyline, Count]:
    question = MeetingFilterSet(QueryDict(query), meetings())
    count = Count(question)
    return Storyline(question, count), count


def test_every_meeting_is_a_stroke_across_those_who_were_there(leaders: Any) -> None:
    drawn, _count = story()
    told = {one.event.slug: {lane.person.slug for lane in one.lanes} for one in drawn.strokes}
    assert told == {
        "yeltsin-in-beijing-1996": {"jiang-zemin", "boris-yeltsin"},
        "both": {"jiang-zemin", "boris-yeltsin", "an-envoy"},
        "first": {"jiang-zemin", "vladimir-putin"},
    }
    assert drawn.undrawn == drawn.more == 0


def test_persons_stand_by_their_first_meeting_each_on_its_side_of_the_axis(leaders: Any) -> None:
    drawn, _count = story()
    assert [lane.person.slug for lane in drawn.chinese] == ["jiang-zemin", "an-envoy"]
    assert [lane.person.slug for lane in drawn.russian] == ["boris-yeltsin", "vladimir-putin"]
    assert max(lane.y for lane in drawn.chinese) < drawn.axis_y < min(lane.y for lane in drawn.russian) < drawn.height


@pytest.mark.parametrize(
    ("name", "first", "last", "place"),
    [
        ("Deng Xiaoping", 10, 50, ("10.00%", "start")),
        ("Hu Jintao", 70, 80, ("80.00%", "end")),
        ("Eduard Amvrosievich Shevardnadze", 50, 56, ("53.00%", "middle")),
        ("Eduard Amvrosievich Shevardnadze", 54, 90, ("90.00%", "end")),
        ("Eduard Amvrosievich Shevardnadze", 70, 80, ("56.80%", "middle")),
    ],
)
def test_a_name_stands_where_it_has_room_on_a_telephone(name: str, first: float, last: float, place: tuple[str, str]) -> None:
    assert Lane(Actor(title=name), 0, 0, first, last).text == place


def test_meetings_stand_in_time_and_an_imprecise_one_is_soft(leaders: Any) -> None:
    drawn, _count = story()
    assert drawn.years == (1996, 2002)
    by_slug = {one.event.slug: one for one in drawn.strokes}
    assert by_slug["both"].left == pytest.approx(100 * 2 / 6, abs=0.1) and by_slug["both"].right == pytest.approx(100 * 3 / 6, abs=0.1)
    assert by_slug["both"].is_soft and not by_slug["first"].is_soft
    assert by_slug["first"].left == pytest.approx(100 * 5.5 / 6, abs=0.1)


def test_who_met_nobody_of_those_drawn_is_not_drawn_but_counted(leaders: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.storyline.SHOWN", 1)
    drawn, _count = story()
    assert [lane.person.slug for lane in (*drawn.chinese, *drawn.russian)] == ["jiang-zemin", "boris-yeltsin"]
    assert (drawn.more, drawn.undrawn) == (2, 1)


def test_the_picture_follows_the_question(leaders: Any) -> None:
    drawn, count = story("date_after=2000")
    assert {one.event.slug for one in drawn.strokes} == {"first"} and len(count.pairs) == 1


def test_each_stroke_and_line_is_a_link(reader: Client, leaders: Any) -> None:
    page = body_of(reader.get("/networks/leaders/")).decode()
    picture = page[page.index("<svg width=") : page.index("</figure>")]
    for address in ("/events/both/", "/events/first/", "/actors/jiang-zemin/", "/actors/vladimir-putin/"):
        assert f'href="{address}"' in picture
    assert "/events/same-side/" not in picture
    assert reader.get("/networks/leaders/?kind=never").status_code == 400


def test_of_more_meetings_than_there_is_room_for_the_important_are_drawn(leaders: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.storyline.MOST", 1)
    drawn, _count = story()
    assert [one.event.slug for one in drawn.strokes] == ["yeltsin-in-beijing-1996"]  # of importance 3
    assert drawn.undrawn == 2
    assert drawn.chinese[0].last > 90  # a line still reaches to the last meeting
