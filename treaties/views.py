"""The register, the page of an instrument, instruments side by side, and what all of them say on what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateResponseMixin, View

from sinorus.facets.feeds import ATOM
from sinorus.facets.pages import Page
from sinorus.facets.problems import problem_page
from sinorus.facets.spreadsheets import EVERYWHERE
from sinorus.facets.tables import csv_table
from sinorus.facets.views import CatalogueView
from sinorus.publishing.calendars import calendar_form
from sinorus.publishing.views import RecordView
from sinorus.sources.formats import CITING
from sinorus.sources.linked import linked_form
from sinorus.vocab.geography import geojson_form

from . import compare, lifebar, lineage, linked, matrix
from .feeds import TreatyFeed
from .filters import FamilyFilterSet, ProvisionFilterSet, TreatyFilterSet
from .forms import CompareForm
from .models import Treaty
from .serializers import TreatySerializer


class TreatyList(CatalogueView):
    """The faceted register."""

    model = Treaty
    filterset_class = TreatyFilterSet
    serializer_class = TreatySerializer
    forms = (*EVERYWHERE, ATOM, calendar_form("signed"), geojson_form(lambda treaty: treaty.place), *CITING, linked_form(linked.treaty))
    feed_class = TreatyFeed
    heading = _("Register of treaties")
    template_name = "treaties/treaty_list.html"


class TreatyDetail(RecordView):
    """One instrument."""

    model = Treaty
    template_name = "treaties/treaty_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = [*self.object.public_links, *self.object.public_links_to]
        more = {"bar": lifebar.life_bar(self.object), "lineage": lineage.of(self.object, own)}
        return super().get_context_data(**kwargs) | more


class TreatyCompare(TemplateResponseMixin, View):
    """Two to four instruments side by side, at one address whatever the order they were chosen in."""

    template_name = "treaties/compare.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = CompareForm(request.GET)
        if form.instruments and not form.is_canonical:
            return HttpResponsePermanentRedirect(f"{reverse('treaty-compare')}?{form.canonical}")
        return self.render_to_response({"form": form, **compare.page(form.instruments)}, status=form.status)


class TreatyCompareCsv(View):
    """The same comparison as lines."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = CompareForm(request.GET)
        if form.problems:
            return problem_page(max(form.status, 400), str(_("The question was not understood.")), errors=form.problems)
        return csv_table(compare.table(form.instruments), "comparison", for_spreadsheet=bool(form.cleaned_data["bom"]))


class TreatyProvisions(CatalogueView):
    """The matrix of topics and instruments."""

    model = Treaty
    filterset_class = ProvisionFilterSet
    serializer_class = TreatySerializer
    forms = (matrix.CSV,)
    heading = _("What instruments say on what")
    template_name = "treaties/provisions.html"

    def rows(self, records: Any) -> Any:
        return records.for_matrix()


class TreatyFamilies(CatalogueView):
    """Which instruments descend from each other."""

    model = Treaty
    filterset_class = FamilyFilterSet
    serializer_class = TreatySerializer
    forms = (lineage.CSV,)
    heading = _("Families of instruments")
    template_name = "treaties/families.html"

    def page(self, question: FamilyFilterSet) -> Page:
        return lineage.page_of(question)
