"""A filtered list can be cited: its receipt says later whether the answer is the same, which records came and went, which were edited."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from events.models import Event
from sinorus.dates.templatetags.dates import render_date
from sinorus.facets.receipts import MAX_CODED, coded, decoded
from sinorus.publishing.changes import Watch
from tests import records as make
from tests.catalogues import catalogues

pytestmark = pytest.mark.django_db

ASKED = "/receipts/events.json?state=china&theme=border"


def told(reader: Client, address: str) -> dict[str, Any]:
    answer = reader.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def opened(reader: Client, receipt: str) -> dict[str, Any]:
    return told(reader, receipt.replace("/receipts/events/", "/receipts/events.json"))


def edit(event: Event, **changes: Any) -> None:
    watch = Watch([event])
    Event.objects.filter(pk=event.pk).update(**changes)
    watch.tell([event], what=None, why="Checked again")


@pytest.fixture
def receipt(reader: Client, world: Any) -> str:
    return told(reader, ASKED)["receipt"]


def test_it_names_question_edition_day_count_and_a_check_of_the_ids(reader: Client, world: Any, receipt: str) -> None:
    parts = dict(parse_qsl(urlsplit(receipt).query))
    ids = sorted((one["id"] for one in told(reader, "/api/v1/events/?state=china&theme=border")["results"]), key=lambda one: int(one[1:]))
    assert parts["state"] == "china" and parts["theme"] == "border"
    assert parts["cited_count"] == str(len(ids)) and len(ids) > 2
    assert parts["cited_sha256"] == hashlib.sha256("".join(f"{one}\n" for one in ids).encode()).hexdigest()
    assert parts["cited_edition"] == reader.get("/events/")["X-Edition"]


def test_an_answer_that_is_the_same_says_so(reader: Client, world: Any, receipt: str) -> None:
    found = opened(reader, receipt)
    assert found["same"] is True and found["added"] == found["removed"] == found["edited"] == []
    assert "The same records answer today" in reader.get(receipt).content.decode()


@pytest.mark.parametrize("prefix", ["", "/zh", "/ru"])
def test_its_day_is_told_as_each_language_has_it(reader: Client, world: Any, receipt: str, prefix: str) -> None:
    page = reader.get(prefix + receipt[receipt.index("/receipts/") :]).content.decode()
    assert page.count(render_date(datetime.date.today(), prefix.strip("/") or "en")) == 3


def test_it_says_which_records_came_went_and_were_edited(reader: Client, world: Any, receipt: str) -> None:
    came = make.event("came-later", "1990", (world.china,), (world.border,), cites=world.study)
    edit(world.clash_1969, importance=2)
    edit(world.five_1996, status="draft")
    world.split.themes.remove(world.border)
    found = opened(reader, receipt)
    assert found["same"] is False
    assert found["added"] == [came.public_id]
    assert found["removed"] == sorted([world.five_1996.public_id, world.split.public_id], key=lambda one: int(one[1:]))
    assert found["edited"] == [world.clash_1969.public_id]
    page = reader.get(receipt).content.decode()
    for words in ("The answer has changed", "Came later", "Withdrawn", world.split.title, "Checked again", "1 of them was edited since"):
        assert words in page, words


def test_a_receipt_without_ids_still_says_whether(reader: Client, world: Any, receipt: str) -> None:
    split = urlsplit(receipt)
    short = f"{split.path}?{urlencode([pair for pair in parse_qsl(split.query) if pair[0] != 'cited_ids'])}"
    assert opened(reader, short)["same"] is True
    edit(world.five_1996, status="draft")
    found = opened(reader, short)
    assert found["same"] is False and found["added"] is None and found["removed"] is None
    assert "?since=" in reader.get(short).content.decode()


CHANGED = [("cited_count", "99"), ("cited_sha256", "0" * 64), ("cited_ids", "AAAA"), ("cited_ids", "%%%"), ("cited_on", "soon")]


@pytest.mark.parametrize(("name", "value"), [*CHANGED, ("cited_edition", "-1")])
def test_a_receipt_that_was_changed_is_refused(reader: Client, world: Any, receipt: str, name: str, value: str) -> None:
    split = urlsplit(receipt)
    address = f"{split.path}?{urlencode([(key, value if key == name else one) for key, one in parse_qsl(split.query)])}"
    assert reader.get(address).status_code == 400
    answer = reader.get(address.replace("/receipts/events/", "/receipts/events.json"))
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["name"].startswith("cited_")


def test_an_incomplete_receipt_and_a_bad_question_are_refused(reader: Client, world: Any) -> None:
    names = {error["name"] for error in reader.get("/receipts/events.json?cited_edition=1").json()["errors"]}
    assert names == {"cited_on", "cited_count", "cited_sha256"}
    assert reader.get("/receipts/events.json?kind=pact").json()["errors"][0]["name"] == "kind"
    assert reader.get("/receipts/nothing/").status_code == 404


def test_the_order_of_the_list_does_not_matter(reader: Client, world: Any, receipt: str) -> None:
    assert told(reader, f"{ASKED}&sort=title")["now"] == told(reader, ASKED)["now"]


def test_every_list_leads_to_its_receipt(reader: Client, world: Any) -> None:
    for name, catalogue in catalogues().items():
        page = reader.get(catalogue.forms["html"]).content.decode()
        if 'class="more cite"' not in page:
            continue
        endpoint = catalogue.forms["api"].rstrip("/").rsplit("/", 1)[1]
        assert f'href="/receipts/{endpoint}/"' in page, name
        assert reader.get(f"/receipts/{endpoint}/").status_code == 200


def test_receipts_speak_three_languages(reader: Client, world: Any) -> None:
    assert "/zh/receipts/events/" in reader.get("/zh/receipts/events/?state=china").content.decode()


@given(st.sets(st.integers(1, 30_000), max_size=300))
def test_ids_come_out_as_they_went_in(numbers: set[int]) -> None:
    assert decoded(coded(sorted(numbers))) == sorted(numbers)


def test_many_ids_are_left_out_rather_than_cut() -> None:
    assert coded([n * n for n in range(1, 5_000)]) == ""
    assert 0 < len(coded(range(1, 100_000))) < MAX_CODED
