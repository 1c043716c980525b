"""What editors see of the vocabulary. Its citations stand in the package above and are added there."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sinorus.facets.admin import facet_filters
from sinorus.publishing.admin import STATE, TITLES, RecordAdmin, date_fields

from .filters import ActorFilterSet, FormulaFilterSet, PlaceFilterSet
from .models import Actor, ActorName, Formula, Place, PlaceName, Succession, Tenure, Theme

NAME_FIELDS = ("text", "language", "script", "type", "system", "period_text", "period_edtf")


class ActorNameInline(admin.TabularInline):
    """Other names."""

    model = ActorName
    fields = NAME_FIELDS
    extra = 0


class PlaceNameInline(admin.TabularInline):
    """Other names."""

    model = PlaceName
    fields = NAME_FIELDS
    extra = 0


class TenureInline(admin.StackedInline):
    """Offices held."""

    model = Tenure
    fk_name = "person"
    autocomplete_fields = ("of",)
    fields = (("title", "of", "ongoing"), ("title_zh", "title_ru"), ("start_text", "start_edtf", "end_text", "end_edtf"))
    extra = 0


class SuccessionInline(admin.TabularInline):
    """Whom it succeeded."""

    model = Succession
    fk_name = "successor"
    autocomplete_fields = ("predecessor",)
    fields = ("predecessor", "date_text", "date_edtf")
    extra = 0
    verbose_name_plural = _("succeeds")


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    """States, organisations, people."""

    list_display = ("title", "kind", "side", "title_zh", "title_ru", "status")
    list_filter = ("status", *facet_filters(ActorFilterSet))
    search_fields = (*RecordAdmin.search_fields, "sort_name", "names__text")
    fieldsets = (
        (None, {"fields": (*TITLES, ("kind", "side", "sort_name"), "summary")}),
        (_("Life or existence"), {"fields": date_fields("life")}),
        STATE,
    )
    inlines = (ActorNameInline, TenureInline, SuccessionInline)


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    """Places."""

    list_display = ("title", "kind", "within", "title_zh", "title_ru", "status")
    list_select_related = ("within",)
    list_filter = ("status", *facet_filters(PlaceFilterSet))
    search_fields = (*RecordAdmin.search_fields, "names__text")
    autocomplete_fields = ("within",)
    fieldsets = ((None, {"fields": (*TITLES, ("kind", "within"), ("latitude", "longitude"), "summary")}), STATE)
    inlines = (PlaceNameInline,)


@admin.register(Theme)
class ThemeAdmin(RecordAdmin):
    """Themes."""

    list_display = ("title", "title_zh", "title_ru", "status")
    fieldsets = ((None, {"fields": (*TITLES, "summary")}), STATE)


@admin.register(Formula)
class FormulaAdmin(RecordAdmin):
    """Formulas."""

    list_display = ("title", "type", "position", "title_zh", "title_ru", "status")
    list_filter = ("status", *facet_filters(FormulaFilterSet))
    autocomplete_fields = ("proposer",)
    fieldsets = (
        (None, {"fields": (*TITLES, ("type", "position"), "summary")}),
        (_("The step"), {"fields": ("proposer", "proposal", "change")}),
        STATE,
    )
