"""How the records of a question lie in time: a bar a year or a decade, with what must fall in it and what only may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .filtersets import DatedFilterSet

MOST_BARS: Final = 60  # years drawn one by one; a longer stretch is drawn by decades
NEAR: Final = 40  # years of a chosen span that is looked at by the year, with its surroundings


#: The first and the last year in which so many records may fall; None is an open end, twice None no date at all. A plain tuple,
#: since there are a thousand in an answer.
Lying = tuple[int | None, int | None, int]


@dataclass(frozen=True)
class Bar:
    """A year or a decade. ``possible`` counts the records that may fall in it without having to."""

    first: int
    last: int
    certain: int
    possible: int
    chosen: bool
    query: str

    @property
    def label(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def count(self) -> int:
        return self.certain + self.possible


@dataclass(frozen=True)
class Histogram:
    """Bars in order, none left out between the first and the last; and the records that stand in none of them.

    ``open_ended``: dated at one end only ("after 1950"), so that they might stand in any number of bars.
    """

    bars: list[Bar]
    width: int
    open_ended: int
    undated: int

    @property
    def highest(self) -> int:
        return max((bar.count for bar in self.bars), default=0)

    @property
    def is_whole(self) -> bool:
        """Whether every record stands in a bar, and in one alone."""
        return not (self.open_ended or self.undated or any(bar.possible for bar in self.bars))


def histogram(question: DatedFilterSet) -> Histogram:
    """The records asked for over time, the chosen span itself left aside, as with every facet.

    A chosen span of up to ``NEAR`` years is shown by the year, with half as much again on either side.
    """
    lying = question.counter.lying(question, without="date")
    closed = [one for one in lying if one[0] is not None and one[1] is not None]
    open_ended = sum(number for first, last, number in lying if (first is None) != (last is None))
    undated = sum(number for first, last, number in lying if first is None and last is None)
    if not closed:
        return Histogram([], 1, open_ended, undated)
    first, last = min(one[0] for one in closed), max(one[1] for one in closed)
    chosen = _chosen(question, first, last)
    if chosen and (length := chosen[1] - chosen[0] + 1) <= NEAR:
        margin = max(5, length // 2)
        first, last = max(first, chosen[0] - margin), min(last, chosen[1] + margin)
    width = 1 if last - first < MOST_BARS else 10
    return Histogram(_bars(question, closed, first // width * width, last, width, chosen), width, open_ended, undated)


def _chosen(question: DatedFilterSet, first: int, last: int) -> tuple[int, int] | None:
    """The years of the span that is asked for, as far as there are records; None where none is, or none of them lies in it."""
    after, before = question.asked.get("date_after"), question.asked.get("date_before")
    if not (after or before):
        return None
    years = max(first, after.earliest.year) if after else first, min(last, before.latest.year) if before else last
    return years if years[0] <= years[1] else None


def _bars(question: DatedFilterSet, lying: Iterable[Lying], first: int, last: int, width: int, chosen: tuple[int, int] | None) -> list[Bar]:
    number = (last - first) // width + 1
    certain, possible = [0] * number, [0] * number
    for one, other, count in lying:
        start, end = (one - first) // width, (other - first) // width
        if start == end and 0 <= start < number:
            certain[start] += count
        elif start != end:
            for place in range(max(start, 0), min(end, number - 1) + 1):
                possible[place] += count
    link = question.span_links()
    found = []
    for place in range(number):
        start = first + place * width
        end = start + width - 1
        within = bool(chosen) and start <= chosen[1] and end >= chosen[0]
        found.append(Bar(start, end, certain[place], possible[place], within, link(start, end)))
    return found


def by_year(lying: Iterable[Lying]) -> list[dict[str, int]]:
    """How many may fall in each year, and how many of them must; years without any and dates with an open end are left out."""
    more: dict[int, int] = defaultdict(int)  # from a year on, than in the year before
    certain: dict[int, int] = defaultdict(int)
    for first, last, number in lying:
        if first is None or last is None:
            continue
        more[first] += number
        more[last + 1] -= number
        if first == last:
            certain[first] += number
    found, count = [], 0
    for year in range(min(more, default=0), max(more, default=0)):
        count += more.get(year, 0)
        if count:
            found.append({"year": year, "count": count, "certain": certain.get(year, 0)})
    return found
