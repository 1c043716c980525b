"""What a slug may be: short, lower-case, never a route word, never the look of a permanent id."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
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


def of_title(title: str) -> str:
    """A slug of a title in English; empty when nothing of it can stand in an address."""
    return slugify(unicodedata.normalize("NFKD", title).replace("_", " "))[:80].strip("-")


def follows(slug: str, title: str) -> bool:
    """Whether a slug was made of a title, perhaps with a number that kept it apart from another."""
    made = of_title(title)
    return bool(made) and re.fullmatch(rf"{re.escape(made)}(-[0-9]+)?", slug) is not None


def free(model: Any, title: str, own: int | None = None) -> str:
    """A slug of the title that no other record of the type has; empty when the title gives none."""
    made = of_title(title)
    if not made:
        return ""
    if made in ROUTE_WORDS or _ID.fullmatch(made):
        made = f"{made}-{model._meta.model_name}"
    taken = set(model._default_manager.filter(slug__startswith=made).exclude(pk=own).values_list("slug", flat=True))
    return made if made not in taken else next(one for n in range(2, len(taken) + 3) if (one := f"{made}-{n}") not in taken)
