"""What stands on the timeline: one list in order of time, which is the content; the picture is drawn from it."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from events.models import Event, Participation
from sinorus.dates.value import HistoricalDate
from sinorus.facets.pages import Page
from sinorus.vocab.models import Side, Theme
from treaties.models import Party, Treaty

from .question import TYPES, TimelineFilterSet

MOST: Final = 1200  # records that are told one by one; of more, the weightiest
MOST_LANES: Final = 8
TEXTS: Final = ("summary", "body", "body_html", "editor_note")  # columns that a line does not show
ORDER: Final = {"event": 0, "treaty": 1, "chinese": 0, "both": 1, "russian": 2}  # of lanes; other lanes stand by their numbers
INSTRUMENT: Final = 2  # the weight of an instrument: it has no importance of its own, so all are notable


class Extent(NamedTuple):
    """The days of a bar: it may begin from ``first`` to ``begun`` and end from ``ending`` to ``last``; None is an open end.

    Between ``begun`` and ``ending`` it lasts for certain; where ``begun`` comes after ``ending`` there is no such time.
    """

    first: datetime.date | None
    begun: datetime.date | None
    ending: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True)
class Item:
    """A record on the timeline. ``ink``: "chinese", "russian" or "both", by who takes part; ``lanes`` by number."""

    record: Any
    type: str
    when: HistoricalDate
    extent: Extent
    weight: int
    ink: str
    lanes: tuple[int, ...]

    @property
    def sorts_at(self) -> tuple[Any, ...]:
        return (self.extent.first or datetime.date.min, self.extent.last or datetime.date.max, self.type, self.record.pk)


@dataclass(frozen=True)
class TimelinePage(Page):
    """The one page of a timeline. ``left_out``: records that are counted, but not told one by one."""

    lanes: list[str]
    left_out: int


def extent_of(date: HistoricalDate) -> Extent:
    """The days of a date: exact ones are certain from end to end, a stretch between two imprecise dates in its middle."""
    value, first, last = date.parsed, date.earliest, date.latest
    if value is None:
        return Extent(None, None, None, None)
    if value.is_exact:
        return Extent(first, first, last, last)
    start, end = value.ends if value.is_interval else (None, None)
    return Extent(first, start.latest if start else last, end.earliest if end else first, last)


def life_of(treaty: Treaty, today: datetime.date) -> Extent:
    """From signature to the end of force; without an end to the lapse of its term or, softly where force is not recorded, to today."""
    signed = extent_of(treaty.signed)
    if treaty.binding == Treaty.Binding.POLITICAL:
        return signed
    begun = treaty.signed.latest
    if treaty.terminated:
        end = extent_of(treaty.terminated)
        return Extent(signed.first, begun, treaty.terminated.earliest, end.last)
    if treaty.lapses and treaty.lapses < today:
        return Extent(signed.first, begun, treaty.lapses, today)
    return Extent(signed.first, begun, today if treaty.in_force else begun, today)


def timeline(question: TimelineFilterSet) -> TimelinePage:
    """The records asked for, in order of time; of more than ``MOST`` the weightiest, and how many are left out."""
    found = {kind: _rows(kind, sub.narrowed()) for kind, sub in question.asked_of.items()}
    sides = {"event": _sides(Participation, "event"), "treaty": _sides(Party, "treaty")}
    lanes, place = _lanes(question.asked["lanes"], found, sides)
    today = datetime.date.today()
    items = [
        Item(
            row,
            kind,
            when := row.date if kind == "event" else row.signed,
            extent_of(when) if kind == "event" else life_of(row, today),
            row.importance if kind == "event" else INSTRUMENT,
            _ink(sides[kind].get(row.pk, set())),
            place(kind, row),
        )
        for kind, rows in found.items()
        for row in rows
    ]
    items.sort(key=lambda item: item.sorts_at)
    return TimelinePage(question, 1, max(question.count, 1), question.count, items, lanes, question.count - len(items))


def _rows(kind: str, records: Any) -> Sequence[Any]:
    order = ("-importance", "date_earliest", "pk") if kind == "event" else ("signed_earliest", "pk")
    return list(records.defer(*TEXTS).order_by(*order)[: MOST // 2 if kind == "treaty" else MOST])


def _sides(model: Any, record: str) -> dict[int, set[str]]:
    """The sides that stand in each record, by those of its actors that readers can see."""
    found: dict[int, set[str]] = defaultdict(set)
    for key, side in model.objects.public().order_by().values_list(record, "actor__side").distinct():
        found[key].add(side)
    return found


def _ink(sides: Iterable[str]) -> str:
    """The ink of a side where it stands alone among the two."""
    both = set(sides) & {Side.CHINESE, Side.RUSSIAN}
    return str(both.pop()) if len(both) == 1 else "both"


def _lanes(by: str, found: dict[str, Sequence[Any]], sides: dict[str, dict[int, set[str]]]) -> tuple[list[str], Any]:
    """The names of the lanes, and a function that says in which of them a record stands, by their numbers."""
    if by == "kind":
        keys = {(kind, row.pk): [(row.kind, str(row.get_kind_display()))] for kind, rows in found.items() for row in rows}
    elif by == "side":
        words = {"chinese": _("Chinese side alone"), "russian": _("Russian side alone"), "both": _("Both sides, and others")}
        inks = {(kind, row.pk): _ink(sides[kind].get(row.pk, ())) for kind, rows in found.items() for row in rows}
        keys = {key: [(ink, words[ink])] for key, ink in inks.items()}
    elif by == "theme":
        keys = _themes(found)
    else:
        keys = {(kind, row.pk): [(kind, str(TYPES[kind]))] for kind, rows in found.items() for row in rows}
    numbers = Counter(key for own in keys.values() for key in own)
    common = [key for key, _number in sorted(numbers.items(), key=lambda one: (ORDER.get(one[0][0], 9), -one[1], one[0][1]))]
    named = common if len(common) <= MOST_LANES else common[: MOST_LANES - 1]
    places = {key: number for number, key in enumerate(named)}
    rest = any(not any(key in places for key in own) for own in keys.values())

    def place(kind: str, row: Any) -> tuple[int, ...]:
        return tuple(places[key] for key in keys[kind, row.pk] if key in places) or (len(named),)

    return [label for _value, label in named] + ([_("Others")] if rest else []), place


def _themes(found: dict[str, Sequence[Any]]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """The themes of each record that readers can see."""
    titles = {theme.pk: (theme.slug, theme.local_title) for theme in Theme.objects.public()}
    keys: dict[tuple[str, int], list[tuple[str, str]]] = {(kind, row.pk): [] for kind, rows in found.items() for row in rows}
    for kind, model in (("event", Event), ("treaty", Treaty)):
        for record, theme in model.themes.through.objects.values_list(f"{kind}_id", "theme_id"):
            if theme in titles and (kind, record) in keys:
                keys[kind, record].append(titles[theme])
    return keys
