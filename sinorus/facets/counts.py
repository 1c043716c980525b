"""Counting facets: the one seam behind which a faster counter can take the place of this one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, Model, QuerySet
from django.db.models.functions import Cast, Substr
from django.http import QueryDict

from . import repeating
from .bitmaps.versions import index_for, is_about
from .filters import ConditionFacet, Facet, GroupedFacet
from .histogram import Lying

if TYPE_CHECKING:
    from .filtersets import FacetedFilterSet

Counts = dict[str, dict[str, tuple[str, int]]]


class SqlCounter:
    """Counts by grouped queries over primary keys: the reference that any other counter is held against."""

    def count(self, question: FacetedFilterSet, whole: Collection[str] = ()) -> Counts:
        """For each facet its values, in the facet's own order, with their labels and numbers of distinct records.

        Of a facet without an order of its own, values that too few records have to be shown may be left out, unless ``whole``
        names it.

        Facets that follow from columns of the record are counted by one grouped query for all that leave aside the same
        choice, those that are conditions by one more; the others take a query each.
        """
        found: Counts = {name: {} for name in question.facet_filters}
        together: dict[str, dict[str, Facet]] = defaultdict(dict)
        for name, facet in question.facet_filters.items():
            without = "" if name in question.every or name not in question.chosen else name
            if isinstance(facet, GroupedFacet | ConditionFacet):
                together[without][name] = facet
            else:
                rows = facet.counts(question.narrowed(without=without), question.asked)
                found[name] = {value: (label, number) for value, label, number in rows if number}
        for without, facets in together.items():
            records = question.narrowed(without=without).order_by()
            for name, numbers in (_grouped(records, facets, question.asked) | _conditional(records, facets, question.asked)).items():
                facet = question.filters[name]
                present = [value for value in facet.allowed() if numbers.get(value)]
                labels = facet.labels(present)
                found[name] = {value: (labels[value], numbers[value]) for value in present}
        return found

    def total(self, question: FacetedFilterSet, **options: Any) -> int:
        """How many records are asked for; ``options`` change how the question is read."""
        return question.narrowed(**options).order_by().count()

    def keys(self, question: FacetedFilterSet, start: int, size: int) -> list[int]:
        """Primary keys of a page of the results, in order."""
        return list(question.results().values_list("pk", flat=True)[start : start + size])

    def lying(self, question: FacetedFilterSet, without: str = "") -> list[Lying]:
        """How many of the records asked for have their date between which years, from one grouped query."""
        # The year as text, since taking it out of a date calls back into Python on SQLite.
        years = {f"_{bound}": Substr(Cast(f"{question.dated}_{bound}", CharField()), 1, 4) for bound in ("earliest", "latest")}
        rows = question.narrowed(without=without).order_by().annotate(**years).values_list(*years).annotate(_number=Count("pk"))
        return [(first and int(first), last and int(last), number) for first, last, number in rows]


@dataclass(frozen=True)
class _Again:
    """What was asked of a counter, to be asked again."""

    ask: str  # the counter's method
    kind: type[FacetedFilterSet]
    query: str
    also: frozenset[str]
    records: QuerySet | None  # None: all that readers see
    model: type[Model]
    arguments: tuple[tuple[Any, ...], dict[str, Any]]

    @classmethod
    def of(cls, ask: str, question: FacetedFilterSet, *arguments: Any) -> _Again:
        records, model = question.queryset, question.queryset.model
        if "_again" not in question.__dict__:  # the same for all that is asked of it
            public = getattr(model._default_manager, "public", None)
            usual = public is not None and is_about(records, public())
            question.__dict__["_again"] = question.data.urlencode(), question.also, None if usual else records, model
        return cls(ask, type(question), *question.__dict__["_again"], arguments)

    def __call__(self, made: repeating.Made) -> Any:
        key = self.kind, self.query, id(self.records)  # of the question, of which an answer asks several things
        if key not in made:
            records = self.model._default_manager.public() if self.records is None else self.records
            made[key] = self.kind(QueryDict(self.query), records, also=self.also)
        positional, named = self.arguments
        return getattr(type(self.kind.counter), self.ask).__wrapped__(self.kind.counter, made[key], *positional, **named)

    def __getstate__(self) -> dict[str, Any]:
        if self.records is not None:
            raise repeating.Unshareable
        return self.__dict__


def _repeatable(ask: Callable[..., Any]) -> Callable[..., Any]:
    """For what is asked of a counter: the same question can be asked again, so an answer made of it may hold on another edition."""

    @wraps(ask)
    def asked(counter: SqlCounter, question: FacetedFilterSet, *args: Any, **options: Any) -> Any:
        with repeating.apart():
            found = ask(counter, question, *args, **options)
        repeating.found(lambda: _Again.of(ask.__name__, question, args, options), found)
        return found

    return asked


class IndexedCounter(SqlCounter):
    """Counts in memory where there is an index of the edition that is being read and it understands the question; else by SQL."""

    @_repeatable
    def count(self, question: FacetedFilterSet, whole: Collection[str] = ()) -> Counts:
        index = index_for(question)
        return super().count(question, whole) if index is None else index.count(question, whole)

    @_repeatable
    def total(self, question: FacetedFilterSet, **options: Any) -> int:
        index = index_for(question)
        return super().total(question, **options) if index is None else len(index.narrowed(question, **options))

    @_repeatable
    def keys(self, question: FacetedFilterSet, start: int, size: int) -> list[int]:
        index = index_for(question)
        found = None if index is None else index.keys(question, start, size)
        return super().keys(question, start, size) if found is None else found

    @_repeatable
    def lying(self, question: FacetedFilterSet, without: str = "") -> list[Lying]:
        index = index_for(question)
        return super().lying(question, without) if index is None else index.lying(question, without)


def _grouped(records: QuerySet, facets: dict[str, Facet], options: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """Numbers of the facets that follow from columns, from one query grouped by all these columns."""
    columns: dict[str, Any] = {}
    keys: dict[str, list[str]] = {}
    for name, facet in facets.items():
        if isinstance(facet, GroupedFacet):
            keys[name] = [f"g{len(columns) + number}" for number, _expression in enumerate(facet.expressions())]
            columns |= dict(zip(keys[name], facet.expressions(), strict=True))
    found: dict[str, Counter[str]] = {name: Counter() for name in keys}
    if not columns:
        return found
    place = {column: number for number, column in enumerate(columns)}
    for *row, number in records.annotate(**columns).values_list(*columns).annotate(_number=Count("pk")):
        for name, own in keys.items():
            for value in facets[name].values_of(tuple(row[place[column]] for column in own), options):
                found[name][value] += number
    return found


def _conditional(records: QuerySet, facets: dict[str, Facet], options: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """Numbers of the facets that are conditions, from one query."""
    conditions = [(name, value) for name, facet in facets.items() if isinstance(facet, ConditionFacet) for value in facet.allowed()]
    found: dict[str, Counter[str]] = {name: Counter() for name, _value in conditions}
    if conditions:
        counts = {f"c{n}": Count("pk", filter=facets[name].condition(value, options)) for n, (name, value) in enumerate(conditions)}
        numbers = records.aggregate(**counts)
        for n, (name, value) in enumerate(conditions):
            found[name][value] = numbers[f"c{n}"]
    return found
