"""``manage.py check --database default`` tells what contradicts itself."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.records import treaty
from tests.treaties.texts import article
from treaties.checks import check_record, loops
from treaties.models import PartyAction, TreatyLink

pytestmark = pytest.mark.django_db


def found() -> list[tuple[str, str]]:
    return [(one.id, one.msg) for one in check_record(databases=["default"])]


def link(one: Any, type_: str, other: Any, **keys: str) -> None:
    TreatyLink.objects.create(treaty=one, type=type_, target=other, **keys)


def test_a_sound_record_gives_no_warning(world: Any) -> None:
    link(world.good_neighbours, "cites", world.alliance)
    link(world.measures, "annexed-to", world.good_neighbours)  # an annex may be older
    assert found() == []


def test_a_relation_to_a_later_instrument(world: Any) -> None:
    link(world.alliance, "supersedes", world.good_neighbours)
    [(number, message)] = found()
    assert number == "sinorus.W042" and "alliance-1950" in message and "signed later" in message


def test_dates_that_may_be_in_order_are_no_contradiction() -> None:
    link(treaty("some-day-1950", "1950"), "extends", treaty("may-1950", "1950-05"))
    assert found() == []


def test_a_loop_is_told_once(world: Any) -> None:
    one, two, three = (treaty(name, "1950") for name in ("one", "two", "three"))
    link(one, "cites", two)
    link(two, "extends", three)
    link(three, "implements", one)
    assert found() == [("sinorus.W041", "Relations go round in a loop: one → two → three → one")]


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({}, []),
        ({1: {2}, 2: {3}}, []),
        ({1: {2}, 2: {1}}, [[1, 2]]),
        ({1: {2, 3}, 2: {4}, 3: {4}, 4: set()}, []),
        ({1: {2}, 2: {3}, 3: {2}}, [[2, 3]]),
        ({1: {2}, 2: {1}, 3: {4}, 4: {3}}, [[1, 2], [3, 4]]),
        ({5: {5}}, [[5]]),
    ],
)
def test_loops_of_a_graph(graph: dict[int, set[int]], expected: list[list[int]]) -> None:
    assert sorted(loops(graph)) == expected


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        ("sinorus.W043", {"signed": "1950-02-14", "in_force": "1949"}),
        ("sinorus.W044", {"signed": "1950-02-14", "in_force": "1950-04-11", "terminated": "1950-03"}),
        ("sinorus.W044", {"signed": "1950-02-14", "terminated": "1949"}),
    ],
)
def test_a_life_against_its_dates(number: str, fields: dict[str, str]) -> None:
    treaty("wrong", **fields)
    assert [one for one, _message in found()] == [number]


def test_an_act_before_signature(world: Any) -> None:
    PartyAction.objects.create(party=world.alliance.party_links.first(), type="ratified", date="1949-12")
    PartyAction.objects.create(party=world.alliance.party_links.first(), type="notified", date="1949-12")  # of the wish to sign, say
    [(number, message)] = found()
    assert number == "sinorus.W045" and "alliance-1950" in message


def test_ended_by_what_was_not_there_yet(world: Any) -> None:
    treaty("too-early", "1949", in_force="1950-01", terminated="1960", ended_by=world.good_neighbours)
    assert [one for one, _message in found()] == ["sinorus.W046"]


def test_a_relation_to_an_article_that_is_gone(world: Any) -> None:
    article(world.good_neighbours, "9")
    link(world.good_neighbours, "cites", world.alliance, article="9", target_article="77")
    [(number, message)] = found()
    assert number == "sinorus.W047" and "alliance-1950 has no article “77”" in message


def test_drafts_are_checked_too(world: Any) -> None:
    link(world.draft_treaty, "extends", world.good_neighbours)
    assert [one for one, _message in found()] == ["sinorus.W042"]


def test_the_command_tells_it_with_a_hint(world: Any) -> None:
    link(world.alliance, "supersedes", world.good_neighbours)
    told = io.StringIO()
    call_command("check", databases=["default"], stderr=told, stdout=told)
    assert "sinorus.W042" in told.getvalue() and "HINT" in told.getvalue()
    assert check_record(databases=None) == [], "without a database nothing is asked"


def test_what_it_costs_does_not_grow(world: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        link(treaty(f"later-{number}", "2005"), "cites", world.alliance, target_article="1")
    with django_assert_max_num_queries(8):
        assert found() == []
    assert connection.vendor in ("sqlite", "postgresql")
