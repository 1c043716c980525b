"""Routes of the chronicle and of who met whom."""

from django.urls import path

from sinorus.facets.urls import catalogue

from . import meetings
from .views import EventDetail, EventList, MeetingList

urlpatterns = [
    *catalogue("events", "event", EventList, EventDetail),
    path("meetings/", MeetingList.as_view(), name="meeting-list"),
    path("meetings.csv", MeetingList.as_view(form=meetings.CSV), name="meeting-csv"),
]
