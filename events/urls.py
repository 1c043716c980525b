"""Routes of the chronicle and of who met whom."""

from django.urls import path

from sinorus.facets.urls import catalogue

from . import meetings
from .views import AnniversaryList, EventDetail, EventList, EventNetwork, EventNetworkCsv, MeetingList, MeetingNetwork

urlpatterns = [
    *catalogue("events", "event", EventList, EventDetail),
    *(path(f"anniversaries.{form.suffix}", AnniversaryList.as_view(form=form), name="anniversaries") for form in AnniversaryList.forms),
    path("meetings/", MeetingList.as_view(), name="meeting-list"),
    path("meetings.csv", MeetingList.as_view(form=meetings.CSV), name="meeting-csv"),
    path("networks/leaders/", MeetingNetwork.as_view(), name="network-meetings"),
    path("networks/causes/", EventNetwork.as_view(), name="network-events"),
    path("networks/causes.csv", EventNetworkCsv.as_view(), name="network-events-csv"),
]
