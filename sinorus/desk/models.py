"""What the desk keeps: imports of tables."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
