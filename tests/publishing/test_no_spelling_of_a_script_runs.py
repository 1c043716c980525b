"""Addresses that would run, in every spelling that a browser may take for one, in every form that Markdown has for an address."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from sinorus.dossiers.resolving import read
from sinorus.publishing.markdown import render
from tests.dossiers.test_hostile_markdown import REFUSED, SCRIPTS, SLOW
from tests.publishing.test_markdown_is_safe import ENDLESS, HOSTILE

SPELLINGS = {
    "plain": "javascript:alert(1)",
    "capitals": "JAVASCRIPT:alert(1)",
    "mixed case": "jAvAsCrIpT:alert(1)",
    "decimal entity": "&#106;avascript:alert(1)",
    "long decimal entity": "&#0000106;avascript:alert(1)",
    "hexadecimal entity": "&#x6A;avascript:alert(1)",
    "entities without their end": "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)",
    "all in entities": "".join(f"&#{ord(sign)};" for sign in "javascript:") + "alert(1)",
    "colon as entity": "javascript&colon;alert(1)",
    "colon as number": "javascript&#58;alert(1)",
    "colon escaped": "javascript\\:alert(1)",
    "colon in percent": "javascript%3Aalert(1)",
    "letter in percent": "%6Aavascript:alert(1)",
    "tab": "java\tscript:alert(1)",
    "tab as entity": "java&Tab;script:alert(1)",
    "tab as number": "java&#9;script:alert(1)",
    "line end": "java\nscript:alert(1)",
    "line end as entity": "java&NewLine;script:alert(1)",
    "line end before the colon": "javascript&#10;:alert(1)",
    "carriage return": "java&#13;script:alert(1)",
    "control character before": "\x01javascript:alert(1)",
    "control character as entity": "&#14;javascript:alert(1)",
    "NUL": "java\0script:alert(1)",
    "space before": "&#32;javascript:alert(1)",
    "soft hyphen": "java&shy;script:alert(1)",
    "full width": "ｊavascript:alert(1)",
    "vbscript": "vbscript:msgbox(1)",
    "vbscript in entities": "&#118;b&Tab;script&colon;msgbox(1)",
    "data of HTML": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data of SVG": "data:image/svg+xml,%3Csvg%20onload=alert(1)%3E",
    "data in capitals": "DATA&colon;text/html,%3Cscript%3Ealert(1)%3C/script%3E",
    "view-source": "view-source:javascript:alert(1)",
    "blob": "blob:https://a.example/1",
    "file": "file:///etc/passwd",
}
FORMS = {
    "link": "[x]({})",
    "link in angles": "[x](<{}>)",
    "reference": "[x][y]\n\n[y]: {}",
    "short reference": "[x]\n\n[x]: <{}>",
    "autolink": "<{}>",
    "image": "![x]({})",
    "image in a link": "[![x]({0})]({0})",
    "block": '<div>\n<a href="{0}" onclick="{0}">x</a>\n</div>',
}
OTHERS = [
    '<svg onload="alert(1)">',
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><animate onbegin="alert(1)" attributeName="x"/></svg>',
    "<svg><foreignObject><iframe/onload=alert(1)></foreignObject></svg>",
    '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>',
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<![",
    "<![CDATA[",
    "<![CDATA[]]><script>alert(1)</script>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "<?xml version='1.0'?><script/>",
    '<form action="javascript:alert(1)"><input type=submit></form>',
    '<base href="javascript:/a/">',
    '<meta http-equiv=refresh content="0">',
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]
LINKS = [form.format(spelling) for spelling, form in product(SPELLINGS.values(), FORMS.values())]


class Shown(HTMLParser):
    """What a browser makes of it: tags, names of attributes, addresses with entities read."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: dict[str, list[str]] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")


def leads_nowhere(html: str) -> None:
    """Tags of text only, no attribute that runs, and of each address the scheme that a browser finds is none that runs."""
    shown = Shown(html)
    assert shown.tags <= {"p", "a", "code", "em", "strong", "br", "pre", "div", "h3"}, html
    assert shown.attributes.keys() <= {"href", "rel", "class"}, html
    for address in shown.attributes.get("href", []):
        found = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))  # as the URL standard has it
        scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", found)
        assert not scheme or scheme[1].lower() in ("http", "https", "mailto"), html
        assert urlsplit(found).scheme in ("", "http", "https", "mailto"), html


def test_there_are_as_many_as_were_promised() -> None:
    assert len(SPELLINGS) >= 20
    texts = {*LINKS, *OTHERS, *SCRIPTS, *HOSTILE, *SLOW.values(), *REFUSED.values(), *ENDLESS}
    assert len(texts) >= 200


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_spelling_runs_in_any_form(name: str) -> None:
    for form in FORMS.values():
        text = form.format(SPELLINGS[name])
        leads_nowhere(render(text))
        leads_nowhere(read(text)[0])


@pytest.mark.parametrize("text", OTHERS)
def test_other_markup_stays_text(text: str) -> None:
    for html in (render(text), read(text)[0]):
        leads_nowhere(html)
        assert not Shown(html).tags - {"p", "br"}, html


@pytest.mark.parametrize("sign", ["x", "<![", "[x](javascript:alert(1)) ", "я"])
def test_a_megabyte_is_refused(sign: str) -> None:
    for reads in (render, read):
        with pytest.raises(ValidationError, match=str(settings.MARKDOWN["MAX_LENGTH"])):
            reads(sign * (1_000_000 // len(sign)))


def test_the_judge_sees_what_runs() -> None:
    for html in (
        '<a href="java&#9;script:alert(1)">',
        '<a href=" javascript:a">',
        "<svg>",
        '<p onclick="a">',
        '<a href="&#x6A;avascript:a">',
    ):
        with pytest.raises(AssertionError):
            leads_nowhere(html)
