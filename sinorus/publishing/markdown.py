"""Markdown into safe HTML, once, when a record is saved.

``render`` is all that most records need. A package whose Markdown says more (dossiers) hands its own rules to ``parse``
as plugins of markdown-it, and what they emit passes through the same limits and the same sanitiser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = frozenset(
    [
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
    ]
)

Plugin = Callable[[MarkdownIt], None]


def render(text: str) -> str:
    """Sanitised HTML of CommonMark with tables; raw HTML in it stays text.

    Raises ValidationError beyond the characters, levels of nesting and opening brackets of ``settings.MARKDOWN``, which
    no honest text needs.
    """
    if not text:
        return ""
    markdown, tokens, env = parse(text)
    return to_html(markdown, tokens, env)


def parse(text: str, plugins: Iterable[Plugin] = (), env: dict[str, Any] | None = None) -> tuple[MarkdownIt, list[Token], dict[str, Any]]:
    """The parser with its plugins, the tokens of a text, and the environment that the rules shared.

    Raises ValidationError as ``render`` does.
    """
    check_size(text)
    nesting = settings.MARKDOWN["MAX_NESTING"]
    markdown = _parser(nesting, *plugins)
    env = {} if env is None else env
    try:
        tokens = markdown.parse(text, env)
    except (RecursionError, ValueError) as error:
        raise _too_deep() from error
    if any(token.level > nesting for outer in tokens for token in (outer, *(outer.children or ()))):
        raise _too_deep()
    return markdown, tokens, env


@cache
def _parser(nesting: int, *plugins: Plugin) -> MarkdownIt:
    """A parser, which keeps nothing of one text for the next; making one takes longer than most texts do."""
    # It drops what lies deeper than its own limit, so it gets a higher one, and what passes ours is refused.
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * nesting}).enable("table")
    for plugin in plugins:
        markdown.use(plugin)
    return markdown


def to_html(
    markdown: MarkdownIt,
    tokens: list[Token],
    env: dict[str, Any],
    tags: Iterable[str] = (),
    attributes: Mapping[str, set[str]] | None = None,
) -> str:
    """Sanitised HTML of tokens; ``tags`` and ``attributes`` are allowed beyond those of every record."""
    try:
        html = markdown.renderer.render(tokens, markdown.options, env)
    except (RecursionError, ValueError) as error:
        raise _too_deep() from error
    return nh3.clean(
        html,
        tags=set(_TAGS) | set(tags),
        attributes={"a": {"href"}, **(attributes or {})},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def check_size(text: str) -> None:
    """Raise ValidationError for what is too long, or too full of brackets, to be parsed in good time."""
    if len(text) > (most := settings.MARKDOWN["MAX_LENGTH"]):
        raise ValidationError(
            _("The text has %(length)s characters; at most %(limit)s are allowed."),
            code="length",
            params={"length": len(text), "limit": most},
        )
    # The parser tries each of them again and again.
    if (marks := text.count("[") + text.count("<")) > (most := settings.MARKDOWN["MAX_MARKS"]):
        raise ValidationError(
            _("The text has %(count)s opening brackets; at most %(limit)s are allowed."),
            code="marks",
            params={"count": marks, "limit": most},
        )


def _too_deep() -> ValidationError:
    limit = settings.MARKDOWN["MAX_NESTING"]
    return ValidationError(_("The text is nested too deeply: at most %(limit)s levels."), code="nesting", params={"limit": limit})
