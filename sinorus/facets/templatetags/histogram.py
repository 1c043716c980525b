"""The histogram of a list, drawn. In Python, since a template takes ten times as long for a hundred bars."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..filtersets import DatedFilterSet, FacetedFilterSet
from ..histogram import Bar, Histogram, histogram

register = template.Library()

HEIGHT: Final = 56  # pixels of the highest bar
FEWEST: Final = 2  # bars that are worth a picture
CHOSEN: Final = ' class="chosen"'


def pictured(question: FacetedFilterSet, list_url: str) -> dict[str, Any]:
    """What ``facets/_histogram.html`` draws: nothing where records have no date, or the question was not understood."""
    if not isinstance(question, DatedFilterSet) or question.errors:
        return {}
    found = histogram(question)
    return {"histogram": found if len(found.bars) >= FEWEST else None, "list_url": list_url, "height": HEIGHT}


@register.simple_tag
def bars(found: Histogram, list_url: str) -> SafeString:
    """The bars: what must fall in the span below, what only may above it and lighter. Each is a link to its span."""
    step, here, drawn = 100 / len(found.bars), escape(list_url), []
    tall, phrase = HEIGHT / (found.highest or 1), _("%(span)s: %(certain)s, and %(possible)s that may fall in it")
    for number, bar in enumerate(found.bars):
        x = f'x="{number * step:.3f}%" width="{step:.3f}%"'
        rects = f'<rect class="bar-all" {x} height="{HEIGHT}"/>'
        if bar.count:  # whatever is there is seen
            certain, count = max(1, round(bar.certain * tall)) if bar.certain else 0, max(1, round(bar.count * tall))
            if bar.possible:
                rects += f'<rect class="bar-possible" {x} y="{HEIGHT - count}" height="{count - certain}"/>'
            if bar.certain:
                rects += f'<rect class="bar-certain" {x} y="{HEIGHT - certain}" height="{certain}"/>'
        drawn.append(
            f'<a href="{here}?{escape(bar.query)}" tabindex="-1" data-first="{bar.first:04}" data-last="{bar.last:04}"'
            f"{CHOSEN if bar.chosen else ''}><title>{escape(words(bar, phrase))}</title>{rects}</a>"
        )
    return SafeString("".join(drawn))


@register.simple_tag
def bar_rows(found: Histogram, list_url: str) -> SafeString:
    """The same as rows of a table, those without a record left out."""
    here, figures = escape(list_url), '<td class="figures">'
    rows = [
        f'<tr><th scope="row"><a href="{here}?{escape(bar.query)}">{bar.label}</a></th>'
        f"{figures}{bar.certain}</td>{figures}{bar.possible or ''}</td></tr>"
        for bar in found.bars
        if bar.count
    ]
    return SafeString("\n".join(rows))


@register.simple_tag
def left_out(found: Histogram) -> SafeString:
    """What the bars do not show, in words."""
    said = []
    if found.open_ended:
        said.append(
            ngettext("%d record is dated at one end only.", "%d records are dated at one end only.", found.open_ended) % found.open_ended
        )
    if found.undated:
        said.append(ngettext("%d record has no date.", "%d records have no date.", found.undated) % found.undated)
    return format_html(" ".join("{}" for _one in said), *said) if said else SafeString("")


def words(bar: Bar, phrase: str) -> str:
    """What a bar says: "1950–1959: 23, and 4 that may fall in it"; the latter by ``phrase``."""
    if bar.possible:
        return phrase % {"span": bar.label, "certain": bar.certain, "possible": bar.possible}
    return f"{bar.label}: {bar.certain}"
