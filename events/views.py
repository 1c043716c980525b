"""The chronicle, the page of an event, and who met whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateResponseMixin, View

from sinorus.facets.feeds import ATOM
from sinorus.facets.pages import Page
from sinorus.facets.problems import problem_page
from sinorus.facets.spreadsheets import EVERYWHERE
from sinorus.facets.tables import csv_table
from sinorus.facets.templatetags.addresses import plain
from sinorus.facets.views import CatalogueView
from sinorus.publishing.calendars import anniversaries, calendar_form
from sinorus.publishing.views import RecordView
from sinorus.sources.formats import CITING
from sinorus.sources.linked import linked_form
from sinorus.vocab.geography import geojson_form

from . import causes, linked, meetings
from .feeds import EventFeed
from .filters import EventFilterSet, MeetingPages
from .models import Event
from .serializers import EventSerializer
from .storyline import Storyline


class EventList(CatalogueView):
    """The faceted chronicle."""

    model = Event
    filterset_class = EventFilterSet
    serializer_class = EventSerializer
    forms = (*EVERYWHERE, ATOM, calendar_form("date"), geojson_form(lambda event: event.place), *CITING, linked_form(linked.event))
    feed_class = EventFeed
    heading = _("Chronicle")
    template_name = "events/event_list.html"


class AnniversaryList(EventList):
    """Anniversaries of any question to the chronicle."""

    forms = (anniversaries("date"),)
    heading = _("Anniversaries")


class EventDetail(RecordView):
    """One event."""

    model = Event
    template_name = "events/event_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = [*self.object.public_links, *self.object.public_links_to]
        return super().get_context_data(**kwargs) | {"causes": causes.of(self.object, own)}


class MeetingList(CatalogueView):
    """Who met whom, how often."""

    model = Event
    filterset_class = MeetingPages
    serializer_class = EventSerializer
    forms = (meetings.CSV,)
    api_name = "api:meetings"
    heading = _("Who met whom")
    template_name = "events/meetings.html"

    def get_queryset(self) -> object:
        return meetings.meetings()

    def page(self, question: MeetingPages) -> Page:
        return meetings.page_of(question)


class MeetingNetwork(MeetingList):
    """Who met whom over time."""

    forms = ()
    heading = _("Who met whom over time")
    template_name = "events/network.html"

    def page(self, question: MeetingPages) -> Page:
        page = super().page(question)
        return meetings.NetworkPage(**vars(page), story=Storyline(question, page.told))


class EventNetwork(TemplateResponseMixin, View):
    """What led to what around an event."""

    template_name = "events/causes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = causes.CausesForm(request.GET)
        drawing = causes.of(form.chosen) if form.chosen else None
        csv = f"{plain(request.path).rstrip('/')}.csv?event={form.chosen.slug}" if form.chosen else ""
        context = {"form": form, "drawing": drawing, "csv": csv, "starts": causes.starts()}
        return self.render_to_response(context, status=404 if form.errors else 200)


class EventNetworkCsv(View):
    """The same relations as lines."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        form = causes.CausesForm(request.GET)
        if form.problems:
            return problem_page(400, str(_("The question was not understood.")), errors=form.problems)
        return csv_table(causes.lines(causes.of(form.chosen)), "what-led-to-what")
