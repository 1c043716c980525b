"""What every page may name."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from .language import LANGUAGES, alternates


def site(request: HttpRequest) -> dict:
    """The version of the code, the edition of the data, and the page in the other languages."""
    return {
        "version": settings.VERSION,
        "edition": getattr(request, "edition", None),
        "page_language": LANGUAGES[getattr(request, "language_code", "en")][1],
        "alternates": alternates(request),
    }
