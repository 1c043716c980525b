"""Actors, places and themes for programs."""

from __future__ import annotations

from sinorus.facets.api import CatalogueViewSet

from .filters import ActorFilterSet, PlaceFilterSet, ThemeFilterSet
from .models import Actor, Place, Theme
from .serializers import ActorSerializer, PlaceSerializer, ThemeSerializer


class ActorViewSet(CatalogueViewSet):
    """Actors: states, organisations, people."""

    model = Actor
    filterset_class = ActorFilterSet
    serializer_class = ActorSerializer


class PlaceViewSet(CatalogueViewSet):
    """Places."""

    model = Place
    filterset_class = PlaceFilterSet
    serializer_class = PlaceSerializer


class ThemeViewSet(CatalogueViewSet):
    """Themes."""

    model = Theme
    filterset_class = ThemeFilterSet
    serializer_class = ThemeSerializer
