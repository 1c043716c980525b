"""Pages end where the records end, and at the 10,000th; what lies beyond is a clear 404 and never an empty list."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.records import World

pytestmark = pytest.mark.django_db
LISTS = ("/events/", "/api/v1/events/", "/events.atom")


@pytest.mark.parametrize("address", LISTS)
def test_past_the_end(world: World, reader: Client, address: str) -> None:
    assert reader.get(f"{address}?page_size=4&page=2").status_code == 200  # eight events are public
    answer = reader.get(f"{address}?page_size=4&page=3")
    assert answer.status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_beyond_ten_thousand(world: World, reader: Client, address: str) -> None:
    answer = reader.get(f"{address}?page_size=200&page=51")
    assert answer.status_code == 404
    assert ".csv" in answer.content.decode() and ".jsonl" in answer.content.decode()


def test_an_absurd_page(world: World, reader: Client) -> None:
    assert reader.get("/api/v1/events/?page=999999999999").status_code == 404
    assert reader.get("/api/v1/events/?page=9999999999999").status_code == 400


def test_an_empty_result_has_a_first_page(world: World, reader: Client) -> None:
    answer = reader.get("/api/v1/events/?kind=exercise")
    assert answer.status_code == 200
    assert answer.json()["count"] == 0 and answer.json()["results"] == []


def test_an_empty_result_exports_nothing(world: World, reader: Client) -> None:
    lines = reader.get("/events.csv?kind=exercise").getvalue().decode().splitlines()
    assert len(lines) == 1, "the names of the columns and nothing else"
    assert reader.get("/events.jsonl?kind=exercise").getvalue() == b""
