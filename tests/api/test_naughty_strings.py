"""No word that is sent breaks an answer: every parameter of every public address, addresses themselves, and the forms for readers."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils.html import escape

from tests.catalogues import catalogues
from tests.honest import Asking, dishonest
from tests.naughty import STRINGS, some
from tests.often import AT_LENGTH, often

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: Parameters beside those of the catalogues, by address.
OTHERS = {
    "/search/": ["q"],
    "/api/v1/search/": ["q", "lang"],
    "/api/v1/suggest/": ["q", "lang"],
    "/api/v1/events/facets/": ["whole", "kind"],
    "/api/v1/events/": ["fields"],
    "/api/v1/events/yeltsin-in-beijing-1996/": ["fields", "lang", "as_of"],
    "/api/v1/changes/": ["since", "type", "page", "record"],
    "/api/v1/meetings/": ["person", "date_after", "between"],
    "/events/yeltsin-in-beijing-1996/": ["as_of", "lang"],
    "/events/yeltsin-in-beijing-1996.json": ["as_of", "lang"],
    "/events.csv": ["bom", "columns", "q", "date_after"],
    "/events.atom": ["q", "state"],
    "/treaties/compare/": ["t", "topic"],
    "/treaties/provisions/": ["topic", "q"],
    "/basket/": ["r"],
    "/oembed": ["url", "format", "maxwidth"],
    "/map/": ["place", "date_after"],
    "/timeline/": ["q", "date_after", "by"],
    "/coverage/": ["of", "by"],
    "/networks/causes/": ["event"],
    "/networks/leaders/": ["person", "date_after"],
    "/networks/families/": ["party", "treaty"],
    "/changes/": ["since", "type"],
    "/receipts/events/": ["q", "edition", "digest"],
    "/embed/events/": ["q", "state"],
    "/report/": ["record"],
    "/admin/login/": ["next"],
    "/cards/events.png": ["lang", "q"],
}
PATHS = ["/events/{}/", "/{}/", "/api/v1/events/{}/", "/api/v1/{}/", "/id/{}", "/zh/actors/{}/", "/embed/{}/", "/receipts/{}/"]
PATHS += ["/cards/event/{}.png", "/report/{}/", "/preview/{}/", "/events/{}.json", "/sitemaps/{}-1.xml", "/data/1/{}", "/changes/{}/"]
#: Words for machines, in which nothing but "<" could end anything; where one stands it is no such block.
LINKED_DATA = re.compile(rb'<script type="application/ld\+json"[^>]*>[^<]*</script>')


def parameters() -> list[tuple[str, str]]:
    """(address, name) of each parameter that takes words: of a catalogue on its page and in the API."""
    asked = [(one.forms[form], name) for one in catalogues().values() for form in ("html", "api") for name in one.filterset.get_filters()]
    return asked + [(address, name) for address, names in OTHERS.items() for name in names]


def kinds() -> list[list[tuple[str, str]]]:
    """The same by what reads them: the filter of a catalogue by its class, what else there is by its name."""
    found: dict[Any, list[tuple[str, str]]] = {}
    for one in catalogues().values():
        for name, read_by in one.filterset.get_filters().items():
            found.setdefault(type(read_by), []).extend((one.forms[form], name) for form in ("html", "api"))
    for address, names in OTHERS.items():
        for name in names:
            found.setdefault(name, []).append((address, name))
    return list(found.values())


@cache
def _usual(address: str) -> bytes:
    return Asking().get(address).body


def wrong_with(answer: Any, text: str, address: str, usual: bytes = b"") -> str:
    """What is wrong with the answer to a text that was sent to an address by Asking; empty when nothing is.

    What the page has of itself, or that of an error, is not told from what was sent; where only some may see it, ``usual`` is that page.
    """
    if found := dishonest(answer, text):
        return found
    body = answer.body
    raw, kind = text.encode("utf-8", "surrogatepass"), answer.get("Content-Type", "")
    marks = len(text) > 1 and escape(text).replace("&amp;", "&") != text  # ampersands and single signs stand in every page
    if "html" in kind and marks and raw in LINKED_DATA.sub(b"", body) and raw not in (usual or _usual(address) + _usual("/no-such-page/")):
        return "stands in the page as it was sent"
    try:
        if "/json;" in f"{kind};" or "+json" in kind:
            json.loads(body)
        if "/xml" in kind or "+xml" in kind:
            ElementTree.fromstring(body)
    except (ValueError, ElementTree.ParseError) as error:
        return f"{kind} that is none: {error}"
    if any(len(value) > 8_000 or not value.isprintable() for value in answer.headers.values()):
        return f"headers {answer.headers}"
    return ""


def test_in_every_parameter(world: Any) -> None:
    """At length each string in each kind of parameter; those of a kind take turns."""
    reader = Asking()
    wrong, pairs, alike = [], parameters(), kinds()
    for number, text in enumerate(some(often(10_000, 60))):
        for address, name in [kind[number % len(kind)] for kind in alike] if AT_LENGTH else pairs[number % 60 :: 60]:
            if found := wrong_with(reader.get(f"{address}?{urlencode({name: text})}"), text, address):
                wrong.append(f"{address}?{name}={text!a:.80}: {found}")
    assert not wrong, "\n".join(wrong[:50])


def test_in_addresses(world: Any) -> None:
    reader, wrong = Asking(), []
    each = often(1, len(PATHS))
    for number, text in enumerate(some(often(10_000, 50))):
        for pattern in PATHS[number % each :: each]:
            if found := wrong_with(reader.get(pattern.format(quote(text, safe=""))), text, "/no-such-page/"):
                wrong.append(f"{pattern} {text!a:.80}: {found}")
    assert not wrong, "\n".join(wrong[:50])


@pytest.mark.parametrize("name", ["text", "source", "email", "kind", "opened"])
def test_in_the_form_of_reports(world: Any, name: str) -> None:
    reader = Asking()
    sent = {"kind": "error", "text": "There is an error in it.", "source": "", "email": "", "website": "", "opened": "x"}
    wrong = [
        f"{name} {text!a:.80}: {found}"
        for text in some(often(10_000, 6))
        if (found := wrong_with(reader.post("/report/", sent | {name: text}), text, "/report/"))
    ]
    assert not wrong, "\n".join(wrong[:50])


@pytest.mark.parametrize("name", ["username", "password"])
def test_at_the_sign_in(world: Any, name: str) -> None:
    reader, wrong, sent = Asking(), [], {"username": "nobody", "password": "x"}
    refused = b"".join(reader.post("/admin/login/", sent).body for _turn in range(settings.AXES_FAILURE_LIMIT + 1))
    for text in some(often(10_000, 5)):
        answer = reader.post("/admin/login/", sent | {name: text})
        if found := wrong_with(answer, text, "/admin/login/", usual=refused + _usual("/no-such-page/")):
            wrong.append(f"{name} {text!a:.80}: {found}")
    assert not wrong, "\n".join(wrong[:50])


def test_there_are_enough_of_them() -> None:
    assert len(STRINGS) >= 480 and len(parameters()) >= 40
    assert sorted(pair for kind in kinds() for pair in kind) == sorted(parameters())
