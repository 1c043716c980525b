"""An address that leads nowhere shows the records that its words name, never a draft, and never fails whatever it says."""

from __future__ import annotations

import pytest
from django.test import Client

from sinorus.search.index import refresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(world: object) -> None:
    """The small world, as search knows it."""
    refresh()


def near(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 404, address
    page = answer.content.decode()
    return page.partition('<ul class="near">')[2].partition("</ul>")[0]


def test_the_words_of_the_address_are_looked_for(reader: Client, found: None) -> None:
    assert "/events/yeltsin-in-beijing-1996/" in near(reader, "/events/yeltsin-visits-beijing/")
    assert "/events/yeltsin-in-beijing-1996/" in near(reader, "/events/yeltsin-beijing-2050/")
    assert "/events/yeltsin-in-beijing-1996/" in near(reader, "/events/yeltsin-beijng/")
    assert "/zh/events/yeltsin-in-beijing-1996/" in near(reader, "/zh/events/叶利钦/")


@pytest.mark.parametrize("address", ["/events/yeltsin-of-nowhere-2050/", "/events/yeltsin-nowhere/", "/events/declares/"])
def test_what_has_little_to_do_with_the_address_is_not_named(reader: Client, found: None, address: str) -> None:
    assert "<li>" not in near(reader, address)


def test_a_reader_is_not_told_of_queries(reader: Client, found: None) -> None:
    for address in ("/events/yeltsin-visits-beijing/", "/id/E9999/"):
        assert "query" not in reader.get(address).content.decode().partition("<h1>")[2].partition("<form")[0]


def test_drafts_are_not_named(reader: Client, found: None) -> None:
    for address in ("/events/hidden-event/", "/actors/hidden-envoy/", "/hidden-theme/"):
        assert "hidden" not in near(reader, address)


@pytest.mark.parametrize(
    "address", ["/%00/", "/%FF%FE/", "/" + "a-" * 500 + "/", '/"-*-(/', "/NEAR-OR-NOT/", "/-----/", "/x.php", "/wp-login/"]
)
def test_nothing_that_an_address_says_breaks_it(reader: Client, world: object, address: str) -> None:
    near(reader, address)


def test_programs_are_answered_as_before(reader: Client, found: None) -> None:
    answer = reader.get("/api/v1/events/yeltsin/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
