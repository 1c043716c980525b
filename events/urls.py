"""Routes of the chronicle."""

from sinorus.facets.urls import catalogue

from .views import EventDetail, EventList

urlpatterns = catalogue("events", "event", EventList, EventDetail)
