"""Which names on a picture can be read: none is written over another, or over a mark, at any size at which it is shown.

A picture is seen at different sizes: whole on a telephone, whole on a desk, larger when a reader zooms in. Marks and letters
keep their size on the screen while the places between them spread. So each name gets the smallest size from which on there
is room for it, and the side of its mark on which it stands.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

#: Pixels for a unit of the drawing: five widths of the whole picture, then what a reader may zoom to.
LEVELS: Final = (0.3, 0.4, 0.55, 0.75, 1.0, 2.0, 4.0, 8.0)
HEIGHT, GAP = 17.0, 4.0  # pixels: of a line of letters; between a mark and its name
SMALL: Final = 0.4  # of the radius of a mark: others that small yield to its name
NARROW, WIDE = 7.6, 14.5  # pixels a letter takes at most on average: Latin and Cyrillic; Chinese

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
Drawn = tuple[list[list[Box]], list[float], list[list[Box]]]  # marks by level, their radii, names by level


@dataclass(frozen=True)
class Wanted:
    """A name that wants to be written: at a mark of some radius, or, without one, in the middle of its place.

    ``slack``: how far, in units, a name without a mark may be moved from its middle to find room.
    """

    text: str
    x: float
    y: float
    radius: float = 0.0
    slack: float = 0.0


@dataclass(frozen=True)
class Label:
    """Where a name stands: from which level on, and its anchor beside the mark, in pixels from the mark's middle."""

    level: int
    anchor: str
    dx: float
    dy: float


def width(text: str) -> float:
    """How many pixels a name takes at most."""
    return sum(WIDE if unicodedata.east_asian_width(letter) in "WF" else NARROW for letter in text)


def place(wanted: Sequence[Wanted], frame: tuple[float, float]) -> list[Label | None]:
    """A label for each name, most important first; None for those that find room nowhere in the frame (width, height in units)."""
    found: list[Label | None] = [None] * len(wanted)
    marks = [[_around(one.x * scale, one.y * scale, one.radius) for one in wanted] for scale in LEVELS]
    radii = [one.radius for one in wanted]
    boxes: list[list[Box]] = [[] for _level in LEVELS]  # of the names that are written, at each level
    for level in range(len(LEVELS)):
        for number, one in enumerate(wanted):
            if found[number] is None:
                found[number] = _room(number, one, level, (marks, radii, boxes), frame)
    return found


def _room(number: int, one: Wanted, level: int, drawn: Drawn, frame: tuple[float, float]) -> Label | None:
    wide, high = (side * LEVELS[level] for side in frame)
    marks, radii, boxes = drawn
    # Rather than stay unnamed, a large mark has its name written over others that are small beside it.
    tries = [
        [other for other, radius in enumerate(radii) if radius > least and other != number]
        for least in ((0.0, SMALL * one.radius) if one.radius else (0.0,))
    ]
    for others, (anchor, dx, dy, box) in itertools.product(tries, _sides(one, LEVELS[level])):
        at = [_moved(box, one.x * scale, one.y * scale) for scale in LEVELS[level:]]
        if at[0][0] < 0 or at[0][1] < 0 or at[0][2] > wide or at[0][3] > high:
            continue
        steps = list(enumerate(at, level))
        if any(_hits(here, boxes[step]) or _hits(here, (marks[step][other] for other in others)) for step, here in steps):
            continue
        for step, here in steps:
            boxes[step].append(here)
        return Label(level, anchor, dx, dy)
    return None


def _sides(one: Wanted, scale: float) -> Iterable[tuple[str, float, float, Box]]:
    """(anchor, dx, dy of the base line, box) of each way to write it, the best first."""
    wide, half = width(one.text), HEIGHT / 2
    if not one.radius:
        step = min(HEIGHT, one.slack * scale)
        for dx, dy in ((0, 0), (0, step), (0, -step), (2 * step, 0), (-2 * step, 0), (0, 2 * step), (0, -2 * step)):
            yield "middle", dx, dy + 5, (dx - wide / 2, dy - half, dx + wide / 2, dy + half)
        return
    out = one.radius + GAP
    yield "start", out, 5, (out, -half, out + wide, half)
    yield "end", -out, 5, (-out - wide, -half, -out, half)
    yield "middle", 0, -out, (-wide / 2, -out - HEIGHT + 3, wide / 2, -out + 3)
    yield "middle", 0, out + 11, (-wide / 2, out - 2, wide / 2, out - 2 + HEIGHT)


def _around(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _moved(box: Box, x: float, y: float) -> Box:
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def _hits(box: Box, others: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    return any(left < other[2] and right > other[0] and top < other[3] and bottom > other[1] for other in others)
