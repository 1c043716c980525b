"""Every record of the shipped data has its Chinese and its Russian name, or stands in the list of those that lack it."""

from __future__ import annotations

import re

import pytest

from sinorus.corpus.load import DATA, read_files

TYPES = ("actors", "places", "themes", "formulas", "treaties", "events")


def lacking(language: str) -> set[str]:
    entries = [one for one in read_files(DATA) if one.type in TYPES and (one.type != "events" or str(one.data.get("importance")) == "3")]
    assert len(entries) > 500
    return {one.slug for one in entries if not one.data.get(f"title_{language}")}


@pytest.mark.parametrize(("language", "name"), [("zh", "Chinese"), ("ru", "Russian")])
def test_what_lacks_a_name_is_listed_and_nothing_else(language: str, name: str) -> None:
    listed = re.search(rf"^- no {name} name: (.*)$", (DATA.parent / "CHANGES.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed and set(re.findall(r"`([a-z0-9-]+)`", listed[1])) == lacking(language)
