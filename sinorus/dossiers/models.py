"""Dossier, and the records that it names."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Event
from sinorus.publishing.models import Record
from sinorus.search.fields import SearchField, titles
from sinorus.sources.models import Source
from sinorus.vocab.models import Actor, Formula, Place, Theme
from treaties.models import Treaty

from .querysets import DossierQuerySet
from .resolving import MODELS, Problem, Resolved, read, resolve


class Dossier(Record):
    """A long essay whose statements rest on the records and sources that it names."""

    PREFIX = "D"
    NAMES_BY_SLUG = True

    body = models.TextField(
        _("text"),
        blank=True,
        help_text=_("Markdown with [[event:slug]], [[treaty:slug#article-9|words]] and [@source-slug, p. 4]. Required to publish."),
    )
    body_html = models.TextField(
        editable=False, blank=True, help_text=_("Made from the text when the dossier is saved; references are marks in it.")
    )
    body_text = models.TextField(editable=False, blank=True, help_text=_("Made: the text in plain words, for the search."))
    marks = models.JSONField(editable=False, default=list, help_text=_("Made: what stands at each mark of the HTML."))
    notes = models.JSONField(editable=False, default=list, help_text=_("Made: the sources of each numbered note."))
    contents = models.JSONField(editable=False, default=list, help_text=_("Made: the headings with their addresses."))
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="dossiers", verbose_name=_("themes"), help_text=_("What it is about; one to five.")
    )

    search_fields = [*titles(), SearchField("summary", "C", "en"), SearchField("body_text", "D", "en")]

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | (~Q(summary="") & ~Q(body="")), name="dossier_published_has_text_and_summary"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.is_public and (lacking := self.lacks()):
            raise ValidationError(lacking)
        try:
            read(self.body)
        except ValidationError as error:
            raise ValidationError({"body": error}) from error

    def lacks(self) -> dict[str, Any]:
        found = {}
        if not self.summary:
            found["summary"] = _("A published dossier needs a summary.")
        if not self.body:
            found["body"] = _("A published dossier needs a text.")
        return found

    SAVES_MORE = True  # which records it names

    def derive(self) -> Resolved:
        resolved = resolve(self.body)
        self.body_html, self.body_text, self.marks = resolved.html, resolved.words, resolved.marks
        self.notes, self.contents = resolved.notes, resolved.contents
        return resolved

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the text, what is made of it, and which records it names: together or not at all."""
        resolved = self.derive()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._name(resolved)

    def _name(self, resolved: Resolved) -> None:
        rows = [
            DossierMention(dossier=self, position=position, **{f"{type_}_id": pk}) for position, (type_, pk) in enumerate(resolved.mentions)
        ]
        kept = self.mentions.all()
        if [row.key for row in kept] != [row.key for row in rows]:
            kept.delete()
            DossierMention.objects.bulk_create(rows, batch_size=200)

    def problems(self) -> list[Problem]:
        """References that readers cannot follow as things stand now."""
        return resolve(self.body).problems


class DossierMention(models.Model):
    """A dossier names a record: in its text, on a card or in a note. Exactly one of the records is set."""

    dossier = models.ForeignKey(
        Dossier, models.CASCADE, related_name="mentions", verbose_name=_("dossier"), help_text=_("Which dossier names it.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order in the text, from 0."))
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("event"), help_text=_("The event named.")
    )
    treaty = models.ForeignKey(
        Treaty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("treaty"),
        help_text=_("The instrument named."),
    )
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("actor"), help_text=_("The actor named.")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("place"), help_text=_("The place named.")
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("theme"), help_text=_("The theme named.")
    )
    formula = models.ForeignKey(
        Formula,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("formula"),
        help_text=_("The formula named."),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="mentions", verbose_name=_("source"), help_text=_("The source cited.")
    )

    class Meta:
        verbose_name = _("record named in a dossier")
        verbose_name_plural = _("records named in dossiers")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    *(Q(**{f"{name}__isnull": name != one for name in MODELS}) for one in MODELS),
                    _connector=Q.OR,
                ),
                name="dossier_mention_names_one_record",
            ),
            *(models.UniqueConstraint(fields=["dossier", name], name=f"dossier_names_{name}_once") for name in MODELS),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.key[0]} {self.key[1]}"

    @property
    def key(self) -> tuple[str, int]:
        """(type, primary key) of the record."""
        return next((name, pk) for name in MODELS if (pk := getattr(self, f"{name}_id")))

    @property
    def record(self) -> Record | None:
        """The record if readers may see it. Wants ``for_page`` of the dossier, which fetches public records alone."""
        found: Record | None = getattr(self, self.key[0])
        return found if found is not None and found.is_public else None
