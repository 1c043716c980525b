"""The chronicle for programs."""

from __future__ import annotations

from sinorus.facets.api import CatalogueViewSet

from .filters import EventFilterSet
from .models import Event
from .serializers import EventSerializer


class EventViewSet(CatalogueViewSet):
    """Events: what happened between the two countries, and around them."""

    model = Event
    filterset_class = EventFilterSet
    serializer_class = EventSerializer
