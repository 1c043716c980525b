"""The vocabulary in the words of schema.org."""

from __future__ import annotations

from typing import Final

from sinorus.facets.forms import Telling
from sinorus.publishing.models import Record
from sinorus.sources.linked import Node, dates, short
from sinorus.vocab.models import Actor, Place

_ACTORS: Final = {
    Actor.Kind.STATE: ("Country", "foundingDate", "dissolutionDate"),
    Actor.Kind.ORGANISATION: ("Organization", "foundingDate", "dissolutionDate"),
    Actor.Kind.PERSON: ("Person", "birthDate", "deathDate"),
}


def actor(record: Actor, telling: Telling) -> Node:
    """A state, an organisation or a person with its other names; the ends of its life where they are known to the day."""
    type_, start, end = _ACTORS[Actor.Kind(record.kind)]
    return {"@type": type_, "alternateName": [name.text for name in record.names.all()]} | dates(record.life, start, end)


def place(record: Place, telling: Telling) -> Node:
    """A place with its coordinates."""
    known = record.latitude is not None and record.longitude is not None
    within = record.within if record.within and record.within.is_public else None
    return {
        "@type": "Place",
        "alternateName": [name.text for name in record.names.all()],
        "geo": {"@type": "GeoCoordinates", "latitude": float(record.latitude), "longitude": float(record.longitude)} if known else None,
        "containedInPlace": short(within, telling, "Place") if within else None,
    }


def term(record: Record, telling: Telling) -> Node:
    """A theme or a formula is a term with a definition."""
    return {"@type": "DefinedTerm"}
