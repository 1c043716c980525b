"""The life of an instrument as a picture in two layers: what the law makes of it, and what named sources say of its practice.

Geometry alone: places in percent, as text (a template would write a comma for the point in some languages). The layer of
the law asks ``life`` for every stretch between two dates, so that picture, status and facet cannot differ.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from sinorus.dates.value import HistoricalDate

from .life import End, Status, WorkingLife, possible_statuses, years_later
from .models import Treaty

STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100)
MOST_TICKS: Final = 5
LAW, LANES, LANE = 20, 62, 18  # pixels: top of the layer of the law, of the first lane below, height of a lane
DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Axis:
    """Years from the first of January of the one to that of the other."""

    first: datetime.date
    last: datetime.date

    def at(self, day: datetime.date | None, default: float) -> float:
        """Where a day stands, in percent; an open end at the default."""
        if day is None:
            return default
        return min(100.0, max(0.0, (day - self.first).days * 100 / max((self.last - self.first).days, 1)))

    @property
    def ticks(self) -> list[tuple[str, int, str]]:
        """(place, year, anchor of the text) of the years named below."""
        years = self.last.year - self.first.year
        step = next((step for step in STEPS if years / step <= MOST_TICKS), STEPS[-1])
        named = [year for year in range(self.first.year, self.last.year + 1) if year % step == 0]
        return [(_percent(at := self.at(datetime.date(year, 1, 1), 0)), year, "start" if at < 6 else "end" if at > 94 else "middle")
                for year in named]  # fmt: skip


@dataclass(frozen=True)
class Stretch:
    """Part of a layer. ``fade``: "in", "out" or "maybe" where imprecise dates leave open when it begins, ends, or either."""

    x: str
    width: str
    kind: str
    fade: str = ""
    words: str = ""


@dataclass(frozen=True)
class Step:
    """A dated step of the legal life: its words, the date, who took it; ``x`` is its mark, if the axis reaches so far."""

    words: str
    date: HistoricalDate
    x: str
    width: str
    by: str = ""
    drawn: bool = True


@dataclass(frozen=True)
class Lane:
    """A statement on the working life, by its number in the list beside the picture."""

    number: int
    y: int
    stretches: list[Stretch]


@dataclass(frozen=True)
class LifeBar:
    """The picture, and the steps that say the same in words."""

    treaty: Treaty
    axis: Axis
    law: list[Stretch]
    steps: list[Step]
    lanes: list[Lane] = field(default_factory=list)

    @property
    def law_y(self) -> int:
        return LAW

    @property
    def axis_y(self) -> int:
        return LANES + LANE * len(self.lanes) + 4 if self.lanes else LAW + 30

    @property
    def height(self) -> int:
        return self.axis_y + 22

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of stretches that the key must name."""
        used = {stretch.kind for stretch in self.law}
        words = {"in-force": _("in force"), "not-yet": _("signed, not yet in force"), "unknown": _("status unknown")}
        return [(kind, label) for kind, label in words.items() if kind in used]

    @property
    def is_soft(self) -> bool:
        return any(stretch.fade for stretch in (*self.law, *(one for lane in self.lanes for one in lane.stretches)))


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _bounds(treaty: Treaty) -> Iterator[datetime.date]:
    """Every day on which its status may change, or that its picture must hold."""
    for date in (treaty.signed, treaty.in_force, treaty.terminated):
        yield from (day for day in (date.earliest, date.latest) if day)
    if treaty.lapses and treaty.lapses < datetime.date.max:
        yield treaty.lapses + DAY


def axis_of(treaties: Sequence[Treaty], today: datetime.date) -> Axis:
    """The years that hold the lives of some instruments: to today where one may still be in force."""
    days = [day for treaty in treaties for day in _bounds(treaty)]
    for row in (row for treaty in treaties for row in treaty.public_working_life):
        days += [day for date in (row.start, row.end) for day in (date.earliest, date.latest) if day]
    days = days or [today]
    alive = any(not treaty.terminated for treaty in treaties if treaty.binding == "binding")
    last = max([*days, today] if alive else days)
    margin = max(1, (last.year - min(days).year) // 12)
    end = last.year + (1 if alive and last == today else margin)
    return Axis(datetime.date(max(1, min(days).year), 1, 1), datetime.date(min(datetime.MAXYEAR, end), 1, 1))


def _law(treaty: Treaty, axis: Axis, today: datetime.date) -> Iterator[Stretch]:
    """Stretches between the days on which the status may change; before signature and after the end there is nothing to draw."""
    if treaty.binding == "political":
        return
    start = treaty.signed.earliest or treaty.in_force.earliest or axis.first
    if start >= today:
        return
    days = sorted({day for day in (start, *_bounds(treaty), today) if start <= day <= today})
    for day, end in zip(days, [*days[1:], today], strict=True):
        statuses = possible_statuses(treaty, day)
        kind = next((one for one in (Status.IN_FORCE, Status.UNKNOWN, Status.NOT_YET) if one in statuses), None)
        if kind is None or end <= day:
            continue
        begins = Status.NOT_YET in statuses and kind != Status.NOT_YET
        ends = any(one in End.values for one in statuses)
        fade = "maybe" if begins and ends else "in" if begins else "out" if ends else ""
        words = ", ".join(str(Status(one).label) for one in statuses)
        yield _stretch(axis, day, end, str(kind), fade, f"{day.isoformat()} – {end.isoformat()}: {words}")


def _stretch(axis: Axis, start: datetime.date | None, end: datetime.date | None, kind: str, fade: str, words: str) -> Stretch:
    left, right = axis.at(start, 0), axis.at(end, 100)
    return Stretch(_percent(left), _percent(max(right - left, 0.4)), kind, fade, words)


def _steps(treaty: Treaty, axis: Axis) -> Iterator[Step]:
    def step(words: str, date: HistoricalDate, by: str = "") -> Step:
        left, right = axis.at(date.earliest, 0), axis.at(date.latest, 100)
        drawn = not date.earliest or date.earliest <= axis.last
        return Step(words, date, _percent(left), _percent(max(right - left, 0.3)), by, drawn)

    if treaty.signed:
        yield step(_("Signed"), treaty.signed)
    if treaty.in_force:
        yield step(_("In force since"), treaty.in_force)
    for party in treaty.public_parties:
        for act in party.actions.all():
            if act.type in ("denounced", "extended") and act.date:
                yield step(str(act.get_type_display()), act.date, party.actor.local_title)
    if term := _end_of_term(treaty):
        yield step(_("End of the last known term") if treaty.term_ends else _("End of its term"), HistoricalDate.of(term))
    if treaty.terminated:
        words = {"expired": _("Expired"), "superseded": _("Superseded")}
        yield step(words.get(treaty.end, _("Terminated")), treaty.terminated)


def _end_of_term(treaty: Treaty) -> datetime.date | None:
    if treaty.term_ends:
        return treaty.term_ends
    known = treaty.term_years and treaty.in_force.latest
    return years_later(treaty.in_force.latest, treaty.term_years) if known else None


def _lane(number: int, row: WorkingLife, y: int, axis: Axis) -> Lane:
    """From the first day it may begin to the last on which it may end; open where the source says no end."""
    start, end = row.start, row.end
    found = []
    if start.earliest != start.latest and start:
        found.append(_stretch(axis, start.earliest, start.latest, "practice", "in", ""))
    if end:
        found.append(_stretch(axis, start.latest if start else None, end.earliest, "practice", "" if start else "in", row.text))
        if end.earliest != end.latest:
            found.append(_stretch(axis, end.earliest, end.latest, "practice", "out", ""))
    else:
        found.append(_stretch(axis, start.latest, None, "practice", "out", row.text))
    return Lane(number, y, found)


def life_bar(treaty: Treaty, axis: Axis | None = None) -> LifeBar:
    """The picture of one instrument, on an axis of its own unless several are to be seen on one. Wants ``for_page``."""
    today = datetime.date.today()
    axis = axis or axis_of([treaty], today)
    dated = [(number, row) for number, row in enumerate(treaty.public_working_life, 1) if row.start or row.end]
    lanes = [_lane(number, row, LANES + LANE * place, axis) for place, (number, row) in enumerate(dated)]
    steps = sorted(_steps(treaty, axis), key=lambda step: step.date.earliest or axis.first)
    return LifeBar(treaty, axis, list(_law(treaty, axis, today)), steps, lanes)


def life_bars(treaties: Iterable[Treaty]) -> list[LifeBar]:
    """The pictures of several instruments on one axis."""
    treaties = list(treaties)
    axis = axis_of(treaties, datetime.date.today()) if treaties else None
    return [life_bar(treaty, axis) for treaty in treaties]
