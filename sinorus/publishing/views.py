"""The page of one record, its other forms, and the way to it from its permanent id and from slugs that it had."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, TemplateView

from sinorus.dates.show import show
from sinorus.facets.exports import CSV, JSONL
from sinorus.facets.feeds import ATOM
from sinorus.facets.forms import Form, Options, RecordOptions, Telling
from sinorus.facets.problems import problem_page
from sinorus.facets.templatetags.addresses import form_url
from sinorus.facets.views import CatalogueView

from .feeds import ChangeFeed
from .filters import ChangeFilterSet
from .models import Change, Record, Revision, part_name, record_types
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
    count_template = "publishing/_count.html"
    api_name = "api:changes"
    template_name = "publishing/change_list.html"


class PageOptions(RecordOptions):
    """The parameters of a record's page; others are ignored, since readers arrive with what others put into addresses."""

    lang = None

    @property
    def problems(self) -> list[dict[str, Any]]:
        return Options.problems.fget(self)


class RecordView(DetailView):
    """One published record: its page, or the form that ``form`` names. An old slug leads to the present one.

    ``forms`` and ``serializer_class`` are those of the record type's list, given by its routes.
    """

    context_object_name = "record"
    forms: tuple[Form, ...] = ()
    form: Form | None = None
    serializer_class: Any = None
    heading = ""
    given: Record | None = None  # an instance to be shown as it is: a preview

    def get_queryset(self) -> Any:
        return self.model.objects.public().for_page()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        options = (self.form.record_options if self.form else PageOptions)(request.GET)
        if options.problems:
            return self._refused(options.problems)
        try:
            self.day = options.cleaned_data.get("as_of")
            return self._in_form(self.form, options) if self.form else super().get(request, *args, **kwargs)
        except Http404 as error:
            return self._elsewhere(kwargs["slug"], error)

    def get_object(self, queryset: Any = None) -> Record:
        """The record; as it stood on a day, if one is asked for."""
        if self.given:
            return self.given
        if not self.day:
            try:
                return self.get_queryset().whole(slug=self.kwargs["slug"])
            except self.model.DoesNotExist:
                raise Http404 from None
        found = get_object_or_404(self.model.objects.public().only("pk"), slug=self.kwargs["slug"])
        if record := self.get_queryset().as_it_stood(found.pk, self.day):
            return record
        raise Http404(_("It is not known to have been published on %(day)s.") % {"day": show(self.day.isoformat())})

    def _in_form(self, form: Form, options: Any) -> HttpResponseBase:
        return form.answer(Telling.of_record(self, self.get_object(), options.cleaned_data))

    def _refused(self, problems: list[dict[str, Any]]) -> HttpResponseBase:
        if self.form:
            return problem_page(400, _("The question was not understood."), errors=problems)
        return render(self.request, "publishing/not_understood.html", {"problems": problems}, status=400)

    def _elsewhere(self, slug: str, error: Http404) -> HttpResponseBase:
        """Where the record has gone, or why it is not here any more."""
        record = self.model.objects.successor(slug=slug)
        if record and record.slug != slug:
            query = f"as_of={self.day}" if self.day else ""
            address = record.get_absolute_url()
            page = address + (f"?{query}" if query else "")
            return HttpResponsePermanentRedirect(form_url(address, self.form, query) if self.form else page)
        return _gone(self.request, self.model, slug=slug, page=not self.form) or _raise(error)


def _gone(request: HttpRequest, model: type[Record], *, page: bool = True, **key: Any) -> HttpResponse | None:
    """410 with the reason, for a record that was withdrawn."""
    reason = model.objects.withdrawal(**key)
    if reason is None:
        return None
    return render(request, "410.html", {"reason": reason}, status=410) if page else problem_page(410, reason)


def _raise(error: Exception) -> Any:
    raise error


class RecordHistory(TemplateView):
    """What became of one public record since it was published, and links to it as it stood."""

    template_name = "publishing/record_history.html"

    def get_context_data(self, prefix: str, number: int, **kwargs: Any) -> dict[str, Any]:
        model = record_models().get(prefix)
        record = get_object_or_404(model.objects.public(), pk=number) if model else _raise(Http404())
        rows = Revision.objects.of(record).applied().filter(status="published").defer("document")
        return super().get_context_data(**kwargs) | {"record": record, "rows": [(row, _what(model, row)) for row in rows]}


def _what(model: type[Record], revision: Revision) -> list[str]:
    return list(dict.fromkeys(part_name(model, name) for name in revision.what if name != "editor_note"))


@require_safe
def by_id(request: HttpRequest, prefix: str, number: int) -> HttpResponse:
    """Redirect a permanent id to the record's present page, or that of the record that it was merged into."""
    model = record_models().get(prefix)
    if model is None:
        raise Http404
    if record := model.objects.successor(pk=number):
        return redirect(record, permanent=record.pk != int(number))
    return _gone(request, model, pk=number) or _raise(Http404())
