"""Changes that do not reach the record at once: proposals, and what somebody saved while another did.

Such a form is saved like any other, on the record as its author found it, so that the same rules judge it and its rows
find theirs. Then the record is read as a document, all that was written is taken back, and the document is kept.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import differences, documents, restore, workflow
from .documents import Document, Row
from .history import Edit
from .models import Record, Revision


@dataclass
class Aside:
    """A form whose outcome is to be kept aside: on which version it was filled in, and what came of it."""

    base: Revision
    proposed: bool
    document: Document | None = None
    why: str = ""


class SettingAside:
    """For the admin of a record type."""

    def is_set_aside(self, request: HttpRequest) -> bool:
        return getattr(request, "_aside", None) is not None

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            record = self._locked(request, object_id)
            aside = self._aside(request, record) if record else None
            if aside is None:
                return super().changeform_view(request, object_id, form_url, extra_context)
            return self._keep_aside(request, record, aside, object_id, form_url, extra_context)

    def _locked(self, request: HttpRequest, object_id: str) -> Record | None:
        """The record, so that nobody else saves it until this is done; None when there is none or the user may not change it."""
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_change_permission(request, record):
            return None
        return self.model._default_manager.select_for_update().get(pk=record.pk)

    def _aside(self, request: HttpRequest, record: Record) -> Aside | None:
        """Whether the form is to be kept aside: it was filled in on an older version, or its author may only propose."""
        loaded = request.POST.get("loaded_version", "")
        version = int(loaded) if loaded.isdigit() and len(loaded) < 10 else record.version
        proposed = workflow.must_propose(request.user, record)
        if version == record.version and not proposed:
            return None
        Edit([record])  # so that there is a revision to start from
        applied = Revision.objects.of(record).applied()
        return Aside(applied.filter(number=version).first() or applied.first(), proposed)

    def _keep_aside(self, request: HttpRequest, record: Record, aside: Aside, *rest: Any) -> HttpResponse:
        request._aside = aside
        point = transaction.savepoint()
        try:
            if aside.base.number != record.version:
                restore.write(record, aside.base.document, check=False)
            response = super().changeform_view(request, *rest)
            if hasattr(response, "render"):
                response.render()  # while what it shows is there
        except ValidationError as error:
            transaction.savepoint_rollback(point)
            messages.error(request, _("What you saw cannot be put beside what others saved: %(why)s") % {"why": " ".join(error.messages)})
            return redirect(request.get_full_path())
        transaction.savepoint_rollback(point)
        if aside.document is None:
            return response
        return self._kept(request, record, aside)

    def _kept(self, request: HttpRequest, record: Record, aside: Aside) -> HttpResponse:
        document = unborn(aside.document, aside.base.document)
        what = differences.names(differences.changed(type(record), aside.base.document, document))
        if not what:
            messages.info(request, _("Nothing was changed."))
            return redirect(request.get_full_path())
        revision = Revision.objects.create(
            record_type=record._meta.model_name,
            record_id=record.pk,
            number=aside.base.number,
            state=Revision.State.PROPOSED if aside.proposed else Revision.State.ASIDE,
            status=record.status,
            document=document,
            what=what,
            why=aside.why,
            by=request.user,
        )
        if aside.proposed:
            messages.success(request, _("Your change is kept as a proposal; readers see it when a publisher accepts it."))
        else:
            messages.warning(request, _("Somebody else saved this record while you had it open. Nothing was overwritten: look at both."))
        return redirect(self.revision_url(revision))

    def response_change(self, request: HttpRequest, obj: Record) -> HttpResponse:
        return HttpResponse() if self.is_set_aside(request) else super().response_change(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if self.is_set_aside(request):
            request._aside.document = documents.of(form.instance)
            request._aside.why = form.cleaned_data.get("change_note", "")


def unborn(document: Document, base: Document) -> Document:
    """The document with no number on rows that are not in ``base``: those that they had were taken back."""
    found = deepcopy(document)
    known: set[tuple[str, int]] = set()
    _each(base, lambda accessor, row: known.add((accessor, row["id"])))

    def forget(accessor: str, row: Row) -> None:
        if (accessor, row["id"]) not in known:
            row["id"] = None

    _each(found, forget)
    return found


def _each(row: Document | Row, visit: Any) -> None:
    for accessor, rows in row["parts"].items():
        for below in rows:
            visit(accessor, below)
            _each(below, visit)
