"""The register for programs."""

from __future__ import annotations

from events.api import AroundMixin
from sinorus.dates.value import HistoricalDate
from sinorus.facets.api import CatalogueViewSet

from .filters import TreatyFilterSet
from .models import Treaty
from .serializers import TreatySerializer


class TreatyViewSet(AroundMixin, CatalogueViewSet):
    """Treaties: any written instrument between the two sides."""

    model = Treaty
    filterset_class = TreatyFilterSet
    serializer_class = TreatySerializer

    def dated(self, treaty: Treaty) -> tuple[HistoricalDate, int | None]:
        return treaty.signed, treaty.signed_at_id
