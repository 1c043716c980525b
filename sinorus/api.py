"""The API: every record type under one root."""

from __future__ import annotations

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from events.api import EventViewSet, MeetingsView
from sinorus.dossiers.api import DossierViewSet
from sinorus.pages.root import Root
from sinorus.pages.search import SearchApi, SuggestApi
from sinorus.publishing.api import ChangesView
from sinorus.sources.api import AssessmentViewSet, FormulaViewSet, SourceViewSet
from sinorus.vocab.api import ActorViewSet, PlaceViewSet, ThemeViewSet
from treaties.api import TreatyViewSet

router = SimpleRouter()
for prefix, viewset in {
    "events": EventViewSet,
    "treaties": TreatyViewSet,
    "actors": ActorViewSet,
    "places": PlaceViewSet,
    "themes": ThemeViewSet,
    "formulas": FormulaViewSet,
    "sources": SourceViewSet,
    "assessments": AssessmentViewSet,
    "dossiers": DossierViewSet,
}.items():
    router.register(prefix, viewset, basename=viewset.model._meta.model_name)

urlpatterns = [
    path(
        "v1/",
        include(
            (
                [
                    path("", Root.as_view(), name="root"),
                    path("schema/", SpectacularAPIView.as_view(), name="schema"),
                    path("changes/", ChangesView.as_view(), name="changes"),
                    path("meetings/", MeetingsView.as_view(), name="meetings"),
                    path("search/", SearchApi.as_view(), name="search"),
                    path("suggest/", SuggestApi.as_view(), name="suggest"),
                    *router.urls,
                ],
                "api",
            )
        ),
    ),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema", metadata_class=None), name="api-docs"),
]
