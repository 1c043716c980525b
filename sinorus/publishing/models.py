"""The abstract record, the addresses it had before, and the edition."""

from __future__ import annotations

from contextlib import suppress
from functools import cache, lru_cache
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .querysets import ChangeQuerySet, RecordQuerySet
from .slugs import validate_slug

LANGUAGES = ("en", "zh", "ru")
_SLUG = "the-slug-of-a-record"  # stands for one where an address is made


@lru_cache(1_000)
def _address(route: str, _prefix: str) -> str:
    return reverse(route, args=[_SLUG])


@cache
def _called(field: models.Field) -> dict[Any, Any]:
    return dict(field.flatchoices)


class Record(models.Model):
    """Anything with a page of its own: an event, an instrument, a person, a source …

    ``PREFIX`` is the letter of its permanent id ("E" → E12). The database never gives a number out twice.
    """

    PREFIX: ClassVar[str]
    #: Fields that no other record tells of this one, so that a change of them changes no other record's answer.
    OWN_WORDS: ClassVar[frozenset[str]] = frozenset({"summary", "body", "editor_note"})
    #: Foreign keys to records without which readers do not see this one either.
    SEEN_WITH: ClassVar[tuple[str, ...]] = ()

    #: Accessors of the rows that are written with the record and belong to it alone; so too on models of such rows.
    PARTS: ClassVar[tuple[str, ...]] = ()
    #: Whether its text names other records by their slugs, so that what is made of it is made anew when these move.
    NAMES_BY_SLUG: ClassVar[bool] = False
    #: Whether it can be published only with a citation.
    NEEDS_SOURCE: ClassVar[bool] = False

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("status", "Draft")
        REVIEW = "review", pgettext_lazy("status", "In review")
        SCHEDULED = "scheduled", pgettext_lazy("status", "Scheduled")
        PUBLISHED = "published", pgettext_lazy("status", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("status", "Withdrawn")
        MERGED = "merged", pgettext_lazy("status", "Merged into another")

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
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("Of a scheduled record: when readers shall see it, in UTC.")
    )
    withdrawn_reason = models.CharField(
        _("why withdrawn"), max_length=400, blank=True, help_text=_("Shown to readers at the address of a withdrawn record.")
    )
    version = models.PositiveIntegerField(
        _("version"), default=0, editable=False, help_text=_("Raised by one with each change, so that no editor overwrites another.")
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
        return _address(f"{self._meta.model_name}-detail", get_script_prefix()).replace(_SLUG, self.slug)

    def _get_FIELD_display(self, field: models.Field) -> Any:
        """What a choice is called, for ``get_…_display``. Django's own makes a dictionary of all choices at each call."""
        value = getattr(self, field.attname)
        return force_str(_called(field).get(value, value), strings_only=True)

    def lacks(self) -> dict[str, Any]:
        """What it needs to be published and does not have, by field, with the message for its editor."""
        return {}

    #: Whether ``save`` writes more than the row, so that many records cannot be written with one statement.
    SAVES_MORE = False

    def derive(self) -> Any:
        """Set the columns that are made of others. ``save`` of a type that has such columns calls it."""

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
    next_publication = models.DateTimeField(
        _("next publication"), null=True, blank=True, help_text=_("When the next scheduled record is due; empty when none is.")
    )
    at = models.DateTimeField(_("at"), default=timezone.now, help_text=_("When it was raised last."))

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("edition")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="edition_single_row")]

    def __str__(self) -> str:
        return str(self.number)


class Change(models.Model):
    """One record changed for readers: an entry of the stream by which others keep in step with this record.

    Drafts leave no entry. What stands here was public when it was written, and is never changed afterwards.
    """

    class Action(models.TextChoices):
        CREATED = "created", pgettext_lazy("action", "Created")
        UPDATED = "updated", pgettext_lazy("action", "Updated")
        RENAMED = "renamed", pgettext_lazy("action", "Renamed")
        MERGED = "merged", pgettext_lazy("action", "Merged")
        WITHDRAWN = "withdrawn", pgettext_lazy("action", "Withdrawn")
        DELETED = "deleted", pgettext_lazy("action", "Deleted")

    edition = models.PositiveBigIntegerField(_("edition"), db_index=True, help_text=_("The edition that brought the change."))
    time = models.DateTimeField(_("time"), default=timezone.now, db_index=True, help_text=_("When it was made."))
    action = models.CharField(_("action"), max_length=9, choices=Action, help_text=_("What happened to the record."))
    record_type = models.CharField(_("type"), max_length=40, help_text=_("Name of the model, such as event."))
    record_id = models.BigIntegerField(_("record"), help_text=_("Number of the record."))
    slug = models.CharField(_("slug"), max_length=100, help_text=_("The slug of the record after the change."))
    title = models.CharField(_("title"), max_length=300, help_text=_("Its title after the change, in English."))
    former_slug = models.CharField(_("former slug"), max_length=100, blank=True, help_text=_("The slug before, when it was renamed."))
    into_id = models.BigIntegerField(_("merged into"), null=True, blank=True, help_text=_("Number of the record that took its place."))
    into_slug = models.CharField(_("slug of that"), max_length=100, blank=True, help_text=_("Slug of the record that took its place."))
    what = models.JSONField(_("what"), default=list, blank=True, help_text=_("Names of the fields and parts that changed."))
    why = models.CharField(_("why"), max_length=400, blank=True, help_text=_("The change note, for everybody to read."))
    affects = models.JSONField(
        _("affects"),
        default=list,
        blank=True,
        help_text=_("Permanent ids of other public records whose answers tell of this one, and so may have changed with it."),
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ("-edition", "-pk")
        indexes = [models.Index(fields=["record_type", "record_id"], name="change_of_record")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_action_display()}, {self.public_id}"

    @property
    def model(self) -> type[Record]:
        """The type of the record."""
        return record_types()[self.record_type]

    @property
    def public_id(self) -> str:
        return f"{self.model.PREFIX}{self.record_id}"

    @property
    def type_name(self) -> str:
        """The type in the reader's language."""
        return str(self.model._meta.verbose_name)

    @property
    def what_names(self) -> list[str]:
        """What changed, by the names that the fields and parts have for editors."""
        return list(dict.fromkeys(part_name(self.model, name) for name in self.what))

    @property
    def into(self) -> str | None:
        """Permanent id of the record that took its place."""
        return f"{self.model.PREFIX}{self.into_id}" if self.into_id else None

    @property
    def leads_somewhere(self) -> bool:
        """Whether readers found the record after the change, there or at what took its place."""
        return self.action not in (self.Action.WITHDRAWN, self.Action.DELETED)

    def get_absolute_url(self) -> str:
        return reverse("by-id", args=[self.model.PREFIX, self.record_id])


def part_name(model: type[models.Model], name: str) -> str:
    """The name for readers of a field or a part of a record; what is no field any more keeps its own."""
    for end in ("", "_edtf"):
        with suppress(FieldDoesNotExist):
            field = model._meta.get_field(f"{name}{end}")
            related = getattr(field, "related_model", None) if field.auto_created else None
            return str(related._meta.verbose_name_plural if related else field.verbose_name)
    return name.replace("_", " ")


@cache
def record_types() -> dict[str, type[Record]]:
    """Every record type by the name of its model, in the order of the apps."""
    return {str(model._meta.model_name): model for model in apps.get_models() if issubclass(model, Record)}


from .revisions import Merger, Revision  # noqa: E402, F401 - models of this app
