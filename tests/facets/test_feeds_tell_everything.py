"""An entry of a feed is the whole text with its dates, so that a reader of feeds need not come here; feedparser reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.catalogues import body_of

feedparser = pytest.importorskip("feedparser")
pytestmark = pytest.mark.django_db


def test_an_entry_has_its_whole_text_and_when_it_was_changed(reader: Client, world: Any) -> None:
    feed = feedparser.parse(body_of(reader.get("/events.atom?person=boris-yeltsin&kind=summit")))
    assert not feed.bozo
    (entry,) = feed.entries
    content = entry.content[0].value
    assert "25 April 1996" in content and world.visit_1996.summary in content and "<em>signed</em>" in content
    assert entry.updated.startswith(world.visit_1996.updated.date().isoformat())
    assert feed.feed.title == "Chronicle of Chinese–Russian relations: Kind: Summit; Person: Boris Yeltsin"


def test_what_an_editor_wrote_cannot_break_a_feed(reader: Client, world: Any) -> None:
    type(world.visit_1996).objects.filter(pk=world.visit_1996.pk).update(summary="<script>alert(1)</script> & more")
    feed = feedparser.parse(body_of(reader.get("/events.atom?kind=summit")))
    assert not feed.bozo
    assert "<script>" not in feed.entries[0].content[0].value
