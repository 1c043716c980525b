"""Sources, assessments and formulas for programs."""

from __future__ import annotations

from sinorus.facets.api import CatalogueViewSet
from sinorus.vocab.filters import FormulaFilterSet
from sinorus.vocab.models import Formula

from .filters import AssessmentFilterSet, SourceFilterSet
from .models import Assessment, Source
from .serializers import AssessmentSerializer, FormulaSerializer, SourceSerializer


class SourceViewSet(CatalogueViewSet):
    """Sources: what the claims rest on."""

    model = Source
    filterset_class = SourceFilterSet
    serializer_class = SourceSerializer


class AssessmentViewSet(CatalogueViewSet):
    """Assessments: who held what of what, when."""

    model = Assessment
    filterset_class = AssessmentFilterSet
    serializer_class = AssessmentSerializer


class FormulaViewSet(CatalogueViewSet):
    """Formulas: the words that named the relation."""

    model = Formula
    filterset_class = FormulaFilterSet
    serializer_class = FormulaSerializer
