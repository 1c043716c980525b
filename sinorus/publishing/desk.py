"""The pages of the desk beside a record's form: its history, one revision and what to do with it, its preview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import decisions, differences, likeness, merge, preview, unmerge, workflow
from .models import Record, Revision, part_name
from .words import takes_text

SHOWN = 200  # revisions on the page of a history


class AgainstForm(forms.Form):
    """Which revision another is held against."""

    against = forms.IntegerField(required=False, min_value=1, label=gettext_lazy("Compare with"))


@takes_text
class DecisionForm(forms.Form):
    """What is to become of a revision."""

    action = forms.ChoiceField(choices=[(one, one) for one in ("restore", "accept", "reject")])
    seen = forms.IntegerField(required=False, min_value=0)
    note = forms.CharField(required=False, max_length=400)
    take = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["take"].choices = [(name, name) for name in offered]


@takes_text
class MergeForm(forms.Form):
    """The record that another is to be merged into, and why."""

    into = forms.CharField(label=gettext_lazy("Merge into"), help_text=gettext_lazy("Permanent id, such as A12, or slug."), max_length=100)
    why = forms.CharField(label=gettext_lazy("Change note"), max_length=400, required=False)

    def __init__(self, *args: Any, model: type[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = model

    def clean_into(self) -> Record:
        given = self.cleaned_data["into"].strip()
        number = given[len(self.model.PREFIX) :] if given.upper().startswith(self.model.PREFIX) else ""
        wanted = {"pk": int(number)} if number.isascii() and number.isdigit() and len(number) < 19 else {"slug": given}
        if record := self.model._default_manager.filter(**wanted).first():
            return record
        raise ValidationError(_("There is no record of this type with the id or slug “%(given)s”.") % {"given": given})


class OnlyOffered:
    """For any admin: an action on its list that somebody is not offered is refused, and noted, where Django passes it over."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST" and request.POST.get("action") and request.POST["action"] not in self.get_actions(request):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)


class Desk(OnlyOffered):
    """For the admin of a record type."""

    def get_urls(self) -> list[URLPattern]:
        def view(name: str, route: str, method: Any) -> URLPattern:
            return path(f"<path:object_id>/{route}", self.admin_site.admin_view(method), name=f"{self._route}_{name}")

        own = [
            view("revision", "revisions/<int:revision>/", self.revision_view),
            view("preview", "preview/", self.preview_view),
            view("merge", "merge/", self.merge_view),
        ]
        return own + super().get_urls()

    @property
    def _route(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def revision_url(self, revision: Revision) -> str:
        return reverse(f"admin:{self._route}_revision", args=[revision.record_id, revision.pk])

    def _record(self, request: HttpRequest, object_id: str) -> Record:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def _page(self, request: HttpRequest, template: str, record: Record, **context: Any) -> HttpResponse:
        given = {**self.admin_site.each_context(request), "opts": self.opts, "record": record, "original": record, **context}
        return TemplateResponse(request, f"admin/publishing/{template}.html", given)

    change_form_template = "admin/publishing/change_form.html"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        if obj := kwargs.get("obj"):
            context["waiting"] = Revision.objects.of(obj).waiting().count()
            context["proposes"] = workflow.must_propose(request.user, obj)
            context["may_merge"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    # History --------------------------------------------------------------------------------------------------------

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Every revision of the record; above them what waits to be decided."""
        record = self._record(request, object_id)
        revisions = Revision.objects.of(record).select_related("by", "decided_by").defer("document")
        rows = [(one, self.revision_url(one), _named(self.model, one)) for one in revisions[:SHOWN]]
        waiting = [row for row in rows if row[0].state in (Revision.State.PROPOSED, Revision.State.ASIDE)]
        title = _("History of %(record)s") % {"record": record}
        return self._page(request, "history", record, title=title, rows=rows, waiting=waiting, **(extra_context or {}))

    def revision_view(self, request: HttpRequest, object_id: str, revision: int) -> HttpResponse:
        """One revision: what it changed, or would change; to restore, accept or reject."""
        record = self._record(request, object_id)
        one = get_object_or_404(Revision.objects.of(record).select_related("by", "decided_by"), pk=revision)
        waits = one.state in (Revision.State.PROPOSED, Revision.State.ASIDE)
        meetings = decisions.meetings(one, record) if waits else []
        if request.method == "POST":
            return self._decide(request, record, one, meetings)
        context = {"meetings": meetings, "waits": waits} if waits else self._compared(request, record, one)
        may = {
            "restore": one.state == Revision.State.APPLIED and self.has_change_permission(request, record) and one.number != record.version,
            "decide": waits and decisions.may_decide(request.user, one, record),
            "proposes": workflow.must_propose(request.user, record),
        }
        title = _("%(record)s: revision %(number)s") % {"record": record, "number": one.number}
        shown_at = reverse("preview", args=[preview.token(record, one)])
        return self._page(request, "revision", record, title=title, revision=one, may=may, shown_at=shown_at, **context)

    def _compared(self, request: HttpRequest, record: Record, one: Revision) -> dict[str, Any]:
        """A revision beside the one before it, or beside the one that is asked for."""
        others = Revision.objects.of(record).applied().exclude(pk=one.pk)
        form = AgainstForm(request.GET)
        asked = form.cleaned_data.get("against") if form.is_valid() else None
        other = others.filter(pk=asked).first() if asked else others.filter(pk__lt=one.pk).first()
        older, newer = sorted((one, other), key=lambda revision: revision.pk) if other else (None, one)
        found = differences.between(self.model, older.document, newer.document) if older else []
        return {"other": other, "older": older, "newer": newer, "differences": found, "others": others.defer("document")[:SHOWN]}

    def _decide(self, request: HttpRequest, record: Record, one: Revision, meetings: list[Any]) -> HttpResponse:
        slots = {meeting.name: meeting.slot for meeting in meetings}
        form = DecisionForm(request.POST, offered=list(slots))
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        try:
            if one.state in (Revision.State.ACCEPTED, Revision.State.REJECTED):
                raise ValidationError(_("This was decided already."))
            if not form.is_valid():
                raise ValidationError(form.errors.as_data().get("note") or _("That is not among what can be decided here; look again."))
            left_out = self._act(request, record, one, form.cleaned_data, slots)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return redirect(self.revision_url(one))
        for what in left_out:
            messages.warning(request, _("Left out: %(what)s") % {"what": what})
        return redirect(reverse(f"admin:{self._route}_history", args=[record.pk]))

    def _act(self, request: HttpRequest, record: Record, one: Revision, given: dict[str, Any], slots: dict[str, Any]) -> list[str]:
        if given["action"] == "restore":
            made, left_out = decisions.bring_back(one, record, by=request.user, why=given["note"])
            waits = made.state == Revision.State.PROPOSED
            messages.success(request, _("It is proposed to restore it.") if waits else _("Restored."))
            return left_out
        if given["action"] == "reject":
            decisions.reject(one, record, by=request.user, reply=given["note"])
            messages.success(request, _("Put away; nothing was changed."))
            return []
        taken = [slots[name] for name in given["take"]]
        seen = -1 if given["seen"] is None else given["seen"]
        left_out = decisions.accept(one, record, taken, seen=seen, by=request.user, reply=given["note"])
        messages.success(request, _("Saved."))
        return left_out

    # Merging --------------------------------------------------------------------------------------------------------

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Choose another record, see what becomes of every link, and merge this one into it."""
        record = self._record(request, object_id)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        if record.status == Record.Status.MERGED:
            return self._unmerge(request, record)
        asked = request.POST or (request.GET if "into" in request.GET else None)
        form = MergeForm(asked, model=self.model)
        context = {"title": _("Merge %(record)s into another") % {"record": record}, "form": form, "alike": likeness.like(record)}
        try:
            if form.is_valid():
                target = form.cleaned_data["into"]
                if request.method == "POST":
                    merge.merge(record, target, by=request.user, why=form.cleaned_data["why"])
                    messages.success(request, _("Merged. Every link and address of the one leads to the other now."))
                    return redirect(f"admin:{self._route}_change", target.pk)
                context |= {"target": target, "plan": merge.plan(record, target)}
        except ValidationError as error:
            form.add_error("into", error)
        return self._page(request, "merge", record, **context)

    def _unmerge(self, request: HttpRequest, record: Record) -> HttpResponse:
        """Into which record it was merged, and the button that undoes it."""
        merger = unmerge.merger_of(record)
        if request.method == "POST":
            try:
                for what in unmerge.unmerge(record, by=request.user):
                    messages.warning(request, _("Left out: %(what)s") % {"what": what})
                messages.success(request, _("The merger is undone: the record stands again, with its address and its links."))
            except ValidationError as error:
                for message in error.messages:
                    messages.error(request, message)
            return redirect(f"admin:{self._route}_change", record.pk)
        target = self.model._default_manager.filter(pk=merger.into_id).first() if merger else None
        return self._page(
            request, "unmerge", record, title=_("Undo the merger of %(record)s") % {"record": record}, merger=merger, target=target
        )

    # Preview and likeness -------------------------------------------------------------------------------------------

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """To the record on its own page, by a link that can be handed to others until it expires."""
        return redirect("preview", preview.token(self._record(request, object_id)))

    def warn_of_likeness(self, request: HttpRequest, record: Record) -> None:
        """Say, without standing in the way, what may be the same record entered before."""
        for other, why in likeness.like(record):
            address = reverse(f"admin:{self._route}_change", args=[other.pk])
            told = _("Is this the same? {record} ({status}): {why}")
            messages.warning(request, format_html(told, record=_link(address, other), status=other.get_status_display(), why=why))


def _link(address: str, record: Record) -> str:
    return format_html('<a href="{}">{}</a>', address, f"{record} · {record.public_id}")


def _named(model: type[Record], revision: Revision) -> str:
    """What a revision changed, by the names of the form."""
    return ", ".join(dict.fromkeys(part_name(model, name) for name in revision.what))
