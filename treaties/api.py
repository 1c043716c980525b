"""The register for programs."""

from __future__ import annotations

from sinorus.facets.api import CatalogueViewSet

from .filters import TreatyFilterSet
from .models import Treaty
from .serializers import TreatySerializer


class TreatyViewSet(CatalogueViewSet):
    """Treaties: any written instrument between the two sides."""

    model = Treaty
    filterset_class = TreatyFilterSet
    serializer_class = TreatySerializer
