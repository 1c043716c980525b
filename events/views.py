"""The chronicle, the page of an event, and who met whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinorus.facets.feeds import ATOM
from sinorus.facets.pages import Page
from sinorus.facets.spreadsheets import EVERYWHERE
from sinorus.facets.views import CatalogueView
from sinorus.publishing.calendars import calendar_form
from sinorus.publishing.views import RecordView
from sinorus.sources.formats import CITING
from sinorus.sources.linked import linked_form
from sinorus.vocab.geography import geojson_form

from . import linked, meetings
from .feeds import EventFeed
from .filters import EventFilterSet, MeetingFilterSet
from .models import Event
from .serializers import EventSerializer


class EventList(CatalogueView):
    """The faceted chronicle."""

    model = Event
    filterset_class = EventFilterSet
    serializer_class = EventSerializer
    forms = (*EVERYWHERE, ATOM, calendar_form("date"), geojson_form(lambda event: event.place), *CITING, linked_form(linked.event))
    feed_class = EventFeed
    heading = _("Chronicle")
    template_name = "events/event_list.html"


class EventDetail(RecordView):
    """One event."""

    model = Event
    template_name = "events/event_detail.html"


class MeetingList(CatalogueView):
    """Who met whom, how often."""

    model = Event
    filterset_class = MeetingFilterSet
    serializer_class = EventSerializer
    forms = (meetings.CSV,)
    api_name = "api:meetings"
    heading = _("Who met whom")
    template_name = "events/meetings.html"

    def get_queryset(self) -> object:
        return meetings.meetings()

    def page(self, question: MeetingFilterSet) -> Page:
        return meetings.page_of(question)
