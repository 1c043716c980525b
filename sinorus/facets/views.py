"""The faceted list of one record type, as a page and as every other form of the same question."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateResponseMixin, View

from .filtersets import FacetedFilterSet
from .forms import Form, Telling
from .pages import Page, page_of
from .problems import errors_of, problem_page
from .spreadsheets import EVERYWHERE
from .templatetags.addresses import form_urls, language_query, plain


class CatalogueView(TemplateResponseMixin, View):
    """A list with facets. Subclasses name their declarations; ``form`` says in which form to answer, None for the page."""

    model: Any
    filterset_class: ClassVar[type[FacetedFilterSet]]
    serializer_class: ClassVar[type]
    forms: ClassVar[tuple[Form, ...]] = EVERYWHERE
    form: Form | None = None
    feed_class: ClassVar[type | None] = None
    heading: ClassVar[Any] = ""
    count_template: ClassVar[str] = "facets/_count.html"  # how many there are, in words
    api_name: ClassVar[str | None] = ""  # route of the same question in the API; empty: that of the record type; None: it has none

    def get_queryset(self) -> QuerySet:
        return self.model.objects.public()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        also = self.form.parameters if self.form else ()
        question = self.filterset_class(request.GET, self.get_queryset(), also=also, request=request)
        return self._in_form(self.form, question) if self.form else self._page(question)

    def _in_form(self, form: Form, question: FacetedFilterSet) -> HttpResponseBase:
        options = form.options(self.request.GET)
        if errors := errors_of(question) + options.problems:
            return problem_page(400, str(_("The question was not understood.")), errors=errors)
        return form.answer(Telling.of_question(self, question, options.cleaned_data))

    def _page(self, question: FacetedFilterSet) -> HttpResponseBase:
        context = {
            "view": self,
            "question": question,
            "heading": self.heading,
            "sentence": question.describe(),
            "errors": question.errors,
            "canonical": question.canonical(),
            "list_url": self.request.path,
            "chips": question.chips(),
            "forms": self.every_form(question),
        }
        if question.errors:
            return self.render_to_response(context, status=400)
        page = self.page(question)
        question.explain(page.records)
        return self.render_to_response({**context, "page": page, "facets": question.facets()})

    def every_form(self, question: FacetedFilterSet) -> list[tuple[str, str, str]]:
        """(name, address, media type) of the same question in its other forms, the API last."""
        query = question.canonical(page=None, page_size=None)
        found = form_urls(self.request.path, (form for form in self.forms if form.of_lists), query)
        if self.api_name is not None:
            query = "&".join(part for part in (query, language_query()) if part)
            with suppress(NoReverseMatch):
                address = plain(reverse(self.api_name or f"api:{self.model._meta.model_name}-list"))
                found.append((gettext("JSON (API)"), address + (f"?{query}" if query else ""), "application/json"))
        return found

    def page(self, question: FacetedFilterSet) -> Page:
        """The page of the result set that is asked for."""
        return page_of(question, self.rows)

    def rows(self, records: QuerySet) -> QuerySet:
        """The records of a page with what their rows show."""
        return records.for_list()


def warm() -> None:
    """Make the index of every catalogue that has an address, before the first reader asks. Call it where a snapshot is read."""
    get_resolver().url_patterns  # noqa: B018  # imports the views
    todo = [CatalogueView]
    while todo:
        view = todo.pop()
        todo += view.__subclasses__()
        if hasattr(view, "model") and hasattr(view, "filterset_class"):
            view.filterset_class(QueryDict(), view().get_queryset()).facets()
