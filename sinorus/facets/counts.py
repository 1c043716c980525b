"""Counting facets: the one seam behind which a faster counter can take the place of this one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast, Substr

from .filters import ConditionFacet, Facet, GroupedFacet
from .histogram import Lying

if TYPE_CHECKING:
    from .filtersets import FacetedFilterSet

Counts = dict[str, dict[str, tuple[str, int]]]


class SqlCounter:
    """Counts by grouped queries over primary keys: the reference that any other counter is held against."""

    def count(self, question: FacetedFilterSet) -> Counts:
        """For each facet its values, in the facet's own order, with their labels and numbers of distinct records.

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

    def lying(self, records: QuerySet, name: str) -> list[Lying]:
        """How many records have the date ``name`` between which years, from one grouped query."""
        # The year as text, since taking it out of a date calls back into Python on SQLite.
        years = {f"_{bound}": Substr(Cast(f"{name}_{bound}", CharField()), 1, 4) for bound in ("earliest", "latest")}
        rows = records.order_by().annotate(**years).values_list(*years).annotate(_number=Count("pk"))
        return [Lying(first and int(first), last and int(last), number) for first, last, number in rows]


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
