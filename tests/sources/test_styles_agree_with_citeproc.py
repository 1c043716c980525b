"""The four styles write what citeproc-js writes with the styles of the CSL project: see oracle.js for how the fixtures were made."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

from sinorus.sources.styles import STYLES, Style
from sinorus.sources.styles.words import initials, title_case

FIXTURES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "citations.json").read_text())


def test_the_fixtures_hold_every_kind_and_every_script() -> None:
    items = [row["item"] for row in FIXTURES]
    kinds = {"book", "chapter", "article-journal", "article-newspaper", "article-magazine", "treaty", "report", "webpage"}
    assert {item["type"] for item in items} == kinds | {"entry-encyclopedia", "document"}
    assert {item.get("language") for item in items} >= {"en", "zh", "ru"}
    assert len(FIXTURES) > 150


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_entry_is_as_the_oracle_writes_it(style: Style) -> None:
    wrong = []
    for row in FIXTURES:
        item = dict(row["item"])
        if style.name == "gost" and item["type"] != "webpage":
            item.pop("URL", None)
        if (found := html.unescape(style.html(item))) != row[style.name]:
            wrong.append(f"{item['id']} {item['type']}\n  ours   {found}\n  oracle {row[style.name]}")
    assert not wrong, "\n".join(wrong)


def test_gost_names_the_address_of_whatever_has_one() -> None:
    gost = next(style for style in STYLES if style.name == "gost")
    item = {"type": "article-newspaper", "title": "Ответ", "URL": "https://example.org/1", "accessed": {"date-parts": [[2026, 11, 7]]}}
    assert gost.text(item) == "Ответ. URL: https://example.org/1 (дата обращения: 07.11.2026)."


def test_titles_are_text_and_never_markup() -> None:
    item = {"type": "book", "title": "<script>alert(1)</script> & co", "language": "de"}
    for style in STYLES:
        assert "<script" not in style.html(item)
        assert "<script>alert(1)</script> & co" in style.text(item)


@pytest.mark.parametrize(
    ("given", "shown"), [("Odd Arne", "O. A."), ("Jean-Luc", "J.-L."), ("Marcel de", "M. de"), ("Евгений Максимович", "Е. М.")]
)
def test_given_names_become_initials(given: str, shown: str) -> None:
    assert initials(given) == shown


def test_small_words_stay_small_but_at_the_beginning_the_end_and_after_a_colon() -> None:
    assert title_case("on the way to peace: the road they went down") == "On the Way to Peace: The Road They Went Down"
