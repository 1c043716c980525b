"""What editors see of sources and assessments, and the evidence that is added to the vocabulary's forms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sinorus.facets.admin import facet_filters
from sinorus.publishing.admin import STATE, TITLES, RecordAdmin, date_fields
from sinorus.vocab.admin import ActorAdmin, FormulaAdmin, PlaceAdmin

from .filters import AssessmentFilterSet, SourceFilterSet
from .models import ActorCitation, Assessment, FormulaAccount, FormulaCitation, PlaceCitation, Source


class CitationInline(admin.StackedInline):
    """Citations of a record."""

    fields = (("source", "locator", "supports"), ("quotation", "quotation_language"), ("note", "position"))
    autocomplete_fields = ("source",)
    extra = 0


class AccountInline(admin.TabularInline):
    """Accounts that disagree."""

    fields = ("field", "value", "source", "locator", "preferred", "reason", "position")
    autocomplete_fields = ("source",)
    extra = 0


def _inline(base: type, model: Any) -> type:
    return type(f"{model.__name__}Inline", (base,), {"model": model})


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources."""

    list_display = ("title", "kind", "standing", "origin", "language", "status")
    list_filter = ("status", "link_state", *facet_filters(SourceFilterSet))
    readonly_fields = (*RecordAdmin.readonly_fields, "link_state", "link_since", "link_checked")
    search_fields = (*RecordAdmin.search_fields, "authors", "container", "original_title", "url")
    fieldsets = (
        (None, {"fields": (*TITLES, "original_title", ("kind", "standing", "origin", "language"), "authors")}),
        (_("Published"), {"fields": ("container", ("publisher", "publisher_place"), ("number", "pages"), *date_fields("issued"))}),
        (_("On the web"), {"fields": ("url", "archive_url", "accessed", ("link_state", "link_since", "link_checked"))}),
        (_("More"), {"fields": ("summary",)}),
        STATE,
    )


@admin.register(Assessment)
class AssessmentAdmin(RecordAdmin):
    """Assessments."""

    list_display = ("title", "holder", "stance", "date_edtf", "status")
    list_select_related = ("holder",)
    list_filter = ("status", *facet_filters(AssessmentFilterSet))
    search_fields = (*RecordAdmin.search_fields, "summary", "holder__title")
    autocomplete_fields = ("holder", "topic", "source")
    fieldsets = (
        (None, {"fields": (*TITLES, ("holder", "office"), "summary", ("stance", "topic"), ("source", "locator"))}),
        (_("When"), {"fields": date_fields("date")}),
        STATE,
    )


for model_admin, inlines in (
    (ActorAdmin, (_inline(CitationInline, ActorCitation),)),
    (PlaceAdmin, (_inline(CitationInline, PlaceCitation),)),
    (FormulaAdmin, (_inline(CitationInline, FormulaCitation), _inline(AccountInline, FormulaAccount))),
):
    model_admin.inlines = (*model_admin.inlines, *inlines)
