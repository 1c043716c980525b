"""The peer's one list, as a page and as JSON."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from events.models import Event
from sinorus.search import relevance
from sinorus.search.query import parse
from sinorus.vocab.models import Place

#: Facet → the column to group by.
FACETS = {
    "kind": "kind",
    "importance": "importance",
    "state": "participations__actor__slug",
    "person": "participations__actor__slug",
    "organisation": "participations__actor__slug",
    "theme": "themes__slug",
    "decade": "date_earliest__year",
    "place": "place__slug",
}
ACTORS = {"state", "person", "organisation"}


class EventFilter(django_filters.FilterSet):
    """Plain filters by joins."""

    kind = django_filters.CharFilter()
    importance = django_filters.NumberFilter()
    state = person = organisation = django_filters.CharFilter("participations__actor__slug", distinct=True)
    theme = django_filters.CharFilter("themes__slug", distinct=True)
    place = django_filters.CharFilter(method="within")
    decade = django_filters.CharFilter(method="in_decade")
    date_after = django_filters.NumberFilter("date_latest__year", "gte")
    date_before = django_filters.NumberFilter("date_earliest__year", "lte")
    q = django_filters.CharFilter(method="matching")

    def within(self, records: QuerySet, name: str, value: str) -> QuerySet:
        found = Place.objects.filter(slug=value).values_list("pk", flat=True).first()
        return records.filter(place__in=Place.objects.regions().get(found, {found}))

    def in_decade(self, records: QuerySet, name: str, value: str) -> QuerySet:
        first = int(value[:4])
        return records.filter(date_earliest__year__lte=first + 9, date_latest__year__gte=first)

    def matching(self, records: QuerySet, name: str, value: str) -> QuerySet:
        return records.filter(relevance.matching(parse(value), Event))


def answer(request: HttpRequest) -> dict[str, Any]:
    """Records of a page and the counts of each facet, its own choice left aside."""
    public = Event.objects.filter(status="published")
    chosen = EventFilter(request.GET, public).qs
    page = Paginator(chosen.order_by("-date_earliest", "-date_latest", "-pk"), 25).get_page(request.GET.get("page"))
    facets = {}
    for name, column in FACETS.items():
        others = request.GET.copy()
        others.pop(name, None)
        rows = EventFilter(others, public).qs.order_by()
        if name in ACTORS:
            # A join of its own: that of the filter would hide the values that were not chosen.
            rows = Event.objects.filter(pk__in=rows.values("pk"))
            rows = rows.filter(participations__actor__kind=name, participations__actor__status="published")
        elif name == "theme":
            rows = Event.objects.filter(pk__in=rows.values("pk"))
        counts = rows.values_list(column).annotate(number=Count("pk", distinct=True)).order_by("-number")
        facets[name] = [(value, number) for value, number in counts[:50] if value is not None]
    return {"count": page.paginator.count, "page": page, "facets": facets}


def as_page(request: HttpRequest) -> HttpResponse:
    """With a template."""
    return render(request, "page.html", answer(request))


def as_json(request: HttpRequest) -> HttpResponse:
    """The same as JSON."""
    found = answer(request)
    rows = [{"slug": one.slug, "title": one.title, "date": one.date_edtf, "summary": one.summary} for one in found["page"]]
    return JsonResponse({"count": found["count"], "facets": found["facets"], "results": rows})


urlpatterns = [path("events/", as_page), path("events.json", as_json)]
