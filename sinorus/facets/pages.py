"""One page of a result set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from .filtersets import FacetedFilterSet


class Records(Sequence):
    """The records of a page by their primary keys; fetched, as ``prepare`` does it, when they are looked at.

    ``whys`` says why each was found, where something can tell, and so does ``found_by`` of each record.
    """

    whys: Sequence[Any] = ()

    def __init__(self, model: type[Model], keys: Sequence[int], prepare: Callable[[QuerySet], Iterable[Any]]) -> None:
        self.model, self.keys, self.prepare = model, keys, prepare

    def some(self, keys: Sequence[int]) -> dict[int, Any]:
        """Those with some of the keys, by key."""
        # The keys first, then the rows: the narrowing then runs without the columns and joins that the rows need.
        return {record.pk: record for record in self.prepare(self.model._default_manager.filter(pk__in=keys).order_by())}

    @cached_property
    def _all(self) -> list[Any]:
        found = self.some(self.keys)
        for key, why in zip(self.keys, self.whys, strict=False):
            found[key].found_by = why
        return [found[key] for key in self.keys if key in found]

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, place: Any) -> Any:
        return self._all[place]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all)


@dataclass(frozen=True)
class Page:
    """Records of one page, and where it stands among the others."""

    question: FacetedFilterSet
    number: int
    size: int
    count: int
    records: Sequence[Any]

    @property
    def last(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def first_index(self) -> int:
        """Number, from 1, of the first record shown."""
        return (self.number - 1) * self.size + 1

    @property
    def last_index(self) -> int:
        return min(self.number * self.size, self.count)

    def query(self, number: int) -> str:
        return self.question.canonical(page=None if number == 1 else number)

    @property
    def next_query(self) -> str | None:
        return self.query(self.number + 1) if self.number < self.last else None

    @property
    def previous_query(self) -> str | None:
        return self.query(self.number - 1) if self.number > 1 else None

    @property
    def numbers(self) -> list[tuple[int | None, str]]:
        """Page numbers worth a link with their queries; None stands for a gap."""
        near = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        found: list[tuple[int | None, str]] = []
        for before, number in zip([0, *near], near, strict=False):
            if number > before + 1:
                found.append((None, ""))
            found.append((number, self.query(number)))
        return found


def place_of(question: FacetedFilterSet, count: int) -> tuple[int, int]:
    """(number, size) of the page that a question asks for, of ``count`` lines.

    Raises Http404 for a page past the end, and beyond the 10,000th record, where the bulk forms are meant to be used.
    """
    number, size = question.asked["page"], question.asked["page_size"]
    if number * size > settings.FACETS["MAX_RECORD"] and number > 1:
        raise Http404(
            _("Pages end at record %(limit)s. For more, narrow the question or fetch it whole as .csv or .jsonl.")
            % {"limit": settings.FACETS["MAX_RECORD"]}
        )
    if number > 1 and (number - 1) * size >= count:
        raise Http404(_("There is no page %(number)s: %(count)s records are found.") % {"number": number, "count": count})
    return number, size


def page_of(question: FacetedFilterSet, prepare: Callable[[QuerySet], Iterable[Any]]) -> Page:
    """The page that the question asks for, its records fetched as ``prepare`` does it when they are looked at.

    Raises Http404 as ``place_of`` does.
    """
    number, size = place_of(question, question.count)
    start = (number - 1) * size
    keys = question.counter.keys(question, start, size)
    return Page(question, number, size, question.count, Records(question.queryset.model, keys, prepare))
