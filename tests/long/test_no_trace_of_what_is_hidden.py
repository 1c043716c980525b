"""Drafts, withdrawn and scheduled records leave no trace: two thousand answers are the same, byte by byte, with them and without."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode

from sinorus.publishing.history import Edit
from sinorus.publishing.models import record_types
from sinorus.search import index
from tests import canaries
from tests.catalogues import body_of, catalogues
from tests.crawling import Told, public_answers, told
from tests.test_public_boundary import CANARY, hide_volume

pytestmark = pytest.mark.django_db


def questions(answers: dict[str, Told]) -> list[str]:
    """What the lists offer to be asked next (facets, sorting, pages), of pages and, where they ask the same, of the other forms."""
    links: set[str] = set()
    for head, body in list(answers.values()):
        if head["status"] == "200" and "html" in head["Content-Type"]:
            links |= {unescape(link) for link in re.findall(r'href="(/[^"#]*\?[^"#]*)"', body.decode())}
    links = {link for link in links if not link.startswith(("/report", "/admin", "/basket"))}
    pages = {catalogue.forms["html"]: catalogue.forms for catalogue in catalogues().values() if "html" in catalogue.forms}
    more = set()
    for link in links:
        path, _mark, query = link.partition("?")
        if path in pages and not re.search(r"(^|&)page=", query):
            more |= {f"{pages[path][form]}?{query}" for form in ("api", "csv", "jsonl", "atom") if form in pages[path]}
    return sorted(links | more)


def plain(body: bytes) -> bytes:
    """What an answer says; a workbook unpacked."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return b"".join(book.read(name) for name in book.namelist()).lower()
    return body.lower()


def named(answers: dict[str, Told], word: str) -> list[str]:
    """Where a word stands, in the head or the body."""
    asked = word.lower().encode()
    return [address for address, (head, body) in answers.items() if asked in plain(body) or word in str(head).lower()]


def test_nothing_tells_of_what_is_hidden(world: Any) -> None:
    for model in record_types().values():
        index.update(model.objects.all())
        Edit(model.objects.public())  # the history that everything has begins before
    before = public_answers()
    anybody = Client()
    before |= {address: told(anybody, address) for address in questions(before)[:2_600]}
    assert len(before) > 2_000
    rows = [canaries.hide_everything(status) for status in canaries.STATUSES]
    assert min(rows) > 30
    hide_volume(world, 500)
    after = {address: told(anybody, address) for address in before}
    words = [*map(canaries.token, canaries.STATUSES), CANARY]
    assert {word: named(after, word) for word in words} == {word: [] for word in words}
    assert [address for address in before if after[address] != before[address]] == []
    _ask_for_them(anybody)


def _ask_for_them(anybody: Client) -> None:
    """By the token itself: what was asked for is repeated, and nothing else is said of it."""
    for status in canaries.STATUSES:
        word = canaries.token(status)
        for catalogue in catalogues().values():
            if "api" in catalogue.forms and "q" in catalogue.filterset.get_filters():
                assert anybody.get(f"{catalogue.forms['api']}?{urlencode({'q': word})}").json()["count"] == 0
        for part in (word, word[:12], f"{word}-event", f'"{word}"'):
            for address in ("/search/", "/api/v1/search/", "/api/v1/suggest/"):
                body = body_of(anybody.get(f"{address}?{urlencode({'q': part})}")).decode().lower()
                assert not re.search(rf"/{word}|{word}-(?!event)|{word}\.(csv|example)", body), f"{address} {part}"
