"""What the record covers: years, kinds and the origin of sources against each other, so that silence is not read as absence."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from django import forms
from django.db.models import Case, CharField, Count, F, Value, When
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateResponseMixin, View

from events.filters import EventFilterSet
from events.models import Event, EventCitation
from sinorus.facets.fields import OnceField, one_of
from sinorus.facets.filtersets import DatedFilterSet
from sinorus.facets.problems import problem_page
from sinorus.facets.tables import csv_table
from sinorus.sources.filters import RESTS_ON, rests_on
from sinorus.sources.models import Source
from sinorus.sources.named import Names, names
from sinorus.vocab.models import Actor, Formula, Place, Side, Theme
from treaties.filters import TreatyFilterSet
from treaties.models import Treaty, TreatyCitation

HEATS: Final = 5
FIRST_YEAR: Final = 1680  # with which the decades of the filters begin
NOTHING: Final = ("none", gettext_lazy("No source on record"))


class Subject(NamedTuple):
    """A record type whose coverage is told."""

    label: Any
    model: Any
    filterset_class: type[DatedFilterSet]
    citation: Any
    route: str


SUBJECTS: Final = {
    "events": Subject(gettext_lazy("Events"), Event, EventFilterSet, EventCitation, "event-list"),
    "treaties": Subject(gettext_lazy("Treaties"), Treaty, TreatyFilterSet, TreatyCitation, "treaty-list"),
}
STEPS: Final = {"decade": gettext_lazy("By decade"), "year": gettext_lazy("By year")}


class CoverageForm(forms.Form):
    """``of``: which records; ``by``: how long a row is."""

    of = OnceField(read=one_of(*SUBJECTS), initial="events", allowed=list(SUBJECTS), required=False)
    by = OnceField(read=one_of(*STEPS), initial="decade", allowed=list(STEPS), required=False)
    bom = OnceField(read=one_of("1"), required=False)
    lang = OnceField(read=one_of("en", "zh", "ru"), required=False)

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the question; names that it does not know are wrong for programs alone."""
        return [
            {"name": name, "message": " ".join(messages), "allowed": self.fields[name].allowed()} for name, messages in self.errors.items()
        ]

    @property
    def unknown(self) -> list[dict[str, Any]]:
        known, message = list(self.fields), str(_("There is no parameter of this name."))
        return [{"name": name[:80], "message": message, "allowed": known} for name in self.data if name not in self.fields]


@dataclass(frozen=True)
class Cell:
    """A number of records, the question that shows them, and how warm it is beside the others of its kind: 0 for none, to 5."""

    count: int
    query: str
    heat: int


@dataclass(frozen=True)
class Row:
    """A stretch of time, or a kind, with a cell for each column; none where nothing is on record."""

    label: str
    cells: list[Cell]
    query: str = ""


class Coverage:
    """Everything that is told of one record type."""

    def __init__(self, subject: str, by: str) -> None:
        self.subject, self.by = SUBJECTS[subject], by
        self.question = self.subject.filterset_class(None, self.subject.model.objects.public())
        self.kinds = [(str(value), str(label)) for value, label in self.subject.model.Kind.choices]
        self.evidence = [(value, str(label)) for value, label in RESTS_ON.items()]
        self.total = sum(number for *_key, number in self.counted)

    @cached_property
    def counted(self) -> list[tuple[int | None, int | None, str, str, int]]:
        """(first year, last year, kind, evidence, records); None is an open end. One query, whatever the number of records."""
        name = self.subject.filterset_class.dated
        year = {f"_{end}": Substr(Cast(f"{name}_{end}", CharField()), 1, 4) for end in ("earliest", "latest")}
        classes = [When(condition, then=Value(value)) for value, condition in rests_on(self.subject.citation).items()]
        evidence = Case(*classes, default=Value(NOTHING[0]), output_field=CharField())
        rows = self.question.queryset.order_by().annotate(**year, _kind=F("kind"), _evidence=evidence)
        grouped = rows.values_list("_earliest", "_latest", "_kind", "_evidence").annotate(_count=Count("pk")).order_by()
        return [(first and int(first), last and int(last), *rest) for first, last, *rest in grouped]

    @cached_property
    def _by_time(self) -> dict[int, Counter[tuple[str, str]]]:
        """By year or decade: how many records of a kind and an evidence may fall in it, by the rule of the filters."""
        length, today = (10 if self.by == "decade" else 1), datetime.date.today().year
        found: dict[int, Counter[tuple[str, str]]] = {}
        for first, last, kind, evidence, number in self.counted:
            start = max(FIRST_YEAR, first or FIRST_YEAR) // length * length
            for year in range(start, min(today, last or today) + 1, length):
                found.setdefault(year, Counter())[kind, evidence] += number
        return found

    @property
    def columns(self) -> list[tuple[str, str]]:
        """(value, label): all, then the kinds of evidence, then the kinds of records that there are."""
        return [("", str(_("All"))), *self.evidence, *self._kinds]

    @cached_property
    def _kinds(self) -> list[tuple[str, str]]:
        present = {kind for _first, _last, kind, _evidence, _number in self.counted}
        return [one for one in self.kinds if one[0] in present]

    @cached_property
    def rows(self) -> list[Row]:
        """Stretches of time from the first with records to today; a silent time is one row, whatever its length."""
        if not self._by_time:
            return []
        length = 10 if self.by == "decade" else 1
        years = range(min(self._by_time), datetime.date.today().year + 1, length)
        found: list[Row] = []
        silent: list[int] = []
        for year in years:
            if year in self._by_time:
                found += self._silence(silent)
                silent = []
                found.append(self._row(year))
            else:
                silent.append(year)
        return found + self._silence(silent)

    def _silence(self, years: list[int]) -> list[Row]:
        if not years:
            return []
        ends = self._named(years[0]), self._named(years[-1])
        return [Row(ends[0] if len(years) == 1 else f"{ends[0]} – {ends[1]}", [])]

    def _row(self, year: int) -> Row:
        numbers = self._by_time[year]
        when = self._when(year)
        cells = [Cell(sum(numbers.values()), self.question.canonical(**when), 0)]
        for value, _label in self.evidence:
            count = sum(number for (_kind, evidence), number in numbers.items() if evidence == value)
            cells.append(self._cell(count, self._warmest[0], **when, evidence=[value]))
        for value, _label in self._kinds:
            count = sum(number for (kind, _evidence), number in numbers.items() if kind == value)
            cells.append(self._cell(count, self._warmest[1], **when, kind=[value]))
        return Row(self._named(year), cells)

    def _cell(self, count: int, most: int, **asked: Any) -> Cell:
        return Cell(count, self.question.canonical(**asked) if count else "", math.ceil(HEATS * math.sqrt(count / most)) if count else 0)

    @cached_property
    def _warmest(self) -> tuple[int, int]:
        """The largest numbers of the columns of evidence and of those of kinds."""

        def most(of: Callable[[tuple[str, str]], str]) -> int:
            sums = (Counter() for _year in self._by_time)
            largest = 1
            for total, numbers in zip(sums, self._by_time.values(), strict=True):
                for key, number in numbers.items():
                    total[of(key)] += number
                largest = max(largest, *total.values())
            return largest

        return most(lambda key: key[1]), most(lambda key: key[0])

    def _named(self, year: int) -> str:
        return self.question.filters["decade"].labels([f"{year}s"])[f"{year}s"] if self.by == "decade" else str(year)

    def _when(self, year: int) -> dict[str, Any]:
        return {"decade": [f"{year}s"]} if self.by == "decade" else {"date_after": str(year), "date_before": str(year)}

    @cached_property
    def crossed(self) -> list[Row]:
        """Kinds against evidence, over all time."""
        numbers: Counter[tuple[str, str]] = Counter()
        for _first, _last, kind, evidence, number in self.counted:
            numbers[kind, evidence] += number
        most = max((numbers[kind, value] for kind, _l in self._kinds for value, _m in self.evidence), default=1) or 1
        return [
            Row(
                label,
                [self._cell(numbers[kind, value], most, kind=[kind], evidence=[value]) for value, _label in self.evidence],
                self.question.canonical(kind=[kind]),
            )
            for kind, label in self._kinds
        ]

    @property
    def weak(self) -> list[tuple[str, Cell]]:
        """What asks for more sources: (words, number with its question)."""
        evidence = self.question.filters["evidence"]
        labels = evidence.labels(evidence.allowed())
        found = {value: count for value, (_label, count) in self.question.counter.count(self.question)["evidence"].items()}
        asked = ("one-source", "chinese-side", "russian-side", "third-only")
        return [(labels[value], self._cell(found.get(value, 0), max(self.total, 1), evidence=[value])) for value in asked]


def origins() -> list[tuple[str, str, int]]:
    """(value, label, number) of the public sources of each origin."""
    numbers = dict(Source.objects.public().order_by().values_list("origin").annotate(Count("pk")))
    return [(str(value), str(label), numbers.get(value, 0)) for value, label in Side.choices]


def named() -> list[tuple[Any, dict[str, Names]]]:
    """(label, names by language) of the public records of each type that shall have its name in Chinese and Russian."""
    chosen = {
        gettext_lazy("Actors"): Actor.objects.public(),
        gettext_lazy("Places"): Place.objects.public(),
        gettext_lazy("Themes"): Theme.objects.public(),
        gettext_lazy("Formulas"): Formula.objects.public(),
        gettext_lazy("Treaties"): Treaty.objects.public(),
        gettext_lazy("Essential events"): Event.objects.public().filter(importance=3),
    }
    return [(label, names(records)) for label, records in chosen.items()]


def lines() -> Iterator[Sequence[object]]:
    """Year, kind and evidence of everything as lines: how many records may fall in the year."""
    yield "records", "year", "kind", "rests_on", "count", "page"
    for name in SUBJECTS:
        told = Coverage(name, "year")
        for year in sorted(told._by_time):
            for (kind, evidence), number in sorted(told._by_time[year].items()):
                known = [evidence] if evidence in RESTS_ON else None
                query = told.question.canonical(kind=[kind], evidence=known, **told._when(year))
                yield name, year, kind, evidence, number, f"/{name}/?{query}"


class CoverageView(TemplateResponseMixin, View):
    """What the record covers and what it does not."""

    template_name = "pages/coverage.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = CoverageForm(request.GET)
        if not form.is_valid():
            return self.render_to_response({"form": form, "subjects": SUBJECTS, "steps": STEPS}, status=400)
        asked = form.cleaned_data
        told = Coverage(asked["of"], asked["by"])
        context = {"form": form, "asked": asked, "told": told, "subjects": SUBJECTS, "steps": STEPS, "origins": origins(), "named": named()}
        return self.render_to_response(context)


class CoverageCsv(View):
    """The same by year, of all records, as lines."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        form = CoverageForm(request.GET)
        if errors := form.problems + form.unknown:
            return problem_page(400, str(_("The question was not understood.")), errors=errors)
        return csv_table(lines(), "coverage", for_spreadsheet=bool(form.cleaned_data["bom"]))
