"""Names on a picture: none is written over another at any size, and the projection keeps surfaces."""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.pages.labels import GAP, HEIGHT, LEVELS, Label, Wanted, place, width
from sinorus.pages.projection import HEIGHT as HIGH
from sinorus.pages.projection import WIDTH as WIDE
from sinorus.pages.projection import in_frame, project

ROOT = Path(__file__).resolve().parent.parent.parent

wanted = st.builds(
    Wanted,
    st.sampled_from(["Moscow", "北京", "Благовещенск", "Heixiazi / Bolshoi Ussuriysky", "Ili"]),
    st.floats(0, 400),
    st.floats(0, 300),
    st.sampled_from([0.0, 3.5, 8.0, 26.0]),
    st.floats(0, 40),
)


def written(one: Wanted, label: Label, scale: float) -> tuple[float, float, float, float]:
    """The box of a name on the screen, worked out from what the page is told: anchor and base line."""
    wide = width(one.text)
    left = one.x * scale + label.dx - {"start": 0, "middle": wide / 2, "end": wide}[label.anchor]
    base = one.y * scale + label.dy
    return left, base - 12, left + wide, base + 3  # letters rise 12 pixels above the base line and fall 3 below


def meet(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] - 0.01 and other[0] < one[2] - 0.01 and one[1] < other[3] and other[1] < one[3]


@settings(max_examples=60, deadline=None)
@given(st.lists(wanted, max_size=14))
def test_no_name_is_written_over_another_at_any_size(names: list[Wanted]) -> None:
    found = [(one, label) for one, label in zip(names, place(names, (400, 300)), strict=True) if label]
    for level, scale in enumerate(LEVELS):
        boxes = [written(one, label, scale) for one, label in found if label.level <= level]
        assert not any(meet(one, other) for one, other in combinations(boxes, 2)), level


@settings(max_examples=40, deadline=None)
@given(st.lists(wanted, max_size=12))
def test_no_name_without_a_mark_is_written_over_one_at_any_size(names: list[Wanted]) -> None:
    found = [(one, label) for one, label in zip(names, place(names, (400, 300)), strict=True) if label and not one.radius]
    for level, scale in enumerate(LEVELS):
        marks = [
            (one.x * scale - one.radius, one.y * scale - one.radius, one.x * scale + one.radius, one.y * scale + one.radius)
            for one in names
            if one.radius
        ]
        assert not any(meet(written(one, label, scale), mark) for one, label in found if label.level <= level for mark in marks), level


@settings(max_examples=40, deadline=None)
@given(st.lists(wanted, max_size=10))
def test_a_name_first_appears_inside_the_frame(names: list[Wanted]) -> None:
    for one, label in zip(names, place(names, (400, 300)), strict=True):
        if label:
            left, top, right, bottom = written(one, label, scale := LEVELS[label.level])
            assert left >= 0 and top >= -1 and right <= 400 * scale and bottom <= 300 * scale + 1


def test_the_more_important_name_comes_first_and_both_come_with_room() -> None:
    first, second = Wanted("Beijing", 100, 100, 20), Wanted("Tianjin", 118, 100, 4)
    big, small = place([first, second], (400, 300))
    assert big and small and big.level < small.level
    assert abs(big.dx) >= 20 + GAP or abs(big.dy) >= 20 + GAP


def test_a_lone_name_stands_at_every_size() -> None:
    (label,) = place([Wanted("Ili", 200, 150, 4)], (400, 300))
    assert label and label.level == 0 and HEIGHT > 14


@pytest.mark.parametrize(("latitude", "longitude"), [(15, 100), (40, 116), (56, 38), (70, 170), (36, -5)])
def test_equal_surfaces_stay_equal(latitude: float, longitude: float) -> None:
    """A cell of a hundredth of a degree: its surface on the map is in proportion to that on the globe."""
    step = 0.01
    corners = [project(latitude + dy, longitude + dx) for dx, dy in ((0, 0), (step, 0), (step, step), (0, step))]
    drawn = abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True))) / 2
    globe = math.radians(step) * (math.sin(math.radians(latitude + step)) - math.sin(math.radians(latitude)))
    assert drawn / globe == pytest.approx(555.0**2, rel=1e-3)


def test_north_is_up_in_the_middle_and_the_frame_holds_both_countries() -> None:
    assert project(30, 95)[0] == pytest.approx(project(60, 95)[0])
    assert project(60, 95)[1] < project(30, 95)[1]
    for latitude, longitude in ((55.8, 37.6), (39.9, 116.4), (54.7, 20.5), (43.1, 131.9), (18.3, 109.5), (64.7, 177.5)):
        assert in_frame(*project(latitude, longitude))
    assert not in_frame(*project(40.7, -74))


def test_the_outline_is_small_and_its_names_stand_in_the_frame() -> None:
    assert (ROOT / "static/map/eurasia.svg").stat().st_size < 60_000
    countries = json.loads((ROOT / "sinorus/pages/data/countries.json").read_text())
    assert {"Russia", "China", "Mongolia", "Kazakhstan"} <= {one["en"] for one in countries}
    assert all(0 < one["x"] < WIDE and 0 < one["y"] < HIGH and one["zh"] and one["ru"] for one in countries)
