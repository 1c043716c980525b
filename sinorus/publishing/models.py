"""The abstract record, the addresses it had before, and the edition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .querysets import RecordQuerySet
from .slugs import validate_slug

LANGUAGES = ("en", "zh", "ru")


class Record(models.Model):
    """Anything with a page of its own: an event, an instrument, a person, a source …

    ``PREFIX`` is the letter of its permanent id ("E" → E12). The database never gives a number out twice.
    """

    PREFIX: ClassVar[str]

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("status", "Draft")
        PUBLISHED = "published", pgettext_lazy("status", "Published")

    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        validators=[validate_slug],
        help_text=_("The record's own part of its address: short, in lower case, final once published."),
    )
    title = models.CharField(_("title"), max_length=300, help_text=_("In English, in sentence case, readable alone in a list."))
    title_zh = models.CharField(
        _("title in Chinese"), max_length=300, blank=True, help_text=_("In simplified characters; empty means not known.")
    )
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True, help_text=_("Empty means not known."))
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One to three sentences that stand alone. Required to publish an event or an instrument.")
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text=_("Only published records are seen by readers and programs."),
    )
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False, help_text=_("When the record was made."))
    published = models.DateTimeField(
        _("first published"), null=True, blank=True, editable=False, help_text=_("When readers could first see it.")
    )
    updated = models.DateTimeField(
        _("last changed"), default=timezone.now, db_index=True, editable=False, help_text=_("When its content last changed.")
    )
    editor_note = models.TextField(_("editors' note"), blank=True, help_text=_("For editors only; never shown to readers."))

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def public_id(self) -> str:
        """The permanent id, such as E12."""
        return f"{self.PREFIX}{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def titles(self) -> dict[str, str]:
        """The title by language; an empty string where none is known."""
        return {"en": self.title, "zh": self.title_zh, "ru": self.title_ru}

    @property
    def local_title(self) -> str:
        """The title in the reader's language, or else the English one."""
        return self.titles[(get_language() or "en")[:2]] or self.title

    @property
    def local_title_language(self) -> str:
        """The language that ``local_title`` is in, as a ``lang`` attribute wants it."""
        language = (get_language() or "en")[:2]
        return {"zh": "zh-Hans"}.get(language, language) if self.titles[language] else "en"

    @property
    def other_titles(self) -> list[tuple[str, str]]:
        """(lang, title) in the languages that the reader's own is not, where known."""
        own = self.local_title_language[:2]
        lang = {"en": "en", "zh": "zh-Hans", "ru": "ru"}
        return [(lang[code], title) for code, title in self.titles.items() if title and code != own]

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.model_name}-detail", args=[self.slug])

    def touch(self) -> None:
        """Note that the content changed now, and, when it is public for the first time, that it was published."""
        self.updated = timezone.now()
        if self.is_public and not self.published:
            self.published = self.updated


class OldSlug(models.Model):
    """An address that a record had once; it answers with a redirect for ever."""

    record_type = models.CharField(_("type"), max_length=40, help_text=_("Name of the model, such as event."))
    slug = models.CharField(_("slug"), max_length=100, help_text=_("The slug that was."))
    record_id = models.BigIntegerField(_("record"), help_text=_("Number of the record that had it."))

    class Meta:
        verbose_name = _("old slug")
        verbose_name_plural = _("old slugs")
        constraints = [models.UniqueConstraint(fields=["record_type", "slug"], name="old_slug_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.slug}"


class Edition(models.Model):
    """The number of the present edition: one row, raised once in every transaction that changes what readers see."""

    number = models.PositiveBigIntegerField(_("number"), default=0, help_text=_("Raised by one at each publication."))
    at = models.DateTimeField(_("at"), default=timezone.now, help_text=_("When it was raised last."))

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("edition")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="edition_single_row")]

    def __str__(self) -> str:
        return str(self.number)
