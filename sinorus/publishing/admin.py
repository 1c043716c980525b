"""What editors see of every record type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sinorus.search import index, relevance
from sinorus.search.query import parse

from .changes import Watch
from .links import key
from .models import OldSlug, Record

TITLES = (("title",), ("title_zh", "title_ru"))
STATE = (_("Publication"), {"fields": (("status", "slug"), "editor_note")})


def date_fields(*names: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a fieldset for historical dates: words and EDTF, then calendar and note."""
    return tuple(row for name in names for row in ((f"{name}_text", f"{name}_edtf"), (f"{name}_calendar", f"{name}_note")))


class EvidenceRequired(forms.BaseInlineFormSet):
    """Citations of a record that cannot be published without one."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data.get("source") and not form.cleaned_data.get("DELETE")]
        if self.instance.is_public and not kept:
            raise ValidationError(_("A published record rests on at least one source: add a citation, or keep it as a draft."))


class RecordAdmin(admin.ModelAdmin):
    """Lists, forms and publication of one record type. One save is one transaction, and raises the edition once."""

    list_display = ("title", "status", "updated")
    list_filter = ("status",)
    search_fields = ("title", "title_zh", "title_ru", "slug")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("public_id", "created", "published", "updated")
    save_on_top = True
    list_per_page = 50
    show_full_result_count = False
    actions = ("publish", "withdraw_to_draft")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Record | None = None) -> dict[str, Any]:
        """The slug follows the title until the record exists; then it stands, since others may have cited it."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_view_on_site_url(self, obj: Record | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.pk and obj.is_public else None

    def save_model(self, request: HttpRequest, obj: Record, form: forms.ModelForm, change: bool) -> None:
        before = type(obj).objects.filter(pk=obj.pk).values("slug").first() if change else None
        self._remember_slug(obj, before)
        request._watch = Watch([obj])
        obj.touch()
        super().save_model(request, obj, form, change)

    def _remember_slug(self, obj: Record, before: dict[str, str] | None) -> None:
        """An address that readers may have kept goes on leading here."""
        kind = obj._meta.model_name
        if before and before["slug"] != obj.slug and obj.published:
            OldSlug.objects.update_or_create(record_type=kind, slug=before["slug"], defaults={"record_id": obj.pk})
        OldSlug.objects.filter(record_type=kind, slug=obj.slug).delete()

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        index.update([form.instance])
        parts = [formset.prefix for formset in formsets if formset.has_changed()]
        request._watch.tell([form.instance], what={key(form.instance): [*form.changed_data, *parts]})

    def delete_model(self, request: HttpRequest, obj: Record) -> None:
        watch = Watch([obj])
        index.forget([obj])
        super().delete_model(request, obj)
        watch.tell()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            watch = Watch(queryset)
            index.forget(queryset)
            super().delete_queryset(request, queryset)
            watch.tell()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """The readers' search, over drafts too; fields that complete themselves also find by the beginnings of words and slugs."""
        completing = bool(request.resolver_match) and request.resolver_match.url_name == "autocomplete"
        try:
            query = parse(search_term, open_end=completing)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return queryset.none(), False
        found = relevance.matching(query, self.model) if query else Q()
        if completing and query:
            found |= Q(slug__startswith=search_term.strip())
        return queryset.filter(found), False

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_status(request, queryset, Record.Status.PUBLISHED)

    @admin.action(description=_("Back to draft"), permissions=["change"])
    def withdraw_to_draft(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_status(request, queryset, Record.Status.DRAFT)

    def _set_status(self, request: HttpRequest, queryset: QuerySet, status: str) -> None:
        """Change those that may have the status; name those that may not, and why. All in one transaction."""
        done = 0
        with transaction.atomic():
            records = list(queryset.exclude(status=status))
            watch = Watch(records)
            for record in records:
                record.status = status
                try:
                    self.check_publishable(record)
                    record.full_clean()
                except ValidationError as error:
                    messages.error(request, f"{record}: {' '.join(error.messages)}")
                    continue
                record.touch()
                record.save()
                self.log_change(request, record, [{"changed": {"fields": ["status"]}}])
                done += 1
            watch.tell()
        messages.success(request, ngettext("%(count)s record changed.", "%(count)s records changed.", done) % {"count": done})

    def check_publishable(self, record: Record) -> None:
        """Raise ValidationError when a record that is to be published lacks what it needs beyond its own fields."""
        inlines = [inline for inline in self.inlines if issubclass(getattr(inline, "formset", object), EvidenceRequired)]
        if record.is_public and inlines and not record.citations.exists():
            raise ValidationError(_("it rests on no source yet"))
