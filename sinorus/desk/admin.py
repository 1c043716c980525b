"""What the desk adds to the admin: exports from every list, readers' reports, imports."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sinorus.publishing.desk import OnlyOffered

from . import jobs, queues, running
from .export import CONTENT_TYPES, export
from .forms import ImportForm
from .models import Import, Report
from .shape import TABLES
from .tables import FORMATS, TableError


def _exporting(name: str, kind: str) -> Callable[..., HttpResponse | None]:
    @admin.action(description=_("Export as %(format)s") % {"format": kind.upper()}, permissions=["view"])
    def export_selected(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        pieces = export(TABLES[name], queryset.values_list("pk", flat=True), kind)
        if kind == "xlsx":
            try:
                pieces = iter([b"".join(pieces)])
            except TableError as error:
                messages.error(request, str(error))
                return None
        file = f"{name}-{datetime.date.today().isoformat()}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return StreamingHttpResponse(pieces, content_type=CONTENT_TYPES[kind], headers=headers)

    export_selected.__name__ = f"export_as_{kind}"
    return export_selected


class QueueFilter(admin.SimpleListFilter):
    """What of a list needs work: the queues of the start page."""

    title = _("Needs work")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(queue.name, queue.label) for queue in queues.of_model(model_admin.model)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = next((queue for queue in queues.of_model(queryset.model) if queue.name == self.value()), None)
        return queryset.filter(chosen.of(queryset.model)) if chosen else queryset


for _model in queues.TYPES:
    _admin = type(admin.site.get_model_admin(_model))
    _admin.list_filter = (QueueFilter, *_admin.list_filter)

for _name, _type in TABLES.items():
    _admin = type(admin.site.get_model_admin(_type.model))
    _admin.actions = (*_admin.actions, *(_exporting(_name, _kind) for _kind in FORMATS))


@admin.register(Report)
class ReportAdmin(OnlyOffered, admin.ModelAdmin):
    """Readers' reports: the queue, and the answer that the reader finds under the receipt number."""

    list_display = ("__str__", "kind", "about", "state", "created", "answered_by")
    list_filter = ("state", "kind", "language")
    list_select_related = ("answered_by",)
    search_fields = ("text", "source", "number", "answer")
    date_hierarchy = "created"
    readonly_fields = ("number", "about", "kind", "text", "source", "email", "language", "created", "answered", "answered_by", "receipt")
    fieldsets = (
        (None, {"fields": ("about", "kind", "text", "source", ("created", "language"), "email")}),
        (_("Answer"), {"fields": ("state", "answer", "editor_note", ("answered", "answered_by"), ("number", "receipt"))}),
    )
    actions = ("not_reports",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers write them."""
        return False

    @admin.display(description=_("record"))
    def about(self, report: Report) -> str:
        """The record, one click from its form."""
        if (record := report.record) is None:
            return "–"
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        return format_html('<a href="{}">{}</a> {}', address, record, record.public_id)

    @admin.display(description=_("receipt"))
    def receipt(self, report: Report) -> str:
        """What the reader sees."""
        return format_html('<a href="{}">{}</a>', reverse("report-receipt", args=[report.number]), _("What the reader sees"))

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        """Closing a report notes who closed it and deletes the reader's address."""
        if not obj.is_open:
            obj.email = ""
            if not obj.answered:
                obj.answered, obj.answered_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)

    @admin.action(description=_("These are not reports"), permissions=["change"])
    def not_reports(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Close spam: out of the queue, its receipts gone."""
        queryset.update(state=Report.State.SPAM, email="", answered=timezone.now(), answered_by=request.user)


@admin.register(Import)
class ImportAdmin(OnlyOffered, admin.ModelAdmin):
    """Imports: uploaded, looked at, agreed to, done."""

    form = ImportForm
    list_display = ("name", "records", "how_far", "user", "created", "finished")
    list_filter = ("state", "records", "user")
    search_fields = ("name",)
    list_select_related = ("user",)
    add_form_template = "admin/desk/import/add_form.html"
    change_form_template = "admin/desk/import/change_form.html"
    date_hierarchy = "created"

    def get_urls(self) -> list[Any]:
        again = [
            path(f"<int:pk>/{what}/", self.admin_site.admin_view(require_POST(getattr(self, f"{what}_view"))), name=f"desk_import_{what}")
            for what in ("look", "carry_out")
        ]
        return [*again, *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Import | None = None) -> tuple[str, ...]:
        return ("name",) if obj else ImportForm.Meta.fields

    def has_change_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        """Nobody edits an import: it is looked at anew, or uploaded anew."""
        return False

    @admin.display(description=_("state"))
    def how_far(self, job: Import) -> str:
        """The state, unless a process is at it or died at it."""
        if found := running.progress(job.pk):
            return _("Running: %(percent)d %%") % {"percent": found[1]}
        if running.left_behind(job.pk):
            return _("Interrupted")
        return job.get_state_display()

    def save_model(self, request: HttpRequest, obj: Import, form: Any, change: bool) -> None:
        obj.user = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Import, post_url_continue: str | None = None) -> HttpResponse:
        return self._go(obj, "look")

    def look_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Look at it anew."""
        return self._go(self._own(request, pk), "look")

    def carry_out_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the look showed."""
        return self._go(self._own(request, pk), "import")

    def _own(self, request: HttpRequest, pk: int) -> Import:
        """The import, which only its own user carries out: it is done in their name."""
        job = get_object_or_404(Import, pk=pk)
        if job.user != request.user or not self.has_add_permission(request) or job.state == Import.State.DONE:
            raise PermissionDenied
        return job

    def _go(self, job: Import, what: str) -> HttpResponse:
        with suppress(running.AlreadyRunning):  # the page shows how far it is
            jobs.start(job, what)
        return HttpResponseRedirect(reverse("admin:desk_import_change", args=[job.pk]))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        job = self.get_object(request, object_id)
        context = {"running": running.progress(job.pk), "interrupted": running.left_behind(job.pk)} if job else {}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})
