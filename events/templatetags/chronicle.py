"""What pages of other records show of the chronicle."""

from __future__ import annotations

from typing import Any

from django import template

from sinorus.dates.value import HistoricalDate

from ..around import around as rings_around

register = template.Library()


@register.inclusion_tag("events/_around.html")
def around(date: HistoricalDate, without: Any = None) -> dict[str, Any]:
    """What else happened around a date; ``without`` is the event that the page is about."""
    return {"rings": rings_around(date, without.pk if without else None)}
