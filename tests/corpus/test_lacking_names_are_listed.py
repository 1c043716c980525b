"""Every record of the shipped data has its Chinese and its Russian name with a source, or is listed as lacking the source or the name."""

from __future__ import annotations

import re

import pytest

from sinorus.corpus.files import Entry
from sinorus.corpus.load import DATA, read_files

TYPES = ("actors", "places", "themes", "formulas", "treaties", "events")
LANGUAGES = (("zh", "Chinese"), ("ru", "Russian"))


@pytest.fixture(scope="module")
def named() -> list[Entry]:
    """The records that shall have a name: of events the essential ones."""
    found = [one for one in read_files(DATA) if one.type in TYPES and (one.type != "events" or str(one.data.get("importance")) == "3")]
    assert len(found) > 500
    return found


def slugs(words: str) -> set[str]:
    return set(re.findall(r"`([a-z0-9-]+)`", words))


@pytest.mark.parametrize(("language", "name"), LANGUAGES)
def test_what_lacks_a_name_is_listed_and_nothing_else(named: list[Entry], language: str, name: str) -> None:
    listed = re.search(rf"^- no {name} name: (.*)$", (DATA.parent / "CHANGES.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed and slugs(listed[1]) == {one.slug for one in named if not one.data.get(f"title_{language}")}


@pytest.mark.parametrize(("language", "name"), LANGUAGES)
@pytest.mark.parametrize("kind", TYPES)
def test_a_name_has_a_source_or_is_listed_as_without_one(named: list[Entry], kind: str, language: str, name: str) -> None:
    part = f"title_{language}"
    unsourced = {
        one.slug
        for one in named
        if one.type == kind and one.data.get(part) and not any(row.get("supports") == part for row in one.data.get("citations", ()))
    }
    text = (DATA.parent / "NAMES.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    listed = section and re.search(rf"^- {kind} \((\d+)\): (.*)$", section[1], re.MULTILINE)
    found = slugs(listed[2]) if listed else set()
    assert found == unsourced, "listed and sourced, or neither"
    assert not listed or int(listed[1]) == len(found)
