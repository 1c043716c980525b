"""Records by date with arcs from each to what it hangs together with: a drawing, and its sentences.

The same for instruments and for events: rows from the earliest to the latest, an arc for each relation at their side, wider the
farther the two are apart. Where time is not known a record stands first.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sinorus.dates.value import HistoricalDate

from .models import Record

ROW: Final = 40  # pixels: height of a row
NARROW, WIDE = 84, 132  # pixels: room for the arcs of a few records, and of many
FEW: Final = 12  # records whose arcs need no more than the narrow room

When = Callable[[Record], HistoricalDate]


@dataclass(frozen=True)
class Link:
    """One record stands to another in a relation: source, words, target are a sentence."""

    source: Record
    target: Record
    type: str
    words: str

    @property
    def ends(self) -> tuple[int, int]:
        return self.source.pk, self.target.pk


@dataclass(frozen=True)
class Node:
    """A record in the drawing. ``is_reached``: an arc that has a direction ends here. ``is_meant``: it is what was asked for."""

    number: int
    record: Record
    date: HistoricalDate
    is_self: bool
    is_reached: bool
    is_meant: bool

    @property
    def y(self) -> int:
        return ROW * self.number + ROW // 2


@dataclass(frozen=True)
class Edge:
    """A relation between two records of the drawing. ``direct``: one of them is the one in the middle."""

    link: Link
    start: int
    end: int
    path: str
    direct: bool


@dataclass(frozen=True)
class Drawing:
    """Records by date, the relations between them, and how many more there was no room for."""

    nodes: list[Node]
    edges: list[Edge]
    more: int
    width: int

    @property
    def height(self) -> int:
        return ROW * len(self.nodes)

    @property
    def dot_x(self) -> int:
        return self.width - 8


def around(
    start: int, near: Callable[[set[int]], Iterable[Link]], steps: int, first: Iterable[Link] | None = None
) -> tuple[list[Link], dict[int, int]]:
    """The relations within some steps of a record, and how many steps away each record is.

    ``near`` costs a query a step; ``first`` are the relations of the record itself, where they are known.
    """
    away, found, frontier = {start: 0}, {}, {start}
    for step in range(1, steps + 1):
        if not frontier:
            break
        links = list(near(frontier) if first is None or step > 1 else first)
        found |= {(*link.ends, link.type): link for link in links}
        frontier = {key for link in links for key in link.ends} - set(away)
        away |= dict.fromkeys(frontier, step)
    return list(found.values()), away


def families(links: Iterable[Link]) -> list[list[Link]]:
    """The links in groups that hang together, in the order in which each group is first met."""
    parent: dict[int, int] = {}

    def root(key: int) -> int:
        while parent.setdefault(key, key) != key:
            parent[key] = key = parent[parent[key]]
        return key

    links = list(links)
    for link in links:
        one, other = map(root, link.ends)
        parent[other] = one
    groups: dict[int, list[Link]] = {}
    for link in links:
        groups.setdefault(root(link.source.pk), []).append(link)
    return list(groups.values())


def draw(
    links: Iterable[Link],
    when: When,
    *,
    centre: int | None = None,
    away: Mapping[int, int] | None = None,
    most: int | None = None,
    directed: bool = False,
    meant: Callable[[int], bool] = lambda key: True,
) -> Drawing:
    """The drawing of some relations, each pair and type once. With ``most`` the nearest by ``away`` are drawn alone."""
    once = {(*link.ends, link.type): link for link in links}
    known = sorted(once.values(), key=lambda link: (_first(link.source, when), _first(link.target, when), link.ends, link.type))
    records = {one.pk: one for link in known for one in (link.source, link.target)}
    steps = away or {}
    nearest = sorted(records.values(), key=lambda one: (steps.get(one.pk, 0), _first(one, when), one.pk))[:most]
    shown = sorted(nearest, key=lambda one: (_first(one, when), one.pk))
    place = {one.pk: number for number, one in enumerate(shown)}
    width = min(WIDE, NARROW + max(0, len(shown) - FEW) * 2)
    edges = [
        Edge(link, place[one], place[other], _arc(place[one], place[other], len(shown), width), centre in link.ends)
        for link in known
        for one, other in [link.ends]
        if one in place and other in place
    ]
    reached = {edge.end for edge in edges} if directed else set()
    nodes = [Node(number, one, when(one), one.pk == centre, number in reached, meant(one.pk)) for number, one in enumerate(shown)]
    return Drawing(nodes, edges, len(records) - len(shown), width)


def _first(record: Record, when: When) -> datetime.date:
    return when(record).earliest or datetime.date.min


def _arc(one: int, other: int, count: int, width: int) -> str:
    """A curve to the left of the list from one row to another, wider the farther they are apart."""
    x, start, end = width - 8, ROW * one + ROW // 2, ROW * other + ROW // 2
    bulge = round(x * 1.25 * (0.25 + 0.75 * abs(one - other) / max(count - 1, 1)))
    return f"M{x} {start}C{x - bulge} {start} {x - bulge} {end} {x} {end}"
