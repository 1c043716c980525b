"""The timeline in its page: the picture, the list that it is drawn from, and the way into a span without scripts."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sinorus.dates.show import show

from ..timeline.drawing import draw, page_dress
from ..timeline.items import Item, TimelinePage
from ..timeline.layout import axis_of, lay_out
from ..timeline.question import TimelineFilterSet

register = template.Library()

NARROWEST = 720.0  # pixels: the picture is laid out for a window so wide; in a narrower one its labels are not shown


@dataclass(frozen=True)
class Period:
    """A stretch of time that the question may be narrowed to."""

    label: str
    query: str


@register.simple_tag
def picture(page: TimelinePage) -> SafeString:
    """The picture as the server draws it; the script draws from the list what is zoomed into."""
    axis = axis_of(page.records, page.question.span, NARROWEST)
    layout = lay_out(page.records, page.lanes, axis)
    lanes = json.dumps([[lane.name, lane.rows] for lane in layout.lanes], ensure_ascii=False)
    return format_html(
        '<svg class="timeline-picture" width="100%" height="{}" data-first="{}" data-last="{}" data-lanes="{}" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        layout.height,
        axis.first.toordinal(),
        axis.last.toordinal(),
        lanes,
        draw(layout, page_dress(NARROWEST)),
    )


@register.simple_tag
def rows(page: TimelinePage) -> SafeString:
    """The list, a year named once. In Python, since there may be a thousand."""
    return SafeString("\n".join(_row(item) for item in page.records))


def _row(item: Item) -> str:
    days = " ".join(str(day.toordinal()) if day else "-" for day in item.extent)
    record, soft = item.record, " imprecise" if item.when.is_imprecise else ""
    lanes = " ".join(map(str, item.lanes))
    told = f' title="{escape(item.when.explanation())}"' if soft else ""
    return (
        f'<li data-d="{days}" data-w="{item.weight}" data-i="{item.ink[0]}" data-l="{lanes}">'
        f'<span class="date{soft}"{told}>{escape(str(item.when))}</span> '
        f'<span class="timeline-what"><a href="{escape(record.get_absolute_url())}" lang="{record.local_title_language}">'
        f'{escape(record.local_title)}</a> <span class="kind">{escape(record.get_kind_display())}</span></span></li>'
    )


@register.simple_tag
def periods(question: TimelineFilterSet, page: TimelinePage) -> tuple[Period | None, list[Period]]:
    """What the question may be widened to, and what narrowed to: centuries, then their decades, years, months."""
    axis = axis_of(page.records, question.span, NARROWEST)
    spans = list(_spans(axis.first, axis.last))

    def period(label: str, first: str, last: str) -> Period:
        return Period(label, question.canonical(date_after=first, date_before=last))

    wider = None
    if any(question.span):
        wider = Period(_("All of it"), question.canonical(date_after=None, date_before=None))
    return wider, [period(*span) for span in spans]


def _spans(first: datetime.date, last: datetime.date) -> Iterator[tuple[str, str, str]]:
    """(label, first, last) of the parts of a span, the next finer unit than itself."""
    years = last.year - first.year + 1
    if years > 1:
        step = 100 if years > 100 else 10 if years > 10 else 1
        for year in range(first.year // step * step, last.year + 1, step):
            end = year + step - 1
            edtf = {100: f"{year:04}"[:2] + "XX", 10: f"{year:04}"[:3] + "X", 1: f"{year:04}"}[step]
            yield show(edtf), f"{year:04}", f"{end:04}"
    elif first.month != last.month:
        for month in range(first.month, last.month + 1):
            text = f"{first.year:04}-{month:02}"
            yield show(text), text, text
