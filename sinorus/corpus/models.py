"""What was loaded from the files, so that the next load can tell an editor's work from its own."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LoadedRecord(models.Model):
    """A record of the files and the record of the database that was made from it.

    The tie is the number, not the slug: a record that an editor renames stays the same record.
    """

    record_type = models.CharField(_("type"), max_length=20, help_text=_("Which files it is from: events, treaties, actors …"))
    slug = models.CharField(_("slug in the files"), max_length=100, help_text=_("Under which the files know it."))
    record_id = models.BigIntegerField(_("record"), help_text=_("Number of the record that was made from it."))
    digest_of_file_content = models.CharField(
        _("digest of the file"), max_length=64, help_text=_("Of what the files said when it was loaded.")
    )
    digest_of_loaded_state = models.CharField(
        _("digest of the record"), max_length=64, help_text=_("Of the record, with all that hangs on it, right after it was loaded.")
    )
    loaded = models.DateTimeField(_("loaded"), default=timezone.now, help_text=_("When it was loaded last."))

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        ordering = ("record_type", "slug")
        constraints = [models.UniqueConstraint(fields=["record_type", "slug"], name="loaded_record_once")]

    def __str__(self) -> str:
        return f"{self.record_type}/{self.slug}"
