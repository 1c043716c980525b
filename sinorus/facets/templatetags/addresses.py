"""Addresses that have no language in them: the API, permanent ids, files of data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from ..forms import Form

register = template.Library()


def plain(url: str) -> str:
    """An address without the language that stands before those of pages."""
    prefix, code = get_script_prefix(), (get_language() or "en")[:2]
    return prefix.removesuffix(f"{code}/") + url.removeprefix(prefix) if prefix.endswith(f"/{code}/") else url


def form_urls(address: str, forms: Iterable[Form], query: str = "") -> list[tuple[str, str, str]]:
    """(name, address, media type) of a page in its other forms: ``/zh/events/`` → ``/events.csv?lang=zh``."""
    query = "&".join(part for part in (query, language_query()) if part)
    here, query = plain(address).rstrip("/"), f"?{query}" if query else ""
    return [(form.name, f"{here}.{form.suffix}{query}", form.media_type) for form in forms]


@register.simple_tag
def form_url(address: str, form: Form, query: str = "") -> str:
    """Where a page is told in one form."""
    return form_urls(address, [form], query)[0][1]


@register.simple_tag
def alternates_of(forms: Iterable[tuple[str, str, str]], heading: str = "") -> SafeString:
    """Forms (name, address, media type) as links in the head of a page. In Python, since a template takes five times as long."""
    before = f"{heading}: " if heading else ""
    return format_html_join(
        "\n", '<link rel="alternate" type="{}" href="{}" title="{}{}">', ((type_, href, before, name) for name, href, type_ in forms)
    )


@register.simple_tag
def items_of(forms: Iterable[tuple[str, str, str]]) -> SafeString:
    """The same as items of a list."""
    return format_html_join(" ", '<li><a href="{}" type="{}">{}</a></li>', ((href, type_, name) for name, href, type_ in forms))


def language_query() -> str:
    """The language of the page as a parameter of data; empty for English."""
    code = (get_language() or "en")[:2]
    return "" if code == "en" else f"lang={code}"


@register.simple_tag
def plain_url(name: str, *args: object) -> str:
    """``{% url %}`` for what has no language in its address."""
    return plain(reverse(name, args=args))
