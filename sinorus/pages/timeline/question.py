"""One question over events and instruments: it asks each of them what it knows, and adds up what they answer."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.filters import EventFilterSet
from events.models import Event
from sinorus.facets.counts import Counts
from sinorus.facets.filters import Choice, Facet, Labelled, RelatedFacet, Sort
from sinorus.facets.filtersets import DatedFilterSet
from sinorus.facets.histogram import Lying
from sinorus.search.filters import SearchFilter
from sinorus.vocab import filters as vocab
from treaties.filters import TreatyFilterSet
from treaties.life import lives_q
from treaties.models import Party, Treaty

TYPES = {"event": _("Events"), "treaty": _("Instruments")}


def _parties(vocabulary: Callable[[], QuerySet], **kwargs: Any) -> RelatedFacet:
    return RelatedFacet(vocabulary=vocabulary, links=lambda: Party.objects.all(), record="treaty", value="actor", **kwargs)


class LifeFilterSet(TreatyFilterSet):
    """The question of the register under the names of the chronicle; its span is one that the life of an instrument meets."""

    state = _parties(vocab.states, families=vocab.lineages, family_option="succession", label=_("State"))
    organisation = _parties(vocab.organisations, label=_("Organisation"))
    person = TreatyFilterSet.declared_filters["signatory"]

    def parts(self, options: Mapping[str, Any]) -> dict[str, Q]:
        found, after, before = super().parts(options), self.asked.get("date_after"), self.asked.get("date_before")
        if "date" in found:
            match = options.get("date_match") or "possible"
            found["date"] = lives_q(after and after.earliest, before and before.latest, match)
        return found


QUESTIONS: dict[str, tuple[type[DatedFilterSet], Any]] = {"event": (EventFilterSet, Event), "treaty": (LifeFilterSet, Treaty)}


class TypeFacet(Facet):
    """Which type of record."""

    ordered = True

    def allowed(self) -> list[str]:
        return list(TYPES)

    def known(self, values: Collection[str]) -> Collection[str]:
        return TYPES

    def labels(self, values: Collection[str]) -> Labelled:
        return {value: str(label) for value, label in TYPES.items()}

    def of(self, kind: str, values: list[str]) -> list[str] | None:
        """Nothing is narrowed within a type that was chosen."""
        return [] if kind in values else None


class SharedFacet(Facet):
    """A facet that one or both types of record have under its name: its values are those of both."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        declared = {kind: question.base_filters.get(name) for kind, (question, _model) in QUESTIONS.items()}
        self.facets: dict[str, Facet] = {kind: one for kind, one in declared.items() if one}
        first = next(iter(self.facets.values()))
        self.multiple, self.ordered = any(one.multiple for one in self.facets.values()), first.ordered and len(self.facets) == 1
        super().__init__(**({"label": first.label, "help_text": first.extra.get("help_text", "")} | kwargs))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """The facets note what was chosen, which is the question's own."""
        new = super().__deepcopy__(memo)
        new.facets = {kind: copy.deepcopy(one) for kind, one in self.facets.items()}
        return new.asked_itself()

    def allowed(self) -> list[str]:
        return list(dict.fromkeys(value for one in self.facets.values() for value in one.allowed()))

    def known(self, values: Collection[str]) -> Collection[str]:
        return {value for one in self.facets.values() for value in one.known(values) if value in values}

    def labels(self, values: Collection[str]) -> Labelled:
        return {value: label for one in self.facets.values() for value, label in one.labels(one.known(values)).items()}

    def of(self, kind: str, values: list[str]) -> list[str] | None:
        """Those of the values that a type of record knows; None when it knows none, so that no record of it can match."""
        facet = self.facets.get(kind)
        return [value for value in values if facet and value in facet.known(values)] or None


class Lanes(Choice):
    """What the lanes of the picture are."""

    words: ClassVar[dict[str, Any]] = {"type": _("type of record"), "kind": _("kind"), "side": _("side"), "theme": _("theme")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(*self.words, default="type", **kwargs)


@dataclass
class Part:
    """The question as one type of record understands it. ``blocked``: facets whose chosen values it cannot have."""

    question: DatedFilterSet
    blocked: set[str] = field(default_factory=set)


class PartsCounter:
    """Counts of the parts, added up; a part that a choice shuts out is counted in the facet of that choice alone."""

    def count(self, question: TimelineFilterSet, whole: Collection[str] = ()) -> Counts:
        found: dict[str, dict[str, tuple[str, int]]] = {name: {} for name in question.facet_filters}
        for kind, part in question.both.items():
            counted = part.question.counter.count(part.question, whole)
            for name in found:
                if part.blocked - {name}:
                    continue
                own = {kind: (str(TYPES[kind]), part.question.count)} if name == "type" else counted.get(name, {})
                for value, (label, number) in own.items():
                    if number:
                        found[name][value] = (label, found[name].get(value, ("", 0))[1] + number)
        return found

    def keys(self, question: TimelineFilterSet, start: int, size: int) -> list[int]:
        """None: what stands here is of several types, whose keys mean nothing without them."""
        return []

    def total(self, question: TimelineFilterSet, **options: Any) -> int:
        return sum(part.counter.total(part, **options) for part in question.asked_of.values())

    def lying(self, question: TimelineFilterSet, without: str = "") -> list[Lying]:
        return [one for part in question.asked_of.values() for one in part.counter.lying(part, without)]


class TimelineFilterSet(DatedFilterSet):
    """What events and instruments have in common may be asked of both; of an instrument the span is one that its life meets."""

    counter = PartsCounter()
    sorts = {"date": ()}
    default_sort = "date"

    q = SearchFilter()
    lanes = Lanes(label=_("Lanes by"), help_text=_("type, kind, side or theme: what stands in a lane of its own."))
    type = TypeFacet(label=_("Type of record"), help_text=_("event or treaty."))
    kind = SharedFacet("kind", help_text=_("What sort of event, or the form of the instrument."))
    state = SharedFacet("state", help_text=_("Slug of a state that takes part or is a party: china, russia, soviet-union …"))
    succession = vocab.succession()
    person = SharedFacet("person", help_text=_("Slug of a person who takes part or signed."))
    organisation = SharedFacet("organisation", help_text=_("Slug of an organisation that takes part or is a party."))
    place = SharedFacet("place")
    theme = SharedFacet("theme")
    formula = SharedFacet("formula")
    importance = SharedFacet("importance", help_text=_("1 to 3, 3 the greatest; instruments have none."))
    has = SharedFacet("has", help_text=_("assessment, conflict (sources disagree) or text."))

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """Without pages and other orders than that of time: a picture is one."""
        filters = {name: one for name, one in super().get_filters().items() if name not in ("page", "page_size")}
        return filters | {"sort": Sort("date", default="date", label=_("Order"), help_text=_("date: the order of time."))}

    @cached_property
    def both(self) -> dict[str, Part]:
        return {kind: self._part(kind) for kind in QUESTIONS}

    @property
    def asked_of(self) -> dict[str, DatedFilterSet]:
        """The parts that can have results, by type."""
        return {kind: part.question for kind, part in self.both.items() if not part.blocked}

    def _part(self, kind: str) -> Part:
        question, model = QUESTIONS[kind]
        data, blocked = QueryDict(mutable=True), set()
        for name, values in self.chosen.items():
            own = self.filters[name].of(kind, values)
            if own is None or (name in self.every and len(own) < len(values)):
                blocked.add(name)
            elif own:
                data.setlist(name, own)
        for name in ("q", "succession", "date_after", "date_before", "date_match"):
            data.setlist(name, [value for value in self.data.getlist(name)[:1] if self.asked.get(name)])
        data.setlist("all", [name for name in self.every if name in data])
        return Part(question(data, model.objects.public()), blocked)

    def usual_sort(self, asked: Mapping[str, Any]) -> str:
        return self.default_sort

    @property
    def span(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and the last day asked for."""
        after, before = self.asked.get("date_after"), self.asked.get("date_before")
        return after and after.earliest, before and before.latest

    def narrowed(self, without: str = "", **options: Any) -> QuerySet:
        """The events asked for. What stands on the timeline is both parts of ``asked_of``, which no one queryset can hold."""
        events = self.asked_of.get("event")
        return events.narrowed(without, **options) if events else self.queryset.none()

    def explain(self, records: Sequence[Any]) -> None:
        """The picture says nothing of why a record was found."""
