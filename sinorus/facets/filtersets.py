"""FacetedFilterSet: one question, from its parameters to what it narrows to, its counts, its words and its one address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, cached_property, lru_cache, reduce
from operator import and_
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote_plus

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from sinorus.dates.errors import DateError
from sinorus.dates.filters import PartialDate, by_date, overlap, parse_partial

from .buckets import Bucket, Chip, Counted
from .counts import IndexedCounter
from .fields import whole_number
from .filters import Choice, Condition, Facet, FacetNames, Sort, Switch
from .histogram import by_year

if TYPE_CHECKING:
    from .pages import Records


def _read_date(text: str) -> PartialDate:
    try:
        return parse_partial(text)
    except DateError as error:
        raise ValidationError(error.message, code="date", params=error.params) from None


def _page_size(text: str) -> int:
    return whole_number(1, settings.FACETS["MAX_PAGE_SIZE"])(text)


_quoted = lru_cache(10_000)(quote_plus)  # the values of facets are the same at every request


@cache
def _label(kind: type[FacetedFilterSet], name: str, _language: str | None) -> str:
    return str(kind.base_filters[name].label)


class FacetedFilterSet(FilterSet):
    """A question about one record type. Subclasses declare facets; nobody else reads a query parameter.

    Bind it always: ``EventFilterSet(request.GET, Event.objects.public())``. ``also`` names parameters that another
    reader of the same request answers for (``fields`` of the API).
    """

    counter: ClassVar = IndexedCounter()
    dated: ClassVar[str] = ""  # the historical date that questions of time are about; none unless records have one
    sorts: ClassVar[dict[str, tuple]] = {"title": (Lower("title"), "pk"), "-updated": ("-updated", "-pk")}
    default_sort: ClassVar[str] = "title"
    page_size: ClassVar[int] = 0  # records a page unless asked otherwise; 0: that of the settings
    lists: ClassVar[bool] = True  # records, page by page; False: they are told whole in another shape: counted, on a map
    pages: ClassVar[bool] = False  # that other shape too is told page by page
    sort_labels: ClassVar[dict[str, Any]] = {
        "-date": _("newest first"),
        "date": _("oldest first"),
        "title": _("by title"),
        "-updated": _("last changed first"),
        "relevance": _("best match first"),
    }

    def __init__(self, data: QueryDict | None = None, queryset: QuerySet | None = None, *, also: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(QueryDict() if data is None else data, queryset, **kwargs)
        self.also = frozenset(also)

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The declared filters, and after them those that every question has."""
        filters = super().get_filters()
        multiple = [name for name, one in filters.items() if isinstance(one, Facet) and one.multiple]
        if multiple:
            filters["all"] = FacetNames(
                multiple, label=_("Match all of"), help_text=_("Names of facets to be read as “all of” instead of “any of”.")
            )
        brought = [one.sort for one in filters.values() if isinstance(one, Condition) and one.sort] if cls.lists else []
        help_text = _("Order of the results; relevance is the default with q.") if brought else _("Order of the results.")
        filters["sort"] = Sort(*cls.sorts, *brought, default=cls.default_sort, label=_("Order"), help_text=help_text)
        if cls.lists or cls.pages:
            size, most = cls.page_size or settings.FACETS["PAGE_SIZE"], format_lazy(_("At most {}."), settings.FACETS["MAX_PAGE_SIZE"])
            filters["page"] = Switch(default=1, read=whole_number(1, 10**12), label=_("Page"), help_text=_("From 1."))
            filters["page_size"] = Switch(default=size, read=_page_size, label=_("Records a page"), help_text=most)
        languages = [code[:2] for code, _name in settings.LANGUAGES]
        filters["lang"] = Choice(*languages, default="en", label=_("Language"), help_text=_("Of labels, in data forms and the API."))
        return filters

    # What was asked -------------------------------------------------------------------------------------------------

    @cached_property
    def unknown(self) -> list[str]:
        """Names that this question does not know."""
        return sorted(name for name in self.data if name not in self.filters and name not in self.also)

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """Messages by parameter; empty when the question is understood."""
        found = {name: [*messages] for name, messages in self._read[1].items()}
        given = sum(len(self.data.getlist(name)) for name in self.data)
        if given > settings.FACETS["MAX_PARAMETERS"]:
            found["__all__"] = [
                str(
                    _("%(count)s parameters; at most %(limit)s are allowed.") % {"count": given, "limit": settings.FACETS["MAX_PARAMETERS"]}
                )
            ]
        for name, message in self.check().items():
            found.setdefault(name, []).append(str(message))
        return found

    def check(self) -> dict[str, Any]:
        """Messages about parameters that do not go together, by the name to show them at."""
        return {}

    def allowed(self, name: str) -> list[str]:
        """What a parameter may be, where that is a short closed list."""
        filter_ = self.filters.get(name)
        values = filter_.allowed() if isinstance(filter_, Facet) else getattr(filter_, "allowed", [])
        return values if len(values) <= 50 else []

    @cached_property
    def _read(self) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """What was understood, and what is wrong with the rest; as a form of django-filter reads it, without the making of a form."""
        understood, wrong = {}, {}
        for name, one in self.filters.items():
            try:
                understood[name] = one.field.clean(one.field.widget.value_from_datadict(self.data, {}, name))
            except ValidationError as error:
                wrong[name] = error.messages
        return understood, wrong

    @cached_property
    def asked(self) -> dict[str, Any]:
        """The parameters as understood, those with an error left out; the order is always there."""
        asked = self._read[0]
        usual = self.usual_sort(asked)
        sort = asked.get("sort") or usual
        return asked | {"sort": sort if sort in self.sorts else usual}  # relevance of nothing is no order

    @cached_property
    def facet_filters(self) -> dict[str, Facet]:
        return {name: one for name, one in self.filters.items() if isinstance(one, Facet)}

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Those that are asked."""
        return {name: one for name, one in self.filters.items() if isinstance(one, Condition) and self.asked.get(name)}

    def usual_sort(self, asked: Mapping[str, Any]) -> str:
        """The order when none is asked for: the one that a condition brings, or else that of the record type."""
        if not self.lists:
            return self.default_sort
        brought = (one.sort for name, one in self.filters.items() if isinstance(one, Condition) and asked.get(name))
        return next(brought, self.default_sort)

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """Facets with their chosen values."""
        return {name: values for name in self.facet_filters if (values := self.asked.get(name))}

    @property
    def every(self) -> list[str]:
        """Facets read as "all of"."""
        return self.asked.get("all") or []

    # What it narrows to ---------------------------------------------------------------------------------------------

    def parts(self, options: Mapping[str, Any]) -> dict[str, Q]:
        """A condition for each parameter that narrows."""
        found = {name: one.q(self.asked[name], self.queryset) for name, one in self.conditions.items()}
        for name, values in self.chosen.items():
            facet = self.filters[name]
            found[name] = reduce(and_, (facet.q([value], options) for value in values)) if name in self.every else facet.q(values, options)
        return found

    @property
    def is_plain(self) -> bool:
        """Whether it narrows by facets, conditions and its date alone, as declared."""
        own = type(self)
        return own.parts in (FacetedFilterSet.parts, DatedFilterSet.parts) and own.narrowed is FacetedFilterSet.narrowed

    def narrowed(self, without: str = "", **options: Any) -> QuerySet:
        """The records asked for; ``without`` leaves a facet's own choice aside; options change how others are read."""
        options = self.asked | options
        return self.queryset.filter(*(q for name, q in self.parts(options).items() if name != without))

    def results(self) -> QuerySet:
        """The records asked for, in the order asked for."""
        sort = self.asked["sort"]
        if sort in self.sorts:
            return self.narrowed().order_by(*self.sorts[sort])
        name, condition = next((name, one) for name, one in self.conditions.items() if one.sort == sort)
        return self.narrowed().order_by(*condition.order(self.asked[name], self.queryset))

    def explain(self, records: Records) -> None:
        """Note why each record of a page was found, if a condition can tell."""
        for name, condition in self.conditions.items() if self.lists else ():
            records.whys = condition.explain(self.asked[name], records, (get_language() or "en")[:2])

    @property
    def qs(self) -> QuerySet:
        return self.results()

    @cached_property
    def count(self) -> int:
        return self.counter.total(self)

    def facets(self, whole: Collection[str] = ()) -> list[Counted]:
        """Every facet with its counts: own choice left aside, unless it is read as "all of".

        Of values without an order of their own those that most records have are given, all of them where ``whole`` names the facet.
        """
        return [self._counted(name, found, name in whole) for name, found in self.counter.count(self, whole).items()]

    def histogram(self) -> list[dict[str, int]]:
        """Records by year; empty where records have no date."""
        return []

    def _counted(self, name: str, found: dict[str, tuple[str, int]], whole: bool) -> Counted:
        facet, chosen = self.filters[name], self.chosen.get(name, [])
        if missing := [value for value in chosen if value not in found]:
            labels = facet.labels(missing)
            found = found | {value: (labels[value], 0) for value in missing}
        told, complete = [(-number, label, value) for value, (label, number) in found.items()], True
        if not facet.ordered:
            told.sort()
            if not whole and len(told) > (most := settings.FACETS["MAX_BUCKETS"]):
                told, complete = told[:most] + [one for one in told[most:] if one[2] in chosen], False
        link = self._links(name, chosen)
        buckets = [Bucket(value, label, -number, value in chosen, link) for number, label, value in told]
        return Counted(name, _label(type(self), name, get_language()), facet.multiple, name in self.every, buckets, complete)

    def context(self) -> dict[str, Any]:
        """What of the question changes how each record is told."""
        return {}

    # What it is called ----------------------------------------------------------------------------------------------

    def pairs(self, asked: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
        """The question as (name, value), in one order, defaults and unknown names left out."""
        asked = self.asked if asked is None else asked
        usual = self.usual_sort(asked)
        found = []
        for name, filter_ in self.filters.items():
            value = asked.get(name)
            # Pages have their language in the address, so it is no part of the question.
            default = usual if name == "sort" else getattr(filter_, "default", None)
            if name == "lang" or value in (None, "", [], ()) or value == default:
                continue
            if name == "sort" and value not in self.sorts:  # an order whose condition is left out
                continue
            found += [(name, str(one)) for one in sorted(value)] if isinstance(value, list) else [(name, str(value))]
        return found

    def canonical(self, **changes: Any) -> str:
        """The one query string of this result set, changed as told."""
        return urlencode(self.pairs({**self.asked, **changes}))

    def toggled(self, name: str, value: str) -> str:
        """The query with a facet's value chosen, or given up, on page 1."""
        return self._links(name, self.chosen.get(name, []))(value)

    @cached_property
    def _written(self) -> list[tuple[int, str]]:
        """Each part of the query but the page, with the place of its filter."""
        places = {name: place for place, name in enumerate(self.filters)}
        return [(places[name], f"{name}={quote_plus(value)}") for name, value in self.pairs() if name != "page"]

    def _links(self, name: str, chosen: list[str]) -> Callable[[str], str]:
        """A function from a facet's value to the query with it chosen, or given up, on page 1."""
        own = list(self.filters).index(name)
        before = "".join(f"{part}&" for place, part in self._written if place < own)
        after = "".join(f"&{part}" for place, part in self._written if place > own)

        def link(value: str) -> str:
            if not chosen:  # as with nearly every facet
                return f"{before}{name}={_quoted(value)}{after}"
            rest = "&".join(f"{name}={_quoted(one)}" for one in sorted({*chosen} ^ {value}))
            return f"{before}{rest}{after}" if rest else (before + after).strip("&").replace("&&", "&")

        return link

    def chips(self) -> list[Chip]:
        """The question in parts, each with the query without it."""
        found = [
            Chip(name, str(one.label), str(self.asked[name]), self.canonical(page=None, **{name: None}))
            for name, one in self.conditions.items()
        ]
        for name, values in self.chosen.items():
            labels = self.filters[name].labels(values)
            found += [Chip(name, str(self.filters[name].label), labels[value], self.toggled(name, value)) for value in values]
        return found

    def describe(self) -> str:
        """The question in words: "State: China; from 1996". Empty when nothing is asked."""
        said, language = self.__dict__.setdefault("_said", {}), get_language()
        if language not in said:
            said[language] = self._described()
        return said[language]

    def _described(self) -> str:
        said = [str(_("“%s”")) % self.asked[name] for name in self.conditions]
        for name, values in self.chosen.items():
            labels = self.filters[name].labels(values)
            joint = _(" and ") if name in self.every else _(" or ")
            words = str(joint).join(labels[value] for value in values)
            said.append(_("%(label)s: %(value)s") % {"label": self.filters[name].label, "value": words})
        return pgettext("between parts of a sentence", "; ").join(said + self.describe_rest())

    def describe_rest(self) -> list[str]:
        """What of the question is not in facets, in words."""
        return []


class DatedFilterSet(FacetedFilterSet):
    """A question about records that have a date, in the field that ``dated`` names."""

    dated: ClassVar[str] = "date"
    default_sort = "-date"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.sorts = cls.__dict__.get("sorts") or by_date(cls.dated) | FacetedFilterSet.sorts

    date_after = Switch(
        example="1991",
        read=_read_date,
        label=_("From"),
        help_text=_("A year, a month or a day: 1996, 1996-04, 1996-04-25; its whole span counts."),
    )
    date_before = Switch(
        example="1996-04-25", read=_read_date, label=_("Until"), help_text=_("A year, a month or a day, all of it included.")
    )
    date_match = Choice(
        "possible",
        "certain",
        default="possible",
        label=_("Imprecise dates"),
        help_text=_("possible: the date may fall in the span; certain: it must. Decades are read so too."),
    )

    def parts(self, options: Mapping[str, Any]) -> dict[str, Q]:
        found = super().parts(options)
        after, before = self.asked.get("date_after"), self.asked.get("date_before")
        if after or before:
            found["date"] = overlap(self.dated, after and after.earliest, before and before.latest, options.get("date_match") or "possible")
        return found

    def check(self) -> dict[str, Any]:
        after, before = self.asked.get("date_after"), self.asked.get("date_before")
        if after and before and after.earliest > before.latest:
            return {"date_before": _("The span ends (%(before)s) before it begins (%(after)s).") % {"before": before, "after": after}}
        return {}

    @cached_property
    def count_certain(self) -> int:
        """How many match whatever their imprecise dates turn out to be."""
        judged = self.asked.get("date_after") or self.asked.get("date_before") or any(self.filters[name].dated for name in self.chosen)
        if not judged or self.asked.get("date_match") == "certain":
            return self.count
        return self.counter.total(self, date_match="certain")

    def histogram(self) -> list[dict[str, int]]:
        """How many of the records asked for may, and must, fall in each year; those with an open end are left out."""
        return by_year(self.counter.lying(self))

    def span_links(self) -> Callable[[int, int], str]:
        """A function from two years to the query for the span between them; the rest of the query is made once."""
        query = self.canonical(page=None, date_after="FROM", date_before="UNTIL")
        before, rest = query.split("date_after=FROM&date_before=UNTIL")
        return lambda first, last: f"{before}date_after={first:04}&date_before={last:04}{rest}"

    def chips(self) -> list[Chip]:
        labels = {"date_after": _("From"), "date_before": _("Until")}
        spans = [
            Chip(name, str(label), str(self.asked[name]), self.canonical(page=None, **{name: None}))
            for name, label in labels.items()
            if self.asked.get(name)
        ]
        return super().chips() + spans

    def describe_rest(self) -> list[str]:
        words = {"date_after": _("from %s"), "date_before": _("until %s")}
        said = [str(phrase) % self.asked[name] for name, phrase in words.items() if self.asked.get(name)]
        if said and self.asked.get("date_match") == "certain":
            said.append(str(_("certainly")))
        return [" ".join(said)] if said else []
