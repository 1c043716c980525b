"""What a row of the chronicle and of the register counts: the instruments and sources that readers can see, each once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from events.models import Event, EventCitation
from tests import records as make
from treaties.models import Treaty, TreatyCitation

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def facts(reader: Client, address: str, title: str) -> list[str]:
    """The facts at the end of the row of a record."""
    page = html.fromstring(reader.get(address).content)
    (row,) = [one for one in page.find_class("entry") if one.findtext(".//h3/a") == title]
    return [" ".join(one.text_content().split()) for one in row.find_class("row-facts")[0].iter("li")]


@pytest.fixture
def told(world: Any) -> tuple[Event, Treaty]:
    """An event and an instrument with two sources, one of them cited twice, and one that nobody sees."""
    one, other, hidden = make.source("one-study"), make.source("other-study"), make.source("hidden-study", **make.DRAFT)
    event, treaty = make.event("told-here", "1996-04-26", (world.china,)), make.treaty("signed-there", "1996-04-26", (world.china,))
    for citation, record in ((EventCitation, event), (TreatyCitation, treaty)):
        record.citations.all().delete()
        for source in (one, one, other, hidden):
            citation.objects.create(record=record, source=source)
    for number, state in enumerate((make.PUBLISHED, make.PUBLISHED, make.DRAFT)):
        make.treaty(f"signed-here-{number}", "1996-04-26", (world.china,), signed_at=event, **state)
    return event, treaty


@pytest.mark.parametrize(("language", "words"), [("", ["2 instruments", "2 sources"]), ("/ru", ["2 документа", "2 источника"])])
def test_a_row_counts_what_readers_can_see(told: tuple[Event, Treaty], reader: Client, language: str, words: list[str]) -> None:
    event, treaty = told
    assert facts(reader, f"{language}/events/?state=china", event.title)[-2:] == words
    assert words[1] in facts(reader, f"{language}/treaties/", treaty.title)


def test_the_pages_of_who_took_part_have_the_same_rows(told: tuple[Event, Treaty], reader: Client) -> None:
    event, _treaty = told
    assert facts(reader, "/actors/china/", event.title) == facts(reader, "/events/", event.title)


def test_a_row_counts_no_nothing(world: Any, reader: Client) -> None:
    event = make.event("bare", "1996-04-27", (world.china,))
    event.citations.all().delete()
    assert not [one for one in facts(reader, "/events/", event.title) if one[0].isdigit() or one.startswith("None")]
