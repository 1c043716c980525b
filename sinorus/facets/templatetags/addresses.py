"""Addresses that have no language in them: the API, permanent ids, files of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

if TYPE_CHECKING:
    from ..forms import Form

register = template.Library()


def plain(url: str) -> str:
    """An address without the language that stands before those of pages."""
    prefix, code = get_script_prefix(), (get_language() or "en")[:2]
    return prefix.removesuffix(f"{code}/") + url.removeprefix(prefix) if prefix.endswith(f"/{code}/") else url


@register.simple_tag
def form_url(address: str, form: Form, query: str = "") -> str:
    """Where a page is told in a form: ``/zh/events/`` → ``/events.csv?lang=zh``."""
    query = "&".join(part for part in (query, language_query()) if part)
    return plain(address).rstrip("/") + f".{form.suffix}" + (f"?{query}" if query else "")


def language_query() -> str:
    """The language of the page as a parameter of data; empty for English."""
    code = (get_language() or "en")[:2]
    return "" if code == "en" else f"lang={code}"


@register.simple_tag
def plain_url(name: str, *args: object) -> str:
    """``{% url %}`` for what has no language in its address."""
    return plain(reverse(name, args=args))
