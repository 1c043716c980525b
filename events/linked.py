"""An event in the words of schema.org."""

from __future__ import annotations

from sinorus.facets.forms import Telling
from sinorus.sources.linked import Node, dates, short, shorts

from .models import Event


def event(record: Event, telling: Telling) -> Node:
    """When and where it was, who took part, what it was about."""
    place = record.place if record.place and record.place.is_public else None
    return {
        "@type": "Event",
        "location": short(place, telling, "Place") if place else None,
        "attendee": shorts((row.actor for row in record.public_participations), telling),
        "about": shorts(record.public_themes, telling),
        "keywords": [str(record.get_kind_display())],
    } | dates(record.date, "startDate", "endDate")
