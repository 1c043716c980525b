"""The admin as the editors' desk: its start page, its search over everything, and who gets in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import TO_FIELD_VAR
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinorus.publishing.models import Record
from sinorus.publishing.words import takes_text

METHODS: Final = ("GET", "HEAD", "POST")
FOUND = 8  # of each type on the page of the search


class SearchForm(forms.Form):
    """What is looked for."""

    q = forms.CharField(label=_("Search everything"), required=False, max_length=200)


class MarkdownForm(forms.Form):
    """A text to be shown, and whose it is."""

    text = forms.CharField(required=False, strip=False)
    type = forms.CharField(required=False, max_length=40)


class TakesText:
    """Of every admin, those of other packages too: no field of words of its forms and their parts takes what is no text."""

    def get_form(self, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        return takes_text(super().get_form(*args, **kwargs))  # type: ignore[misc]

    def get_formsets_with_inlines(self, *args: Any, **kwargs: Any) -> Iterator[tuple[Any, Any]]:
        for formset, inline in super().get_formsets_with_inlines(*args, **kwargs):  # type: ignore[misc]
            takes_text(formset.form)
            yield formset, inline


class DeskSite(admin.AdminSite):
    """Django's admin with the desk on its start page."""

    index_template = "admin/desk/index.html"
    index_title = _("Desk")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """With forms that take nothing but text."""
        given = admin_class or admin.ModelAdmin
        super().register(model_or_iterable, type(given.__name__, (TakesText, given), {"__module__": given.__module__}), **options)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """Before anything else a session must live, and the second factor be given where there is one.

        Django's own views take any other method for GET; here it is refused.
        """
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            from .signin import stopped  # whose models are not there yet when this module is read

            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if any("" in given.getlist(TO_FIELD_VAR) for given in (request.GET, request.POST)):  # which Django itself does not think of
                raise DisallowedModelAdminToField("no name")
            return stopped(request) or inner(request, *args, **kwargs)

        guarded.admin_site = self  # type: ignore[attr-defined]
        return guarded

    @method_decorator(require_http_methods(METHODS))
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signing in; the one page of the admin that does not go through ``admin_view``."""
        if request.method == "HEAD" and self.has_permission(request):  # as GET is answered, which alone Django's own thinks of
            return HttpResponseRedirect(reverse("admin:index"))
        return super().login(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("search/", self.admin_view(self.search), name="search"),
            path("awake/", self.admin_view(require_safe(lambda request: HttpResponse(status=204))), name="awake"),
            path("markdown/", self.admin_view(require_POST(self.markdown)), name="markdown"),
            path("create-draft/", self.admin_view(require_POST(self.create_draft)), name="create-draft"),
            path("second-factor/", self.admin_view(self.second_factor), name="second-factor"),
        ]
        return [*own, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What needs work, each count one click from the list of it."""
        return super().index(request, {**self._desk(request), **(extra_context or {})})

    def _desk(self, request: HttpRequest) -> dict[str, Any]:
        from . import queues
        from .models import Import, Report

        models = [model for model in queues.TYPES if model in self._registry and self._registry[model].has_view_permission(request)]
        counts = queues.counts(models)
        models = [model for model in models if any(number for (_queue, one), number in counts.items() if one is model)]
        rows = [
            (queue.label, [self._cell(queue.name, model, counts.get((queue.name, model))) for model in models])
            for queue in queues.QUEUES
            if any(counts.get((queue.name, model)) for model in models)
        ]
        reports = self._registry[Report].has_view_permission(request)
        return {
            "has_queues": bool(counts),
            "queue_types": [model._meta.verbose_name_plural for model in models],
            "queue_rows": rows,
            "open_reports": Report.objects.filter(state__in=("new", "in-hand")).count() if reports else None,
            "waiting_imports": Import.objects.filter(user=request.user, state=Import.State.CHECKED).count(),
            "editors": queues.work_of_editors() if counts else [],
        }

    def _cell(self, queue: str, model: type[Record], count: int | None) -> tuple[int | None, str]:
        return count, f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_changelist')}?queue={queue}"

    def search(self, request: HttpRequest) -> HttpResponse:
        """Every type that can be searched, the first few of each, drafts included."""
        form = SearchForm(request.GET)
        asked = form.cleaned_data.get("q", "").strip() if form.is_valid() else ""
        groups = list(self._found(request, asked)) if asked else []
        context = {**self.each_context(request), "title": _("Search everything"), "form": form, "asked": asked, "groups": groups}
        return TemplateResponse(request, "admin/desk/search.html", context)

    def _found(self, request: HttpRequest, asked: str) -> Iterator[tuple[Any, list[tuple[Any, str]], int, str]]:
        models = sorted(self._registry, key=lambda model: (not issubclass(model, Record), str(model._meta.verbose_name_plural)))
        for model in models:
            model_admin = self._registry[model]
            if not (model_admin.get_search_fields(request) and model_admin.has_view_permission(request)):
                continue
            try:
                found, _distinct = model_admin.get_search_results(request, model_admin.get_queryset(request), asked)
            except ValidationError:
                continue
            route = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            if count := found.count():
                shown = [(one, reverse(f"{route}_change", args=[one.pk])) for one in found[:FOUND]]
                yield model._meta.verbose_name_plural, shown, count, reverse(f"{route}_changelist")

    def markdown(self, request: HttpRequest) -> JsonResponse:
        """``POST text, type``: the text as readers will see it, and what is wrong with it: ``{"html", "problems"}``."""
        from sinorus.dossiers.showing import show_unsaved
        from sinorus.publishing.markdown import render

        form = MarkdownForm(request.POST)
        try:
            form.full_clean()
            text = form.cleaned_data.get("text", "")
            if form.cleaned_data.get("type") != "dossier":
                return JsonResponse({"html": render(text), "problems": []})
            shown, problems = show_unsaved(text)
            html = render_to_string("dossiers/_unsaved.html", {"shown": shown})
            return JsonResponse({"html": html, "problems": [str(problem) for problem in problems]})
        except ValidationError as error:
            return JsonResponse({"html": "", "problems": error.messages})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """What is found, and what could be made."""
        from .creating import CreatingAutocomplete

        return CreatingAutocomplete.as_view(admin_site=self)(request)

    def create_draft(self, request: HttpRequest) -> JsonResponse:
        """A draft made while another record is entered."""
        from .creating import create_draft

        return create_draft(request, self)

    def second_factor(self, request: HttpRequest) -> HttpResponse:
        """The code, and setting up what makes it."""
        from .signin import second_factor

        return second_factor(request, {**self.each_context(request), "title": _("Second factor")})
