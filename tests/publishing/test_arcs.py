"""What hangs together with what: steps around a record, families, rows by date."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sinorus.dates.value import HistoricalDate
from sinorus.publishing.arcs import Link, around, draw, families

pairs = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda ends: ends[0] != ends[1]), max_size=20)


def record(key: int) -> Any:
    return SimpleNamespace(pk=key, date=HistoricalDate.of(f"{2000 - key}"))


def links(some: list[tuple[int, int]]) -> list[Link]:
    return [Link(record(one), record(other), "led-to", "led to") for one, other in some]


def when(one: Any) -> HistoricalDate:
    return one.date


def reachable(some: list[tuple[int, int]], start: int, steps: int) -> set[int]:
    found = {start}
    for _step in range(steps):
        found |= {end for ends in some if found & set(ends) for end in ends}
    return found


@given(pairs, st.integers(1, 12))
def test_two_steps_reach_what_two_steps_reach(some: list[tuple[int, int]], start: int) -> None:
    asked = []

    def near(keys: set[int]) -> list[Link]:
        asked.append(keys)
        return [link for link in links(some) if keys & set(link.ends)]

    _found, away = around(start, near, 2)
    assert set(away) == reachable(some, start, 2)
    assert {key for key, steps in away.items() if steps <= 1} == reachable(some, start, 1)
    assert len(asked) <= 2  # a query a step


@given(pairs)
def test_families_are_what_hangs_together(some: list[tuple[int, int]]) -> None:
    groups = [{key for link in group for key in link.ends} for group in families(links(some))]
    assert sum(map(len, groups)) == len(set().union(*groups)) if groups else not some
    for group in groups:
        assert group == reachable(some, min(group), 12)


@given(pairs.filter(bool))
def test_rows_stand_by_date_and_each_relation_is_drawn_once(some: list[tuple[int, int]]) -> None:
    drawing = draw(links(some), when)
    assert [node.record.pk for node in drawing.nodes] == sorted({key for ends in some for key in ends}, reverse=True)
    assert sorted(edge.link.ends for edge in drawing.edges) == sorted(set(some))
    assert drawing.height == 40 * len(drawing.nodes) and drawing.more == 0


def test_the_nearest_are_drawn_and_the_rest_is_counted() -> None:
    some = [(1, key) for key in range(2, 8)] + [(7, key) for key in range(8, 12)]
    _found, away = around(1, lambda keys: [link for link in links(some) if keys & set(link.ends)], 2)
    drawing = draw(links(some), when, centre=1, away=away, most=7)
    assert {node.record.pk for node in drawing.nodes} == {1, 2, 3, 4, 5, 6, 7}
    assert drawing.more == 4
    assert [node.record.pk for node in drawing.nodes if node.is_self] == [1]


def test_an_arrow_stands_where_an_arc_ends() -> None:
    drawing = draw(links([(3, 1), (1, 2)]), when, directed=True)
    assert [(node.record.pk, node.is_reached) for node in drawing.nodes] == [(3, False), (2, True), (1, True)]
