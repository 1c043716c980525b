"""Records as linked data: JSON-LD in the words of schema.org, as a form of each record and in the head of its page.

The context is a vocabulary and no address to fetch, so that nobody who reads it needs another host. What a record says in three
languages is three strings with a language each; a date stands only where it is one without doubt, else as EDTF beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from sinorus.dates.value import HistoricalDate
from sinorus.facets.forms import Form, Telling
from sinorus.facets.templatetags.addresses import plain
from sinorus.publishing.models import Record

from . import csl
from .models import Assessment, Source

Node = dict[str, Any]
Describe = Callable[[Any, Telling], Node]

CONTEXT: Final = {"@vocab": "https://schema.org/"}
_LANG: Final = {"en": "en", "zh": "zh-Hans", "ru": "ru"}
_WORKS: Final = {
    "book": "Book",
    "chapter": "Chapter",
    "article-journal": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "article-magazine": "Article",
    "treaty": "Legislation",
    "report": "Report",
    "webpage": "WebPage",
    "entry-encyclopedia": "Article",
}


def linked_form(describe: Describe) -> Form:
    """JSON-LD of a record type; ``describe`` says what a record is beyond what every record says."""
    return Form(
        suffix="jsonld",
        name="JSON-LD",
        content_type="application/ld+json",
        write=lambda telling: _write(telling, describe),
        of_lists=False,
    )


def _write(telling: Telling, describe: Describe) -> Iterator[str]:
    for record in telling.source:
        node = {"@context": CONTEXT} | every(record, telling) | describe(record, telling)
        yield json.dumps(_told(node), ensure_ascii=False, indent=1) + "\n"


def every(record: Record, telling: Telling) -> Node:
    """What every record says of itself."""
    work = {"@type": "Dataset", "@id": telling.request.build_absolute_uri("/"), "name": csl.SITE, "version": str(telling.edition)}
    return {
        "@id": address(record, telling),
        "identifier": record.public_id,
        "url": telling.request.build_absolute_uri(plain(record.get_absolute_url())),
        "name": names(record),
        "description": {"@value": record.summary, "@language": "en"} if record.summary else None,
        "citation": [short(one.source, telling) for one in _cited(record)],
        "subjectOf": {"@type": "Article", "isPartOf": work, "license": settings.LICENCE["url"], "dateModified": record.updated.isoformat()},
    }


def _cited(record: Record) -> list[Any]:
    """One citation of each source, in order."""
    return list({one.source_id: one for one in reversed(getattr(record, "public_citations", []))}.values())[::-1]


def names(record: Record) -> list[Node]:
    """The title in each language in which it is known."""
    return [{"@value": title, "@language": _LANG[code]} for code, title in record.titles.items() if title]


def address(record: Record, telling: Telling) -> str:
    """The permanent address, which is what a record is called by."""
    return telling.request.build_absolute_uri(plain(reverse("by-id", args=[record.PREFIX, record.pk])))


def short(record: Record, telling: Telling, type_: str = "") -> Node:
    """Another record by its address and names."""
    type_ = type_ or (_WORKS.get(record.kind, "CreativeWork") if isinstance(record, Source) else "")
    return ({"@type": type_} if type_ else {}) | {"@id": address(record, telling), "name": names(record)}


def shorts(records: Iterable[Record], telling: Telling) -> list[Node]:
    return [short(record, telling) for record in records]


def dates(date: HistoricalDate, start: str, end: str = "") -> Node:
    """A date under the names ``start`` and ``end``: without doubt, or only as EDTF."""
    if not date:
        return {}
    if date.machine:
        return {start: date.machine} | ({end: date.machine} if end else {})
    value = date.parsed
    if value and value.is_exact and value.earliest and value.latest:
        return {start: value.earliest.isoformat()} | ({end: value.latest.isoformat()} if end else {})
    told = {"@type": "PropertyValue", "propertyID": "EDTF", "name": start, "value": date.edtf, "description": date.text("en")}
    return {"additionalProperty": told}


def _told(node: Any) -> Any:
    """Without what is empty."""
    if isinstance(node, dict):
        return {name: _told(value) for name, value in node.items() if value not in (None, "", [], {})}
    return [_told(one) for one in node] if isinstance(node, list) else node


def source(record: Source, telling: Telling) -> Node:
    """A source as a work of its kind, with its own title, authors and date."""
    title = {"@value": record.original_title or record.title, "@language": record.lang or "und"}
    return {
        "@type": _WORKS.get(record.kind, "CreativeWork"),
        "name": [title, *(one for one in names(record) if record.original_title and one["@value"] != record.original_title)],
        "author": [_author(name) for name in csl.names(record.authors)],
        "inLanguage": record.language,
        "isPartOf": {"@type": "CreativeWork", "name": record.container} if record.container else None,
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "sameAs": [link for link in (record.url, record.archive_url) if link],
        "pagination": record.pages,
    } | dates(record.issued, "datePublished")


def _author(name: dict[str, str]) -> Node:
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    return {"@type": "Person", "familyName": name["family"], "givenName": name["given"], "name": f"{name['given']} {name['family']}"}


def assessment(record: Assessment, telling: Telling) -> Node:
    """What somebody held, as a claim that appears in a source."""
    about = [record.topic] if record.topic and record.topic.is_public else []
    return {
        "@type": "Claim",
        "text": record.summary,
        "author": short(record.holder, telling),
        "appearance": short(record.source, telling),
        "about": shorts(about, telling),
    } | dates(record.date, "datePublished")
