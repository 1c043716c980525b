"""What editors see of dossiers: the form, and the references that readers cannot follow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sinorus.facets.admin import facet_filters
from sinorus.publishing.admin import STATE, TITLES, RecordAdmin

from .filters import DossierFilterSet
from .models import Dossier

SHOWN = 12  # problems told one by one in messages; all of them stand in the form


@admin.register(Dossier)
class DossierAdmin(RecordAdmin):
    """Dossiers."""

    list_filter = ("status", *facet_filters(DossierFilterSet))
    search_fields = (*RecordAdmin.search_fields, "summary", "body")
    autocomplete_fields = ("themes",)
    readonly_fields = (*RecordAdmin.readonly_fields, "references")
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"cols": 120, "rows": 4})}}
    fieldsets = (
        (None, {"fields": (*TITLES, "summary")}),
        (_("Text"), {"fields": ("body", "references", "themes")}),
        STATE,
    )

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "body":
            kwargs["widget"] = forms.Textarea(attrs={"cols": 120, "rows": 40, "spellcheck": "true"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("references to mend"))
    def references(self, dossier: Dossier) -> Any:
        """The problems of the text as it was saved, each with its line."""
        if not dossier.pk:
            return _("They are looked up when the text is saved.")
        problems = dossier.problems()
        return (
            format_html_join("", "<div>{}</div>", ((str(problem),) for problem in problems))
            if problems
            else _("None: all can be followed.")
        )

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        problems = form.instance.problems()
        for problem in problems[:SHOWN]:
            messages.warning(request, str(problem))
        if rest := len(problems) - SHOWN if len(problems) > SHOWN else 0:
            told = ngettext("%(count)d more reference to mend.", "%(count)d more references to mend.", rest)
            messages.warning(request, told % {"count": rest})
