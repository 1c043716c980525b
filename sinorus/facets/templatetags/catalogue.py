"""What the templates of a list need to know of its question: the panel of filters, the other forms, the date gutter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sinorus.dates.value import HistoricalDate

from ..filters import Choice, Condition, Facet, Switch
from ..filtersets import Counted, FacetedFilterSet
from .addresses import form_url, language_query, plain

register = template.Library()

SHOWN = 8  # values of a facet shown before "more"
DATES = ("date_after", "date_before", "date_match")
NOT_IN_PANEL = ("page", "page_size", "all", "lang")
WORDS = {"possible": _("may fall in the span"), "certain": _("must fall in the span")}


@dataclass(frozen=True)
class Value:
    """One value of a facet in the panel; ``count`` is None when the question was not understood."""

    id: str
    value: str
    label: str
    count: int | None
    selected: bool


@dataclass(frozen=True)
class Control:
    """One parameter that is no facet: a line of text, a switch, or one of a few words."""

    name: str
    kind: str
    label: str
    hint: str
    value: str
    default: str
    options: list[tuple[str, str, bool]]
    errors: list[str]

    @property
    def id(self) -> str:
        return f"f-{self.name}"


@dataclass(frozen=True)
class Group:
    """A fieldset: the values of a facet, and the controls that change how it is read."""

    name: str
    legend: str
    shown: list[Value] = field(default_factory=list)
    rest: list[Value] = field(default_factory=list)
    multiple: bool = False
    every: bool = False
    controls: list[Control] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"f-{self.name}"


@register.simple_tag
def panel(question: FacetedFilterSet, facets: list[Counted] | str) -> list[Group]:
    """The fieldsets of the filter form in order: dates, each facet with the controls declared after it, the order."""
    counted = {facet.name: facet for facet in facets or []}
    groups: list[Group] = []
    groups += [Group(name, "", controls=[_control(question, name)]) for name, one in question.filters.items() if isinstance(one, Condition)]
    if dates := [_control(question, name) for name in DATES if name in question.filters]:
        groups.append(Group("dates", _dates_legend(question), controls=dates))
    for name, filter_ in question.filters.items():
        if isinstance(filter_, Facet):
            if group := _facet(question, name, filter_, counted.get(name)):
                groups.append(group)
        elif isinstance(filter_, Switch) and not isinstance(filter_, Condition) and name not in (*DATES, *NOT_IN_PANEL, "sort"):
            if groups and groups[-1].name != "dates":
                groups[-1].controls.append(_control(question, name))
            else:
                groups.append(Group(name, "", controls=[_control(question, name)]))
    if len(question.filters["sort"].allowed) > 1:
        groups.append(Group("order", str(_("Order")), controls=[_control(question, "sort")]))
    return groups


def _dates_legend(question: Any) -> str:
    attribute = getattr(question.queryset.model, question.dated, None)
    return str(getattr(attribute, "verbose_name", "") or _("date")).capitalize()


def _facet(question: FacetedFilterSet, name: str, filter_: Facet, counted: Counted | None) -> Group | None:
    """A facet's fieldset; without counts, those values that were given, so that they can be given up or kept."""
    errors = question.errors.get(name, [])
    if counted:
        found = [(bucket.value, bucket.label, bucket.count, bucket.selected) for bucket in counted.buckets]
    else:
        given = list(dict.fromkeys(value for value in question.data.getlist(name) if value))[:20]
        labels = filter_.labels(question.chosen.get(name, [])) if name in question.chosen else {}
        found = [(value, labels.get(value, value[:80]), None, True) for value in given]
    if not found and not errors:
        return None
    values = [Value(f"f-{name}-{number}" if count is None else f"f-{name}-{value}", value, label, count, chosen)
              for number, (value, label, count, chosen) in enumerate(found)]  # fmt: skip
    few = len(values) <= (2 * SHOWN if filter_.ordered else SHOWN + 2)
    shown = [value for number, value in enumerate(values) if few or number < SHOWN or value.selected]
    rest = [value for value in values if value not in shown]
    return Group(name, str(filter_.label), shown, rest, filter_.multiple and len(found) > 1, name in question.every, [], errors)


def _control(question: FacetedFilterSet, name: str) -> Control:
    filter_ = question.filters[name]
    given = next((value for value in question.data.getlist(name) if value), "")
    errors = question.errors.get(name, [])
    kind, options, default = getattr(filter_, "looks", "text"), [], str(filter_.default or "")
    if name == "sort":
        # The usual order has no value: which it is changes with the rest of the question, and so with what is typed there.
        kind, default, usual, chosen = "choice", "", question.usual_sort(question.asked), question.asked["sort"]
        known = [one for one in filter_.allowed if one in question.sorts or one == usual]
        options = [("" if one == usual else one, str(question.sort_labels.get(one, one)), one == chosen) for one in known]
    elif isinstance(filter_, Choice):
        kind, words = "choice", WORDS | getattr(filter_, "words", {})
        chosen = given if given in filter_.allowed else filter_.default
        options = [(one, str(words.get(one, one)), one == chosen) for one in filter_.allowed]
    elif getattr(filter_, "allowed", None) == ["1"]:
        kind = "switch"
    return Control(name, kind, str(filter_.label), str(filter_.extra.get("help_text", "")), given[:200], default, options, errors)


@register.simple_tag
def problems(question: FacetedFilterSet) -> list[tuple[str, str, list[str]]]:
    """(anchor, label, messages) of everything wrong with a question; an empty anchor where no field is to blame."""
    found = []
    for name, messages in question.errors.items():
        filter_ = question.filters.get(name)
        anchor = f"f-{name}" if filter_ is not None and name not in NOT_IN_PANEL else ""
        found.append((anchor, str(filter_.label) if filter_ is not None else "", messages))
    return found


@register.simple_tag
def every_form(view: Any, question: FacetedFilterSet, list_url: str) -> list[tuple[str, str, str]]:
    """(name, address, media type) of the same question in its other forms, the API last."""
    query = question.canonical(page=None, page_size=None)
    found = [(form.name, form_url(list_url, form, query), form.media_type) for form in view.forms if form.of_lists]
    if view.api_name is None:
        return found
    try:
        name = view.api_name or f"api:{view.model._meta.model_name}-list"
        language = language_query()
        query = "&".join(part for part in (query, language) if part)
        found.append((str(_("JSON (API)")), plain(reverse(name)) + (f"?{query}" if query else ""), "application/json"))
    except NoReverseMatch:
        pass
    return found


@register.simple_tag
def record_forms(view: Any, record: Any) -> list[tuple[str, str, str]]:
    """(name, address, media type) of a record in its other forms."""
    here = record.get_absolute_url()
    return [(form.name, form_url(here, form), form.media_type) for form in view.forms if form.of_records]


@register.filter
def narrows(question: FacetedFilterSet) -> bool:
    """Whether the question asks for more than a page of the whole list."""
    return any(name != "page" for name, _value in question.pairs())


@register.filter
def certain_differs(question: FacetedFilterSet) -> bool:
    """Whether some records match only if their imprecise dates turn out so."""
    return getattr(question, "count_certain", question.count) != question.count


@dataclass(frozen=True)
class Gutter:
    """A date as it stands in the margin: the year apart where the rest is a day or days within it, else all of it."""

    year: str
    rest: str
    text: str
    machine: str
    explanation: str


_YEAR = re.compile(r"(?<!\d)(\d{4})(?:年|\s?г\.|(?!\d))")


@register.simple_tag
def gutter(date: HistoricalDate) -> Gutter | None:
    """A date split for the margin of a list."""
    if not date:
        return None
    text, value = date.text(), date.parsed
    explanation = date.explanation() if date.is_imprecise else ""
    whole = Gutter("", "", text, date.machine, explanation)
    years = {found[1] for found in _YEAR.finditer(text)}
    if not value or value.certainty != "certain" or len(years) != 1 or not (date.machine or value.is_exact):
        return whole
    rest = _YEAR.sub("", text).strip(" ,")
    return whole if re.search(r"\d{3}", rest) or len(rest) > 24 else Gutter(years.pop(), rest, text, date.machine, explanation)


@register.simple_tag
def values(group: Group, some: list[Value]) -> SafeString:
    """Values of a facet as list items. In Python, since a list page has some hundreds and a template takes ten times as long."""
    return format_html_join(
        "\n", _VALUE, ((value.id, group.name, value.value, _checked(value), value.label, _count(value)) for value in some)
    )


_VALUE = '<li><label><input type="checkbox" id="{}" name="{}" value="{}"{}> <span class="value-label">{}</span>{}</label></li>'


def _checked(value: Value) -> SafeString | str:
    return SafeString(" checked") if value.selected else ""


def _count(value: Value) -> SafeString | str:
    return "" if value.count is None else format_html(' <span class="value-count">{}</span>', value.count)
