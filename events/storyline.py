"""Who met whom over time, as a picture: a line for each person, a stroke across for each meeting.

Persons of the Chinese side stand above the axis, those of the Russian side below, in the order of their first meetings, so that
the picture reads from the first generation of leaders to the last. Places along the axis are in percent, as text (a template would
write a comma for the point in some languages); heights are pixels: names stay legible on any screen.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from sinorus.vocab.models import Actor, Side

from .filters import MeetingFilterSet
from .meetings import Count, Met, Pair
from .models import Event

SHOWN: Final = 12  # persons of each side
MOST: Final = 240  # meetings; more would be a grey wall
LANE, AXIS, TOP = 30, 46, 26  # pixels: height of a line with its name, of the axis between the sides, of the heading above
BEFORE_END: Final = 55.0  # percent: names of lines that begin after this stand at the line's end
LETTER: Final = 2.7  # percent that a letter takes at most, where the picture is as narrow as on a telephone
STEPS: Final = (1, 2, 5, 10, 20, 25, 50)
MOST_TICKS: Final = 8


@dataclass
class Lane:
    """A person's line from the first meeting to the last."""

    person: Actor
    number: int
    y: int
    first: float = 100.0
    last: float = 0.0
    count: int = 0

    @property
    def text(self) -> tuple[str, str]:
        """(place, anchor) of the name: from the line's beginning or to its end; where neither has room for it, about its middle."""
        room = LETTER * len(self.person.local_title)
        if self.first < BEFORE_END and self.first + room <= 100:
            return percent(self.first), "start"
        if self.last >= room:
            return percent(self.last), "end"
        return percent(min(max((self.first + self.last) / 2, room / 2), 100 - room / 2)), "middle"

    @property
    def ends(self) -> tuple[str, str]:
        return percent(self.first), percent(self.last)


@dataclass
class Stroke:
    """A meeting: across from the line of the first present to that of the last, soft where the date is imprecise."""

    event: Event
    left: float
    right: float
    lanes: list[Lane] = field(default_factory=list)

    @property
    def x(self) -> str:
        return percent((self.left + self.right) / 2)

    @property
    def box(self) -> tuple[str, str]:
        """(left, width) of the span in which it may have been."""
        return percent(self.left), percent(max(self.right - self.left, 0.1))

    @property
    def is_soft(self) -> bool:
        return self.right - self.left > 0.6

    @property
    def ys(self) -> tuple[int, int]:
        return min(lane.y for lane in self.lanes), max(lane.y for lane in self.lanes)

    @property
    def height(self) -> int:
        return self.ys[1] - self.ys[0]

    @property
    def numbers(self) -> str:
        return " ".join(str(lane.number) for lane in self.lanes)


def percent(value: float) -> str:
    return f"{value:.2f}%"


def _side(count: Count, side: str) -> list[Lane]:
    """Those of a side who met most, by their first meetings."""
    met: dict[Actor, set[int]] = {}
    first: dict[Actor, datetime.date] = {}
    for pair in count.pairs:
        person = pair.chinese if side == Side.CHINESE else pair.russian
        met.setdefault(person, set()).update(one.event for one in pair.met)
        first[person] = min(first.get(person, datetime.date.max), pair.first_day)
    most = [person for person, _n in Counter({who: len(events) for who, events in met.items()}).most_common(SHOWN)]
    most.sort(key=lambda person: (first[person], person.pk))
    return [Lane(person, 0, 0, count=len(met[person])) for person in most]


class Storyline:
    """The picture of a question about meetings. Wants the count of the same question."""

    def __init__(self, question: MeetingFilterSet, count: Count) -> None:
        self.years = (count.years[0], count.years[1] + 1)
        self._start = datetime.date(self.years[0], 1, 1)
        self._days = max((datetime.date(self.years[1], 1, 1) - self._start).days, 1)
        self.chinese, self.russian = _side(count, Side.CHINESE), _side(count, Side.RUSSIAN)
        self._only_those_who_met(count.pairs)
        self.strokes = self._strokes(question, count)
        persons = {person for pair in count.pairs for person in (pair.chinese, pair.russian)}
        self.more = len(persons) - len(self._lanes)
        self.undrawn = len({met.event for pair in count.pairs for met in pair.met}) - len(self.strokes)

    def _only_those_who_met(self, pairs: list[Pair]) -> None:
        """Without those who met nobody of the others that are drawn; then each line in its place."""
        drawn = {lane.person for lane in (*self.chinese, *self.russian)}
        met = {one for pair in pairs if {pair.chinese, pair.russian} <= drawn for one in (pair.chinese, pair.russian)}
        self.chinese, self.russian = ([lane for lane in side if lane.person in met] for side in (self.chinese, self.russian))
        for number, lane in enumerate([*self.chinese, *self.russian]):
            below = number >= len(self.chinese)
            lane.number, lane.y = number, TOP + LANE * number + 22 + (AXIS if below else 0)
        self._lanes = {lane.person: lane for lane in (*self.chinese, *self.russian)}

    def _strokes(self, question: MeetingFilterSet, count: Count) -> list[Stroke]:
        """The meetings among those drawn, in time; of more than there is room for those of the greatest importance."""
        met: dict[int, Met] = {}
        lanes: dict[int, list[Lane]] = {}
        for pair in count.pairs:
            both = [self._lanes[person] for person in (pair.chinese, pair.russian) if person in self._lanes]
            for one in pair.met if len(both) == 2 else []:
                met[one.event] = one
                here = lanes.setdefault(one.event, [])
                here += [lane for lane in both if lane not in here]
        spans = {key: (self._at(one.earliest, 0), self._at(one.latest, 1)) for key, one in met.items()}
        for key, (left, right) in spans.items():
            for lane in lanes[key]:
                lane.first, lane.last = min(lane.first, (left + right) / 2), max(lane.last, (left + right) / 2)
        weights = dict(question.narrowed().order_by().values_list("pk", "importance"))
        drawn = sorted(spans, key=lambda key: (-weights[key], spans[key], key))[:MOST]
        events = question.queryset.in_bulk(drawn)
        return [Stroke(events[key], *spans[key], lanes[key]) for key in sorted(drawn, key=lambda key: (spans[key], key))]

    def _at(self, day: datetime.date | None, end: int) -> float:
        """Percent along the axis of the beginning or the end of a day; an open end at that of the axis."""
        if day is None:
            return 100.0 * end
        return min(100.0, max(0.0, ((day - self._start).days + end) * 100 / self._days))

    @property
    def axis_y(self) -> int:
        """Where the axis lies, between the two sides."""
        return TOP + LANE * len(self.chinese) + AXIS // 2 + 4

    @property
    def height(self) -> int:
        return TOP + LANE * (len(self.chinese) + len(self.russian)) + AXIS + 30

    @property
    def ticks(self) -> list[tuple[str, int, str]]:
        """(place, year, anchor of the text) of the years named on the axis."""
        first, last = self.years
        step = next((step for step in STEPS if (last - first) / step <= MOST_TICKS), STEPS[-1])
        named: list[tuple[str, int, str]] = []
        for year in range(first, last):
            if year % step == 0:
                at = self._at(datetime.date(year, 1, 1), 0)
                named.append((percent(at), year, "start" if at < 5 else "end" if at > 95 else "middle"))
        return named
