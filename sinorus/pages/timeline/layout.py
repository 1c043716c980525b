"""Where everything on a timeline stands, so that no two labels meet: geometry alone, for the page and for the file.

Lanes lie below each other, each a head and some rows, the last of them for counts. An item takes a row for as long as its bar
and its label are; the weightier and the earlier choose first. What finds a row for its bar alone goes without a label, and what
finds none is counted where it would stand. ``static/js/timeline.js`` does the same for what is zoomed into.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from .items import Item

ROWS: Final = 22  # of all lanes together, about
ROW: Final = 24  # pixels, as all that follow
HEAD: Final = 24  # height of a lane's name
AXIS: Final = 28  # height of the axis, above the lanes
FOOT: Final = 8  # space below them
SIZES: Final = {1: 5, 2: 7, 3: 10}  # of the mark of a day, by weight
THICK: Final = {1: 3, 2: 4, 3: 6}  # of the bar of a stretch, by weight
SHORT: Final = 10.0  # a shorter stretch is drawn as the mark of a day
GAP: Final = 10.0  # between two items of a row
BIN: Final = 44.0  # width of the place of one count
LETTERS: Final = 34  # of a label before it is cut
STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


@dataclass(frozen=True)
class Axis:
    """A stretch of days, and how many pixels it is drawn on."""

    first: datetime.date
    last: datetime.date
    width: float

    def at(self, day: datetime.date) -> float:
        return (day.toordinal() - self.first.toordinal()) * self.width / max(1, self.last.toordinal() - self.first.toordinal())

    def ticks(self, apart: float = 64.0) -> list[tuple[float, int]]:
        """(place, year) of the years named, as near as ``apart`` pixels allow."""
        years = range(self.first.year, self.last.year + 1)
        step = next((one for one in STEPS if self.width * one / max(1, len(years)) >= apart), STEPS[-1])
        named = [(self.at(datetime.date(year, 1, 1)), year) for year in years if year % step == 0]
        return [(x, year) for x, year in named if 0 <= x <= self.width - apart / 2]


@dataclass(frozen=True)
class Lane:
    """A lane: its name, how many rows it has, and where it begins."""

    name: str
    rows: int
    top: int

    @property
    def height(self) -> int:
        return HEAD + self.rows * ROW


@dataclass(frozen=True)
class Mark:
    """An item as drawn: from ``x`` to ``end`` with the certain part from ``begun`` to ``ending``; ``label`` may be empty.

    ``is_day``: drawn as a mark at ``x`` instead of a bar. ``y`` is the top of its row.
    """

    item: Item
    x: float
    begun: float
    ending: float
    end: float
    y: int
    is_day: bool
    label: str = ""
    label_x: float = 0.0


@dataclass(frozen=True)
class More:
    """So many items that found no row, counted at a place."""

    x: float
    y: int
    count: int


@dataclass(frozen=True)
class Layout:
    """A timeline laid out."""

    axis: Axis
    lanes: list[Lane]
    marks: list[Mark] = field(default_factory=list)
    more: list[More] = field(default_factory=list)

    @property
    def height(self) -> int:
        return sum(lane.height for lane in self.lanes) + AXIS + FOOT


def text_width(text: str) -> float:
    """About how many pixels a text takes at 14 px in a sans: rather more than less."""
    return sum(15.0 if unicodedata.east_asian_width(letter) in "WF" else 8.4 for letter in text)


def shortened(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1].rstrip() + "…"


def lanes_of(names: Sequence[str], items: Sequence[Item]) -> list[Lane]:
    """Lanes with rows by the square root of what stands in them: three at least, one of them for counts."""
    weights = [sum(number in item.lanes for item in items) ** 0.5 for number in range(len(names))]
    found, top = [], AXIS
    for name, weight in zip(names, weights, strict=True):
        found.append(Lane(name, max(3, round(ROWS * weight / (sum(weights) or 1))), top))
        top += found[-1].height
    return found


def axis_of(items: Sequence[Item], asked: tuple[datetime.date | None, datetime.date | None], width: float) -> Axis:
    """The span that was asked for, or else all that the items take, in whole years."""
    days = [day for item in items for day in item.extent if day] or [datetime.date.today()]
    first = asked[0] or datetime.date(min(days).year, 1, 1)
    last = asked[1] or datetime.date(min(max(days).year, datetime.MAXYEAR), 12, 31)
    return Axis(first, max(last, first + datetime.timedelta(days=1)), width)


class _Row:
    """The places taken in a row."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, float]] = []

    def take(self, first: float, last: float) -> bool:
        if any(first < end and last > start for start, end in self.taken):
            return False
        self.taken.append((first, last))
        return True


def lay_out(items: Sequence[Item], names: Sequence[str], axis: Axis) -> Layout:
    """Every item that the axis shows, in each of its lanes."""
    layout = Layout(axis, lanes_of(names, items))
    for number, lane in enumerate(layout.lanes):
        rows, counts = [_Row() for _row in range(lane.rows - 1)], dict[int, int]()
        own = [item for item in items if number in item.lanes]
        for item in sorted(own, key=lambda one: -one.weight):
            mark = _mark(item, axis)
            if mark is None:
                continue
            placed = _place(mark, rows, lane, axis.width)
            if placed:
                layout.marks.append(placed)
            else:
                middle = min(max((mark.x + mark.end) / 2, 0), axis.width - 1)
                counts[int(middle // BIN)] = counts.get(int(middle // BIN), 0) + 1
        y = lane.top + HEAD + (lane.rows - 1) * ROW
        layout.more.extend(More(place * BIN + BIN / 2, y, count) for place, count in sorted(counts.items()))
    layout.marks.sort(key=lambda mark: mark.item.sorts_at)
    return layout


def _mark(item: Item, axis: Axis) -> Mark | None:
    """The bar of an item on an axis, without a row yet; None when it lies outside."""
    extent = item.extent
    x = axis.at(extent.first) if extent.first else -1.0
    end = axis.at(extent.last) if extent.last else axis.width + 1.0
    if end < 0 or x > axis.width:
        return None
    begun = axis.at(extent.begun) if extent.begun else end
    ending = axis.at(extent.ending) if extent.ending else x
    return Mark(item, x, begun, ending, end, 0, end - x < SHORT)


def _place(mark: Mark, rows: Sequence[_Row], lane: Lane, width: float) -> Mark | None:
    """The mark in the first row that has room for it and its label, or else for itself; None where there is none."""
    left, right = max(mark.x, 0.0), min(max(mark.end, mark.x + SIZES[mark.item.weight]), width)
    label = shortened(mark.item.record.local_title)
    start = right + 5 if mark.is_day else left + 2
    if start + text_width(label) > width:
        start = (left - 5 if mark.is_day else width) - text_width(label)
    ways = [(label, min(left, start), max(right, start + text_width(label)))] if start >= 0 else []
    for text, first, last in [*ways, ("", left, right)]:
        for number, row in enumerate(rows):
            if row.take(first, last + GAP):
                y = lane.top + HEAD + number * ROW
                return Mark(mark.item, mark.x, mark.begun, mark.ending, mark.end, y, mark.is_day, text, start)
    return None
