"""The index of one catalogue at one edition: what its questions narrow to, count, and list."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from pyroaring import BitMap

from sinorus.dates.filters import by_date

from ..filters import Condition, Facet
from ..histogram import Lying
from ..snapshot import Changes
from .dates import Dates
from .edits import Edit
from .numbers import Numbers, mark_of
from .orders import LOWEST, Order, as_number
from .postings import SORTS, Postings
from .rows import MAX_KEY, Statements, by_keys, inner, keys, rows, together, with_columns

if TYPE_CHECKING:
    from ..filtersets import FacetedFilterSet

MANY = 2_000  # changed records beyond which reading all is no slower than mending
FOUND = 256  # answers of the database kept: texts searched for, spans of days

Facets = Mapping[str, Facet]
_MISSING = object()
_ALL, _DATE, _OWN = "_all", "_date", "_own"  # no facet is called so


class Index:
    """What is known of the records of one catalogue. It is never changed once made: ``patched`` makes another."""

    def __init__(
        self,
        records: QuerySet,
        everything: BitMap,
        postings: dict[str, Postings],
        dates: Dates | None,
        columns: Mapping[str, Sequence[Any]],
        statements: Statements,
    ) -> None:
        self.records, self.everything, self.postings, self.dates = records, everything, postings, dates
        self.columns, self.statements = columns, statements
        self.sorts = by_date(dates.name) if dates else {}
        self.orders: dict[tuple[str, ...], Order] = {}
        self._found: OrderedDict[Any, Any] = OrderedDict()
        self._numbers = Numbers()

    # Making ---------------------------------------------------------------------------------------------------------

    @classmethod
    def of(cls, records: QuerySet, facets: Facets, dated: str) -> Index | None:
        """Read from the database; None when there is a facet that it does not understand, or when primary keys are too large."""
        if any(type(facet) not in SORTS for facet in facets.values()):
            return None
        columns = _columns(records.model, facets, dated)
        own = together(columns, rows(with_columns(records, columns)))
        everything = BitMap(own[_ALL].get((), ()))
        if everything and everything.max() > MAX_KEY:
            return None
        read: dict[Any, Any] = {}
        postings = {}
        for name, facet in facets.items():
            sort = SORTS[type(facet)]
            if name in own:
                by_key = {key: BitMap(some) for key, some in own.pop(name).items()}
                postings[name] = sort(facet, records, everything, by_key)
            else:
                postings[name] = sort.of(facet, records, everything, read)
        return cls(records, everything, postings, Dates.of(dated, own[_DATE]) if dated else None, columns, Statements())

    def patched(self, changes: Changes) -> Index | None:
        """The same after some changes; None when everything has to be read anew."""
        name = str(self.records.model._meta.model_name)
        if (others := _told(changes, name)) is None or any(len(some) > MANY for some in changes.values()):
            return None
        edit = Edit(BitMap(changes[name]), changes, others, self.statements, self.records.db)
        if edit.changed and edit.changed.max() > MAX_KEY:
            return None
        if self.statements.mention(_ALL, self._about, others) or any(one.depends_on(edit) for one in self.postings.values()):
            return None
        own = together(self.columns, edit.rows(_OWN, lambda some: with_columns(self._about(some), self.columns)))
        seen = BitMap(own.pop(_ALL).get((), ()))
        edit.everything = (self.everything - edit.changed) | seen
        few = {name: {key: BitMap(some) for key, some in found.items()} for name, found in own.items()}
        postings = {name: one.patched(edit, few.get(name)) for name, one in self.postings.items()}
        dates = self.dates and self.dates.patched(edit.changed, own[_DATE])
        new = Index(self.records, edit.everything, postings, dates, self.columns, self.statements)
        new.orders = {columns: order.patched(edit, self._about) for columns, order in self.orders.items()}
        return new

    def _about(self, some: list[int]) -> QuerySet:
        return self.records.filter(pk__in=some)

    # Asking ---------------------------------------------------------------------------------------------------------

    def narrowed(self, question: FacetedFilterSet, without: str = "", **options: Any) -> BitMap:
        """The records that a question asks for; what ``FacetedFilterSet.narrowed`` narrows to. Kept with the question."""
        kept, key = question.__dict__.setdefault("_bitmaps", {}), (without, *options.items())
        if key not in kept:
            kept[key] = self._narrowed(question, without, question.asked | options)
        return kept[key]

    def _narrowed(self, question: FacetedFilterSet, without: str, asked: Mapping[str, Any]) -> BitMap:
        parts = [self._condition(one.q(asked[name], self.records)) for name, one in question.conditions.items() if name != without]
        parts += [self._chosen(question, name, asked) for name in question.chosen if name != without]
        if without != "date" and (span := self._span(asked)) is not None:
            parts.append(span)
        return BitMap.intersection(self.everything, *sorted(parts, key=len)) if parts else self.everything

    def count(self, question: FacetedFilterSet, whole: Collection[str]) -> dict[str, dict[str, tuple[str, int]]]:
        """For each facet its values, in the facet's own order, with their labels and numbers of records."""
        most, found = settings.FACETS["MAX_BUCKETS"], {}
        for name, postings in self.postings.items():
            own = self._marked(question, name if name in question.chosen and name not in question.every else "")
            readings, labels = postings.counted(question.asked), postings.labels()
            every = postings.facet.ordered or name in whole or len(readings) <= most
            numbers = self._numbers.of(*own, readings) if every else self._numbers.of(*own, postings.by_size(question.asked), most)
            found[name] = {value: (labels[value], number) for value, number in numbers}
            for value in () if every else question.chosen.get(name, ()):
                if value in readings and (number := own[0].intersection_cardinality(readings[value])):
                    found[name][value] = labels[value], number
        return found

    def lying(self, question: FacetedFilterSet, without: str) -> list[Lying]:
        """How many of the records asked for lie between which years."""
        numbers = self._numbers.of(*self._marked(question, without), self.dates.spans)
        return [(*self.dates.bounds[span], number) for span, number in numbers]

    def _marked(self, question: FacetedFilterSet, without: str) -> tuple[BitMap, bytes]:
        """The records that a question asks for, and what tells them from others. Kept with the question."""
        kept = question.__dict__.setdefault("_marks", {})
        if without not in kept:
            base = self.narrowed(question, without)
            kept[without] = base, mark_of(base)
        return kept[without]

    def keys(self, question: FacetedFilterSet, start: int, size: int) -> list[int] | None:
        """Primary keys of a page; None when the order is neither that of the date nor one that comes in steps."""
        sort = question.asked["sort"]
        if sort in self.sorts and question.sorts[sort] == self.sorts[sort]:
            return self.dates.order.page(self.narrowed(question), start, size, descending=sort.startswith("-"))
        brought = next(((name, one) for name, one in question.conditions.items() if one.sort == sort and sort not in question.sorts), None)
        if brought is None or (found := self._steps(*brought, question.asked)) is None:
            return None
        return self._stepwise(self.narrowed(question), *found, start, size)

    def _steps(self, name: str, condition: Condition, asked: Mapping[str, Any]) -> tuple[Iterator[BitMap], Order] | None:
        """The steps of the order that a condition brings, each read when it is wanted, and the order within each."""
        told = self._keep((name, asked[name]), lambda: condition.steps(asked[name], self.records, self._number))
        if told is None:
            return None
        columns = tuple(column.removeprefix("-") for column in told[1])
        if columns not in self.orders:
            self.orders[columns] = Order.of(tuple((column, LOWEST) for column in columns), self.records, self.dates and self.dates.order)
        return map(self._condition, told[0]), self.orders[columns]

    @staticmethod
    def _stepwise(base: BitMap, steps: Iterable[BitMap], order: Order, start: int, size: int) -> list[int]:
        """A page of what is in ``base``. Most pages are full before the last steps, which are the largest, are asked for."""
        found: list[int] = []
        for step in chain(steps, [base]):
            if own := base & step:
                found += order.page(own, 0, start + size - len(found), descending=True)
                base = base - own
            if len(found) == start + size:
                break
        return found[start:]

    def _chosen(self, question: FacetedFilterSet, name: str, options: Mapping[str, Any]) -> BitMap:
        some = [self.postings[name].matching(value, options) for value in question.chosen[name]]
        if len(some) == 1:
            return some[0]
        return BitMap.intersection(*some) if name in question.every else BitMap.union(*some)

    def _span(self, asked: Mapping[str, Any]) -> BitMap | None:
        after, before = asked.get("date_after"), asked.get("date_before")
        if self.dates is None or not (after or before):
            return None
        days, certain = (after and after.earliest, before and before.latest), asked.get("date_match") == "certain"
        return self._keep((*days, certain), lambda: self.dates.within(*days, certain=certain))

    def _condition(self, q: Q) -> BitMap:
        """The records that meet a condition which only the database can judge; perhaps others too, which are not in the index."""
        return self._keep(q, lambda: self._judged(q))

    def _number(self, q: Q) -> int:
        return len(self._condition(q))

    def _judged(self, q: Q) -> BitMap:
        if not by_keys(q):
            return keys(self.records.model._base_manager.filter(q))
        if len(q.children) == 1 and not q.negated and isinstance(q.children[0], tuple):
            return inner(q.children[0][1], self.records.db)
        parts = [self._condition(one if isinstance(one, Q) else Q(one)) for one in q.children]
        found = BitMap.union(*parts) if q.connector == Q.OR else BitMap.intersection(*parts)
        return self.everything - found if q.negated else found

    def _keep(self, key: Any, find: Callable[[], Any]) -> Any:
        found = self._found.get(key, _MISSING)
        if found is _MISSING:
            found = self._found[key] = find()
            if len(self._found) > FOUND:
                self._found.popitem(last=False)
        return found


def _columns(model: type[Model], facets: Facets, dated: str) -> dict[str, Sequence[Any]]:
    """What is read of the records themselves: for facets that follow from them, and for their date."""
    columns = {name: SORTS[type(facet)].columns(facet) for name, facet in facets.items()}
    dates = [as_number(model, column) for column, _empty in Dates.columns(dated)] if dated else []
    return {name: some for name, some in columns.items() if some} | {_ALL: [], _DATE: dates}


def _told(changes: Changes, own: str) -> set[type[Model]] | None:
    """The other models of which records changed; None when the changes do not tell of all that there are to know of."""
    if own not in changes:
        return None
    known = {str(model._meta.model_name): model for model in apps.get_models()}
    changed = {name for name, some in changes.items() if some} - {own}
    return {known[name] for name in changed} if changed <= known.keys() else None
