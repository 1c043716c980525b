"""``/metrics``: what Prometheus reads, over all workers together, for who has the token."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseNotModified
from django.test import Client, RequestFactory
from prometheus_client.parser import text_string_to_metric_families

from sinorus.facets.answers import Answers
from sinorus.operations.counting import Counters, counters
from sinorus.operations.middleware import RequestMiddleware
from tests.headers import faults_in

TOKEN = "a-token-that-is-long-enough-to-keep"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def told(reader: Client, settings: Any) -> Any:
    """What is told now, by name and labels, as an independent parser reads it."""
    settings.METRICS_TOKEN = TOKEN

    def ask() -> Samples:
        answer = reader.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain; version=0.0.4") and not faults_in(answer)
        families = text_string_to_metric_families(answer.content.decode())
        return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}

    return ask


def sample(samples: Samples, name: str, **labels: str) -> float:
    return samples.get((name, frozenset(labels.items())), 0)


@pytest.mark.django_db
def test_there_is_nothing_without_a_token(reader: Client, settings: Any) -> None:
    assert reader.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for wrong in ("", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer ", "Bearer \N{CYRILLIC SMALL LETTER A}"):
        answer = reader.get("/metrics", headers={"Authorization": wrong})
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert b"sinorus" not in answer.content and not faults_in(answer)


@pytest.mark.django_db
def test_requests_are_counted_by_route_method_and_status(reader: Client, world: Any, told: Any) -> None:
    before = told()
    for address in (
        "/events/",
        "/zh/events/?state=china",
        "/events/yeltsin-in-beijing-1996/",
        "/events/nothing-of-this-name/",
        "/no-such/",
    ):
        reader.get(address)
    reader.head("/events/")
    reader.post("/events/")
    after = told()

    def more(name: str, **labels: str) -> float:
        return sample(after, name, **labels) - sample(before, name, **labels)

    assert more("sinorus_requests_total", route="event-list", method="GET", status="2xx") == 2
    assert more("sinorus_requests_total", route="event-list", method="HEAD", status="2xx") == 1
    assert more("sinorus_requests_total", route="event-list", method="POST", status="4xx") == 1
    assert more("sinorus_requests_total", route="event-detail", method="GET", status="2xx") == 1
    assert more("sinorus_requests_total", route="event-detail", method="GET", status="4xx") == 1
    assert more("sinorus_requests_total", route="other", method="GET", status="4xx") == 1
    assert more("sinorus_request_seconds_count", route="event-list") == 4
    assert more("sinorus_request_seconds_bucket", route="event-list", le="+Inf") == 4
    assert 0 < more("sinorus_request_seconds_sum", route="event-list") < 60
    assert more("sinorus_database_queries_total", database="default") > 10


@pytest.mark.django_db
def test_what_stands_there_is_read_off(told: Any, world: Any) -> None:
    now = told()
    assert sample(now, "sinorus_records", type="event", state="published") > 3
    assert sample(now, "sinorus_edition") >= 0
    assert sample(now, "sinorus_database_bytes") > 1000
    names = {name for name, _labels in now}
    assert names >= {"sinorus_reports", "sinorus_imports", "sinorus_info", "sinorus_kept_answers_total"}


def test_one_that_cannot_be_read_does_not_hide_the_others(told: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from sinorus.operations.gauges import gauges

    monkeypatch.setitem(gauges, "sinorus_edition", ("", lambda: 1 / 0))
    names = {name for name, _labels in told()}
    assert "sinorus_edition" not in names and "sinorus_database_bytes" in names


def test_workers_count_together_and_the_dead_ones_numbers_stay() -> None:
    counted = Counters(["home"], ["kept"])
    for slot in (0, 1, 1):
        if (child := os.fork()) == 0:
            counted.take(slot)
            for _ in range(1000):
                counted.request("home", "GET", 200, 0.002)
                counted.add("kept")
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        assert counted.processes()[slot] == child
    counted.free(1)
    assert set(counted.processes()) == {0}
    assert counted.total("kept") == 3000
    [(route, (results, times, seconds))] = counted.requests().items()
    assert (route, results) == ("home", {("GET", "2xx"): 3000})
    assert sum(times) == times[1] == 3000 and round(seconds, 3) == 6


def test_a_name_or_a_method_that_nobody_declared_makes_no_new_row() -> None:
    counted = Counters(["home"], [])
    counted.request("x" * 1000, "BREW", 777, 1e9)
    assert counted.requests().keys() == {"other"}
    assert counted.requests()["other"][0] == {("other", "5xx"): 1}
    assert len(counters().routes) < 600


def test_what_is_kept_or_unmodified_is_counted_where_it_belongs() -> None:
    """No route is looked for then: a kept answer knows the one that made it."""
    keeping = Answers()
    keeping.put(("key",), "validator", HttpResponse("kept"), "treaty-list")
    for answer, route, status, kept in (
        (keeping.get(("key",), "validator"), "treaty-list", "2xx", 1),
        (HttpResponseNotModified(), "unmodified", "3xx", 0),
        (HttpResponse(status=404), "other", "4xx", 0),
    ):
        before, kept_before = number_of(route, status), counters().total("kept")
        RequestMiddleware(lambda request, answer=answer: answer)(RequestFactory().get("/treaties/"))
        assert number_of(route, status) == before + 1
        assert counters().total("kept") == kept_before + kept


def number_of(route: str, status: str) -> float:
    results, _times, _seconds = counters().requests().get(route, ({}, [], 0))
    return results.get(("GET", status), 0)
