"""Who sends an ETag back gets 304 for at most two queries, in every form of every list and record, until something is published."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinorus.publishing import editions
from tests.catalogues import body_of, catalogues, routes

pytestmark = pytest.mark.django_db


def addresses() -> list[str]:
    lists = [address for one in catalogues().values() for form, address in one.forms.items() if form != "admin"]
    forms = [
        getattr(pattern.callback, "view_initkwargs", {}).get("form")
        for _route, pattern in routes()
        if (pattern.name or "").startswith("event-detail-")
    ]
    record = "/events/yeltsin-in-beijing-1996"
    return [
        *lists,
        *(f"{record}.{form.suffix}" for form in forms if form),
        f"{record}/",
        f"/api/v1{record}/",
        "/sitemap.xml",
        "/receipts/events/",
    ]


def test_every_form_answers_304(reader: Client, world: Any) -> None:
    tried = 0
    for address in addresses():
        first = reader.get(address)
        body_of(first)
        with CaptureQueriesContext(connection) as queries:
            again = reader.get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304 and not body_of(again), address
        assert len(queries) <= 2, f"{address}: {[one['sql'] for one in queries]}"
        assert again["ETag"] == first["ETag"] and again["X-Edition"] == first["X-Edition"]
        tried += 1
    assert tried > 60


def test_a_publication_ends_it(reader: Client, world: Any) -> None:
    for address in ("/events/", "/events.csv", "/api/v1/events/", "/events/yeltsin-in-beijing-1996.json"):
        etag = reader.get(address)["ETag"]
        with transaction.atomic():
            editions.raise_edition()
        assert reader.get(address, headers={"If-None-Match": etag}).status_code == 200, address
