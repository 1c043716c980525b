"""The editors' form of a record: its fields, the step it is to take, and the note that says why it was changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import slugs, workflow
from .models import Record

Status = Record.Status


class EvidenceRequired(forms.BaseInlineFormSet):
    """Citations of a record that cannot be published without one."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data.get("source") and not form.cleaned_data.get("DELETE")]
        if getattr(self.instance, "aims_at", self.instance.status) in workflow.FOR_READERS and not kept:
            raise ValidationError(_("A published record rests on at least one source: add a citation, or keep it as a draft."))


class RecordForm(forms.ModelForm):
    """Any record. Its status is no field of the model here: the workflow writes it, after the record and its parts are saved."""

    #: Who fills it in; given by the admin.
    user: ClassVar[Any] = None

    status = forms.ChoiceField(label=_("Status"), help_text=_("After saving. What you may choose follows from your role."), required=False)
    change_note = forms.CharField(
        label=_("Change note"),
        max_length=400,
        required=False,
        help_text=_("What you changed and why. Readers find it among the changes."),
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
    )
    loaded_version = forms.IntegerField(label=_("version"), widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            allowed = workflow.next_statuses(self.user, self.instance.status)
            self.fields["status"].choices = [(one, Status(one).label) for one in allowed]
            self.fields["status"].initial = self.instance.status
        if "loaded_version" in self.fields:
            self.fields["loaded_version"].initial = self.instance.version
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields and "slug" not in self.errors:
            cleaned["slug"] = self._slug(cleaned)
        self.instance.aims_at = self.target
        if self.target == Status.SCHEDULED:
            hour = cleaned.get("publish_at")
            if (not hour and "publish_at" not in self.errors) or (hour and hour <= timezone.now()):
                self.add_error("publish_at", _("Say when, in the future (UTC)."))
        if self.target == Status.WITHDRAWN and not (cleaned.get("withdrawn_reason") or "").strip():
            self.add_error("withdrawn_reason", _("Say why, for readers."))
        return cleaned

    @property
    def target(self) -> str:
        """The status that the record is to have."""
        return self.cleaned_data.get("status") or self.instance.status

    def _slug(self, cleaned: dict[str, Any]) -> str:
        """As entered; made of the title when empty; and in step with it until the record was published."""
        title, slug = cleaned.get("title") or "", cleaned.get("slug") or ""
        follows = not self.instance.published and slugs.follows(slug, self.initial.get("title") or "") and "slug" not in self.changed_data
        if not slug or (self.instance.pk and follows):
            slug = slugs.free(type(self.instance), title, self.instance.pk) or self.initial.get("slug") or ""
        if not slug:
            self.add_error("slug", _("The title gives no address; write one in lower-case letters, digits and hyphens."))
        return slug

    def _post_clean(self) -> None:
        """Validate the record as what it is to become."""
        was, self.instance.status = self.instance.status, self.target
        super()._post_clean()
        self.instance.status = was
        if self.target in workflow.FOR_READERS:
            for field, message in self.instance.lacks().items():
                if field not in self.errors:
                    self.add_error(field if field in self.fields else None, message)
