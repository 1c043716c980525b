"""Markdown into safe HTML, once, when a record is saved."""

from __future__ import annotations

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

MAX_LENGTH = 100_000
MAX_NESTING = 20
_TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h3",
    "h4",
    "hr",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def render(text: str) -> str:
    """Sanitised HTML of CommonMark with tables; raw HTML in it stays text.

    Raises ValidationError beyond 100,000 characters or 20 levels of nesting, which no honest text needs.
    """
    if len(text) > MAX_LENGTH:
        raise ValidationError(
            _("The text has %(length)s characters; at most %(limit)s are allowed."),
            code="length",
            params={"length": len(text), "limit": MAX_LENGTH},
        )
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable("table")
    try:
        html = markdown.render(text)
    except (RecursionError, ValueError) as error:
        raise ValidationError(_("The text is nested too deeply."), code="nesting") from error
    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel="nofollow noopener")
