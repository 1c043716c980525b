"""Addresses that have no language in them: the API, permanent ids, files of data."""

from __future__ import annotations

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

register = template.Library()


def plain(url: str) -> str:
    """An address without the language that stands before those of pages."""
    prefix, code = get_script_prefix(), (get_language() or "en")[:2]
    return prefix.removesuffix(f"{code}/") + url.removeprefix(prefix) if prefix.endswith(f"/{code}/") else url


@register.simple_tag
def plain_url(name: str, *args: object) -> str:
    """``{% url %}`` for what has no language in its address."""
    return plain(reverse(name, args=args))
