"""When records are, in memory: which may or must fall in a span of days, in which years they fall, and their order by date."""

from __future__ import annotations

import datetime
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from pyroaring import BitMap

from ..histogram import Lying
from .rows import ByKey, grouped, replaced, rows

OPEN_START, OPEN_END = 0, datetime.date.max.toordinal() + 1  # days that stand for an open or unknown end
SORTING = 8  # how much more it costs to sort a record than to look at one
_NO_YEAR = -1

Row = tuple[int, int, int]  # record, first day it may be, last day


class Dates:
    """The bounds of one historical date of some records. ``order`` has them oldest first, as the sort "date" wants them."""

    def __init__(self, name: str, earliest: array, latest: array, order: array, spans: ByKey) -> None:
        self.name, self.earliest, self.latest, self.order, self.spans = name, earliest, latest, order, spans

    @classmethod
    def of(cls, name: str, records: QuerySet) -> Dates:
        """Read from the database."""
        found = list(_read(name, records))
        most = max((row[0] for row in found), default=0)
        earliest, latest = array("i", bytes(4 * (most + 1))), array("i", bytes(4 * (most + 1)))
        for pk, first, last in found:
            earliest[pk], latest[pk] = first, last
        order = array("I", [pk for pk, _first, _last in sorted(found, key=_place)])
        return cls(name, earliest, latest, order, grouped((pk, _years(first, last)) for pk, first, last in found))

    def patched(self, gone: BitMap, records: QuerySet) -> Dates:
        """The same with some records left out, and ``records`` put in."""
        found = list(_read(self.name, records))
        spans = replaced(self.spans, gone, ((pk, _years(first, last)) for pk, first, last in found))
        new = Dates(self.name, self.earliest[:], self.latest[:], self.order[:], spans)
        for pk in gone:
            place = bisect_left(new.order, new.place(pk), key=new.place) if pk < len(new.earliest) else len(new.order)
            if place < len(new.order) and new.order[place] == pk:
                del new.order[place]
        for pk, first, last in found:
            if (short := pk + 1 - len(new.earliest)) > 0:
                new.earliest.frombytes(bytes(4 * short))
                new.latest.frombytes(bytes(4 * short))
            new.earliest[pk], new.latest[pk] = first, last
            new.order.insert(bisect_left(new.order, new.place(pk), key=new.place), pk)
        return new

    def place(self, pk: int) -> tuple[int, int, int]:
        """What the order goes by."""
        return self.earliest[pk], self.latest[pk], pk

    def within(self, after: datetime.date | None, before: datetime.date | None, *, certain: bool) -> BitMap:
        """Records that may, or must, fall in the days from ``after`` to ``before``: the rule of ``sinorus.dates.filters``."""
        first, last = after.toordinal() if after else OPEN_START, before.toordinal() if before else OPEN_END
        whole, partly = [BitMap()], []
        for (year, last_year), records in self.spans.items():
            if year == last_year == _NO_YEAR or (certain and _NO_YEAR in (year, last_year)):
                continue
            starts, ends = _days(year, OPEN_START), _days(last_year, OPEN_END)
            # Who must fall in the span may neither start before it nor end after it; who may, neither end before nor start after.
            low, high = (starts, ends) if certain else (ends, starts)
            if low[0] >= first and high[-1] <= last:
                whole.append(records)
            elif low[-1] >= first and high[0] <= last:
                partly.append(records)
        low_of, high_of = (self.earliest, self.latest) if certain else (self.latest, self.earliest)
        some = array("I", [pk for records in partly for pk in records if low_of[pk] >= first and high_of[pk] <= last])
        return BitMap.union(*whole, BitMap(some))

    def lying(self, base: BitMap) -> list[Lying]:
        """How many of the records lie between which years."""
        found = ((span, base.intersection_cardinality(records)) for span, records in self.spans.items())
        return [Lying(*(None if year == _NO_YEAR else year for year in span), number) for span, number in found if number]

    def page(self, base: BitMap, start: int, size: int, *, newest_first: bool) -> list[int]:
        """Primary keys of some of the records, in order. Looks through the order, or sorts what there is: whichever is less."""
        number, wanted = len(base), start + size
        if SORTING * number * number <= wanted * len(self.order):
            return sorted(base, key=self.place, reverse=newest_first)[start:wanted]
        found: list[int] = []
        for pk in reversed(self.order) if newest_first else self.order:
            if pk in base:
                found.append(pk)
                if len(found) == wanted:
                    break
        return found[start:]


def _place(row: Row) -> tuple[int, int, int]:
    return row[1], row[2], row[0]


def _read(name: str, records: QuerySet) -> Iterator[Row]:
    # As text, which both databases give alike; of the same day only the first is read.
    days: dict[str | None, int] = {}
    for pk, *bounds in rows(_texts(records, (f"{name}_earliest", f"{name}_latest"))):
        for text in bounds:
            if text is not None and text not in days:
                days[text] = datetime.date.fromisoformat(text).toordinal()
        yield pk, days.get(bounds[0], OPEN_START), days.get(bounds[1], OPEN_END)


def _texts(records: QuerySet, columns: Iterable[str]) -> Any:
    casts = {f"_{column}": Cast(column, CharField()) for column in columns}
    return records.annotate(**casts).values_list("pk", *casts)


def _years(first: int, last: int) -> tuple[int, int]:
    return (
        _NO_YEAR if first == OPEN_START else datetime.date.fromordinal(first).year,
        _NO_YEAR if last == OPEN_END else datetime.date.fromordinal(last).year,
    )


@cache
def _days(year: int, open_end: int) -> range:
    """The days of a year; of an end that is open the day that stands for it."""
    if year == _NO_YEAR:
        return range(open_end, open_end + 1)
    return range(datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal() + 1)
