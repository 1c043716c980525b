"""When records are, in memory: which may or must fall in a span of days, in which years they fall, and their order by date."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from pyroaring import BitMap

from .orders import HIGHEST, LOWEST, Columns, Order, number
from .rows import ByKey, grouped, replaced

_NO_YEAR = -1


class Dates:
    """The bounds of one historical date of some records.

    ``order`` has the records as the sort "date" wants them, an open or unknown end standing for the first or the last day there is;
    ``spans`` has them by the years of their bounds.
    """

    def __init__(self, name: str, order: Order, spans: ByKey) -> None:
        self.name, self.order, self.spans = name, order, spans

    @staticmethod
    def columns(name: str) -> Columns:
        """What the order goes by."""
        return (f"{name}_earliest", LOWEST), (f"{name}_latest", HIGHEST)

    @classmethod
    def of(cls, name: str, by_bounds: Mapping[Any, array]) -> Dates:
        """Of the records by their bounds, as the database gave them."""
        order = Order.made(cls.columns(name), _told(by_bounds))
        return cls(name, order, grouped(_years(order, order.order)))

    def patched(self, changed: BitMap, by_bounds: Mapping[Any, array]) -> Dates:
        """The same after some records ``changed``; those of them that are still there come by their bounds."""
        if not changed:
            return self
        told = list(_told(by_bounds))
        order = self.order.replaced(changed, told)
        return Dates(self.name, order, replaced(self.spans, changed, grouped(_years(order, [row[0] for row in told]))))

    def within(self, after: datetime.date | None, before: datetime.date | None, *, certain: bool) -> BitMap:
        """Records that may, or must, fall in the days from ``after`` to ``before``: the rule of ``sinorus.dates.filters``."""
        first, last = after.toordinal() if after else LOWEST, before.toordinal() if before else HIGHEST
        whole, partly = [BitMap()], []
        for (year, last_year), records in self.spans.items():
            if year == last_year == _NO_YEAR or (certain and _NO_YEAR in (year, last_year)):
                continue
            starts, ends = _days(year, LOWEST), _days(last_year, HIGHEST)
            # Who must fall in the span may neither start before it nor end after it; who may, neither end before nor start after.
            low, high = (starts, ends) if certain else (ends, starts)
            if low[0] >= first and high[-1] <= last:
                whole.append(records)
            elif low[-1] >= first and high[0] <= last:
                partly.append(records)
        earliest, latest = self.order.values
        low_of, high_of = (earliest, latest) if certain else (latest, earliest)
        some = array("I", [pk for records in partly for pk in records if low_of[pk] >= first and high_of[pk] <= last])
        return BitMap.union(*whole, BitMap(some))

    @cached_property
    def bounds(self) -> dict[Any, tuple[int | None, int | None]]:
        """The first and the last year of each span, None for an open end."""
        return {span: (None if span[0] == _NO_YEAR else span[0], None if span[1] == _NO_YEAR else span[1]) for span in self.spans}


def _told(by_bounds: Mapping[Any, array]) -> Iterator[tuple[int, int, int]]:
    for (earliest, latest), some in by_bounds.items():
        bounds = number(earliest, LOWEST), number(latest, HIGHEST)
        yield from ((pk, *bounds) for pk in some)


def _years(order: Order, some: Iterable[int]) -> Iterator[tuple[int, tuple[int, int]]]:
    earliest, latest = order.values
    for pk in some:
        yield pk, (_year(earliest[pk], LOWEST), _year(latest[pk], HIGHEST))


@cache
def _year(day: int, open_end: int) -> int:
    return _NO_YEAR if day == open_end else datetime.date.fromordinal(day).year


@cache
def _days(year: int, open_end: int) -> range:
    """The days of a year; of an end that is open the day that stands for it."""
    if year == _NO_YEAR:
        return range(open_end, open_end + 1)
    return range(datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal() + 1)
