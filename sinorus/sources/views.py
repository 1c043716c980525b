"""The bibliography, the ledger of assessments, and their records' pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sinorus.facets.spreadsheets import EVERYWHERE
from sinorus.facets.views import CatalogueView
from sinorus.publishing.views import RecordView

from . import linked
from .filters import AssessmentFilterSet, SourceFilterSet
from .formats import CITING
from .linked import linked_form
from .models import Assessment, Source
from .serializers import AssessmentSerializer, SourceSerializer


class SourceList(CatalogueView):
    """The faceted bibliography."""

    model = Source
    filterset_class = SourceFilterSet
    serializer_class = SourceSerializer
    forms = (*EVERYWHERE, *CITING, linked_form(linked.source))
    heading = _("Sources")
    template_name = "sources/source_list.html"


class SourceDetail(RecordView):
    """One source, and every claim that rests on it."""

    model = Source
    template_name = "sources/source_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"claims": self.object.claims()}


class AssessmentList(CatalogueView):
    """Who held what of what, when."""

    model = Assessment
    filterset_class = AssessmentFilterSet
    serializer_class = AssessmentSerializer
    forms = (*EVERYWHERE, *CITING, linked_form(linked.assessment))
    heading = _("Assessments")
    template_name = "sources/assessment_list.html"


class AssessmentDetail(RecordView):
    """One assessment."""

    model = Assessment
    template_name = "sources/assessment_detail.html"
