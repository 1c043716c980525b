"""The faceted list of one record type, as a page and as every other form of the same question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateResponseMixin, View

from . import exports
from .filtersets import FacetedFilterSet
from .pages import Page, page_of
from .problems import errors_of, problem_page

FORMS: dict[str, Callable[..., HttpResponse]] = {"csv": exports.csv_response, "jsonl": exports.jsonl_response}


class CatalogueView(TemplateResponseMixin, View):
    """A list with facets. Subclasses name their declarations; ``form`` says in which form to answer."""

    model: Any
    filterset_class: ClassVar[type[FacetedFilterSet]]
    serializer_class: ClassVar[type]
    feed_class: ClassVar[type | None] = None
    heading: ClassVar[Any] = ""
    answers: ClassVar[dict[str, Callable[..., HttpResponse]]] = FORMS
    form: str = "html"
    api_name: ClassVar[str] = ""  # route of the same question in the API; empty: that of the record type

    def get_queryset(self) -> QuerySet:
        return self.model.objects.public()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        also = {"csv": ("bom",)}.get(self.form, ())
        question = self.filterset_class(request.GET, self.get_queryset(), also=also, request=request)
        if self.form == "html":
            return self._page(question)
        if errors := errors_of(question):
            return problem_page(400, str(_("The question was not understood.")), errors=errors)
        if self.form == "atom":
            return self.feed_class(question)(request)
        return self.answers[self.form](request, question, self.serializer_class)

    def _page(self, question: FacetedFilterSet) -> HttpResponse:
        context = {
            "view": self,
            "question": question,
            "heading": self.heading,
            "sentence": question.describe(),
            "errors": question.errors,
            "canonical": question.canonical(),
            "list_url": self.request.path,
            "chips": question.chips(),
        }
        if question.errors:
            return self.render_to_response(context, status=400)
        page = self.page(question)
        question.explain(page.records)
        return self.render_to_response({**context, "page": page, "facets": question.facets()})

    def page(self, question: FacetedFilterSet) -> Page:
        """The page of the result set that is asked for."""
        return page_of(question, self.rows)

    def rows(self, records: QuerySet) -> QuerySet:
        """The records of a page with what their rows show."""
        return records.for_list()

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The other forms of this list: (suffix, name)."""
        found = [("csv", "CSV"), ("jsonl", "JSON Lines")]
        return [*found, ("atom", "Atom")] if self.feed_class else found
