"""The chronicle for programs, and who met whom."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from sinorus.dates.value import HistoricalDate
from sinorus.facets.api import CatalogueViewSet, QuestionBackend
from sinorus.facets.problems import BadQuestion, errors_of

from . import meetings
from .around import around
from .filters import EventFilterSet, MeetingFilterSet
from .models import Event
from .serializers import EventSerializer, MeetingsSerializer, RingSerializer


class AroundMixin:
    """What else happened around a record that has a date."""

    @extend_schema(responses=RingSerializer(many=True), filters=False)
    @action(detail=True, url_path="around", pagination_class=None)
    def around(self, request: Request, slug: str) -> Response:
        """The most important events within days, a month and a year, between the two countries and in the wider world."""
        date, without = self.dated(self.get_object())
        rings = around(date, without)
        return Response(RingSerializer(rings, many=True, context={"request": request}).data)


class EventViewSet(AroundMixin, CatalogueViewSet):
    """Events: what happened between the two countries, and around them."""

    model = Event
    filterset_class = EventFilterSet
    serializer_class = EventSerializer

    def dated(self, event: Event) -> tuple[HistoricalDate, int | None]:
        return event.date, event.pk


class MeetingsView(GenericAPIView):
    """Who met whom: pairs of persons with the number of their meetings, and numbers that sources claim beside them."""

    filterset_class = MeetingFilterSet
    filter_backends = [QuestionBackend]
    pagination_class = None
    serializer_class = MeetingsSerializer

    @extend_schema(filters=True)
    def get(self, request: Request) -> Response:
        """Every pair of the question, with the link to the events that were counted."""
        question = MeetingFilterSet(request.query_params, meetings.meetings(), request=request)
        if errors := errors_of(question):
            raise BadQuestion(errors)
        told = meetings.Count(question)
        body = {"rule": meetings.RULE, "count": len(told.pairs), "pairs": told.pairs, "claims": told.claims}
        return Response(MeetingsSerializer(body, context={"request": request}).data)
