"""``q`` beside facets, dates and orders: every form gives the same records, and the counts are those of the lists."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.http import urlencode

from events.filters import EventFilterSet
from events.models import Event
from tests.catalogues import admin_ids, catalogues, ids

QUESTIONS = [
    ("event", {"q": "Beijing"}),
    ("event", {"q": "визит", "state": "russia"}),
    ("event", {"q": "visits -Shanghai", "decade": "1990s", "sort": "date"}),
    ("event", {"q": "中", "importance": "3", "sort": "title"}),
    ("event", {"q": "Zhenbao", "date_after": "1960"}),
    ("event", {"q": "nothingofthekind"}),
    ("treaty", {"q": "条约", "party": "russia"}),
    ("treaty", {"q": "consult*"}),
    ("actor", {"q": "江", "kind": "person"}),
    ("actor", {"q": "Chiang Tse-min"}),
    ("place", {"q": "остров"}),
    ("theme", {"q": "границы"}),
    ("formula", {"q": "partnership"}),
    ("source", {"q": "关系"}),
    ("assessment", {"q": "quarrel"}),
]


@pytest.mark.parametrize(("name", "asked"), QUESTIONS)
def test_every_form_gives_the_same_records(shelves: None, reader: Client, publisher: Client, name: str, asked: dict[str, str]) -> None:
    forms, query = catalogues()[name].forms, urlencode(asked)
    found = {form: ids(reader, form, f"{address}?{query}") for form, address in forms.items() if form != "admin"}
    assert all(one == found["api"] for one in found.values()), found
    assert sorted(admin_ids(publisher, f"{forms['admin']}?{query}&status__exact=published")) == sorted(found["api"])
    assert bool(found["api"]) == (asked["q"] != "nothingofthekind")


def question(**asked: str) -> EventFilterSet:
    data = QueryDict(mutable=True)
    data.update(asked)
    return EventFilterSet(data, Event.objects.public())


def test_counts_of_facets_are_those_of_the_lists(shelves: None) -> None:
    asked = {"q": "visits", "importance": "2"}
    for facet in question(**asked).facets():
        for bucket in facet.buckets:
            alone = {name: value for name, value in asked.items() if name != facet.name} | {facet.name: bucket.value}
            assert question(**alone).count == bucket.count, (facet.name, bucket.value)


def test_relevance_is_the_order_as_soon_as_there_is_a_q_and_only_then(shelves: None) -> None:
    assert question(q="Yeltsin").asked["sort"] == "relevance"
    assert question(q="Yeltsin", sort="date").asked["sort"] == "date"
    assert question().asked["sort"] == question(sort="relevance").asked["sort"] == "-date"
    assert not question(sort="relevance").errors


def test_the_canonical_query_has_q_and_no_order_that_goes_without_saying(shelves: None) -> None:
    assert question(q="  Yeltsin   visit ", sort="relevance", utm="x").canonical() == "q=Yeltsin+visit"
    assert question(q="Yeltsin", sort="-date").canonical() == "q=Yeltsin&sort=-date"
    assert question(q="Yeltsin").canonical(q=None) == ""


def test_q_is_told_in_words_and_can_be_left_out(shelves: None) -> None:
    one = question(q="Yeltsin", importance="3")
    assert one.describe().startswith("“Yeltsin”")
    assert next((chip.name, chip.value, chip.query) for chip in one.chips()) == ("q", "Yeltsin", "importance=3")


@pytest.mark.parametrize("text", ["visit*", "visits -Yeltsin", "visits", '"joint exercise"', "条约", "-Yeltsin"])
def test_what_is_too_common_to_be_ranked_is_listed_all_the_same(shelves: None, reader: Client, settings: Any, text: str) -> None:
    ranked = {one["slug"] for one in reader.get("/api/v1/events/", {"q": text}).json()["results"]}
    settings.SEARCH = settings.SEARCH | {"MAX_RANKED": 0}
    assert {one["slug"] for one in reader.get("/api/v1/events/", {"q": text}).json()["results"]} == ranked
    assert reader.get("/search/", {"q": text}).status_code == 200


def test_a_bad_q_is_an_error_and_shows_nothing(shelves: None, reader: Client) -> None:
    page = reader.get("/events/", {"q": "x" * 300})
    assert page.status_code == 400 and "200" in page.content.decode()
    assert reader.get("/events.csv", {"q": "x" * 300}).status_code == 400


def test_an_article_is_linked_and_a_match_is_marked(shelves: None, reader: Client) -> None:
    page = reader.get("/treaties/", {"q": "threatened consult"}).content.decode()
    assert "/treaties/friendship-2001/#article-9" in page and "<mark>threatened</mark>" in page


def test_the_search_page_says_what_was_searched_and_what_may_be_meant(shelves: None, reader: Client) -> None:
    page = reader.get("/search/", {"q": "Gorbachov zzz <b>"}).content.decode()
    assert "Gorbachov zzz &lt;b&gt;" in page and "<b>" not in page
    assert "/search/?q=Gorbachev" in reader.get("/search/", {"q": "Gorbachov"}).content.decode()
    found = reader.get("/zh/search/", {"q": "Yeltsin"}).content.decode()
    assert "/zh/actors/boris-yeltsin/" in found


def test_suggestions_by_title_or_name_in_any_script(shelves: None, reader: Client) -> None:
    for typed, first in (("jia", "jiang-zemin"), ("Chiang Ts", "jiang-zemin"), ("江泽", "jiang-zemin"), ("Хру", "nikita-khrushchev"),
                         ("zemin", "jiang-zemin"), ("peki", "beijing"), ("strategic partn", "strategic-partnership")):  # fmt: skip
        told = reader.get("/api/v1/suggest/", {"q": typed}).json()["suggestions"]
        assert first in [one["slug"] for one in told[:3]] and len(told) <= 10, (typed, told)
    assert reader.get("/api/v1/suggest/", {"q": ""}).json()["suggestions"] == []
    assert "Zanzibar" not in reader.get("/api/v1/suggest/", {"q": "Zanz"}).content.decode()
