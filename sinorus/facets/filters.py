"""The parts of a question: facets, which narrow and are counted, and switches, which change how others are read."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import BooleanField, Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Substr
from django.utils.translation import get_language
from django_filters import Filter

from sinorus.dates.filters import overlap
from sinorus.dates.show import show

from .fields import OnceField, ValuesField, one_of

Options = Mapping[str, Any]
Labelled = dict[str, str]


class _Declared(Filter):
    """A declaration: what a question makes of it is its own, what was declared is shared by all and never changed."""

    def __init__(self, *, example: str = "", **kwargs: Any) -> None:
        self.example = example  # a value for the documents, where no closed list gives one
        super().__init__(**kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """FilterSets copy their filters at each request; of ours a new object is enough, with the same field: reading changes neither."""
        self.field  # noqa: B018  # which makes it
        return copy.copy(self)


class Switch(_Declared):
    """A parameter that narrows nothing itself. ``looks``: what a page's form offers for it, "text" or "date"."""

    field_class = OnceField

    def __init__(
        self, *, default: Any = None, read: Callable[[str], Any], allowed: Sequence[str] = (), looks: str = "text", **kwargs: Any
    ) -> None:
        self.default, self.allowed, self.looks = default, list(allowed), looks
        super().__init__(read=read, initial=default, required=False, **({"allowed": list(allowed)} | kwargs))


class Choice(Switch):
    """A switch that is one of a few words."""

    def __init__(self, *allowed: str, default: str | None = None, **kwargs: Any) -> None:
        super().__init__(read=one_of(*allowed), default=default, allowed=allowed, **kwargs)


class Sort(Choice):
    """The order of the results. Its default depends on the rest of the question, so nothing stands for it in the form."""

    def __init__(self, *allowed: str, default: str, **kwargs: Any) -> None:
        super().__init__(*allowed, default=default, **kwargs)
        self.extra["initial"] = None


class Condition(Switch):
    """A parameter that narrows, but has no values that could be counted: free text.

    ``sort`` is the name of an order that it brings with it, which is the default while it is asked.
    """

    sort = ""

    def q(self, value: Any, records: QuerySet) -> Q:
        """What it narrows the records to."""
        raise NotImplementedError

    def order(self, value: Any, records: QuerySet) -> tuple:
        """The order that it brings, for ``order_by``."""
        raise NotImplementedError

    def steps(self, value: Any, records: QuerySet, number: Callable[[Q], int]) -> tuple[list[Q], tuple[str, ...]] | None:
        """The same order otherwise told: who goes first, who of the others goes next …, and the columns that part who goes together.

        These are names as for ``order_by``, each the other way round ("-date_earliest"), nothing recorded coming last. None
        where the order cannot be told so. ``number`` tells how many records meet a condition.
        """
        return None

    def explain(self, value: Any, records: Sequence[Any], language: str) -> list[Any]:
        """For each record of a page why it matches."""
        raise NotImplementedError


class FacetNames(_Declared):
    """``all=state``: the facets to be read as "all of" instead of "any of"."""

    field_class = ValuesField

    def __init__(self, names: list[str], **kwargs: Any) -> None:
        self.allowed = names
        super().__init__(known=lambda values: names, allowed=lambda: names, required=False, **kwargs)


class Facet(_Declared):
    """A filter whose values are counted.

    ``multiple``: a record may have several of its values at once, so that "all of them" makes sense.
    ``dated``: what it matches depends on how imprecise dates are read (``date_match``).
    ``ordered``: its values keep their own order instead of that of their counts.
    """

    field_class = ValuesField
    multiple = False
    dated = False
    ordered = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(known=self.known, allowed=self.allowed, required=False, **kwargs)

    def asked_itself(self) -> Self:
        """For a copy that notes something: its field asks it, and not the one that was declared."""
        self._field = copy.copy(self.field)
        self._field.known, self._field.allowed = self.known, self.allowed
        return self

    def known(self, values: Collection[str]) -> Collection[str]:
        """Those of the values that exist."""
        raise NotImplementedError

    def allowed(self) -> list[str]:
        """All values, for an error to name the nearest."""
        raise NotImplementedError

    def labels(self, values: Collection[str]) -> Labelled:
        """The values in the reader's language."""
        raise NotImplementedError

    def q(self, values: Sequence[str], options: Options) -> Q:
        """What it narrows to: records with any of the values."""
        raise NotImplementedError

    def counts(self, records: QuerySet, options: Options) -> Iterable[tuple[str, str, int]]:
        """(value, label, number of distinct records) for each value that some of the records have."""
        raise NotImplementedError


class ConditionFacet(Facet):
    """A closed list of values, each with a condition on the record itself, so that one query counts them all.

    ``conditions`` gives for each value its label and, under the options of the question, its condition.
    """

    ordered = True

    def __init__(
        self,
        conditions: Mapping[str, tuple[Any, Callable[[Options], Q]]],
        *,
        multiple: bool = False,
        dated: bool = False,
        ordered: bool = True,
        **kwargs: Any,
    ) -> None:
        self.conditions, self.multiple, self.dated, self.ordered = conditions, multiple, dated, ordered
        super().__init__(**kwargs)

    def allowed(self) -> list[str]:
        return list(self.conditions)

    def known(self, values: Collection[str]) -> Collection[str]:
        return self.conditions

    def labels(self, values: Collection[str]) -> Labelled:
        return {value: str(self.conditions[value][0]) for value in values}

    def condition(self, value: str, options: Options) -> Q:
        return self.conditions[value][1](options)

    def q(self, values: Sequence[str], options: Options) -> Q:
        return reduce(or_, (self.condition(value, options) for value in values))


class GroupedFacet(Facet):
    """A facet whose values follow from a few columns of the record, so that one grouped query counts several of them."""

    def expressions(self) -> list[Any]:
        """What to group by."""
        raise NotImplementedError

    def values_of(self, key: tuple[Any, ...], options: Options) -> Iterable[str]:
        """The values that records with these columns have."""
        raise NotImplementedError


class ChoiceFacet(GroupedFacet):
    """A closed list in a column of the record itself."""

    def __init__(self, column: str, choices: Any, *, ordered: bool = False, **kwargs: Any) -> None:
        self.column, self.choices, self.ordered = column, choices, ordered
        super().__init__(**kwargs)

    def allowed(self) -> list[str]:
        return [str(value) for value in self.choices.values]

    def known(self, values: Collection[str]) -> Collection[str]:
        return self.allowed()

    def labels(self, values: Collection[str]) -> Labelled:
        return {str(value): str(label) for value, label in self.choices.choices if str(value) in values}

    def q(self, values: Sequence[str], options: Options) -> Q:
        return Q(**{f"{self.column}__in": values})

    def expressions(self) -> list[Any]:
        return [F(self.column)]

    def values_of(self, key: tuple[Any, ...], options: Options) -> Iterable[str]:
        return () if key[0] in (None, "") else (str(key[0]),)


class DecadeFacet(GroupedFacet):
    """Every decade that the date may fall in, or, when dates are read as certain, the one it must fall in."""

    multiple = dated = ordered = True

    def __init__(self, name: str, *, first: int, **kwargs: Any) -> None:
        self.name, self.first = name, first
        super().__init__(**kwargs)

    def allowed(self) -> list[str]:
        return [f"{year}s" for year in range(self.first, datetime.date.today().year + 1, 10)]

    def known(self, values: Collection[str]) -> Collection[str]:
        return self.allowed()

    def labels(self, values: Collection[str]) -> Labelled:
        return {value: show(f"{value[:3]}X", get_language() or "en") for value in values}

    def q(self, values: Sequence[str], options: Options) -> Q:
        match = options.get("date_match") or "possible"
        years = (int(value[:4]) for value in values)
        return reduce(or_, (overlap(self.name, datetime.date(y, 1, 1), datetime.date(y + 9, 12, 31), match) for y in years))

    def expressions(self) -> list[Any]:
        # The year as text, since taking it out of a date calls back into Python on SQLite.
        return [Substr(Cast(f"{self.name}_{bound}", CharField()), 1, 4) for bound in ("earliest", "latest")]

    def values_of(self, key: tuple[Any, ...], options: Options) -> Iterable[str]:
        earliest, latest = (int(year) // 10 * 10 if year else None for year in key)
        if earliest is None and latest is None:
            return ()
        if options.get("date_match") == "certain":
            return (f"{earliest}s",) if earliest == latest else ()
        last = datetime.date.today().year // 10 * 10
        first = max(self.first, earliest if earliest is not None else self.first)
        return [f"{year}s" for year in range(first, min(last, latest if latest is not None else last) + 1, 10)]


class LinkedChoiceFacet(Facet):
    """A closed list in a column of rows that belong to the record."""

    multiple = ordered = True

    def __init__(self, column: str, choices: Any, *, links: Callable[[], QuerySet], record: str, **kwargs: Any) -> None:
        self.column, self.choices, self.links, self.record = column, choices, links, record
        super().__init__(**kwargs)

    def allowed(self) -> list[str]:
        return list(self.choices.values)

    def known(self, values: Collection[str]) -> Collection[str]:
        return self.choices.values

    def labels(self, values: Collection[str]) -> Labelled:
        return {value: str(label) for value, label in self.choices.choices if value in values}

    def q(self, values: Sequence[str], options: Options) -> Q:
        return Q(pk__in=self.links().filter(**{f"{self.column}__in": values}).values(self.record))

    def counts(self, records: QuerySet, options: Options) -> Iterable[tuple[str, str, int]]:
        rows = self.links().filter(**{f"{self.record}__in": records.order_by().values("pk")}).order_by()
        numbers = dict(rows.values_list(self.column).annotate(Count(self.record, distinct=True)))
        return [(value, str(label), numbers[value]) for value, label in self.choices.choices if value in numbers]


class RelatedFacet(Facet):
    """Records of a vocabulary that the record points at, by slug.

    ``vocabulary()`` gives the public records that may be values. ``links()`` gives the rows that tie a record (column
    ``record``) to a value (column ``value``); without it ``value`` is a foreign key of the record itself. Matching goes
    through primary keys, never through a join: a join would count a record twice and hide the values that were not chosen.
    ``families()`` maps a value to all that it stands for, itself included (a country and its cities, a state and its
    predecessors), always or when the option ``family_option`` is set.
    """

    EMPTY = "unknown"

    def __init__(
        self,
        *,
        vocabulary: Callable[[], QuerySet],
        value: str,
        links: Callable[[], QuerySet] | None = None,
        record: str = "",
        families: Callable[[], dict[int, set[int]]] | None = None,
        family_option: str = "",
        empty: Any = "",
        ordered: bool = False,
        **kwargs: Any,
    ) -> None:
        self.vocabulary, self.value, self.links, self.record = vocabulary, value, links, record
        self.families, self.family_option, self.empty, self.ordered = families, family_option, empty, ordered
        self.multiple = links is not None
        self._chosen: dict[str, tuple[int, str]] = {}
        super().__init__(**kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """What was chosen is noted by the one that the question has."""
        new = super().__deepcopy__(memo)
        new._chosen = {}
        return new.asked_itself()

    def know(self, record: Any) -> None:
        """A value that need not be looked up, since whoever asks has it."""
        self._chosen[record.slug] = record.pk, record.local_title

    def known(self, values: Collection[str]) -> Collection[str]:
        return self.labels(values).keys()

    def allowed(self) -> list[str]:
        return list(self.vocabulary().values_list("slug", flat=True))

    def labels(self, values: Collection[str]) -> Labelled:
        rows = self.vocabulary().filter(slug__in={*values} - self._chosen.keys()).values_list("slug", "pk", *TITLES)
        self._chosen |= {slug: (pk, title_of(titles)) for slug, pk, *titles in rows}
        return {slug: title for slug, (_pk, title) in self._chosen.items()} | ({self.EMPTY: str(self.empty)} if self.empty else {})

    def _families(self, options: Options) -> dict[int, set[int]]:
        wanted = self.families and (not self.family_option or options.get(self.family_option))
        return self.families() if wanted else {}

    def q(self, values: Sequence[str], options: Options) -> Q:
        families = self._families(options)
        keys = set().union(*(families.get(pk, {pk}) for pk in (self._chosen[v][0] for v in values if v in self._chosen)))
        if self.links is None:
            match = Q(**{f"{self.value}__in": keys})
            return match | self._none() if self.empty and self.EMPTY in values else match
        return Q(pk__in=self.links().filter(**{f"{self.value}__in": keys}).values(self.record))

    def _none(self) -> Q:
        """No value that readers can see: what points at a draft is to them as good as empty."""
        return Q(**{f"{self.value}__isnull": True}) | ~Q(**{f"{self.value}__in": self.vocabulary().values("pk")})

    def counts(self, records: QuerySet, options: Options) -> Iterable[tuple[str, str, int]]:
        records = records.order_by()
        if self.links is None:
            rows, count = records, Count("pk")
        else:
            rows, count = self.links().filter(**{f"{self.record}__in": records.values("pk")}).order_by(), Count(self.record, distinct=True)
        families = self._families(options)
        columns = [f"{self.value}__{name}" for name in ("slug", *TITLES)]
        scope = Q(**{f"{self.value}__in": self.vocabulary().order_by().values("pk")})
        if self.empty:
            rows = rows.annotate(_seen=Case(When(scope, then=Value(True)), default=Value(False), output_field=BooleanField()))
        else:
            rows = rows.filter(scope).annotate(_seen=Value(True, output_field=BooleanField()))
        named: dict[int, tuple[str, str]] = {}
        numbers: dict[int, int] = {}
        empty = 0
        order = self.vocabulary().model._meta.ordering if self.ordered else ()
        grouped = rows.values_list("_seen", self.value, *columns).annotate(_count=count)
        for seen, pk, slug, *titles, number in grouped.order_by(*(f"{self.value}__{name}" for name in order)):
            if seen:
                numbers[pk], named[pk] = number, (slug, title_of(titles))
            else:
                empty += number
        if families:
            numbers |= self._family_counts(rows, families, numbers)
            missing = self.vocabulary().filter(pk__in=[pk for pk in families if numbers.get(pk) and pk not in named])
            named |= {pk: (slug, title_of(titles)) for pk, slug, *titles in missing.values_list("pk", "slug", *TITLES)}
        found = [(slug, title, numbers[pk]) for pk, (slug, title) in named.items()]
        return [*found, (self.EMPTY, str(self.empty), empty)] if self.empty and empty else found

    def _family_counts(self, rows: QuerySet, families: dict[int, set[int]], numbers: dict[int, int]) -> dict[int, int]:
        """Counts of the values that stand for several, each record counted once."""
        if self.links is None:
            return {pk: sum(numbers.get(member, 0) for member in members) for pk, members in families.items()}
        counted = {
            f"n{pk}": Count(self.record, distinct=True, filter=Q(**{f"{self.value}__in": members})) for pk, members in families.items()
        }
        return {int(name[1:]): number for name, number in rows.aggregate(**counted).items()}


TITLES = ("title", "title_zh", "title_ru")


def title_of(titles: Sequence[str]) -> str:
    """The title in the reader's language, or else the English one."""
    return titles[{"zh": 1, "ru": 2}.get((get_language() or "en")[:2], 0)] or titles[0]
