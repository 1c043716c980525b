"""The list of dossiers and the page of one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sinorus.facets.spreadsheets import EVERYWHERE
from sinorus.facets.views import CatalogueView
from sinorus.publishing.views import RecordView
from sinorus.sources.formats import CITING
from sinorus.sources.linked import linked_form

from . import linked
from .filters import DossierFilterSet
from .models import Dossier
from .serializers import DossierSerializer
from .showing import show


class DossierList(CatalogueView):
    """All dossiers."""

    model = Dossier
    filterset_class = DossierFilterSet
    serializer_class = DossierSerializer
    forms = (*EVERYWHERE, *CITING, linked_form(linked.dossier))
    heading = _("Dossiers")
    template_name = "dossiers/dossier_list.html"


class DossierDetail(RecordView):
    """One dossier with its contents, notes and timeline."""

    model = Dossier
    template_name = "dossiers/dossier_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"shown": show(self.object)}
