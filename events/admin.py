"""What editors see of events."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sinorus.facets.admin import facet_filters
from sinorus.publishing.admin import STATE, TITLES, EvidenceRequired, RecordAdmin, date_fields
from sinorus.sources.admin import AccountInline, CitationInline

from .filters import EventFilterSet
from .models import Event, EventAccount, EventCitation, EventLink, Participation


class ParticipationInline(admin.TabularInline):
    """Who took part."""

    model = Participation
    fields = ("actor", "role", "office", "position")
    autocomplete_fields = ("actor",)
    extra = 0


class EventLinkInline(admin.TabularInline):
    """How it stands to other events."""

    model = EventLink
    fk_name = "event"
    autocomplete_fields = ("target",)
    extra = 0


class EventCitationInline(CitationInline):
    """What it rests on."""

    model = EventCitation
    formset = EvidenceRequired


class EventAccountInline(AccountInline):
    """Where sources disagree."""

    model = EventAccount


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """Events."""

    list_display = ("title", "date_edtf", "kind", "place", "importance", "status")
    list_select_related = ("place",)
    list_filter = ("status", *facet_filters(EventFilterSet))
    search_fields = (*RecordAdmin.search_fields, "summary")
    autocomplete_fields = ("place", "themes", "formulas", "assessments")
    fieldsets = (
        (None, {"fields": (*TITLES, ("kind", "importance"), "summary")}),
        (_("When and where"), {"fields": (*date_fields("date"), ("place", "place_note"))}),
        (_("About"), {"fields": ("themes", "formulas", "assessments", "body")}),
        STATE,
    )
    inlines = (ParticipationInline, EventCitationInline, EventAccountInline, EventLinkInline)
