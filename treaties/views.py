"""The register and the page of an instrument."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinorus.facets.views import CatalogueView
from sinorus.publishing.views import RecordView

from .feeds import TreatyFeed
from .filters import TreatyFilterSet
from .models import Treaty
from .serializers import TreatySerializer


class TreatyList(CatalogueView):
    """The faceted register."""

    model = Treaty
    filterset_class = TreatyFilterSet
    serializer_class = TreatySerializer
    feed_class = TreatyFeed
    heading = _("Register of treaties")
    template_name = "treaties/treaty_list.html"


class TreatyDetail(RecordView):
    """One instrument."""

    model = Treaty
    template_name = "treaties/treaty_detail.html"
