"""Other names of a record: official, short, former, in other scripts and romanisations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinorus.dates.fields import HistoricalDateField, clean_historical_dates


class Name(models.Model):
    """A name beside the title. Concrete per record type, with a foreign key ``record``."""

    class Type(models.TextChoices):
        OFFICIAL = "official", pgettext_lazy("name", "Official")
        SHORT = "short", pgettext_lazy("name", "Short")
        ROMANISATION = "romanisation", pgettext_lazy("name", "Romanisation")
        FORMER = "former", pgettext_lazy("name", "Former")
        EXONYM = "exonym", pgettext_lazy("name", "Exonym")
        BIRTH = "birth", pgettext_lazy("name", "Birth name")
        OTHER = "other", pgettext_lazy("name", "Other")

    class Script(models.TextChoices):
        LATIN = "Latn", _("Latin")
        HANS = "Hans", _("Chinese, simplified")
        HANT = "Hant", _("Chinese, traditional")
        CYRILLIC = "Cyrl", _("Cyrillic")
        MONGOLIAN = "Mong", _("Mongolian")
        OTHER = "Zyyy", _("Other")

    text = models.CharField(_("name"), max_length=300, help_text=_("As written."))
    language = models.CharField(
        _("language"), max_length=8, blank=True, help_text=_("ISO 639 code, such as zh, ru, en; empty when it belongs to none.")
    )
    script = models.CharField(_("script"), max_length=4, choices=Script, default=Script.LATIN, help_text=_("ISO 15924 code of the script."))
    type = models.CharField(_("type"), max_length=12, choices=Type, default=Type.OTHER, help_text=_("What kind of name it is."))
    system = models.CharField(
        _("system"), max_length=30, blank=True, help_text=_("Of a romanisation: pinyin, wade-giles, palladius, postal …")
    )
    period = HistoricalDateField(_("period"), help_text=_("When the name was in use, if that matters."))

    class Meta:
        abstract = True
        ordering = ("pk",)
        verbose_name = _("other name")
        verbose_name_plural = _("other names")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)

    @property
    def lang(self) -> str:
        """The name's ``lang`` attribute: zh-Hant, zh-Latn, ru, …; empty when it has no language."""
        usual = {"zh": "Hans", "ru": "Cyrl", "en": "Latn"}.get(self.language)
        if not self.language:
            return ""
        return (
            "zh-Hans"
            if (self.language, self.script) == ("zh", "Hans")
            else (self.language if self.script in (usual, "Zyyy") else f"{self.language}-{self.script}")
        )
