"""The chronicle and the page of an event."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinorus.facets.views import CatalogueView
from sinorus.publishing.views import RecordView

from .feeds import EventFeed
from .filters import EventFilterSet
from .models import Event
from .serializers import EventSerializer


class EventList(CatalogueView):
    """The faceted chronicle."""

    model = Event
    filterset_class = EventFilterSet
    serializer_class = EventSerializer
    feed_class = EventFeed
    heading = _("Chronicle")
    template_name = "events/event_list.html"


class EventDetail(RecordView):
    """One event."""

    model = Event
    template_name = "events/event_detail.html"
