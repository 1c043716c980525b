"""Makes the outline of the map, once, from Natural Earth's countries at 1:50 million.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz && pip install babel
    python docs/outline.py package/countries-50m.json

Writes ``static/map/eurasia.svg`` (land, borders, contested lines) and ``sinorus/pages/data/countries.json`` (where the name of
a country stands, and the name in three languages, from Unicode's CLDR). Nothing of this runs when the site does.
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sinorus.pages.projection import HEIGHT, WIDTH, project

Point = tuple[float, float]
FINE = 10  # steps of a unit of the drawing: coordinates are whole numbers of tenths
LEAST_BEND, LEAST_RING = 0.35, 1.2  # square units: what a point must change to be kept, what an island must measure
LEAST_NAMED = 700  # square units: the smallest country whose name is written
EDGE = 45  # units from the frame within which no name of a country stands
MARGIN = 4  # units around the frame beyond which lines are drawn coarsely
#: Lines that a state beside them, or most others, do not recognise as a border, by the countries that Natural Earth has on
#: either side; a box (west, south, east, north) where only a part of the line is meant. Chosen by hand; drawn dotted.
CONTESTED: dict[frozenset[str], tuple[float, float, float, float] | None] = {
    frozenset({"China", "India"}): None,
    frozenset({"India", "Pakistan"}): (73.2, 32.2, 81, 38),
    frozenset({"China", "Pakistan"}): None,
    frozenset({"Russia", "Ukraine"}): (32, 45, 36, 46.6),
    frozenset({"Serbia", "Kosovo"}): None,
    frozenset({"Cyprus", "N. Cyprus"}): None,
    frozenset({"India", "Siachen Glacier"}): None,
    frozenset({"China", "Siachen Glacier"}): None,
    frozenset({"Pakistan", "Siachen Glacier"}): None,
}


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees (longitude, latitude): in the file each point is told from the one before, in whole steps."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Every ring of a country as numbers of arcs; ``~n`` is arc n backwards."""
    many = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in many:
        yield from polygon


def simpler(points: list[Point]) -> list[Point]:
    """The line without the points that change it least (Visvalingam and Whyatt, 1993); its ends stay."""

    def area(one: int, two: int, three: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[one], points[two], points[three]
        bend = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
        return bend if -MARGIN < bx < WIDTH + MARGIN and -MARGIN < by < HEIGHT + MARGIN else bend / 500

    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    now = {n: area(n - 1, n, n + 1) for n in range(1, len(points) - 1)}
    heap = [(value, n) for n, value in now.items()]
    heapq.heapify(heap)
    while heap and heap[0][0] < LEAST_BEND:
        value, n = heapq.heappop(heap)
        if now.get(n) != value:
            continue
        del now[n]
        one, two = before[n], after[n]
        after[one], before[two] = two, one
        for near in (one, two):
            if near in now:
                now[near] = max(value, area(before[near], near, after[near]))
                heapq.heappush(heap, (now[near], near))
    return [point for n, point in enumerate(points) if n in now or n in (0, len(points) - 1)]


def joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    found: list[Point] = []
    for number in ring:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += points[1:] if found else points
    return found


def size(ring: list[Point]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring))) / 2


def shown(ring: list[Point]) -> bool:
    """Whether it lies in the frame, large enough to be seen, and is not torn by the far side of the globe."""
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    near = min(xs) < WIDTH + MARGIN and max(xs) > -MARGIN and min(ys) < HEIGHT + MARGIN and max(ys) > -MARGIN
    torn = any(math.dist(one, other) > 300 for one, other in itertools.pairwise(ring))
    return near and not torn and size(ring) > LEAST_RING


def path(lines: Iterable[list[Point]], close: bool = False) -> str:
    """SVG path data in tenths, each point told from the one before."""
    found = []
    for line in lines:
        whole = [(round(x * FINE), round(y * FINE)) for x, y in line]
        steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in itertools.pairwise(whole)]
        steps = [step for step in steps if step != (0, 0)]
        if not steps:
            continue
        told = " ".join(f"{dx} {dy}" for dx, dy in (steps[:-1] if close else steps)).replace(" -", "-")
        found.append(f"M{whole[0][0]} {whole[0][1]}l{told}" + ("z" if close else ""))
    return "".join(found)


def inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in itertools.pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def middle(ring: list[Point]) -> Point:
    """The point in the ring and the frame that is farthest from its edge, to the unit: where a name stands best."""
    edge = ring + [(x, y) for x in (0, WIDTH) for y in range(0, HEIGHT, 10)] + [(x, y) for y in (0, HEIGHT) for x in range(0, WIDTH, 10)]
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    step = max(2, int(min(max(xs) - min(xs), max(ys) - min(ys)) / 24))
    grid = ((x, y) for x in range(int(min(xs)), int(max(xs)), step) for y in range(int(min(ys)), int(max(ys)), step))
    within = [one for one in grid if 0 < one[0] < WIDTH and 0 < one[1] < HEIGHT and inside(one, ring)]
    # A name is wide: what lies above and below is nearer than what lies beside.
    return max(within, key=lambda one: min(math.hypot((one[0] - x) / 2.2, one[1] - y) for x, y in edge), default=ring[0])


def names(code: str) -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    territory = get_global("territory_aliases")[code][0]
    return {one: re.sub(r"\s*[(（].*", "", Locale(one).territories[territory]) for one in ("en", "zh", "ru")}


def main(source: str) -> None:
    topology = json.loads(Path(source).read_text())
    degrees = arcs_of(topology)
    arcs = [simpler([project(latitude, longitude) for longitude, latitude in arc]) for arc in degrees]
    users: dict[int, set[str]] = defaultdict(set)
    labels = []
    for country in topology["objects"]["countries"]["geometries"]:
        rings = [ring for ring in rings_of(country) if shown(joined(ring, arcs))]
        for ring in rings:
            for number in ring:
                users[number if number >= 0 else ~number].add(country["properties"]["name"])
        largest = max((joined(ring, arcs) for ring in rings), key=size, default=[])
        if largest and size(largest) > LEAST_NAMED and country.get("id"):
            x, y = middle(largest)
            if EDGE < x < WIDTH - EDGE and EDGE / 2 < y < HEIGHT - EDGE / 2:
                labels.append({"x": round(x), "y": round(y), "size": round(size(largest)), **names(country["id"])})
    land = [ring for one in topology["objects"]["land"]["geometries"] for ring in rings_of(one)]
    shores = [ring for ring in (joined(one, arcs) for one in land) if shown(ring)]
    borders: dict[bool, list[list[Point]]] = {True: [], False: []}
    for number, sides in sorted(users.items()):
        if len(sides) > 1:
            where = {project(latitude, longitude): (longitude, latitude) for longitude, latitude in degrees[number]}
            for one, other in itertools.pairwise(arcs[number]):
                kind = borders[contested(sides, where[one], where[other])]
                if kind and kind[-1][-1] == one:
                    kind[-1].append(other)
                else:
                    kind.append([one, other])
    # Natural Earth tears Chukotka and Wrangel Island at 180°; the seam is drawn over in the colour of the land.
    seam = [[project(latitude / 10, 180) for latitude in range(648, 692)], [project(latitude / 10, 180) for latitude in range(708, 716)]]
    svg = ROOT / "static/map/eurasia.svg"
    parts = {"land": path(shores, close=True), "borders": path(borders[False]), "contested": path(borders[True]), "seam": path(seam)}
    # Here, since the page that uses the paths can set what is inherited alone.
    drawn = "".join(f'<path id="{name}" vector-effect="non-scaling-stroke" d="{data}"/>\n' for name, data in parts.items())
    svg.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * FINE} {HEIGHT * FINE}">\n{drawn}</svg>\n')
    labels.sort(key=lambda one: -one["size"])
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in labels)
    (ROOT / "sinorus/pages/data/countries.json").write_text(f"[\n{lines}\n]\n")
    print(f"{svg.name}: {svg.stat().st_size} bytes; {len(labels)} names")


def contested(sides: set[str], *ends: Point) -> bool:
    """Whether a piece of a border, by its ends in degrees, is one that is drawn dotted."""
    if frozenset(sides) not in CONTESTED:
        return False
    box = CONTESTED[frozenset(sides)]
    return box is None or all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in ends)


if __name__ == "__main__":
    main(sys.argv[1])
