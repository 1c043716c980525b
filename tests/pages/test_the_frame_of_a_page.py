"""The header and the footer say where the reader is, though they are drawn once for all pages of a kind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from events.models import Event
from sinorus.pages.templatetags import frame

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def _marked(reader: Client, address: str) -> set[tuple[str, str]]:
    """The links of header and footer that are marked: (address, how)."""
    text = reader.get(address).content.decode()
    header, footer = text.partition("<main")[0].partition("<body>")[2], text.partition("</main>")[2]
    return set(re.findall(r'<a href="([^"]*)" aria-current="(page|true)">', header + footer))


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    frame._kept.clear()


@pytest.mark.parametrize("prefix", ["", "/zh", "/ru"])
def test_where_the_reader_is(reader: Client, world: Any, prefix: str) -> None:
    slugs = list(Event.objects.public().values_list("slug", flat=True)[:2])
    for _turn in range(2):  # made, and kept
        assert _marked(reader, f"{prefix}/events/") == {(f"{prefix}/events/", "page")}
        assert _marked(reader, f"{prefix}/about/") == {(f"{prefix}/about/", "page")}
        for slug in slugs:
            assert _marked(reader, f"{prefix}/events/{slug}/") == {(f"{prefix}/events/", "true")}
        assert _marked(reader, f"{prefix}/events/nothing-here/") == {(f"{prefix}/events/", "true")}
        assert _marked(reader, f"{prefix}/treaties/?q=x") == {(f"{prefix}/treaties/", "page")}


def test_a_record_that_is_called_like_a_page(reader: Client, world: Any) -> None:
    event = Event.objects.public().first()
    event.slug = "timeline"
    event.save(update_fields=["slug"])
    assert _marked(reader, "/events/timeline/") == {("/events/", "true")}


def test_the_edition_is_told_as_it_is_now(reader: Client, world: Any) -> None:
    from sinorus.publishing.models import Edition

    for number in (41, 42):
        Edition.objects.update(number=number)
        assert re.search(rf"imprint.*edition {number}\b", reader.get("/about/").content.decode())
