"""An editor's Markdown becomes HTML that can run nothing, lead nowhere dangerous, and hang nobody."""

from __future__ import annotations

from contextlib import suppress
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from sinorus.publishing.markdown import render
from tests import records as make

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](https://example.org 'a\" onmouseover=\"alert(1)')",
    "`<script>alert(1)</script>`",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


class Seen(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_runs(text: str) -> None:
    seen = Seen(render(text))
    assert seen.tags <= {"p", "a", "code", "em", "strong", "br", "pre"}
    assert {name for name, _value in seen.attributes} <= {"href", "rel", "title"}
    assert all(value.startswith(("http://", "https://", "mailto:")) for name, value in seen.attributes if name == "href")


WRITTEN = """### On *words*

He **said** [it](https://example.org/a?b=1&c=2):

> “A line.”

- one
- two

| a | b |
|---|---|
| 1 | 2 |
"""
KEPT = [
    "<h3>",
    "<em>words</em>",
    "<strong>said</strong>",
    'href="https://example.org/a?b=1&amp;c=2"',
    "<blockquote>",
    "<li>one</li>",
    "<td>2</td>",
]


@pytest.mark.parametrize("part", KEPT)
def test_what_editors_write_is_kept(part: str) -> None:
    assert part in render(WRITTEN)


ENDLESS = ["[" * 4000, "<![" * 4000, "*" * 20_000, "> " * 2000 + "x", "- " * 2000 + "x", "`" * 9999, "![" * 3000 + "](x)" * 3000]


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: f"{text[:4]}…")
def test_nesting_without_end_is_answered(text: str) -> None:
    with suppress(ValidationError):
        assert isinstance(render(text), str)


def test_a_text_without_end_is_refused_with_its_length() -> None:
    with pytest.raises(ValidationError, match="100001"):
        render("x" * (settings.MARKDOWN["MAX_LENGTH"] + 1))


@pytest.mark.django_db
@pytest.mark.once
def test_on_the_page_too(reader: Client) -> None:
    text = "Safe.\n\n<script>alert('body')</script> [x](javascript:alert(1))"
    make.event(
        "hostile", body=text, title="<script>alert('title')</script>", place_note="<img src=x onerror=alert(1)>", summary="<b>bold</b>"
    )
    for address in ("/events/", "/events/hostile/", "/search/?q=alert"):
        page = reader.get(address).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page and "<b>bold" not in page, address
        assert 'href="javascript' not in page, address
