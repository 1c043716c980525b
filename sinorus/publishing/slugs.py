"""What a slug may be: short, lower-case, never a route word, never the look of a permanent id."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ROUTE_WORDS = frozenset(
    [
        "add",
        "api",
        "compare",
        "docs",
        "edit",
        "embed",
        "facets",
        "feed",
        "graph",
        "id",
        "new",
        "provisions",
        "schema",
        "search",
        "suggest",
        "unknown",
    ]
)
_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[a-z]{1,2}[0-9]+")


def validate_slug(value: str) -> None:
    """Refuse what could not stay an address for ever.

    Raises ValidationError for anything but lower-case ASCII letters and digits joined by single hyphens, for the words
    that routes use, and for what looks like a permanent id such as ``e12``.
    """
    if not _FORM.fullmatch(value):
        raise ValidationError(
            _("“%(value)s”: use lower-case letters a–z, digits and single hyphens, such as beijing-joint-statement-1996."),
            code="form",
            params={"value": value},
        )
    if value in ROUTE_WORDS or _ID.fullmatch(value):
        raise ValidationError(
            _("“%(value)s” is a word or an id that addresses use; choose another."), code="reserved", params={"value": value}
        )
