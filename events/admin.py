"""What editors see of events."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sinorus.facets.admin import facet_filters
from sinorus.publishing import workflow
from sinorus.publishing.admin import STATE, TITLES, EvidenceRequired, RecordAdmin, date_fields
from sinorus.publishing.changes import Watch
from sinorus.publishing.desk import OnlyOffered
from sinorus.sources.admin import AccountInline, CitationInline

from .filters import EventFilterSet
from .models import CountClaim, Event, EventAccount, EventCitation, EventLink, Participation


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
        (_("What it is about"), {"fields": ("themes", "formulas", "assessments", "body")}),
        STATE,
    )
    inlines = (ParticipationInline, EventCitationInline, EventAccountInline, EventLinkInline)


@admin.register(CountClaim)
class CountClaimAdmin(OnlyOffered, admin.ModelAdmin):
    """How often two persons met, as sources count."""

    list_display = ("first", "second", "since", "until", "number", "source")
    list_select_related = ("first", "second", "source")
    autocomplete_fields = ("first", "second", "source")
    fields = (("first", "second"), ("since", "until", "number"), "words", "note", ("source", "locator"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers see a claim at once, so it is a publisher's to make."""
        return super().has_add_permission(request) and workflow.may_publish(request.user)

    def has_change_permission(self, request: HttpRequest, obj: CountClaim | None = None) -> bool:
        return super().has_change_permission(request, obj) and workflow.may_publish(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: CountClaim | None = None) -> bool:
        return super().has_delete_permission(request, obj) and workflow.may_publish(request.user)

    def save_model(self, request: HttpRequest, obj: CountClaim, form: ModelForm, change: bool) -> None:
        watch = _persons([obj, *CountClaim.objects.filter(pk=obj.pk)])
        super().save_model(request, obj, form, change)
        if form.has_changed():
            watch.tell(what={one: ["count_claims"] for one in watch.keys})

    def delete_model(self, request: HttpRequest, obj: CountClaim) -> None:
        self.delete_queryset(request, CountClaim.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            watch = _persons(queryset)
            super().delete_queryset(request, queryset)
            watch.tell(what={one: ["count_claims"] for one in watch.keys})


def _persons(claims: Iterable[CountClaim]) -> Watch:
    """The persons of some claims, whose records the claims belong to."""
    return Watch(person for claim in claims for person in (claim.first, claim.second))
