"""The values of a facet with their records, one class for each sort of facet in ``sinorus.facets.filters``.

``by_key`` is what is read from the database: records by the columns that a ``GroupedFacet`` groups by, by primary key of a
vocabulary, or by choice. Values follow from the keys, the options of the question and the day; they are worked out when they are
first asked for and then kept, so a Postings must not be changed: ``patched`` makes another.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from django.db.models import F, QuerySet
from django.utils.translation import get_language
from pyroaring import BitMap

from ..filters import TITLES, ChoiceFacet, ConditionFacet, DecadeFacet, Facet, GroupedFacet, LinkedChoiceFacet, RelatedFacet, title_of
from ..hurry import unhurried
from .edits import Edit
from .rows import ByKey, Make, grouped, keys, of_some, replaced, rows, statement

Options = Mapping[str, Any]
Values = dict[str, BitMap]
KEPT = 16  # readings of a facet under different options
PASSED_ON = 4  # of these, mended after an edit


class _Noting(dict):
    """The options of a question, and which of them were looked at: what is worked out from them depends on no others."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.seen: dict[str, Any] = {}

    def get(self, name: str, default: Any = None) -> Any:
        self.seen[name] = super().get(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self.get(name)


class Postings:
    """The values of one facet. ``records`` asks for all that readers see, and ``everything`` has their primary keys."""

    def __init__(self, facet: Any, records: QuerySet, everything: BitMap, by_key: ByKey) -> None:
        self.facet, self.records, self.everything, self.by_key = facet, records, everything, by_key
        self._kept: dict[Any, list[tuple[dict[str, Any], Values]]] = {}
        self._labels: dict[str, dict[str, str]] = {}

    # Reading --------------------------------------------------------------------------------------------------------

    @classmethod
    def columns(cls, facet: Any) -> Sequence[Any]:
        """The columns of the record itself that make the key; none when it is made of rows that hang on it."""
        return ()

    @classmethod
    def of(cls, facet: Any, records: QuerySet, everything: BitMap, read: dict[Any, ByKey]) -> Self:
        """Read from the database; what another facet read already by the same query (participants, by kind) is in ``read``."""
        query = cls.query(facet, records, None)
        key = None if query is None else statement(query)  # a query that is asked whether it is true is read whole
        if key not in read:
            read[key] = grouped(_pairs(query))
        return cls(facet, records, everything, read[key])

    @classmethod
    def query(cls, facet: Any, records: QuerySet, some: list[int] | None) -> QuerySet | None:
        """(record, columns of the key) of all records, or of those with some primary keys; of more than readers see, if that is easier."""
        raise NotImplementedError

    def _about(self, some: list[int]) -> QuerySet | None:
        return self.query(self.facet, self.records, some)

    def patched(self, edit: Edit, by_key: ByKey | None) -> Self:
        """The same after an edit; ``by_key`` has the records that changed, where that was read already.

        What was worked out is passed on, mended by what the changed records alone would give.
        """
        if by_key is None:
            by_key = edit.by_key(self.facet, self._about)
        new = type(self)(self.facet, self.records, edit.everything, replaced(self.by_key, edit.changed, by_key))
        few = type(self)(self.facet, self.records, edit.everything & edit.changed, by_key)
        self._pass_on(new, few, edit)
        return new

    def _pass_on(self, new: Self, few: Self, edit: Edit) -> None:
        """Give ``new`` what this one knows and the edit did not change; ``few`` has the changed records alone."""
        new._kept["counted"] = []
        for seen, values in self._kept.get("counted", [])[-PASSED_ON:]:
            noting = _Noting(seen)
            found = few._recounted(edit, noting) if seen["today"] == datetime.date.today() and not self._asks_of(edit, seen) else None
            if found is not None and noting.seen.keys() <= seen.keys():
                found = replaced(values, edit.changed, found)
                if not found.keys() <= values.keys():
                    found = {value: found[value] for value in new.order() if value in found}
                new._kept["counted"].append((seen, found))

    def _recounted(self, edit: Edit, options: Options) -> Values:
        """What ``counted`` gives where there are no other records than those that an edit changed."""
        return self._counted(options)

    def _asks_of(self, edit: Edit, options: Options) -> bool:
        """Whether counting under some options asks of other records, which an edit changed."""
        return False

    def depends_on(self, edit: Edit) -> bool:
        """Whether more than ``patched`` mends follows from records of other types, so that all has to be read anew."""
        return edit.statements.mention(self.facet, self._about, edit.others)

    def order(self) -> Iterable[str]:
        """The values in the facet's own order."""
        return self.facet.allowed()

    # Asking ---------------------------------------------------------------------------------------------------------

    def counted(self, options: Options) -> Values:
        """Records of each value that is counted, in the facet's own order."""
        return self._keep("counted", options, self._counted)

    def matching(self, value: str, options: Options) -> BitMap:
        """Records that the value narrows to."""
        return self.counted(options).get(value) or BitMap()

    def by_size(self, options: Options) -> Values:
        """The values that are counted, the largest first."""
        return self._keep("by size", options, lambda asked: dict(sorted(self.counted(asked).items(), key=lambda one: -len(one[1]))))

    def labels(self) -> dict[str, str]:
        """The values in the reader's language."""
        language = get_language() or "en"
        if language not in self._labels:
            self._labels[language] = self._labelled()
        return self._labels[language]

    def _counted(self, options: Options) -> Values:
        raise NotImplementedError

    def _labelled(self) -> dict[str, str]:
        return self.facet.labels(self.facet.allowed())

    def _keep(self, what: Any, options: Options, make: Callable[[Options], Values]) -> Values:
        """What ``make`` gives, kept for questions whose options are the same as far as it looked at them."""
        today = datetime.date.today()
        kept = self._kept.get(what, [])
        for one in kept:
            seen, found = one
            if seen["today"] == today and all(options.get(name) == value for name, value in seen.items() if name != "today"):
                if one is not kept[-1]:
                    self._kept[what] = [other for other in kept if other is not one] + [one]  # the last asked for are passed on
                return found
        noting = _Noting(options)
        found = make(noting)
        for name in noting.seen:
            options.get(name)  # who asked may be noting too
        self._kept[what] = [*kept[1 - KEPT :], ({"today": today} | noting.seen, found)]
        return found


class GroupedPostings(Postings):
    """Values that follow from columns of the record itself."""

    facet: GroupedFacet

    @classmethod
    def columns(cls, facet: GroupedFacet) -> Sequence[Any]:
        return facet.expressions()

    @classmethod
    def query(cls, facet: GroupedFacet, records: QuerySet, some: list[int] | None) -> QuerySet:
        columns = {f"_g{number}": expression for number, expression in enumerate(facet.expressions())}
        own = records if some is None else records.filter(pk__in=some)
        return own.annotate(**columns).values_list("pk", *columns)

    def _counted(self, options: Options) -> Values:
        found: dict[str, list[BitMap]] = {value: [] for value in self.facet.allowed()}
        for key, records in self.by_key.items():
            for value in self.facet.values_of(key, options):
                if value in found:
                    found[value].append(records)
        return {value: BitMap.union(*some) for value, some in found.items() if some}


def _pairs(query: QuerySet | None) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """(record, key) of the rows of a query; the key is a tuple."""
    return ((row[0], row[1:]) for row in rows(query)) if query is not None else iter(())


class LinkedPostings(Postings):
    """Choices in rows that belong to the record."""

    facet: LinkedChoiceFacet

    @classmethod
    def query(cls, facet: LinkedChoiceFacet, records: QuerySet, some: list[int] | None) -> QuerySet:
        return _links(facet, some).values_list(facet.record, facet.column)

    def _counted(self, options: Options) -> Values:
        return {value: self.by_key[value,] & self.everything for value in self.facet.allowed() if (value,) in self.by_key}


def _links(facet: LinkedChoiceFacet | RelatedFacet, some: list[int] | None) -> QuerySet:
    return facet.links() if some is None else facet.links().filter(**{f"{facet.record}__in": some})


class RelatedPostings(Postings):
    """Records of a vocabulary; which of them readers see, what they are called and what they stand for is read anew when it changes."""

    facet: RelatedFacet

    @classmethod
    def columns(cls, facet: RelatedFacet) -> Sequence[Any]:
        return [F(facet.value)] if facet.links is None else ()

    @classmethod
    def query(cls, facet: RelatedFacet, records: QuerySet, some: list[int] | None) -> QuerySet:
        if facet.links is not None:
            return _links(facet, some).values_list(facet.record, facet.value)
        own = records if some is None else records.filter(pk__in=some)
        return own.filter(**{f"{facet.value}__isnull": False}).values_list("pk", facet.value)

    def _pass_on(self, new: Self, few: Self, edit: Edit) -> None:
        if edit.others and (model := self.facet.vocabulary().model) in edit.others:
            anew = {(pk,): self._with(pk) for pk in edit.changes[str(model._meta.model_name)]}
            new.by_key = {key: found for key, found in (new.by_key | anew).items() if found}
            return
        for one in new, few:
            one.vocabulary, one.families, one._numbers, one._labels = self.vocabulary, self.families, self._numbers, self._labels
        super()._pass_on(new, few, edit)

    def order(self) -> Iterable[str]:
        return [*self._numbers, self.facet.EMPTY]

    def _with(self, value: int) -> BitMap:
        """The records with a value, read anew, since others than they themselves may have moved them to it, or away from it."""
        if self.facet.links is None:
            return keys(self.records.filter(**{self.facet.value: value}))
        return keys(self.facet.links().filter(**{self.facet.value: value}), self.facet.record)

    def depends_on(self, edit: Edit) -> bool:
        if not edit.others:
            return False
        rest = [model for model in edit.others if model is not self.facet.vocabulary().model]
        return super().depends_on(edit) or edit.statements.mention((self.facet, "vocabulary"), lambda some: self.facet.vocabulary(), rest)

    @cached_property
    def vocabulary(self) -> dict[int, tuple[str, ...]]:
        """Slug and titles of each value that readers see, in the order of the vocabulary."""
        return {pk: tuple(told) for pk, *told in self.facet.vocabulary().values_list("pk", "slug", *TITLES)}

    @cached_property
    def families(self) -> dict[int, set[int]]:
        """What each value that stands for several stands for."""
        return self.facet.families() if self.facet.families else {}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {told[0]: pk for pk, told in self.vocabulary.items()}

    def _families(self, options: Options) -> dict[int, set[int]]:
        wanted = self.facet.families and (not self.facet.family_option or options.get(self.facet.family_option))
        return self.families if wanted else {}

    def _counted(self, options: Options) -> Values:
        families, there = self._families(options), {key[0] for key in self.by_key}
        found = {
            told[0]: self._union(member for member in members if member in self.vocabulary)
            for pk, told in self.vocabulary.items()
            if not there.isdisjoint(members := families.get(pk, (pk,)))
        }
        if self.facet.empty:
            found[self.facet.EMPTY] = self.everything - self._union(self.vocabulary)
        return {value: records for value, records in found.items() if records}

    def _union(self, values: Iterable[int]) -> BitMap:
        some = [self.by_key[value,] for value in values if (value,) in self.by_key]
        return (some[0] if len(some) == 1 else BitMap.union(*some)) & self.everything if some else BitMap()

    def matching(self, value: str, options: Options) -> BitMap:
        if value == self.facet.EMPTY and self.facet.empty:
            return super().matching(value, options)
        pk, families = self._numbers.get(value, 0), self._families(options)
        if set(families.get(pk, ())) <= self.vocabulary.keys():
            return super().matching(value, options)
        return self._union(families[pk])  # it also stands for what is no value of this facet

    def _labelled(self) -> dict[str, str]:
        labels = {slug: title_of(titles) for slug, *titles in self.vocabulary.values()}
        return labels | ({self.facet.EMPTY: str(self.facet.empty)} if self.facet.empty else {})


class ConditionPostings(Postings):
    """Values with a condition each, which the database judges, for each reading of them once."""

    facet: ConditionFacet

    @classmethod
    def query(cls, facet: ConditionFacet, records: QuerySet, some: list[int] | None) -> None:
        return None

    def _recounted(self, edit: Edit, options: Options) -> Values:
        return {value: found for value in self.facet.allowed() if (found := edit.keys(*self._judging(value, options)))}

    def _asks_of(self, edit: Edit, options: Options) -> bool:
        return any(edit.statements.mention(*self._judging(value, options), edit.others) for value in self.facet.allowed())

    def _judging(self, value: str, options: Options) -> tuple[Any, Make]:
        """The query for those of some records that meet the condition of a value, by its name."""

        def make(some: list[int]) -> QuerySet:
            return self.records.filter(of_some(self.facet.condition(value, options), some), pk__in=some).values_list("pk")

        return (self.facet, value, repr(options)), make

    def _counted(self, options: Options) -> Values:
        with unhurried(self.records.db):
            found = {value: self._judge(self.records, value, options) for value in self.facet.allowed()}
        return {value: records for value, records in found.items() if records}

    def _judge(self, records: QuerySet, value: str, options: Options) -> BitMap:
        return keys(records.filter(self.facet.condition(value, options)))


#: Facets whose answers are understood; a subclass may answer otherwise, so it is not taken for what it derives from.
SORTS: dict[type[Facet], type[Postings]] = {
    ChoiceFacet: GroupedPostings,
    DecadeFacet: GroupedPostings,
    LinkedChoiceFacet: LinkedPostings,
    RelatedFacet: RelatedPostings,
    ConditionFacet: ConditionPostings,
}
