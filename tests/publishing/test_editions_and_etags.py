"""The edition is raised once a publication, named in every answer, and lets an unchanged one be answered for one query."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from sinorus.publishing import editions

pytestmark = pytest.mark.django_db


def test_every_public_answer_names_the_edition(reader: Client, world: Any) -> None:
    for address in ("/", "/events/", "/events/yeltsin-in-beijing-1996/", "/api/v1/events/", "/events.csv", "/no-such-page/"):
        assert reader.get(address)["X-Edition"] == str(editions.current()), address


def test_an_etag_holds_until_the_next_edition(reader: Client, world: Any) -> None:
    etag = reader.get("/events/")["ETag"]
    assert reader.get("/events/", headers={"If-None-Match": etag}).status_code == 304
    assert reader.get("/events/", headers={"If-None-Match": f'"other", {etag}'}).status_code == 304
    with transaction.atomic():
        editions.raise_edition()
    answer = reader.get("/events/", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_an_etag_belongs_to_one_address_and_language(reader: Client, world: Any) -> None:
    etag = reader.get("/events/")["ETag"]
    for address in ("/treaties/", "/events/?kind=summit", "/zh/events/", "/events/no-such-event/"):
        assert reader.get(address, headers={"If-None-Match": etag}).status_code != 304, address


def test_what_went_wrong_has_no_etag(reader: Client, world: Any) -> None:
    for address in ("/no-such-page/", "/events/?kind=pact", "/api/v1/events/?kind=pact"):
        assert "ETag" not in reader.get(address).headers, address


def test_an_edition_is_raised_inside_its_transaction_or_not_at_all(world: Any) -> None:
    before = editions.current()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        editions.raise_edition()
        raise ZeroDivisionError
    assert editions.current() == before


def test_caches_on_the_way_may_keep_an_answer_and_drop_it_by_its_keys(reader: Client, world: Any, settings: Any) -> None:
    answer = reader.get("/events/")
    assert {"all", "events", f"edition-{answer['X-Edition']}"} == set(answer["Surrogate-Key"].split())
    assert reader.get("/")["Surrogate-Key"].split()[-1] == "home"
    assert "s-maxage" not in answer["Cache-Control"]
    settings.SHARED_MAX_AGE = 60
    assert {"s-maxage=60", "stale-while-revalidate=60", "max-age=0"} <= set(reader.get("/events/")["Cache-Control"].split(", "))
    assert "Surrogate-Key" not in reader.get("/events/nothing-here/")
