"""A dossier in the words of schema.org."""

from __future__ import annotations

from sinorus.facets.forms import Telling
from sinorus.sources.csl import SITE
from sinorus.sources.linked import Node, shorts

from .models import Dossier


def dossier(record: Dossier, telling: Telling) -> Node:
    """An article of this site."""
    return {
        "@type": "Article",
        "author": {"@type": "Organization", "name": SITE},
        "inLanguage": "en",
        "datePublished": record.published.date().isoformat() if record.published else None,
        "about": shorts(record.public_themes, telling),
    }
