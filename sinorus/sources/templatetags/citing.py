"""How a page is cited: the block "Cite this", what reference managers read in its head, COinS."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language

from sinorus.facets.forms import Telling

from .. import csl, formats
from ..csl import Item
from ..models import Source
from ..styles import STYLES
from ..styles.words import ends, numeric

register = template.Library()

#: Signs of JSON that would end a script element or begin a comment in it.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def _block(item: Item, key: str) -> dict[str, Any]:
    """What ``sources/_cite.html`` shows: the entry in four styles, and for programs."""
    csl_json = json.dumps([item], ensure_ascii=False, indent=1)
    programs = [("BibTeX", formats.bibtex(item)), ("RIS", formats.ris(item)), ("CSL-JSON", csl_json)]
    return {
        "key": key,
        "lang": {"zh": "zh-Hans"}.get(item.get("language", "en"), item.get("language", "en")),
        "styles": [(style.name, style.label, style.html(item)) for style in STYLES],
        "programs": [(name, text.strip()) for name, text in programs],
        "coins": formats.coins(item),
    }


@register.inclusion_tag("sources/_cite.html", takes_context=True)
def cite_record(context: Any, record: Any) -> dict[str, Any]:
    """A record of this site, with the edition and the day."""
    return _block(formats.entry_of(record, context["request"]), "record")


@register.inclusion_tag("sources/_cite.html")
def cite_source(source: Source) -> dict[str, Any]:
    """A source itself."""
    return _block(csl.of_source(source), "source")


@register.inclusion_tag("sources/_cite.html", takes_context=True)
def cite_list(context: Any, question: Any) -> dict[str, Any]:
    """A filtered list: what was asked, how many records answered, in which edition, on which day."""
    heading = context["heading"]
    here = _here(context["request"], question.canonical(page=None, page_size=None))
    item = csl.of_list(lambda: str(heading), question.describe, question.count, *here)
    return _block(item, "list") | {"receipt": _receipt(context["view"], question)}


def _receipt(view: Any, question: Any) -> str:
    """Where a list's receipt is made; empty for what is no list of the records that the API has."""
    name = "" if view.api_name is None else view.api_name or f"api:{view.model._meta.model_name}-list"
    if not name.endswith("-list"):
        return ""
    query = question.canonical(page=None, page_size=None)
    endpoint = reverse(name).rstrip("/").rsplit("/", 1)[1]
    return reverse("receipt", args=[endpoint]) + (f"?{query}" if query else "")


@register.inclusion_tag("sources/_cite.html", takes_context=True)
def cite_page(context: Any, title: str, query: str = "") -> dict[str, Any]:
    """Any other page, such as a comparison."""
    return _block(csl.of_page("page", title, *_here(context["request"], query)), "page")


def _here(request: HttpRequest, query: str) -> tuple[str, int, Any, str]:
    """Address, edition, day and language of a page."""
    url = request.build_absolute_uri(request.path) + (f"?{query}" if query else "")
    return url, getattr(request, "edition", 0) or 0, localdate(), (get_language() or "en")[:2]


@register.simple_tag
def coins(source: Source) -> SafeString:
    """A cited source for reference managers that read COinS."""
    return format_html('<span class="Z3988" title="{}"></span>', formats.coins(csl.of_source(source)))


@register.simple_tag(takes_context=True)
def cite_head(context: Any, view: Any, record: Any) -> SafeString:
    """The tags of Highwire Press and Dublin Core, and the record as linked data, in the head of its page."""
    item = formats.item_of(record, context["request"])
    tags = format_html_join("\n", '<meta name="{}" content="{}"{}>', _tags(item, record))
    linked = next((form for form in view.forms if form.suffix == "jsonld"), None)
    if linked is None:
        return tags
    data = "".join(map(str, linked.write(Telling.of_record(view, record, {})))).strip().translate(_UNSAFE)
    return format_html('{}\n<script type="application/ld+json">{}</script>', tags, SafeString(data))


def _tags(item: Item, record: Any) -> list[tuple[str, str, SafeString | str]]:
    """(name, content, further attribute) of each tag."""
    creators = [formats.inverted(name) for name in item.get("author", [])] or ([] if isinstance(record, Source) else [csl.SITE])
    container = {"article": "citation_journal_title"}.get(item["type"].partition("-")[0], "citation_inbook_title")
    first, _dash, last = item.get("page", "").partition("-")
    date, url = numeric(item.get("issued")) if len(ends(item.get("issued"))) == 1 else "", item.get("URL", "")
    tags = [("citation_title", item["title"]), *(("citation_author", name) for name in creators)]
    tags += [("citation_publication_date", date.replace("-", "/")), (container, item.get("container-title", ""))]
    tags += [("citation_volume", item.get("volume", "")), ("citation_issue", item.get("issue", ""))]
    tags += [("citation_firstpage", first), ("citation_lastpage", last), ("citation_language", item.get("language", ""))]
    tags += [("citation_publisher", item.get("publisher", "")), ("citation_public_url", url)]
    tags += [("DC.title", item["title"]), *(("DC.creator", name) for name in creators), ("DC.date", date), ("DC.identifier", url)]
    tags += [("DC.language", item.get("language", "")), ("DC.publisher", item.get("publisher") or csl.SITE)]
    found: list[tuple[str, str, SafeString | str]] = [(name, value, "") for name, value in tags if value]
    return found + [("DC.title", title, format_html(' lang="{}"', lang)) for lang, title in record.other_titles if title != item["title"]]
