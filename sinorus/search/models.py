"""The index: an entry for each record, its titles and names, and the letters of their words.

The terms of an entry stand where each engine keeps them: on SQLite in the FTS5 table ``search_terms``, on PostgreSQL in the
column ``search_entry.terms`` (see ``sqlite.py`` and ``postgres.py``). Nobody writes here but ``index.py``.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One record in the index."""

    record_type = models.CharField(_("type"), max_length=40, help_text=_("Name of the model, such as event."))
    record_id = models.BigIntegerField(_("record"), help_text=_("Number of the record."))
    digest = models.CharField(_("digest"), max_length=32, help_text=_("Of the terms: another one means that the entry is stale."))

    class Meta:
        verbose_name = _("entry of the index")
        verbose_name_plural = _("entries of the index")
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id"], name="search_entry_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"


class Label(models.Model):
    """A title or a name of a record, for exact matches and suggestions."""

    entry = models.ForeignKey(
        Entry, models.CASCADE, related_name="labels", verbose_name=_("entry"), help_text=_("The record that is called so.")
    )
    text = models.CharField(_("text"), max_length=400, help_text=_("As written."))
    key = models.CharField(_("key"), max_length=200, help_text=_("Folded, with letters and digits alone."))
    stems = models.CharField(_("stems"), max_length=200, help_text=_("The stems of its words, without the most common words."))
    language = models.CharField(_("language"), max_length=16, blank=True, help_text=_("As a ``lang`` attribute wants it."))
    is_title = models.BooleanField(_("title"), default=False, help_text=_("A title; else another name."))

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        indexes = [models.Index(fields=["key"], name="search_label_key"), models.Index(fields=["stems"], name="search_label_stems")]

    def __str__(self) -> str:
        return self.text


class Gram(models.Model):
    """Some letters of a word that stands in a title or a name: how a misspelt word finds its neighbours."""

    gram = models.CharField(_("letters"), max_length=3, help_text=_("Three letters that follow each other, or a Chinese character."))
    word = models.CharField(_("word"), max_length=60, help_text=_("The word, folded."))

    class Meta:
        verbose_name = _("letters of a word")
        verbose_name_plural = _("letters of words")
        constraints = [models.UniqueConstraint(fields=["gram", "word"], name="search_gram_once")]
        indexes = [models.Index(fields=["word"], name="search_gram_word")]

    def __str__(self) -> str:
        return f"{self.gram}: {self.word}"
