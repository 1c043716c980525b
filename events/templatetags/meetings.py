"""The small axis of years beside a pair of persons."""

from __future__ import annotations

from typing import Any

from django import template

from ..meetings import Pair

register = template.Library()


@register.inclusion_tag("events/_year_axis.html")
def year_axis(pair: Pair, span: tuple[int, int]) -> dict[str, Any]:
    """A mark for each year with meetings, higher for more; places in percent, as text for every language."""
    first, last = span
    years = last - first + 1
    marks = [(f"{(year - first) * 100 / years:.2f}%", f"{max(100 / years, 0.8):.2f}%", number) for year, number in pair.years]
    return {"marks": marks, "years": pair.years}
