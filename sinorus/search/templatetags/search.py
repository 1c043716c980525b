"""Showing hits: text with what matched marked."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..snippets import Marked

register = template.Library()


@register.filter
def marked(text: Marked | None) -> SafeString:
    """The text in an element with its language, every match in a ``mark``."""
    if text is None:
        return SafeString("")
    pieces = [("<mark>{}</mark>" if matched else "{}", piece) for piece, matched in text.pieces]
    inner = format_html_join("", "{}", ((format_html(form, piece),) for form, piece in pieces))
    lang = {"zh": "zh-Hans"}.get(text.language, text.language)
    return format_html('<span lang="{}">{}</span>', lang, inner) if lang else format_html("<span>{}</span>", inner)
