"""The ladder of formulas: each step with its wordings, who brought it in, its uses, what changed, how sources read it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from events.models import Event
from sinorus.facets.spreadsheets import EVERYWHERE
from sinorus.facets.views import CatalogueView
from sinorus.sources.formats import CITING
from sinorus.sources.linked import linked_form
from sinorus.sources.models import Assessment
from sinorus.sources.serializers import FormulaSerializer
from sinorus.vocab.filters import FormulaFilterSet
from sinorus.vocab.models import Formula
from treaties.models import FormulaUse

from . import linked
from .catalogues import Touched

THEME = "partnership-formula"  # the theme under which assessments speak of the words themselves


def with_uses(formulas: QuerySet) -> QuerySet:
    """Formulas with the instruments that use them and the events at which they were used, in order of time."""
    uses = FormulaUse.objects.public().order_by("treaty__signed_earliest", "pk")
    events = Event.objects.public().chronological()
    return formulas.for_page().prefetch_related(
        Prefetch("uses", uses, to_attr="public_uses"), Prefetch("events", events, to_attr="public_events")
    )


def readings(formula: Formula) -> QuerySet:
    """How sources read the step: what was held, of the words, on the instruments and events that carry the formula."""
    carried = Q(treaties__in=FormulaUse.objects.public().filter(formula=formula).values("treaty"))
    carried |= Q(events__in=Event.objects.public().filter(formulas=formula))
    found = Assessment.objects.public().filter(carried, topic__slug=THEME).values("pk")
    return Assessment.objects.filter(pk__in=found).for_list().order_by("date_earliest", "pk")


def neighbours(formula: Formula) -> dict[str, Formula | None]:
    """The formulas before and after it on the ladder."""
    public = Formula.objects.public()
    return {
        "before": public.filter(position__lt=formula.position).order_by("-position", "-pk").first(),
        "after": public.filter(position__gt=formula.position).order_by("position", "pk").first(),
    }


class FormulaList(CatalogueView):
    """The ladder: the formulas in order, with the instruments that use them."""

    model = Formula
    filterset_class = FormulaFilterSet
    serializer_class = FormulaSerializer
    forms = (*EVERYWHERE, *CITING, linked_form(linked.term))
    heading = _("Partnership formulas")
    template_name = "vocab/formula_list.html"

    def rows(self, records: Any) -> Any:
        return with_uses(records)


class FormulaDetail(Touched):
    """One formula: wordings, first and later uses, rival datings."""

    model = Formula
    template_name = "vocab/formula_detail.html"
    event_filter = "formula"

    def get_queryset(self) -> Any:
        return with_uses(Formula.objects.public())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"uses": self.object.public_uses, "assessments": readings(self.object), **neighbours(self.object)}
        return super().get_context_data(**kwargs) | more
