"""An instrument in the words of schema.org."""

from __future__ import annotations

from sinorus.facets.forms import Telling
from sinorus.sources.linked import Node, dates, short, shorts

from .models import Treaty


def treaty(record: Treaty, telling: Telling) -> Node:
    """A binding instrument is legislation; a political text is a work like another."""
    binding = record.binding == Treaty.Binding.BINDING
    place = record.place if record.place and record.place.is_public else None
    return {
        "@type": "Legislation" if binding else "CreativeWork",
        "legislationType" if binding else "genre": str(record.get_kind_display()),
        "legislationPassedBy" if binding else "author": shorts((row.actor for row in record.public_parties), telling),
        "locationCreated": short(place, telling, "Place") if place else None,
        "about": shorts(record.public_themes, telling),
        "inLanguage": [language.code for language in record.languages.all()],
        "hasPart": [{"@type": "CreativeWork", "position": one.number, "name": one.heading} for one in record.articles.all()],
    } | dates(record.signed, "legislationDate" if binding else "dateCreated")
