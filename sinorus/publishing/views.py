"""The page of one record, and the way to it from its permanent id and from slugs that it had."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from .models import OldSlug, Record


def record_models() -> dict[str, type[Record]]:
    """Every record type by the letter of its permanent ids."""
    return {model.PREFIX: model for model in apps.get_models() if issubclass(model, Record)}


class RecordView(DetailView):
    """The page of one published record; an old slug leads to the present one."""

    context_object_name = "record"

    def get_queryset(self) -> Any:
        return self.model.objects.public().for_page()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return HttpResponsePermanentRedirect(self._renamed(kwargs["slug"]).get_absolute_url())

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
