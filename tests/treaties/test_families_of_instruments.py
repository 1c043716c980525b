"""Families: instruments that descend from each other, whole, with what was not asked for drawn lighter."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from tests import records as make
from tests.catalogues import body_of
from treaties.filters import FamilyFilterSet
from treaties.lineage import Families
from treaties.models import Treaty, TreatyLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(world: Any) -> dict[int, Treaty]:
    """1901 ← 1902 ← 1903 and 1911 ← 1912; 1921 alone, though 1912 cites it; a draft would join the two families."""
    made = {year: make.treaty(f"of-{year}", str(year), (world.china,)) for year in (1901, 1902, 1903, 1911, 1912, 1921)}
    hidden = make.treaty("hidden-bridge", "1905", draft=True)
    for one, kind, other in ((1902, "supplements", 1901), (1903, "implements", 1902), (1912, "supersedes", 1911), (1912, "cites", 1921)):
        TreatyLink.objects.create(treaty=made[one], type=kind, target=made[other])
    for end in (1903, 1911):
        TreatyLink.objects.create(treaty=hidden, type="supplements", target=made[end])
    return made


def told(query: str = "") -> Families:
    return Families(FamilyFilterSet(QueryDict(query), Treaty.objects.public()))


def slugs(families: Families) -> list[list[str]]:
    return [[node.record.slug for node in one.drawing.nodes] for one in families.families]


def test_the_largest_family_stands_first(register: dict[int, Treaty]) -> None:
    assert slugs(told()) == [["of-1901", "of-1902", "of-1903"], ["of-1911", "of-1912"]]


def test_what_stands_alone_is_counted(register: dict[int, Treaty]) -> None:
    assert told().alone == Treaty.objects.public().count() - 5


def test_a_family_is_drawn_whole_and_what_was_not_asked_for_is_marked(register: dict[int, Treaty]) -> None:
    found = told("date_after=1903&date_before=1903")
    assert slugs(found) == [["of-1901", "of-1902", "of-1903"]]
    assert [node.is_meant for node in found.families[0].drawing.nodes] == [False, False, True]


def test_by_the_date_of_the_first(reader: Client, register: dict[int, Treaty]) -> None:
    TreatyLink.objects.create(treaty=register[1921], type="extends", target=register[1912])
    TreatyLink.objects.create(treaty=make.treaty("of-1922", "1922"), type="extends", target=register[1921])
    assert [one[0] for one in slugs(told())] == ["of-1911", "of-1901"]
    assert [one[0] for one in slugs(told("sort=date"))] == ["of-1901", "of-1911"]


def test_as_page_and_as_lines(reader: Client, register: dict[int, Treaty]) -> None:
    page = body_of(reader.get("/networks/families/?party=china")).decode()
    assert 'id="family-of-1901"' in page and "hidden-bridge" not in page
    rows = list(csv.reader(body_of(reader.get("/networks/families.csv")).decode().splitlines()))
    assert rows[1:] == [
        ["1", "of-1902", "1902", "supplements", "of-1901", "1901"],
        ["1", "of-1903", "1903", "implements", "of-1902", "1902"],
        ["2", "of-1912", "1912", "supersedes", "of-1911", "1911"],
    ]


def test_a_question_that_finds_instruments_without_family_is_not_empty(reader: Client, register: dict[int, Treaty]) -> None:
    page = body_of(reader.get("/networks/families/?date_after=1921&date_before=1921")).decode()
    assert "1 of the instruments asked for stands in no family on record." in page
    assert "Nothing is recorded for this question" in body_of(reader.get("/networks/families/?date_before=1600")).decode()


def test_a_page_draws_the_largest_and_says_how_many_more_there_are(
    reader: Client, register: dict[int, Treaty], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treaties.lineage.MOST_FAMILIES", 1)
    page = body_of(reader.get("/networks/families/")).decode()
    assert "of-1901" in page and 'id="family-of-1911"' not in page
    assert "1 smaller family is not drawn" in page
    assert "of-1912" in body_of(reader.get("/networks/families.csv")).decode()
    assert told().alone == Treaty.objects.public().count() - 5
