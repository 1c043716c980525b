"""Actors, places, themes and formulas: their lists and pages, which show the events and instruments that touch them.

They stand here, above the domain, since a page of the vocabulary tells of records that the vocabulary knows nothing of.
"""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db.models import CharField, F
from django.db.models.functions import Cast, Substr
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.filters import EventFilterSet
from events.models import Event
from sinorus.facets.filtersets import FacetedFilterSet
from sinorus.facets.pages import Records
from sinorus.facets.spreadsheets import EVERYWHERE
from sinorus.facets.views import CatalogueView
from sinorus.publishing.views import RecordView
from sinorus.sources.formats import CITING
from sinorus.sources.linked import linked_form
from sinorus.sources.models import Assessment
from sinorus.vocab.filters import ActorFilterSet, PlaceFilterSet, ThemeFilterSet
from sinorus.vocab.geography import geojson_form
from sinorus.vocab.models import Actor, Place, Theme
from sinorus.vocab.serializers import ActorSerializer, PlaceSerializer, ThemeSerializer
from treaties.filters import TreatyFilterSet
from treaties.models import Treaty

from . import linked

SHOWN = 12  # records shown on a page of the vocabulary before "all of them"


class Touched(RecordView):
    """A page of the vocabulary with the first records that touch it and a link to them all."""

    event_filter: ClassVar[str] = ""
    treaty_filter: ClassVar[str] = ""

    def _some(self, filterset_class: type[FacetedFilterSet], model: Any, name: str) -> dict[str, Any]:
        question = filterset_class(QueryDict(f"{name}={self.object.slug}"), model.objects.public())
        question.filters[name].know(self.object)
        return {
            "records": Records(model, question.counter.keys(question, 0, SHOWN), lambda records: records.for_list()),
            "count": question.count,
            "url": f"{reverse(f'{model._meta.model_name}-list')}?{question.canonical()}",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.event_filter:
            context["events"] = self._some(EventFilterSet, Event, self.event_filter)
        if self.treaty_filter:
            context["treaties"] = self._some(TreatyFilterSet, Treaty, self.treaty_filter)
        return context


class ActorList(CatalogueView):
    """States, organisations, people."""

    model = Actor
    filterset_class = ActorFilterSet
    serializer_class = ActorSerializer
    forms = (*EVERYWHERE, *CITING, linked_form(linked.actor))
    heading = _("States, organisations, people")
    template_name = "vocab/actor_list.html"


class ActorDetail(Touched):
    """One actor, with offices, names, events and instruments."""

    model = Actor
    template_name = "vocab/actor_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.event_filter = self.object.kind
        self.treaty_filter = "signatory" if self.object.kind == Actor.Kind.PERSON else "party"
        assessments = Assessment.objects.public().for_list().filter(holder=self.object)
        return super().get_context_data(**kwargs) | {"assessments": assessments}


class PlaceList(CatalogueView):
    """Places."""

    model = Place
    filterset_class = PlaceFilterSet
    serializer_class = PlaceSerializer
    forms = (*EVERYWHERE, geojson_form(lambda place: place), *CITING, linked_form(linked.place))
    heading = _("Places")
    template_name = "vocab/place_list.html"


class PlaceDetail(Touched):
    """One place."""

    model = Place
    template_name = "vocab/place_detail.html"
    event_filter = treaty_filter = "place"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"parts": self.object.parts.public().by_title()}


class ThemeList(CatalogueView):
    """Themes."""

    model = Theme
    filterset_class = ThemeFilterSet
    serializer_class = ThemeSerializer
    forms = (*EVERYWHERE, *CITING, linked_form(linked.term))
    heading = _("Themes")
    template_name = "vocab/theme_list.html"


class ThemeDetail(Touched):
    """One theme."""

    model = Theme
    template_name = "vocab/theme_detail.html"
    event_filter = treaty_filter = "theme"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assessments = Assessment.objects.public().for_list().filter(topic=self.object)
        return super().get_context_data(**kwargs) | {"assessments": assessments}


def about_counts() -> dict[str, int]:
    """How many records of each type readers can see."""
    models = {"events": Event, "treaties": Treaty, "actors": Actor, "places": Place, "themes": Theme}
    return {name: model.objects.public().count() for name, model in models.items()}


def this_month(today: datetime.date) -> tuple[list[Event], list[Event]]:
    """Events of note of this day and of this month in other years: (those of the day, the rest of the month).

    Of the day only what is known to the day; of the month what certainly lies within it, be the day known or not.
    """
    bounds = {f"_{bound}": Substr(Cast(f"date_{bound}", CharField()), 1, 7) for bound in ("earliest", "latest")}
    within = Event.objects.public().annotate(**bounds).filter(_earliest=F("_latest"), _earliest__endswith=f"-{today.month:02}")
    rows = list(within.filter(importance__gte=2).for_list().chronological())
    day = [one for one in rows if one.date_earliest == one.date_latest and one.date_earliest.day == today.day]
    return day, [one for one in rows if one not in day]
