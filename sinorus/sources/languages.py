"""Names of the languages in which texts stand, by their ISO 639 codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Language(models.TextChoices):
    """Those of our sources, instruments and quotations; a code that is not here is shown as it is."""

    ARABIC = "ar", pgettext_lazy("language", "Arabic")
    CHINESE = "zh", pgettext_lazy("language", "Chinese")
    ENGLISH = "en", pgettext_lazy("language", "English")
    FRENCH = "fr", pgettext_lazy("language", "French")
    GERMAN = "de", pgettext_lazy("language", "German")
    GREEK = "el", pgettext_lazy("language", "Greek")
    HINDI = "hi", pgettext_lazy("language", "Hindi")
    HUNGARIAN = "hu", pgettext_lazy("language", "Hungarian")
    ITALIAN = "it", pgettext_lazy("language", "Italian")
    JAPANESE = "ja", pgettext_lazy("language", "Japanese")
    KAZAKH = "kk", pgettext_lazy("language", "Kazakh")
    KYRGYZ = "ky", pgettext_lazy("language", "Kyrgyz")
    LATIN = "la", pgettext_lazy("language", "Latin")
    MANCHU = "mnc", pgettext_lazy("language", "Manchu")
    MONGOLIAN = "mn", pgettext_lazy("language", "Mongolian")
    NORWEGIAN = "no", pgettext_lazy("language", "Norwegian")
    POLISH = "pl", pgettext_lazy("language", "Polish")
    PORTUGUESE = "pt", pgettext_lazy("language", "Portuguese")
    RUSSIAN = "ru", pgettext_lazy("language", "Russian")
    SPANISH = "es", pgettext_lazy("language", "Spanish")
    SWAHILI = "sw", pgettext_lazy("language", "Swahili")
    TAJIK = "tg", pgettext_lazy("language", "Tajik")
    UKRAINIAN = "uk", pgettext_lazy("language", "Ukrainian")
    UZBEK = "uz", pgettext_lazy("language", "Uzbek")


def name_of(code: str) -> str:
    """The language that a code means, in the reader's language."""
    return str(Language(code).label) if code in Language.values else code
