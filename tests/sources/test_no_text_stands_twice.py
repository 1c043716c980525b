"""The check of the bibliography: one text under two names, and locators that lead to another note."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from events.models import EventCitation
from sinorus.sources.checks import IBID, check_bibliography, same_address
from tests import records as make

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent.parent.parent / "sinorus/corpus/data"


def found() -> list[tuple[str, str]]:
    return [(message.id, message.msg) for message in check_bibliography(databases=["default"])]


def test_the_small_world_has_nothing_twice(world: Any) -> None:
    assert found() == []


def test_the_same_address_is_found_however_it_is_written(world: Any) -> None:
    make.source("one", url="http://www.Example.org/a%20b/?x=1")
    make.source("two", url="https://example.org/a b/?x=1#top", draft=True)
    make.source("three", url="https://example.org/a b?x=2")
    assert found() == [("sinorus.W051", "Sources one, two have the same address.")]


@pytest.mark.parametrize("url", ["", "http:///", "nonsense"])
def test_no_address_is_like_no_other(url: str) -> None:
    assert same_address(url) == ""


def test_the_same_title_and_date_are_found_in_any_spelling(world: Any) -> None:
    make.source("simplified", title="Joint statement", original_title="中俄联合声明", issued="1996-04-25", container="People’s Daily")
    make.source("traditional", title="中俄聯合聲明", issued="1996-04-25", container="People's daily")
    make.source("another-day", title="中俄联合声明", issued="1997-04-23", container="People's Daily")
    assert found() == [("sinorus.W052", "Sources simplified, traditional have the same title, date and container.")]


def test_two_of_the_same_address_are_told_once(world: Any) -> None:
    for slug in ("one", "two"):
        make.source(slug, title="Same", issued="2001", url="https://example.org/")
    assert [number for number, _message in found()] == ["sinorus.W051"]


def test_a_locator_that_leads_to_another_note_is_told(world: Any) -> None:
    EventCitation.objects.create(record=world.split, source=world.study, locator="Ibid., p. 4")
    EventCitation.objects.create(record=world.split, source=world.study, locator="Там же, с. 4")
    EventCitation.objects.create(record=world.split, source=world.study, locator="p. 4, forbidden areas")
    assert [number for number, _message in found()] == ["sinorus.W053"] * 2


def test_no_locator_of_the_shipped_data_leads_to_another_note() -> None:
    found = []
    for path in DATA.rglob("*.yaml"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if "locator:" in line and IBID.search(line.partition("locator:")[2]):
                found.append(f"{path.name}:{number}: {line.strip()}")
    for path in (DATA / "dossiers").glob("*.md"):
        found += [f"{path.name}: {note}" for note in path.read_text().split("[@")[1:] if IBID.search(note.partition("]")[0])]
    assert not found


def test_the_shipped_bibliography_has_no_address_twice() -> None:
    sources = [one for path in (DATA / "sources").glob("*.yaml") for one in yaml.load(path.read_text(), yaml.CSafeLoader).items()]
    addresses: dict[str, list[str]] = {}
    for slug, source in sources:
        if address := same_address(str(source.get("url", ""))):
            addresses.setdefault(address, []).append(slug)
    assert len(sources) > 1000
    assert not {address: slugs for address, slugs in addresses.items() if len(slugs) > 1}
