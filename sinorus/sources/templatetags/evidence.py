"""How a page shows what a claim rests on: numbered notes, references to them, accounts that disagree, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sinorus.publishing.language import page_lang
from sinorus.publishing.views import record_models
from sinorus.vocab.models import Side

from ..languages import name_of
from ..serializers import grouped as grouped_accounts

register = template.Library()


@register.filter
def grouped(accounts: Iterable[Any]) -> list[dict[str, Any]]:
    """Accounts by what they are about: [{field, values: [{value, preferred, reason, accounts}]}]."""
    fields: dict[str, list[dict[str, Any]]] = {}
    for group in grouped_accounts(accounts):
        fields.setdefault(group["field"], []).append(group)
    return [{"field": name, "values": values} for name, values in fields.items()]


@register.filter
def language_name(code: str) -> str:
    """The language that an ISO 639 code means, in the reader's language; the code itself where it is a rare one."""
    return name_of(code)


@register.filter
def lang(code: str) -> str:
    """An ISO 639 code as a ``lang`` attribute; Chinese is kept in simplified characters unless it says otherwise."""
    return {"zh": "zh-Hans"}.get(code, code)


@register.filter
def host(url: str) -> str:
    """Where an address leads: its host without "www."."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@register.filter
def attested(citations: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """(language, citations that quote a wording in it) for the three languages of the site first; an empty list: none was seen."""
    found: dict[str, list[Any]] = {"zh": [], "ru": [], "en": []}
    for citation in citations:
        if citation.quotation and citation.quotation_language:
            found.setdefault(citation.quotation_language, []).append(citation)
    return list(found.items())


@register.filter
def title_part(lang: str) -> str:
    """The part of a record that its title in a language is: "title_zh" of "zh-Hans"."""
    return f"title_{lang[:2]}"


@register.simple_tag
def refs(citations: Iterable[Any], *parts: str) -> SafeString | str:
    """References to the numbered notes that support a part of the record: the small figures after a fact.

    The part "summary" takes those too that support the whole record, or something that is no part with a place on the page.
    """
    found = [(number, one) for number, one in enumerate(citations or [], 1) if _supports(one, parts)]
    if not found:
        return ""
    links = format_html_join(
        "",
        '{}<a href="#note-{}" lang="en" title="{}"><span class="visually-hidden" lang="{}">{} </span>{}</a>',
        (
            (_gap(place, len(found)) if place else "", number, str(one), page_lang(), _("Note"), number)
            for place, (number, one) in enumerate(found)
        ),
    )
    return format_html('<sup class="refs">{}</sup>', links)


def _gap(place: int, count: int) -> str:
    """What stands before a figure: a line breaks neither after the first of several nor before the last, so that none is alone."""
    return "\u00a0" if place in (1, count - 1) else " "


#: Parts that show the figures of their notes beside them, with the words by which editors name them; articles do too.
_PARTS = {
    "date": ("date", "day"),
    "place": ("place",),
    "participants": ("participant", "who took part"),
    "in_force": ("in force", "in_force", "entry into force"),
    "terminated": ("terminated", "expiry", "end of force"),
    "summary": ("summary",),
    "title_zh": ("title_zh",),
    "title_ru": ("title_ru",),
}
_ARTICLES = re.compile(r"articles?[ -]([0-9]+)(?:\s*[–-]\s*([0-9]+))?", re.IGNORECASE)


def _supports(citation: Any, parts: tuple[str, ...]) -> bool:
    pieces = [_named(piece) for piece in re.split(r"[,;]", citation.supports) if piece.strip()]
    return any(set(parts) & named for named in pieces) or ("summary" in parts and not (pieces and all(pieces)))


def _named(words: str) -> set[str]:
    """The parts with a place on the page that some words name: "place of signature" → place, "Articles 1–3" → article-1 …"""
    words = words.strip().lower()
    found = {part for part, names in _PARTS.items() if words.startswith(names)}
    for first, last in _ARTICLES.findall(words):
        found |= {f"article-{number}" for number in range(int(first), min(int(last or first), int(first) + 100) + 1)}
    return found


@register.filter
def sides(citations: Iterable[Any]) -> dict[str, Any]:
    """From which sides a record's sources come: [(side, label, number of sources)], and whether both sides are among them."""
    origins = {one.source_id: one.source for one in citations or []}.values()
    counts = {side: sum(source.origin == side for source in origins) for side in Side}
    found = [(side.value, side.label, number) for side, number in counts.items() if number]
    return {"counts": found, "both": bool(counts[Side.CHINESE] and counts[Side.RUSSIAN])}


@register.filter
def readings(assessments: Iterable[Any]) -> dict[str, Any]:
    """Assessments on which Beijing and Moscow both have a reading, by topic and side by side; then all others.

    {both: [{topic, columns: [(side, label, assessments)]}], rest: [...]}.
    """
    topics: dict[Any, list[Any]] = {}
    for one in assessments or []:
        topics.setdefault(one.topic_id, []).append(one)
    both, rest = [], []
    for some in topics.values():
        held = {side: [one for one in some if one.holder.side == side] for side in (Side.CHINESE, Side.RUSSIAN)}
        if some[0].topic_id and all(held.values()):
            both.append({"topic": some[0].topic, "columns": [(side.value, side.label, ones) for side, ones in held.items()]})
            rest += [one for one in some if one.holder.side == Side.THIRD]
        else:
            rest += some
    return {"both": both, "rest": rest}


@register.filter
def record_kinds(prefix: str) -> str:
    """The records that the letter of a permanent id stands for, in the reader's language."""
    return str(record_models()[prefix]._meta.verbose_name_plural)
