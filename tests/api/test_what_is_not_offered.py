"""Forms and methods that there are not: 406 and 405 as problem documents, HEAD like GET without its body."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.catalogues import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("address", ["/api/v1/events/", "/api/v1/events/facets/", "/api/v1/events/yeltsin-in-beijing-1996/"])
def test_a_form_that_there_is_not(reader: Client, world: Any, address: str) -> None:
    answer = reader.get(address, headers={"Accept": "application/xml"})
    assert answer.status_code == 406
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["status"] == 406


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html,application/xhtml+xml,*/*;q=0.8", "application/*"])
def test_what_browsers_and_programs_accept(reader: Client, world: Any, accept: str) -> None:
    assert reader.get("/api/v1/events/", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize("address", ["/events/", "/events.csv", "/events/yeltsin-in-beijing-1996/", "/", "/search/", "/treaties/compare/"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_for_reading(reader: Client, world: Any, address: str, method: str) -> None:
    assert getattr(reader, method)(address).status_code == 405


@pytest.mark.parametrize(
    "address", ["/events/", "/events.csv", "/events.atom", "/api/v1/events/", "/api/v1/", "/events/zhenbao-1969/", "/"]
)
def test_head_is_get_without_the_body(reader: Client, world: Any, address: str) -> None:
    head, get = reader.head(address), reader.get(address)
    assert head.status_code == get.status_code == 200
    assert head["ETag"] == get["ETag"] and head["Content-Type"] == get["Content-Type"]
    assert not body_of(head)
