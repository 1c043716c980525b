"""What is kept of the editors' work: each revision of a record, whole, and each merger of two records."""

from __future__ import annotations

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RevisionQuerySet(models.QuerySet):
    """Questions to the history."""

    def of(self, record: models.Model) -> Self:
        return self.filter(record_type=record._meta.model_name, record_id=record.pk)

    def applied(self) -> Self:
        return self.filter(state=Revision.State.APPLIED)

    def waiting(self) -> Self:
        """Proposals that nobody has decided yet."""
        return self.filter(state=Revision.State.PROPOSED)

    def last_of(self, record_type: str, numbers: list[int]) -> Self:
        """The last applied revision of each of some records."""
        own = self.applied().filter(record_type=record_type, record_id__in=numbers).order_by()
        return self.filter(pk__in=own.values("record_id").annotate(last=models.Max("pk")).values("last"))

    def on(self, day: datetime.date) -> Self:
        """Those that were there when a day (UTC) ended."""
        end = datetime.datetime.combine(day, datetime.time(), datetime.UTC) + datetime.timedelta(days=1)
        return self.applied().filter(at__lt=end)


class Revision(models.Model):
    """A record with all its parts as somebody left it, or would have it.

    Applied revisions are never changed, and numbered as the record's versions are. A proposed one waits for somebody who
    may publish; one set aside waits for its own author, who saved while another did.
    """

    class State(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("revision", "Applied")
        PROPOSED = "proposed", pgettext_lazy("revision", "Proposed")
        ASIDE = "aside", pgettext_lazy("revision", "Set aside")
        ACCEPTED = "accepted", pgettext_lazy("revision", "Accepted")
        REJECTED = "rejected", pgettext_lazy("revision", "Rejected")

    record_type = models.CharField(_("type"), max_length=40, help_text=_("Name of the model, such as event."))
    record_id = models.BigIntegerField(_("record"), help_text=_("Number of the record."))
    number = models.PositiveIntegerField(_("version"), help_text=_("The version it made, or the version that it wants to change."))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.APPLIED, help_text=_("Whether it is in force."))
    status = models.CharField(_("status"), max_length=12, help_text=_("Status of the record with it."))
    document = models.JSONField(_("document"), help_text=_("The whole record: fields, relations, parts."))
    what = models.JSONField(_("what"), default=list, help_text=_("Names of the fields and parts that it changed."))
    why = models.CharField(_("why"), max_length=400, blank=True, help_text=_("The change note, for everybody to read."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Who made it; empty for what was loaded. Never shown to readers."),
    )
    at = models.DateTimeField(_("at"), default=timezone.now, help_text=_("When it was made."))
    edition = models.PositiveBigIntegerField(_("edition"), null=True, blank=True, help_text=_("The edition that brought it to readers."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
        help_text=_("Who accepted or rejected it."),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, help_text=_("When it was accepted or rejected."))
    reply = models.CharField(_("reply"), max_length=400, blank=True, help_text=_("What its author is told with the decision."))

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["record_type", "record_id", "state"], name="revision_of_record"),
            models.Index(fields=["state", "at"], name="revision_waiting"),
        ]
        permissions = [
            ("review", _("Can change records in review and send them back")),
            ("publish", _("Can publish, schedule, withdraw, merge, and decide proposals")),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}, {self.number}"

    @property
    def status_name(self) -> str:
        """The status of the record with it, in words."""
        from .models import Record

        return str(dict(Record.Status.choices).get(self.status, self.status))


class Merger(models.Model):
    """A record was merged into another: its id and its addresses lead there. ``moved`` says what was done, for undoing it."""

    record_type = models.CharField(_("type"), max_length=40, help_text=_("Name of the model, such as actor."))
    record_id = models.BigIntegerField(_("record"), help_text=_("Number of the record that was merged away."))
    into_id = models.BigIntegerField(_("into"), help_text=_("Number of the record that took its place."))
    moved = models.JSONField(
        _("moved"), default=list, help_text=_("What was done, step by step, each a {what, table, …}; read backwards to undo the merger.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"), help_text=_("Who merged them.")
    )
    at = models.DateTimeField(_("at"), default=timezone.now, help_text=_("When."))

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id"], name="merged_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id} → {self.into_id}"
