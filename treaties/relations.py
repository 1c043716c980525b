"""How instruments stand to each other: a relation that reads both ways, down to the article where that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .articles import Article
from .querysets import TreatyLinkQuerySet

if TYPE_CHECKING:
    from .models import Treaty


@dataclass(frozen=True)
class Relation:
    """How an instrument stands to another, in words read from its own side; articles by their keys."""

    type: str
    label: str
    target: Treaty
    article: str = ""
    target_article: str = ""


class TreatyLink(models.Model):
    """One instrument stands to another in a relation that reads both ways."""

    class Type(models.TextChoices):
        SUPERSEDES = "supersedes", _("Supersedes")
        SUPPLEMENTS = "supplements", _("Supplements")
        IMPLEMENTS = "implements", _("Implements")
        EXTENDS = "extends", _("Extends")
        TERMINATES = "terminates", _("Terminates")
        REAFFIRMS = "reaffirms", _("Reaffirms")
        CITES = "cites", _("Cites")
        ANNEXED_TO = "annexed-to", _("Annexed to")

    REVERSE_LABELS = {
        Type.SUPERSEDES: _("Superseded by"),
        Type.SUPPLEMENTS: _("Supplemented by"),
        Type.IMPLEMENTS: _("Implemented by"),
        Type.EXTENDS: _("Extended by"),
        Type.TERMINATES: _("Terminated by"),
        Type.REAFFIRMS: _("Reaffirmed by"),
        Type.CITES: _("Cited by"),
        Type.ANNEXED_TO: _("Has as annex"),
    }

    treaty = models.ForeignKey(
        "treaties.Treaty", models.CASCADE, related_name="links", verbose_name=_("treaty"), help_text=_("This instrument …")
    )
    type = models.CharField(_("relation"), max_length=12, choices=Type, help_text=_("… stands in this relation …"))
    target = models.ForeignKey(
        "treaties.Treaty",
        models.CASCADE,
        related_name="links_to",
        verbose_name=pgettext_lazy("relation", "to"),
        help_text=_("… to that one."),
    )
    # Keys, not foreign keys: a key is the article's address for ever, while its row is written anew with its instrument.
    article = models.SlugField(
        _("article"), max_length=60, blank=True, help_text=_("Key of the article of this instrument that does so; empty: the whole of it.")
    )
    target_article = models.SlugField(
        _("its article"), max_length=60, blank=True, help_text=_("Key of the article of that instrument; empty: the whole of it.")
    )

    objects = TreatyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to an instrument")
        verbose_name_plural = _("links to instruments")
        ordering = ("type", "pk")
        constraints = [
            models.UniqueConstraint(fields=["treaty", "type", "target", "article", "target_article"], name="treaty_link_once"),
            models.CheckConstraint(condition=~Q(treaty=F("target")), name="treaty_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.treaty} {self.get_type_display()} {self.target}"

    def clean(self) -> None:
        super().clean()
        for name, of in (("article", "treaty"), ("target_article", "target")):
            key, whole = getattr(self, name), getattr(self, f"{of}_id")
            if key and whole and not Article.objects.filter(treaty=whole, key=key).exists():
                raise ValidationError({name: _("“%(key)s”: there is no article of this key.") % {"key": key}})

    def get_type_display(self) -> str:
        """The relation in words. Django's own method puts every word that there is into the reader's language first."""
        return str(self.Type(self.type).label) if self.type else ""

    @property
    def reverse_label(self) -> str:
        """The relation read from the target's side."""
        return str(self.REVERSE_LABELS[self.Type(self.type)])
