"""A value that is not allowed is named with its field and with what is; nothing is ever answered as if it had not been asked."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.records import World

pytestmark = pytest.mark.django_db

# query → (name at fault, words that its message must hold)
BAD = {
    "state=chnia": ("state", ["chnia", "china"]),
    "state=hidden-envoy": ("state", ["hidden-envoy"]),
    "person=hidden-envoy": ("person", ["hidden-envoy"]),
    "theme=hidden-theme": ("theme", ["hidden-theme"]),
    "kind=sumit": ("kind", ["sumit", "summit"]),
    "kind=Summit": ("kind", ["Summit", "summit"]),
    "decade=1995s": ("decade", ["1995s"]),
    "decade=1670s": ("decade", ["1670s"]),
    "importance=4": ("importance", ["4"]),
    "succession=yes": ("succession", ["yes", "1"]),
    "date_after=1996-13": ("date_after", ["1996-13", "01 to 12"]),
    "date_after=1996-02-30": ("date_after", ["1996-02-30"]),
    "date_after=soon": ("date_after", ["soon", "1996-04-25"]),
    "date_before=%D9%A1%D9%A9%D9%A9%D9%A6": ("date_before", ["1996-04-25"]),  # ١٩٩٦
    "date_after=1997&date_before=1996": ("date_before", ["1996", "1997"]),
    "date_after=1996&date_after=1997": ("date_after", ["once"]),
    "date_match=maybe": ("date_match", ["maybe", "possible, certain"]),
    "date_match=certain&date_match=possible": ("date_match", ["once"]),
    "all=kind": ("all", ["kind"]),
    "sort=colour": ("sort", ["colour", "-date"]),
    "page=0": ("page", ["0", "1"]),
    "page=-1": ("page", ["-1"]),
    "page=1.5": ("page", ["1.5"]),
    "page=%D9%A1": ("page", ["from 1"]),  # ١
    "page=1&page=2": ("page", ["once"]),
    "page_size=201": ("page_size", ["201", "200"]),
    "page_size=9999999999999999999999999": ("page_size", ["200"]),
    "state=a%00b": ("state", []),
    "state=" + "x" * 5000: ("state", []),
    "state=%ED%A0%80": ("state", []),  # a lone surrogate
    "state=%FF%FE": ("state", []),  # not UTF-8
    "place=beijing%E2%80%AE": ("place", []),  # right-to-left override
    urlencode([("state", f"s{n}") for n in range(21)]): ("state", ["21", "20"]),
}


@pytest.mark.parametrize("query", BAD, ids=lambda query: query[:40])
def test_in_the_api(world: World, reader: Client, query: str) -> None:
    name, words = BAD[query]
    for form in ("/api/v1/events/", "/api/v1/events/facets/", "/events.csv", "/events.jsonl", "/events.atom"):
        answer = reader.get(f"{form}?{query}")
        assert answer.status_code == 400, f"{form}: {answer.status_code}"
        assert answer["Content-Type"].startswith("application/problem+json")
        errors = {error["name"]: error for error in answer.json()["errors"]}
        assert list(errors) == [name]
        missing = [word for word in words if word not in errors[name]["message"]]
        assert not missing, f"{errors[name]['message']!r} does not say {missing}"
        assert len(errors[name]["message"]) < 2500


@pytest.mark.parametrize("query", BAD, ids=lambda query: query[:40])
def test_on_the_page(world: World, reader: Client, query: str) -> None:
    """The page says it too, and shows no record as if it were an answer."""
    answer = reader.get(f"/events/?{query}")
    assert answer.status_code == 400
    body = answer.content.decode()
    assert "/events/yeltsin-in-beijing-1996/" not in body
    _name, words = BAD[query]
    if words:
        assert words[0] in body


def test_a_closed_list_is_given_whole(world: World, reader: Client) -> None:
    (error,) = reader.get("/api/v1/treaties/?binding=bound").json()["errors"]
    assert error["allowed"] == ["binding", "political"]
    (error,) = reader.get("/api/v1/events/?sort=colour").json()["errors"]
    assert {"-date", "date", "title", "-updated"} <= set(error["allowed"])


def test_an_unknown_name_is_an_error_for_programs_and_nothing_for_readers(world: World, reader: Client) -> None:
    (error,) = reader.get("/api/v1/events/?colour=red").json()["errors"]
    assert error["name"] == "colour" and {"state", "kind", "date_after", "page"} <= set(error["allowed"])
    assert reader.get("/events.csv?colour=red").status_code == 400
    page = reader.get("/events/?colour=red")
    assert page.status_code == 200
    assert "/events/yeltsin-in-beijing-1996/" in page.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "state__slug",
        "kind__in",
        "pk__gt",
        "id",
        "status",
        "_connector",
        "participations__actor__slug",
        "editor_note",
        "q]",
        "fields__in",
        "\x00",
    ],
)
def test_no_name_of_the_database_is_a_parameter(world: World, reader: Client, name: str) -> None:
    answer = reader.get("/api/v1/events/", {name: "1"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["name"] == name


def test_at_most_forty_parameters(world: World, reader: Client) -> None:
    pairs = [("kind", kind) for kind in ("summit", "visit")] * 10 + [("state", "china")] * 20
    assert reader.get("/api/v1/events/?" + urlencode(pairs)).status_code == 200
    answer = reader.get("/api/v1/events/?" + urlencode([*pairs, ("theme", "border")]))
    assert answer.status_code == 400
    assert "40" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "query", ["date_after=1996-13", "page=0", "state=a%00b", "on=1996", "on=today", "on=1996-02-30", "status=gone", "topic=x"]
)
def test_treaties_too(world: World, reader: Client, query: str) -> None:
    answer = reader.get(f"/api/v1/treaties/?{query}")
    assert answer.status_code == 400
    assert [error["name"] for error in answer.json()["errors"]] == [query.partition("=")[0]]
