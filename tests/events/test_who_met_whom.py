"""Who met whom: the count, the list that its link opens, the matrix, the claims of sources."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.filters import MeetingFilterSet
from events.meetings import Met, meetings
from events.models import CountClaim, Event, MeetingKind
from sinorus.dates.filters import overlap
from sinorus.dates.value import HistoricalDate
from tests.records import actor, event, source

pytestmark = pytest.mark.django_db
API = "/api/v1/meetings/"


@pytest.fixture
def summits(world: Any) -> Any:
    """Jiang and Yeltsin five times, one of them some day in 1999 or 2000; what is no meeting of theirs; Jiang with a draft person."""
    w = world
    pair = (w.jiang, w.yeltsin)
    event("in-moscow-1994", "1994-09-02/1994-09-06", pair, kind="summit", place=w.moscow)
    event("in-moscow-1997", "1997-04-22", pair, kind="visit", place=w.moscow)
    event("in-beijing-1997", "1997-11-09", (*pair, w.china, w.mao), kind="meeting", place=w.beijing)
    event("some-day", "1999/2000", pair, kind="meeting")
    event("a-signing", "1997-04-23", pair, kind="signing")
    event("hidden-summit", "1998", pair, kind="summit", draft=True)
    event("with-a-hidden-envoy", "1998", (w.jiang, w.yeltsin, w.draft_actor), kind="statement")
    event("with-a-third", "1998-07", (w.jiang, actor("nazarbayev", "person", side="third")), kind="summit")
    return w


def told(reader: Client, query: str = "") -> dict[str, Any]:
    return reader.get(f"{API}?{query}").json()


def pair_of(answer: dict[str, Any], chinese: str, russian: str) -> dict[str, Any] | None:
    return next((one for one in answer["pairs"] if (one["chinese"]["slug"], one["russian"]["slug"]) == (chinese, russian)), None)


def test_each_record_of_the_three_kinds_is_one_meeting(reader: Client, summits: Any) -> None:
    answer = told(reader)
    jiang = pair_of(answer, "jiang-zemin", "boris-yeltsin")
    assert jiang["count"] == jiang["count_certain"] == 5
    assert jiang["years"] == [
        {"year": 1994, "count": 1},
        {"year": 1996, "count": 1},
        {"year": 1997, "count": 2},
        {"year": 1999, "count": 1},
    ]
    assert pair_of(answer, "mao-zedong", "boris-yeltsin")["count"] == 1
    assert {one["slug"] for pair in answer["pairs"] for one in (pair["chinese"], pair["russian"])} == {
        "jiang-zemin",
        "mao-zedong",
        "boris-yeltsin",
    }
    assert set(MeetingKind.values) < set(Event.Kind.values)


QUESTIONS = [
    "",
    "kind=summit",
    "kind=summit&kind=visit",
    "date_after=1997&date_before=1999",
    "date_after=1997&date_before=1999&date_match=certain",
    "place=moscow",
    "place=china&kind=meeting",
    "place=unknown",
    "sort=title&date_before=1996",
]


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_link_of_a_count_opens_exactly_what_was_counted(reader: Client, summits: Any, query: str) -> None:
    answer = told(reader, query)
    for pair in answer["pairs"]:
        listed = reader.get(pair["events"].removeprefix("http://testserver")).json()
        assert listed["count"] == pair["count"] > 0
        assert listed.get("count_certain", listed["count"]) == pair["count_certain"]
        for one in listed["results"]:
            people = {row["actor"]["slug"] for row in one["participants"]}
            assert {pair["chinese"]["slug"], pair["russian"]["slug"]} <= people
            assert one["kind"] in MeetingKind.values
        assert reader.get(pair["page"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("query", QUESTIONS)
def test_page_csv_and_api_tell_the_same(reader: Client, summits: Any, query: str) -> None:
    answer = told(reader, query)
    expected = [(one["chinese"]["slug"], one["russian"]["slug"], one["count"]) for one in answer["pairs"]]
    rows = list(csv.DictReader(io.StringIO(reader.get(f"/meetings.csv?{query}").getvalue().decode())))
    assert [(row["chinese"], row["russian"], int(row["count"])) for row in rows] == expected
    page = reader.get(f"/meetings/?{query}")
    assert page.status_code == 200
    assert [(one.chinese.slug, one.russian.slug, one.count) for one in page.context["page"].records] == expected
    for one in page.context["page"].records:
        assert f"/events/?{one.query}".replace("&", "&amp;") in page.content.decode()


def test_the_matrix_holds_the_same_numbers_in_the_order_of_first_meetings(reader: Client, summits: Any) -> None:
    told_ = reader.get("/meetings/").context["page"].told
    columns, rows = told_.matrix
    assert [one.slug for one in columns] == ["boris-yeltsin"]
    assert [(person.slug, [cell.count for cell in cells]) for person, cells in rows] == [("jiang-zemin", [5]), ("mao-zedong", [1])]


def test_the_rule_is_stated_and_nothing_needs_scripts(reader: Client, summits: Any) -> None:
    page = reader.get("/meetings/").content.decode()
    assert told(reader)["rule"] in page
    assert 'style="' not in page and "1994, 1996, 1997 ×2, 1999" in page


@pytest.mark.parametrize("path", ["/meetings/", "/networks/leaders/"])
def test_pairs_are_told_page_by_page_and_the_rest_is_of_them_all(reader: Client, summits: Any, path: str) -> None:
    pairs = [(one["chinese"]["slug"], one["russian"]["slug"]) for one in told(reader)["pairs"]]
    assert len(pairs) == 2
    first = reader.get(f"{path}?page_size=1")
    second = reader.get(f"{path}?page=2&page_size=1")
    seen = [[(one.chinese.slug, one.russian.slug) for one in page.context["page"].records] for page in (first, second)]
    assert seen == [pairs[:1], pairs[1:]] and first.context["page"].told.matrix == second.context["page"].told.matrix
    assert f'href="{path}?page=2&amp;page_size=1"' in first.content.decode()
    assert reader.get(f"{path}?page=900").status_code == 404 and reader.get(f"{path}?page_size=0").context["errors"]
    assert reader.get(f"{API}?page=2").status_code == 400
    whole = reader.get("/meetings.csv?sort=title").getvalue().decode()
    assert len(whole.strip().splitlines()) == len(pairs) + 1


def test_orders(reader: Client, summits: Any) -> None:
    by = {sort: [one["chinese"]["slug"] for one in told(reader, f"sort={sort}")["pairs"]] for sort in ("-count", "date", "title")}
    assert by["-count"] == by["date"] == by["title"] == ["jiang-zemin", "mao-zedong"]
    event("very-early", "1957", (summits.mao, summits.yeltsin), kind="summit")
    assert [one["chinese"]["slug"] for one in told(reader, "sort=date")["pairs"]] == ["mao-zedong", "jiang-zemin"]


@pytest.mark.parametrize(
    "query", ["kind=signing", "person=jiang-zemin", "date_after=soon", "sort=colour", "date_after=2000&date_before=1990"]
)
def test_a_question_that_is_not_understood(reader: Client, summits: Any, query: str) -> None:
    answer = reader.get(f"{API}?{query}")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert reader.get(f"/meetings.csv?{query}").status_code == 400


# Claims -------------------------------------------------------------------------------------------------------------


def claim(w: Any, number: int, since: str = "", until: str = "", **fields: Any) -> CountClaim:
    usual = {"first": w.jiang, "second": w.yeltsin, "words": f"met {number} times", "source": w.study}
    made = CountClaim(number=number, since=since, until=until, **{**usual, **fields})
    made.full_clean()
    made.save()
    return made


@pytest.mark.parametrize(
    ("number", "since", "until", "count", "certain", "verdict"),
    [
        (5, "", "", 5, 5, "agrees"),
        (4, "", "", 5, 5, "differs"),
        (9, "1992", "1999", 5, 4, "differs"),
        (5, "1992", "1999", 5, 4, "agrees"),
        (4, "1992", "1999", 5, 4, "agrees"),
        (3, "1992", "1999", 5, 4, "differs"),
        (2, "1997-04-22", "1997", 2, 2, "agrees"),
        (1, "1997-05", "1997-12", 1, 1, "agrees"),
        (0, "", "1990", 0, 0, "agrees"),
        (1, "2000", "", 1, 0, "agrees"),
    ],
)
def test_a_claim_stands_beside_the_count(
    reader: Client, summits: Any, number: int, since: str, until: str, count: int, certain: int, verdict: str
) -> None:
    claim(summits, number, since, until)
    [one] = told(reader, "date_after=2020")["claims"]
    assert (one["count"], one["count_certain"], one["verdict"]) == (count, certain, verdict)
    listed = reader.get(one["events"].removeprefix("http://testserver")).json()
    assert (listed["count"], listed["count_certain"]) == (count, certain)
    page = reader.get("/meetings/").content.decode()
    assert f"Met {number} times" in page and ("Agrees" if verdict == "agrees" else "Differs: the source counts") in page


def test_a_claim_may_name_the_two_in_either_order(reader: Client, summits: Any) -> None:
    claim(summits, 5, first=summits.yeltsin, second=summits.jiang)
    assert told(reader)["claims"][0]["verdict"] == "agrees"


def test_claims_of_hidden_sources_and_persons_are_hidden(reader: Client, summits: Any) -> None:
    claim(summits, 5, source=source("a-hidden-study", draft=True))
    claim(summits, 5, second=summits.draft_actor)
    assert told(reader)["claims"] == []


def test_a_claim_wants_dates_that_a_filter_takes(summits: Any) -> None:
    for since, until in (("sometime", ""), ("1996-13", ""), ("1999", "1992")):
        with pytest.raises(ValidationError):
            claim(summits, 1, since, until)


def test_the_source_lists_the_claim_that_rests_on_it(reader: Client, summits: Any) -> None:
    claim(summits, 5, locator="p. 7")
    page = reader.get("/sources/a-study/").content.decode()
    assert "number of meetings with Boris Yeltsin" in page and "p. 7" in page


spans = st.sampled_from(["", "1997", "1997-04", "1997-04-22", "1998-12-31"])
dates = st.sampled_from(["1997-04-22", "1997-04", "1996~", "1996/1998", "../1997", "1997/..", "1997-04-22/1997-04-25", "1999"])


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(dates, spans, spans)
def test_the_rule_of_spans_is_that_of_the_filter(edtf: str, since: str, until: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in (("date_after", since), ("date_before", until)) if value)
    asked = MeetingFilterSet(QueryDict(query), meetings())
    if not query or asked.errors:
        return
    bounds = tuple(
        asked.asked[name] and getattr(asked.asked[name], end) for name, end in (("date_after", "earliest"), ("date_before", "latest"))
    )
    date = HistoricalDate(edtf=edtf)
    with transaction.atomic():
        made = Event.objects.create(slug="one", title="One", kind="summit", date_edtf=edtf, summary="One.", status="published")
        matched = [Event.objects.filter(overlap("date", *bounds, match), pk=made.pk).exists() for match in ("possible", "certain")]
        transaction.set_rollback(True)
    assert list(Met(made.pk, date.earliest, date.latest).within(*bounds)) == matched


def test_what_it_costs_does_not_grow(reader: Client, summits: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        event(f"more-{number}", f"{1990 + number}", (summits.jiang, summits.yeltsin), kind="summit")
        claim(summits, number)
    with django_assert_max_num_queries(12):
        reader.get(API)
    with django_assert_max_num_queries(16):
        reader.get("/meetings/")
    assert dict(parse_qsl(told(reader)["pairs"][0]["events"].partition("?")[2]))["all"] == "person"
    assert datetime.date.today().year > 2000
