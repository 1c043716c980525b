"""What an instrument descends from and what descends from it, two steps wide: as a drawing and as sentences."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from .models import Treaty, TreatyLink

STEPS: Final = 2
MOST: Final = 18  # instruments drawn; beyond these a drawing shows nothing any more
WIDTH, ROW = 84, 40  # pixels
#: To cite an instrument is no descent; citations stand among the relations.
LINES: Final = tuple(one for one in TreatyLink.Type.values if one != TreatyLink.Type.CITES)


@dataclass(frozen=True)
class Node:
    """An instrument in the drawing."""

    treaty: Treaty
    y: int
    is_self: bool


@dataclass(frozen=True)
class Edge:
    """A relation between two instruments of the drawing."""

    link: TreatyLink
    path: str
    direct: bool


@dataclass(frozen=True)
class Lineage:
    """The drawing: instruments by date, and the relations between them."""

    nodes: list[Node]
    edges: list[Edge]
    more: int

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return ROW * len(self.nodes)

    @property
    def dot_x(self) -> int:
        return WIDTH - 8


def of(treaty: Treaty) -> Lineage | None:
    """The instruments within two steps; None where nothing hangs together with it."""
    links, steps = _around(treaty)
    if not links:
        return None
    by_key = {one.pk: one for link in links for one in (link.treaty, link.target)}
    nearest = sorted(by_key.values(), key=lambda one: (steps[one.pk], _when(one), one.pk))[:MOST]
    shown = sorted(nearest, key=lambda one: (_when(one), one.pk))
    place = {one.pk: number for number, one in enumerate(shown)}
    nodes = [Node(one, ROW * number + ROW // 2, one.pk == treaty.pk) for number, one in enumerate(shown)]
    edges = [
        Edge(link, _arc(place[link.treaty_id], place[link.target_id], len(shown)), treaty.pk in (link.treaty_id, link.target_id))
        for link in links
        if link.treaty_id in place and link.target_id in place
    ]
    return Lineage(nodes, edges, len(by_key) - len(shown))


def _around(treaty: Treaty) -> tuple[list[TreatyLink], dict[int, int]]:
    """Relations within two steps, and how many steps away each instrument is."""
    steps, found, frontier = {treaty.pk: 0}, {}, {treaty.pk}
    for step in range(1, STEPS + 1):
        near = TreatyLink.objects.public().filter(Q(treaty__in=frontier) | Q(target__in=frontier), type__in=LINES)
        found |= {link.pk: link for link in near}
        ends = {key for link in near for key in (link.treaty_id, link.target_id)}
        frontier = ends - set(steps)
        steps |= dict.fromkeys(frontier, step)
    links = sorted(found.values(), key=lambda link: (_when(link.treaty), _when(link.target), link.pk))
    return _once(links), steps


def _once(links: Iterable[TreatyLink]) -> list[TreatyLink]:
    """One relation for each pair and type: those between articles are one line in a drawing of instruments."""
    return list({(link.treaty_id, link.type, link.target_id): link for link in links}.values())


def _when(treaty: Treaty) -> datetime.date:
    return treaty.signed.earliest or datetime.date.min


def _arc(one: int, other: int, count: int) -> str:
    """A curve to the left of the list from one row to another, wider the farther they are apart."""
    x, start, end = WIDTH - 8, ROW * one + ROW // 2, ROW * other + ROW // 2
    bulge = round(x * 1.25 * (0.25 + 0.75 * abs(one - other) / max(count - 1, 1)))
    return f"M{x} {start}C{x - bulge} {start} {x - bulge} {end} {x} {end}"
