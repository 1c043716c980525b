"""The page of one record, its other forms, and the way to it from its permanent id and from slugs that it had."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from sinorus.facets.exports import CSV, JSONL
from sinorus.facets.feeds import ATOM
from sinorus.facets.forms import Form, Telling, link
from sinorus.facets.problems import problem_page
from sinorus.facets.views import CatalogueView

from .feeds import ChangeFeed
from .filters import ChangeFilterSet
from .models import Change, OldSlug, Record, record_types
from .serializers import ChangeSerializer


def record_models() -> dict[str, type[Record]]:
    """Every record type by the letter of its permanent ids."""
    return {model.PREFIX: model for model in record_types().values()}


class ChangeList(CatalogueView):
    """What changed in the published record, newest first."""

    model = Change
    filterset_class = ChangeFilterSet
    serializer_class = ChangeSerializer
    forms = (CSV, JSONL, ATOM)
    feed_class = ChangeFeed
    heading = gettext_lazy("Changes")
    api_name = "api:changes"
    template_name = "publishing/change_list.html"


class RecordView(DetailView):
    """One published record: its page, or the form that ``form`` names. An old slug leads to the present one.

    ``forms`` and ``serializer_class`` are those of the record type's list, given by its routes.
    """

    context_object_name = "record"
    forms: tuple[Form, ...] = ()
    form: Form | None = None
    serializer_class: Any = None
    heading = ""

    def get_queryset(self) -> Any:
        return self.model.objects.public().for_page()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return self._in_form(self.form) if self.form else super().get(request, *args, **kwargs)
        except Http404:
            address = self._renamed(kwargs["slug"]).get_absolute_url()
            return HttpResponsePermanentRedirect(link(address, self.form) if self.form else address)

    def _in_form(self, form: Form) -> HttpResponseBase:
        options = form.record_options(self.request.GET)
        if options.problems:
            return problem_page(400, _("The question was not understood."), errors=options.problems)
        return form.answer(Telling.of_record(self, self.get_object(), options.cleaned_data))

    def _renamed(self, slug: str) -> Record:
        old = get_object_or_404(OldSlug, record_type=self.model._meta.model_name, slug=slug)
        return get_object_or_404(self.model.objects.public(), pk=old.record_id)


@require_safe
def by_id(request: HttpRequest, prefix: str, number: int) -> HttpResponse:
    """Redirect a permanent id to the record's present page."""
    model = record_models().get(prefix)
    if model is None:
        raise Http404
    return redirect(get_object_or_404(model.objects.public(), pk=number))
