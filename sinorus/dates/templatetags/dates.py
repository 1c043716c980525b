"""``{% date obj.date %}``: a historical date in a page."""

import datetime
import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..value import HistoricalDate

register = template.Library()

_UNPARTED = re.compile(r" (?=гг?\.)")  # no line ends between a Russian year and its "г."


@register.simple_tag(name="date")
def render_date(date: HistoricalDate | datetime.date | None, language: str | None = None, *, genitive: bool = False) -> SafeString | str:
    """The date in words, in the active language or the one given; nothing when there is no date.

    ``genitive=True`` where it follows "from" or "of" in a sentence: ``{% date office.start genitive=True as start %}``.

    ``<time datetime="1996-04">`` where HTML has a machine-readable form for it (one certain year, month or day), else
    ``<span>``. Class "date"; "date imprecise", with the bounds and the doubts as ``title``, when it is not known which
    day, or days, are meant.
    """
    if not date:
        return ""
    value: Any = date if isinstance(date, HistoricalDate) else HistoricalDate.of(date)
    text, machine = _UNPARTED.sub("\u00a0", value.text(language, genitive=genitive)), value.machine
    if not value.is_imprecise:
        if machine:
            return format_html('<time datetime="{}" class="date">{}</time>', machine, text)
        return format_html('<span class="date">{}</span>', text)
    explanation = value.explanation(language)
    title = format_html(' title="{}"', explanation) if explanation else ""
    if machine:
        return format_html('<time datetime="{}" class="date imprecise"{}>{}</time>', machine, title, text)
    return format_html('<span class="date imprecise"{}>{}</span>', title, text)
