"""What stands around the content of a page, and is the same on all pages of a kind in a language."""

from __future__ import annotations

from typing import Final

from django import template
from django.template import Context
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST: Final = 2_000  # parts kept: some ten for each route, language and edition
_kept: dict[tuple[object, ...], SafeString] = {}


@register.simple_tag(takes_context=True)
def frame(context: Context, template_name: str) -> SafeString:
    """A template that is given the address, the version and the edition alone, and of the address looks at its fixed beginning only.

    So it is drawn once for each route and language. It is some fifty links with their words, as much as all that is a page's own.
    """
    request = context["request"]
    told = {"path": request.path, "version": context.get("version"), "edition": context.get("edition")}
    match = getattr(request, "resolver_match", None)
    key = (template_name, get_language(), get_script_prefix(), match and match.route, told["version"], told["edition"])
    if match is None or (found := _kept.get(key)) is None:
        found = context.template.engine.get_template(template_name).render(Context(told))
        if match is not None:  # else nothing is at this address
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = found
    return found


@register.simple_tag(takes_context=True)
def nav_item(context: Context, name: str, label: str) -> SafeString:
    """A link to a page that has a name, marked where it is this page or stands above it."""
    href, path = reverse(name), context["path"]
    current = "page" if path == href else "true" if path.startswith(href) else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', href, format_html(' aria-current="{}"', current) if current else "", label)
