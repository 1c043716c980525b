"""The text of an instrument: its articles, and what each is about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .topics import Topic


class Article(models.Model):
    """An article, point or clause, with an address of its own (``#article-9``)."""

    PARTS = ("provisions",)

    treaty = models.ForeignKey(
        "treaties.Treaty", models.CASCADE, related_name="articles", verbose_name=_("treaty"), help_text=_("Of what.")
    )
    key = models.SlugField(_("key"), max_length=60, help_text=_("Its part of the address: 9, preamble, territorial-integrity …"))
    number = models.CharField(_("number"), max_length=40, blank=True, help_text=_("As in the instrument; empty when it was not seen."))
    heading = models.CharField(_("heading"), max_length=200, blank=True, help_text=_("In our words unless the instrument has one."))
    summary = models.TextField(_("summary"), blank=True, help_text=_("What it says, in our words."))
    quotation = models.TextField(_("quotation"), blank=True, help_text=_("Its words, short, where they matter."))
    quotation_language = models.CharField(_("its language"), max_length=8, blank=True, help_text=_("ISO 639 code of the quotation."))
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order in the instrument, from 0."))

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["treaty", "key"], name="article_key_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip() or self.key

    @property
    def anchor(self) -> str:
        return f"article-{self.key}"

    @property
    def quotation_is_authentic(self) -> bool | None:
        """Whether the text in the language of the quotation is authentic; None when not known. Wants the instrument's languages."""
        return next((row.authentic for row in self.treaty.languages.all() if row.code == self.quotation_language), None)

    def get_absolute_url(self) -> str:
        return f"{self.treaty.get_absolute_url()}#{self.anchor}"


class Provision(models.Model):
    """An article deals with a topic."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="provisions", verbose_name=_("article"), help_text=_("Which."))
    topic = models.CharField(_("topic"), max_length=30, choices=Topic, db_index=True, help_text=_("What it is about."))

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="provision_once")]

    def get_topic_display(self) -> str:
        """The topic in words. Django's own method puts all the topics that there are into the reader's language first."""
        return str(Topic(self.topic).label) if self.topic else ""

    def __str__(self) -> str:
        return self.get_topic_display()
