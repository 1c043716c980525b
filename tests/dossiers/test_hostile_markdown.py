"""Markdown of an enemy: refused, or harmless, and in good time."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from sinorus.dossiers.resolving import read
from sinorus.publishing.markdown import render
from tests import records as make

pytestmark = pytest.mark.once

SCRIPTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](//evil.example/%22onmouseover=alert(1))",
    '[x](http://a.example "onmouseover=alert(1)")',
    "![x](javascript:alert(1))",
    '![x"onerror="alert(1)](http://a.example/x.png)',
    "<javascript:alert(1)>",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<style>body{display:none}</style>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--><script>alert(1)</script>-->",
    "# <script>alert(1)</script>",
    '## x" onmouseover="alert(1)',
    "[[event:x|<script>alert(1)</script>]]",
    '[[event:x"onmouseover="alert(1)|x]]',
    '[[event:x#"><script>alert(1)</script>|x]]',
    "[@x, <script>alert(1)</script>]",
    "```<script>\nalert(1)\n```",
    '[[treaty:alliance-1950#"onmouseover=alert(1)|x]]',
    "[[event:zhenbao-1969|<img/src/onerror=alert(1)>]]",
    '[@a-study, "><script>alert(1)</script>]',
]

SLOW = {
    "opening brackets": "[" * 4_000,
    "opening images": "![" * 2_400,
    "cdata": "<![" * 2_400,
    "references that never end": "[[event:a|" * 2_400,
    "citations that never end": "[@a, " * 4_900,
    "references": "[[event:a|b]] " * 2_400,
    "citations": "[@a, p. 1; @b] " * 4_900,
    "many different citations": "".join(f"[@a{n}, p. {n}] " for n in range(4_000)),
    "cards": "[[event:a]]\n" * 2_400,
    "headings of one name": "## a\n\n" * 15_000,
    "emphasis": "*a **a " * 14_000,
    "quotes": "> " * 19 + "a",
    "entities": "&#x1;" * 20_000,
    "one word": "a" * settings.MARKDOWN["MAX_LENGTH"],
    "backticks": "".join("`" * n + "a" for n in range(1, 400)),
    "table": "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + ("|x" * 300 + "|\n") * 60,
}

REFUSED = {
    "a megabyte": "a" * 1_000_000,
    "one character too many": "a" * (settings.MARKDOWN["MAX_LENGTH"] + 1),
    "nested lists": "\n".join("  " * n + "- a" for n in range(300)),
    "nested quotes": "> " * (settings.MARKDOWN["MAX_NESTING"] + 1) + "a",
    "nested emphasis": "*a **a " * 30 + "a** a*" * 30,
    "a hundred thousand brackets": "[" * settings.MARKDOWN["MAX_LENGTH"],
    "too many brackets": "[[event:a]] " * 2_501,
}


def harmless(html: str) -> None:
    """No element, attribute or address that a browser would run."""
    for tag in re.findall(r"<[^>]*>", html):
        assert re.match(r"</?(p|br|em|strong|a|ul|ol|li|blockquote|h[234]|hr|code|table|thead|tbody|tr|t[hd]|pre|div|span|sup)\b", tag), tag
        for name, value in re.findall(r'([\w:-]+)\s*=\s*"([^"]*)"', tag):
            assert name in ("href", "rel", "id", "class", "lang", "start", "aria-hidden", "title", "datetime"), tag
            if name == "href":
                assert re.match(r"(https?://|mailto:|/|#|[\w.%-]*$)", value), tag


@pytest.mark.parametrize("text", SCRIPTS)
def test_nothing_of_it_runs(text: str) -> None:
    harmless(render(text))
    harmless(read(text)[0])


def test_raw_html_stays_text() -> None:
    for reads in (render, lambda text: read(text)[0]):
        assert reads("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"
        assert "<b>" not in reads("<div>\n<b>x</b>\n</div>")
        assert "x" in reads("<div>\n<b>x</b>\n</div>")


@pytest.mark.django_db
def test_nothing_of_it_runs_on_the_page(reader: Client, world: Any) -> None:
    make.dossier("hostile", "\n\n".join(SCRIPTS))
    for page in (reader.get("/dossiers/hostile/").content.decode(), reader.get("/api/v1/dossiers/hostile/").json()["html"]):
        harmless(page[page.index('<div class="prose"') : page.index('<section class="notes')] if "<body" in page else page)
        for tag in re.findall(r"<[^>]*>", page):
            assert not re.search(r"""=\s*["']?\s*(javascript|vbscript|data):|\son\w+\s*=""", tag, re.IGNORECASE), tag
        assert "<script>alert" not in page


@pytest.mark.parametrize("name", SLOW)
def test_what_is_meant_to_be_slow_is_read_in_time(name: str) -> None:
    start = time.process_time()
    harmless(read(SLOW[name])[0])
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_honest_text_needs_is_refused_at_once(name: str) -> None:
    start = time.process_time()
    for reads in (render, read):
        with pytest.raises(ValidationError):
            reads(REFUSED[name])
    assert time.process_time() - start < 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_the_form_says_so(publisher: Client, world: Any, name: str) -> None:
    form = {"title": "Hostile", "slug": "hostile", "summary": "S.", "status": "draft", "body": REFUSED[name]}
    answer = publisher.post("/admin/dossiers/dossier/add/", form)
    assert answer.status_code == 200
    assert list(answer.context_data["adminform"].form.errors) == ["body"]


@pytest.mark.django_db
def test_a_text_full_of_references_is_shown_in_time(reader: Client, world: Any) -> None:
    make.dossier("full", "[[event:zhenbao-1969]] [@a-study, p. 1]\n" * 1_600)
    start = time.process_time()
    assert reader.get("/dossiers/full/").status_code == 200
    assert time.process_time() - start < 5
