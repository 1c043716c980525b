"""The picture of a life says what the status says, in every language, and its words say what it draws."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from tests.records import source, treaty
from tests.treaties.test_statuses_by_hand import INSTRUMENTS
from treaties.life import possible_statuses
from treaties.lifebar import axis_of, life_bar, life_bars
from treaties.models import Treaty, WorkingLife

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = datetime.date.today()


def bar_of(name: str) -> Any:
    made = treaty(name, **INSTRUMENTS[name])
    return life_bar(Treaty.objects.for_page().get(pk=made.pk))


def number(percent: str) -> float:
    return float(percent.removesuffix("%"))


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_every_stretch_is_what_the_status_is_in_its_middle(name: str) -> None:
    bar = bar_of(name)
    span = (bar.axis.last - bar.axis.first).days
    for part in bar.law:
        start, end = (datetime.date.fromisoformat(day) for day in part.words.partition(":")[0].split(" – "))
        assert number(part.x) == pytest.approx((start - bar.axis.first).days * 100 / span, abs=0.02)
        statuses = possible_statuses(bar.treaty, start + (end - start) / 2)
        assert part.kind in statuses
        assert bool(part.fade) == (len(statuses) > 1)


def test_the_stretches_join_and_stay_on_the_axis() -> None:
    for name in INSTRUMENTS:
        bar = bar_of(name)
        for part in bar.law:
            assert 0 <= number(part.x) <= 100 and number(part.x) + number(part.width) <= 100.5
        for x, _year, _anchor in bar.axis.ticks:
            assert 0 <= number(x) <= 100
        assert 1 <= len(bar.axis.ticks) <= 6


def test_edges_are_soft_where_the_date_is() -> None:
    assert [part.fade for part in bar_of("alliance").law] == ["", ""]
    assert [(part.kind, part.fade) for part in bar_of("in-force-about").law] == [("not-yet", ""), ("in-force", "in"), ("in-force", "")]
    assert [part.fade for part in bar_of("ended-late-1950s").law][-1] == "out"
    assert "maybe" in [part.fade for part in bar_of("soft-at-both-ends").law]


def test_a_lapsed_term_goes_over_into_unknown() -> None:
    assert [part.kind for part in bar_of("lapsed").law] == ["not-yet", "in-force", "unknown"]


def test_a_political_text_has_no_layer_of_law() -> None:
    bar = bar_of("political")
    assert bar.law == [] and [step.words for step in bar.steps] == ["Signed"]


def test_the_steps_tell_the_same_in_words(world: Any) -> None:
    bar = life_bar(Treaty.objects.for_page().get(pk=world.alliance.pk))
    assert [step.words for step in bar.steps] == ["Signed", "In force since", "Denounced", "End of its term", "Expired"]
    assert bar.steps[2].by == "China"


def test_practice_is_a_layer_of_its_own_and_never_touches_the_law(world: Any) -> None:
    before = life_bar(Treaty.objects.for_page().get(pk=world.alliance.pk)).law
    WorkingLife.objects.create(record=world.alliance, text="void", end="1949", source=world.study, position=1)
    WorkingLife.objects.create(record=world.alliance, text="no time given", source=world.study, position=2)
    WorkingLife.objects.create(record=world.alliance, text="not seen", start="1960", source=source("another-hidden", draft=True))
    bar = life_bar(Treaty.objects.for_page().get(pk=world.alliance.pk))
    assert [part.kind for part in bar.law] == [part.kind for part in before]
    assert [lane.number for lane in bar.lanes] == [1, 2], "what has no time has no lane, what is not public is not there"
    assert [part.fade for part in bar.lanes[0].stretches] == ["in", "out"], "late 1950s, with no end named"


def test_several_are_drawn_on_one_axis(world: Any) -> None:
    both = list(Treaty.objects.for_page().filter(slug__in=["alliance-1950", "good-neighbours-2001"]))
    bars = life_bars(both)
    assert bars[0].axis is bars[1].axis
    assert bars[0].axis.first.year == 1950 and bars[0].axis.last.year >= TODAY.year
    assert life_bars([]) == []


def test_an_axis_needs_no_date_and_no_year_beyond_9999() -> None:
    assert axis_of([], TODAY).last > axis_of([], TODAY).first
    assert life_bar(Treaty.objects.for_page().get(pk=treaty("far", "9998", in_force="9999-01-01").pk)).axis.last.year == 9999


@pytest.mark.parametrize("prefix", ["", "/ru", "/zh"])
def test_the_picture_is_sound_in_every_language(reader: Client, world: Any, prefix: str) -> None:
    page = reader.get(f"{prefix}/treaties/alliance-1950/").content.decode()
    picture = page[page.index('<svg class="life-bar"') :]
    picture = picture[: picture.index("</svg>")]
    assert 'style="' not in picture
    places = [one for one in picture.replace("'", '"').split('"') if one.endswith("%")]
    assert places and all("," not in one and number(one) >= 0 for one in places), "a comma is no decimal point to a picture"
    assert 'role="img"' in picture and "<title" in picture


def test_the_page_tells_in_words_what_it_draws(reader: Client, world: Any) -> None:
    page = reader.get("/treaties/alliance-1950/").content.decode()
    words = page[page.index('class="life-steps"') :]
    assert "14 February 1950" in words and "11 April 1980" in words
    assert "Expired</strong>: expired 11 April 1980: 30-year term, notice of 3 April 1979" in words
    assert "Nominal since the late 1950s" in words and "Mao Zedong" in words
