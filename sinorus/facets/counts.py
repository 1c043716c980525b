"""Counting facets: the one seam behind which a faster counter can take the place of this one."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from .filters import ConditionFacet

if TYPE_CHECKING:
    from .filtersets import FacetedFilterSet

Counts = dict[str, dict[str, tuple[str, int]]]


class SqlCounter:
    """Counts by grouped queries over primary keys: the reference that any other counter is held against."""

    def count(self, question: FacetedFilterSet) -> Counts:
        """For each facet its values, in the facet's own order, with their labels and numbers of distinct records.

        Facets that are conditions on the record itself are counted together, one query for all that leave aside the same
        choice; the others take a query each.
        """
        conditions: dict[str, dict[str, dict[str, Q]]] = defaultdict(dict)
        found: Counts = {name: {} for name in question.facet_filters}
        for name, facet in question.facet_filters.items():
            without = "" if name in question.every or name not in question.chosen else name
            if isinstance(facet, ConditionFacet):
                conditions[without][name] = {value: facet.condition(value, question.asked) for value in facet.allowed()}
            else:
                rows = facet.counts(question.narrowed(without=without), question.asked)
                found[name] = {value: (label, number) for value, label, number in rows if number}
        for without, facets in conditions.items():
            for name, numbers in _together(question.narrowed(without=without), facets).items():
                labels = question.filters[name].labels(numbers)
                found[name] = {value: (labels[value], number) for value, number in numbers.items()}
        return found

    def years(self, records: QuerySet, name: str) -> list[dict[str, int]]:
        """How many records may fall in each year, by the bounds of the date ``name``; those with an open end are left out."""
        bounds = records.order_by().values_list(f"{name}_earliest", f"{name}_latest")
        years: Counter[int] = Counter()
        for earliest, latest in bounds.filter(**{f"{name}_earliest__isnull": False, f"{name}_latest__isnull": False}):
            years.update(range(earliest.year, latest.year + 1))
        return [{"year": year, "count": years[year]} for year in sorted(years)]


def _together(records: QuerySet, facets: dict[str, dict[str, Q]]) -> dict[str, dict[str, int]]:
    """Numbers of the records that meet each condition, of several facets in one query; values without any left out."""
    columns = {
        f"c{number}": (name, value, q)
        for number, (name, value, q) in enumerate((name, value, q) for name, values in facets.items() for value, q in values.items())
    }
    numbers = records.order_by().aggregate(**{column: Count("pk", filter=q) for column, (_name, _value, q) in columns.items()})
    found: dict[str, dict[str, int]] = {name: {} for name in facets}
    for column, (name, value, _q) in columns.items():
        if numbers[column]:
            found[name][value] = numbers[column]
    return found
