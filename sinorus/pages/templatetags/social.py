"""What a page tells the sites on which links to it are shared."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from sinorus.facets.templatetags.addresses import language_query, plain
from sinorus.publishing.models import Record

from .. import cards

register = template.Library()

LOCALES = {"en": "en_GB", "zh": "zh_CN", "ru": "ru_RU"}


@register.inclusion_tag("pages/_social.html", takes_context=True)
def social(context: Any) -> dict[str, Any]:
    """Title, summary, address and card of the page; nothing for what is no public page."""
    request, record = context.get("request"), context.get("record")
    if request is None or not getattr(request, "resolver_match", None):
        return {}
    if isinstance(record, Record):
        if not record.is_public:
            return {}
        card = reverse("record-card", args=[record._meta.model_name, record.slug])
        told = {"kind": "article", "title": record.local_title, "description": record.summary}
    else:
        name = request.resolver_match.url_name
        card = reverse("page-card", args=[name if name in cards.PAGES else "home"])
        told = {"kind": "website", "title": str(cards.PAGES.get(name) or context.get("heading") or cards.PAGES["home"])}
    query = language_query()
    return told | {
        "description": told.get("description") or _("A reference work on Chinese–Russian relations, each record dated and sourced."),
        "address": request.build_absolute_uri(request.path),
        "card": request.build_absolute_uri(plain(card)) + (f"?{query}" if query else ""),
        "locale": LOCALES[getattr(request, "language_code", "en")],
        "width": cards.WIDTH,
        "height": cards.HEIGHT,
    }
