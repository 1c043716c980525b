"""What editors see of every record type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sinorus.search import index, relevance
from sinorus.search.query import parse

from . import workflow
from .aside import SettingAside
from .changes import Watch
from .desk import Desk
from .forms import EvidenceRequired, RecordForm
from .history import Edit
from .models import Record

__all__ = ["STATE", "TITLES", "EvidenceRequired", "RecordAdmin", "date_fields"]

TITLES = (("title",), ("title_zh", "title_ru"))
STATE = (
    _("Publication"),
    {"fields": (("status", "publish_at"), "withdrawn_reason", "slug", "change_note", "editor_note", "loaded_version")},
)


def date_fields(*names: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a fieldset for historical dates: words and EDTF, then calendar and note."""
    return tuple(row for name in names for row in ((f"{name}_text", f"{name}_edtf"), (f"{name}_calendar", f"{name}_note")))


class RecordAdmin(SettingAside, Desk, admin.ModelAdmin):
    """Lists, forms and publication of one record type. One save is one transaction, one revision, and at most one edition."""

    form = RecordForm
    exclude = ("status",)  # of the model: the form has a field of this name, and the workflow writes it
    list_display = ("title", "status", "updated")
    list_filter = ("status",)
    search_fields = ("title", "title_zh", "title_ru", "slug")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("public_id", "created", "published", "updated")
    save_on_top = True
    list_per_page = 50
    show_full_result_count = False
    actions = ("publish", "send_to_review", "withdraw_to_draft")

    def get_form(self, request: HttpRequest, obj: Record | None = None, change: bool = False, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_prepopulated_fields(self, request: HttpRequest, obj: Record | None = None) -> dict[str, Any]:
        """While typing the slug follows the title until the record exists; from then on the form keeps it in step."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> tuple[str, ...]:
        """The slug of what was published is an address that others have cited."""
        frozen = ("slug",) if obj and obj.published and not workflow.may_publish(request.user) else ()
        return (*super().get_readonly_fields(request, obj), *frozen)

    def get_view_on_site_url(self, obj: Record | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.pk and obj.is_public else None

    # Who may do what ------------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or workflow.may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        """What readers saw is withdrawn with a reason rather than deleted; only a superuser can."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.published or request.user.is_superuser)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and workflow.may_publish(request.user)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting many at once, which asks about the type only, for everybody but superusers."""
        actions = super().get_actions(request)
        return actions if request.user.is_superuser else {name: one for name, one in actions.items() if name != "delete_selected"}

    # Saving ---------------------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Record, form: forms.ModelForm, change: bool) -> None:
        request._edit = Edit([obj] if change else [], by=request.user, why=form.cleaned_data.get("change_note", ""))
        if obj.is_public and form.target not in workflow.FOR_READERS and not self.is_set_aside(request):
            self._move(request, form)  # first, since what is saved may lack what a public record needs
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not self.is_set_aside(request):
            self._move(request, form)
            request._edit.finish([form.instance])
            self.warn_of_likeness(request, form.instance)

    @staticmethod
    def _move(request: HttpRequest, form: forms.ModelForm) -> None:
        given = form.cleaned_data
        reason = given.get("withdrawn_reason") or ""
        workflow.move(form.instance, form.target, request.user, publish_at=given.get("publish_at"), reason=reason)

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
        if completing:
            queryset = queryset.exclude(status=Record.Status.MERGED)
        try:
            query = parse(search_term, open_end=completing)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return queryset.none(), False
        found = relevance.matching(query, self.model) if query else Q()
        if completing and query:
            found |= Q(slug__startswith=search_term.strip())
        return queryset.filter(found), False

    # Many at once ---------------------------------------------------------------------------------------------------

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move_all(request, queryset, Record.Status.PUBLISHED)

    @admin.action(description=_("Send to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move_all(request, queryset, Record.Status.REVIEW)

    @admin.action(description=_("Back to draft"), permissions=["change"])
    def withdraw_to_draft(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move_all(request, queryset, Record.Status.DRAFT)

    def _move_all(self, request: HttpRequest, queryset: QuerySet, status: str) -> None:
        """Move those that may have the status; name those that may not, and why. All in one transaction and one edition."""
        done = []
        with transaction.atomic():
            # Asked anew by number: what the list joins to its rows cannot be locked on every database.
            chosen = list(queryset.exclude(status=status).values_list("pk", flat=True))
            records = list(self.model._default_manager.select_for_update().filter(pk__in=chosen).order_by("pk"))
            edit = Edit(records, by=request.user)
            for record in records:
                try:
                    workflow.move(record, status, request.user)
                except ValidationError as error:
                    messages.error(request, f"{record}: {' '.join(error.messages)}")
                    continue
                self.log_change(request, record, [{"changed": {"fields": ["status"]}}])
                done.append(record)
            edit.finish(done)
        messages.success(request, ngettext("%(count)s record changed.", "%(count)s records changed.", len(done)) % {"count": len(done)})
