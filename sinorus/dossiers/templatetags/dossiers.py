"""What pages of other records show of dossiers. Templates load it; no package below this one imports it."""

from __future__ import annotations

from typing import Any

from django import template

from sinorus.publishing.models import Record
from sinorus.publishing.querysets import NAMED

from ..models import Dossier

register = template.Library()


@register.inclusion_tag("dossiers/_mentioned.html")
def mentioned_in(record: Record) -> dict[str, Any]:
    """The dossiers that name a record."""
    return {"dossiers": Dossier.objects.public().mentioning(record).by_title().only(*NAMED)}


@register.inclusion_tag("dossiers/_latest.html")
def latest_dossiers(number: int = 3) -> dict[str, Any]:
    """Dossiers for the front page."""
    return {"dossiers": Dossier.objects.public().order_by("published", "pk")[:number]}
