"""Dossiers for programs."""

from __future__ import annotations

from sinorus.facets.api import CatalogueViewSet

from .filters import DossierFilterSet
from .models import Dossier
from .serializers import DossierSerializer


class DossierViewSet(CatalogueViewSet):
    """Dossiers: essays whose statements rest on records and sources."""

    model = Dossier
    filterset_class = DossierFilterSet
    serializer_class = DossierSerializer
