"""What the templates of a list need to know of its question: the panel of filters, the other forms, the date gutter."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django import template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinorus.dates.value import HistoricalDate

from ..filters import Choice, Condition, Facet, Switch
from ..filtersets import Counted, FacetedFilterSet
from ..kept import tell
from ..pages import Records
from .addresses import form_urls

register = template.Library()

SHOWN = 8  # values of a facet shown before "more"
DATES = ("date_after", "date_before", "date_match")
NOT_IN_PANEL = ("page", "page_size", "all", "lang")
_HELD = re.compile(r"(?<=[ \d])-(?=\w)")  # hyphens after which no line ends: "-excluded", "1996-04-25"
WORDS = {"possible": _("may fall in the span"), "certain": _("must fall in the span")}


class Value(NamedTuple):
    """One value of a facet in the panel; ``count`` is None when the question was not understood."""

    id: str
    value: str
    label: str
    count: int | None  # type: ignore[assignment]  # hides the method of tuples, which nobody asks
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
    options: tuple[tuple[str, str, bool], ...]
    errors: tuple[str, ...]

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
    missing = False  # whether the facet declared last has nothing to show; then its controls have not, unless they are set
    for name, filter_ in question.filters.items():
        if isinstance(filter_, Facet):
            group = _facet(question, name, filter_, counted.get(name))
            missing = group is None
            groups += [group] if group else []
        elif isinstance(filter_, Switch) and not isinstance(filter_, Condition) and name not in (*DATES, *NOT_IN_PANEL, "sort"):
            if missing and not question.data.get(name):
                continue
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
        values = [Value(f"f-{name}-{value}", value, label, count, chosen) for value, label, count, chosen, _link in counted.buckets]
    else:
        given = list(dict.fromkeys(value for value in question.data.getlist(name) if value))[:20]
        labels = filter_.labels(question.chosen.get(name, [])) if name in question.chosen else {}
        values = [Value(f"f-{name}-{number}", value, labels.get(value, value[:80]), None, True) for number, value in enumerate(given)]
    if not values and not errors:
        return None
    shown, rest = values, []
    if len(values) > (2 * SHOWN if filter_.ordered else SHOWN + 2):
        more = values[SHOWN:]
        shown, rest = values[:SHOWN] + [value for value in more if value.selected], [value for value in more if not value.selected]
    legend = counted.label if counted else str(filter_.label)
    return Group(name, legend, shown, rest, filter_.multiple and len(values) > 1, name in question.every, [], errors)


def _control(question: FacetedFilterSet, name: str) -> Control:
    filter_ = question.filters[name]
    given = next((value for value in question.data.getlist(name) if value), "")
    label, hint, words = _said(type(question), name, get_language())
    kind, options, default = getattr(filter_, "looks", "text"), [], str(filter_.default or "")
    if name == "sort":
        # The usual order has no value: which it is changes with the rest of the question, and so with what is typed there.
        kind, default, usual, chosen = "choice", "", question.usual_sort(question.asked), question.asked["sort"]
        known = [one for one in filter_.allowed if one in question.sorts or one == usual]
        options = [("" if one == usual else one, words[one], one == chosen) for one in known]
    elif isinstance(filter_, Choice):
        kind, chosen = "choice", given if given in filter_.allowed else filter_.default
        options = [(one, words[one], one == chosen) for one in filter_.allowed]
    elif getattr(filter_, "allowed", None) == ["1"]:
        kind = "switch"
    return Control(name, kind, label, hint, given[:200], default, tuple(options), tuple(question.errors.get(name, [])))


@cache
def _said(kind: type[FacetedFilterSet], name: str, _language: str) -> tuple[str, str, dict[str, str]]:
    """What a parameter is called, its hint, and what those of its values are called that stand in a short list."""
    filter_ = kind.base_filters[name]
    words = (kind.sort_labels if name == "sort" else WORDS | getattr(filter_, "words", {})) if isinstance(filter_, Choice) else {}
    hint = _held(filter_.extra.get("help_text", ""))
    return str(filter_.label), hint, {one: str(words.get(one, one)) for one in getattr(filter_, "allowed", []) if words}


def _held(text: Any) -> str:
    return _HELD.sub("-\u2060", str(text))


@register.simple_tag
def problems(question: FacetedFilterSet) -> list[tuple[str, str, list[str]]]:
    """(anchor, label, messages) of everything wrong with a question; an empty anchor where no field is to blame."""
    found = []
    for name, messages in question.errors.items():
        filter_ = question.filters.get(name)
        anchor = f"f-{name}" if filter_ is not None and name not in NOT_IN_PANEL else ""
        found.append((anchor, str(filter_.label) if filter_ is not None else "", [_held(one) for one in messages]))
    return found


@register.simple_tag
def record_forms(view: Any, record: Any) -> list[tuple[str, str, str]]:
    """(name, address, media type) of a record in its other forms."""
    return form_urls(record.get_absolute_url(), (form for form in view.forms if form.of_records))


@register.simple_tag
def same_question(question: FacetedFilterSet) -> str:
    """The query without page and order, for another way to look at the same records; with its question mark, or empty."""
    query = question.canonical(page=None, page_size=None, sort=None)
    return f"?{query}" if query else ""


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
def gutter(date: HistoricalDate | datetime.date | None) -> Gutter | None:
    """A date split for the margin of a list."""
    if not date:
        return None
    date = HistoricalDate.of(date)
    text, value = date.text(), date.parsed
    explanation = date.explanation() if date.is_imprecise else ""
    whole = Gutter("", "", text, date.machine, explanation)
    years = {found[1] for found in _YEAR.finditer(text)}
    if not value or value.certainty != "certain" or len(years) != 1 or not (date.machine or value.is_exact):
        return whole
    rest = _YEAR.sub("", text).strip(" ,")
    return whole if re.search(r"\d{3}", rest) or len(rest) > 24 else Gutter(years.pop(), rest, text, date.machine, explanation)


_OWN = {"zh": re.compile(r"[\u3400-\u9fff]"), "ru": re.compile(r"[а-яё]", re.IGNORECASE)}


@register.filter
def fallback_lang(label: str) -> SafeString:
    """``lang="en"`` as an attribute for a label without a letter of the reader's own script: it is a name that only English has."""
    own = _OWN.get((get_language() or "en")[:2])
    return SafeString(' lang="en"' if own and not own.search(label) and re.search("[A-Za-z]{2}", label) else "")


@register.simple_tag(takes_context=True)
def rows(context: template.Context, records: Sequence[Any], name: str, template_name: str, dated: str = "date") -> SafeString:
    """The records as rows of a list, each with the template, as ``name``; the year in the margin is said once for all that share it.

    A row is kept while what it tells does not change; its margin, and why it was found, follow from the question.
    """
    row = _Row(context, name, template_name, dated)
    if isinstance(records, Records):
        told = tell(records.model, records.keys, row.variant, lambda keys: row.all(records.some(keys)), rows=True)
    else:
        told = [row.told(record) for record in records]
    whys = [row.why(hit) for hit in getattr(records, "whys", ())] or [""] * len(told)
    before, found = None, []
    for (year, first, again, drawn), why in zip(told, whys, strict=True):
        found.append(drawn.replace(_WHEN, again if year and year == before else first).replace(_WHY, why))
        before = year
    return SafeString("\n".join(found))


_WHEN, _WHY = SafeString("\x00"), SafeString("\x01")  # stand in a row for what is not of the record alone; no text holds them


class _Row:
    """How the rows of one list are drawn."""

    def __init__(self, context: template.Context, name: str, template_name: str, dated: str) -> None:
        self.context, self.name, self.dated = context, name, dated
        self.template = context.template.engine.get_template
        self.drawn = self.template(template_name)
        question = context.get("question")
        told = tuple(question.context().items()) if question else ()
        here = (get_language(), get_script_prefix(), datetime.date.today())
        self.variant = (template_name, *here, bool(context.get("brief")), told)

    def all(self, records: dict[int, Any]) -> dict[int, tuple[str, str, str, str]]:
        """What is told of some records, by their key."""
        return {pk: self.told(record) for pk, record in records.items()}

    def told(self, record: Any) -> tuple[str, str, str, str]:
        """The year in the margin, the margin where it is said and where the row above has said it, and the rest of the row."""
        date = gutter(getattr(record, self.dated))
        margins = [self._render(self.template("publishing/_gutter.html"), g=date, again=again) for again in (False, True)]
        return date.year if date else "", *margins, self._render(self.drawn, **{self.name: record}, when=_WHEN, why=_WHY)

    def why(self, hit: Any) -> str:
        """Why a record was found."""
        return self._render(self.template("search/_why.html"), hit=hit)

    def _render(self, drawn: template.Template, **told: Any) -> str:
        with self.context.push(**told):
            return drawn.render(self.context)
