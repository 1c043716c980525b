"""Other names of an instrument, where it is registered, and the languages of its text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinorus.publishing.names import Name


class TreatyName(Name):
    """Another name of an instrument: a short one, one that others use for it."""

    record = models.ForeignKey(
        "treaties.Treaty", models.CASCADE, related_name="names", verbose_name=_("treaty"), help_text=_("What it names.")
    )


class Registration(models.Model):
    """Where the instrument is registered or officially published."""

    treaty = models.ForeignKey(
        "treaties.Treaty", models.CASCADE, related_name="registrations", verbose_name=_("treaty"), help_text=_("Of what.")
    )
    register = models.CharField(_("register"), max_length=200, help_text=_("UNTS, LNTS, UN document, official journal …"))
    number = models.CharField(_("number"), max_length=200, blank=True, help_text=_("Its number or symbol there."))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.register} {self.number}".strip()


class TreatyLanguage(models.Model):
    """A language in which the text exists, and whether that text is authentic."""

    treaty = models.ForeignKey(
        "treaties.Treaty", models.CASCADE, related_name="languages", verbose_name=_("treaty"), help_text=_("Of what.")
    )
    code = models.CharField(_("language"), max_length=8, help_text=_("ISO 639 code, such as zh, ru, la, mnc."))
    authentic = models.BooleanField(
        _("authentic"), null=True, blank=True, help_text=_("Whether the text in it is authentic; unknown if not seen.")
    )

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["treaty", "code"], name="treaty_language_once")]

    def __str__(self) -> str:
        return self.code
