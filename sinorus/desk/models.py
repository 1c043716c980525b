"""What the desk keeps: readers' reports, and imports of tables."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinorus.publishing.models import Record, record_types

from .encodings import ENCODINGS


class Records(models.TextChoices):
    """What the rows of a table may be: the names in ``shape.TABLES``."""

    EVENTS = "events", _("Events")
    TREATIES = "treaties", _("Instruments")
    ACTORS = "actors", _("Actors")
    SOURCES = "sources", _("Sources")
    PLACES = "places", _("Places")
    THEMES = "themes", _("Themes")
    ASSESSMENTS = "assessments", _("Assessments")


def new_number() -> str:
    """A receipt number that nobody guesses and everybody can copy: sixteen letters and digits that are not mistaken for others."""
    return "-".join("".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _place in range(4)) for _group in range(4))


class Report(models.Model):
    """What a reader told about a record, and what became of it. Who it was is not kept, but for an address that they gave."""

    class Kind(models.TextChoices):
        ERROR = "error", pgettext_lazy("report", "Something is wrong")
        SOURCE = "source", pgettext_lazy("report", "A source is missing")
        TRANSLATION = "translation", pgettext_lazy("report", "A name or a translation")
        OTHER = "other", pgettext_lazy("report", "Something else")

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("report", "New")
        IN_HAND = "in-hand", pgettext_lazy("report", "Being looked into")
        DONE = "done", pgettext_lazy("report", "Answered")
        SPAM = "spam", pgettext_lazy("report", "Not a report")

    number = models.CharField(
        _("receipt number"),
        max_length=19,
        unique=True,
        default=new_number,
        editable=False,
        help_text=_("By which its sender finds the answer."),
    )
    record_type = models.CharField(_("type"), max_length=40, blank=True, help_text=_("Of the record; empty: the site as a whole."))
    record_id = models.BigIntegerField(_("record"), null=True, blank=True, help_text=_("Number of the record that it is about."))
    kind = models.CharField(_("about"), max_length=12, choices=Kind, default=Kind.ERROR, help_text=_("What the reader chose."))
    text = models.TextField(_("text"), max_length=4_000, help_text=_("As the reader wrote it."))
    source = models.CharField(_("source"), max_length=500, blank=True, help_text=_("What it rests on, as the reader gave it."))
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("For a question back; deleted when the report is answered."))
    language = models.CharField(_("language"), max_length=8, default="en", help_text=_("In which the reader saw the page."))
    created = models.DateTimeField(_("received"), default=timezone.now, help_text=_("When it came."))
    sender = models.CharField(
        _("sender"),
        max_length=32,
        db_index=True,
        help_text=_("A keyed digest of address and day, against floods; it tells nobody who it was."),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW, db_index=True, help_text=_("How far it is."))
    answer = models.TextField(
        _("answer"), blank=True, help_text=_("What its sender reads under the receipt number: what was changed, or why not.")
    )
    editor_note = models.TextField(_("editors' note"), blank=True, help_text=_("For editors only."))
    answered = models.DateTimeField(_("answered"), null=True, blank=True, help_text=_("When it was answered."))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Who answered."),
    )

    class Meta:
        verbose_name = _("reader's report")
        verbose_name_plural = _("readers' reports")
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)

    @property
    def record(self) -> Record | None:
        """The record that it is about; None when it is about none, or the record is no more."""
        model = record_types().get(self.record_type)
        return model._default_manager.filter(pk=self.record_id).first() if model else None

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.NEW, self.State.IN_HAND)


class Import(models.Model):
    """A table that somebody wants in: looked at first, then imported or not. The file is kept until it is."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("import", "Waiting")
        CHECKED = "checked", pgettext_lazy("import", "Looked at, not imported")
        REFUSED = "refused", pgettext_lazy("import", "Refused")
        DONE = "done", pgettext_lazy("import", "Imported")

    name = models.CharField(_("file"), max_length=200, help_text=_("The name that the file had."))
    content = models.BinaryField(_("content"), null=True, help_text=_("The file, until it is imported."))
    digest = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the file, to tell it from others of that name."))
    records = models.CharField(
        _("records"),
        max_length=20,
        choices=Records,
        blank=True,
        help_text=_("What each row of the file is. A mapping says it itself."),
    )
    encoding = models.CharField(
        _("encoding"),
        max_length=20,
        choices=[(name, name) for name in ENCODINGS],
        blank=True,
        help_text=_("Left empty, it is recognised, or you are asked."),
    )
    mapping = models.TextField(
        _("mapping"), blank=True, help_text=_("Which of its columns goes where, when they are not ours (docs/import.md).")
    )
    leave_out = models.BooleanField(
        _("leave out refused rows"),
        default=False,
        help_text=_("Otherwise one refused row keeps the whole file out."),
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), help_text=_("In whose name it is imported."))
    created = models.DateTimeField(_("uploaded"), default=timezone.now, help_text=_("When the file came."))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING, help_text=_("How far it is."))
    started = models.BooleanField(_("import asked for"), default=False, help_text=_("Whether somebody agreed to what the look showed."))
    finished = models.DateTimeField(_("finished"), null=True, blank=True, help_text=_("When it was looked at or imported last."))
    agreed = models.CharField(_("digest of the plan"), max_length=64, blank=True, help_text=_("Of what the look showed."))
    report = models.JSONField(_("report"), default=dict, blank=True, help_text=_("What would be or was done, row by row."))

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-created",)

    def __str__(self) -> str:
        return self.name
