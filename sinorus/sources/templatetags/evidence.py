"""How a page shows what a claim rests on: numbered notes, references to them, accounts that disagree, languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinorus.publishing.language import page_lang
from sinorus.publishing.views import record_models

from ..serializers import grouped as grouped_accounts

register = template.Library()

LANGUAGES = {
    "ar": gettext_lazy("Arabic"),
    "de": gettext_lazy("German"),
    "el": gettext_lazy("Greek"),
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
    "fr": gettext_lazy("French"),
    "hi": gettext_lazy("Hindi"),
    "hu": gettext_lazy("Hungarian"),
    "it": gettext_lazy("Italian"),
    "ja": gettext_lazy("Japanese"),
    "kk": gettext_lazy("Kazakh"),
    "ky": gettext_lazy("Kyrgyz"),
    "la": pgettext_lazy("language", "Latin"),
    "mn": pgettext_lazy("language", "Mongolian"),
    "mnc": gettext_lazy("Manchu"),
    "no": gettext_lazy("Norwegian"),
    "pl": gettext_lazy("Polish"),
    "pt": gettext_lazy("Portuguese"),
    "ru": gettext_lazy("Russian"),
    "sw": gettext_lazy("Swahili"),
    "tg": gettext_lazy("Tajik"),
    "uk": gettext_lazy("Ukrainian"),
    "uz": gettext_lazy("Uzbek"),
    "zh": gettext_lazy("Chinese"),
}


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
    return str(LANGUAGES.get(code, code))


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


@register.simple_tag
def refs(citations: Iterable[Any], *parts: str) -> SafeString | str:
    """References to the numbered notes that support a part of the record: the small figures after a fact."""
    numbers = [number for number, citation in enumerate(citations or [], 1) if citation.supports in parts]
    if not numbers:
        return ""
    links = format_html_join(
        " ",
        '<a href="#note-{}"><span class="visually-hidden" lang="{}">{} </span>{}</a>',
        ((number, page_lang(), _("Note"), number) for number in numbers),
    )
    return format_html('<sup class="refs">{}</sup>', links)


@register.filter
def record_kinds(prefix: str) -> str:
    """The records that the letter of a permanent id stands for, in the reader's language."""
    return str(record_models()[prefix]._meta.verbose_name_plural)
