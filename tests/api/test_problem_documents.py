"""Errors of the API are problem documents that say which parameter, what was wrong, and what is allowed."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from rest_framework.throttling import AnonRateThrottle

from tests.headers import faults_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def problem(client: Client, url: str, status: int, **kwargs: object) -> dict:
    response = client.get(url, **kwargs)
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/problem+json")
    body = response.json()
    assert body["status"] == status
    assert set(body) >= {"type", "title", "status", "detail"}
    return body


def test_an_unknown_name_names_the_valid_ones(reader: Client, world: object) -> None:
    (error,) = problem(reader, "/api/v1/events/?colour=red", 400)["errors"]
    assert error["name"] == "colour"
    assert {"kind", "state", "date_after"} <= set(error["allowed"])


def test_a_bad_value_names_the_allowed_ones(reader: Client, world: object) -> None:
    (error,) = problem(reader, "/api/v1/treaties/?kind=pact", 400)["errors"]
    assert error["name"] == "kind"
    assert "pact" in error["message"]
    assert {"treaty", "protocol"} <= set(error["allowed"])


def test_all_errors_are_told_at_once(reader: Client, world: object) -> None:
    names = {error["name"] for error in problem(reader, "/api/v1/events/?kind=x&date_after=soon&page=0&nonsense=1", 400)["errors"]}
    assert names == {"kind", "date_after", "page", "nonsense"}


@pytest.mark.parametrize("lang", ["lang=xx", "lang=ru&lang=zh", "lang=%00", "lang=EN"])
@pytest.mark.parametrize("path", ["search", "suggest", "events"])
def test_a_language_that_there_is_not(reader: Client, world: object, path: str, lang: str) -> None:
    (error,) = problem(reader, f"/api/v1/{path}/?q=china&{lang}", 400)["errors"]
    assert error["name"] == "lang" and error["allowed"] == ["en", "zh", "ru"]
    assert reader.get(f"/api/v1/{path}/?q=china&lang=ru&lang=").status_code == 200


def test_a_span_that_ends_before_it_begins(reader: Client, world: object) -> None:
    (error,) = problem(reader, "/api/v1/events/?date_after=1997&date_before=1996", 400)["errors"]
    assert error["name"] == "date_before"
    assert "1996" in error["message"] and "1997" in error["message"]


@pytest.mark.parametrize(
    "url", ["/api/v1/events/no-such-event/", "/api/v1/events/E999999/", "/api/v1/nothing/", "/api/v1/events/?page=999"]
)
def test_not_found(reader: Client, world: object, url: str) -> None:
    problem(reader, url, 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("url", ["/api/v1/", "/api/v1/events/", "/api/v1/events/facets/"])
def test_reading_only(reader: Client, world: object, method: str, url: str) -> None:
    response = getattr(reader, method)(url, data="{}", content_type="application/json")
    assert response.status_code == 405
    assert response["Content-Type"].startswith("application/problem+json")


def test_downloads_say_it_the_same_way(reader: Client, world: object) -> None:
    (error,) = problem(reader, "/events.csv?kind=pact", 400)["errors"]
    assert error["name"] == "kind"
    assert [error["name"] for error in problem(reader, "/events.jsonl?colour=red", 400)["errors"]] == ["colour"]


def test_too_many_requests_say_when_to_come_back(reader: Client, world: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnonRateThrottle, "rate", "2/min", raising=False)
    cache.clear()
    assert [reader.get("/api/v1/events/").status_code for _ in range(2)] == [200, 200]
    response = reader.get("/api/v1/events/")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 61
    assert response.json()["status"] == 429 and not faults_in(response)
    for forwarded in ("10.0.0.1", "10.0.0.2, 10.0.0.3", "::1", ""):
        again = reader.get(
            "/api/v1/events/", headers={"X-Forwarded-For": forwarded, "X-Real-IP": forwarded, "Forwarded": f"for={forwarded}"}
        )
        assert again.status_code == 429, "another address cannot be claimed"


@override_settings(DEBUG=False)
def test_a_fault_of_ours_tells_nothing_of_the_inside(world: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from events.api import EventViewSet

    monkeypatch.setattr(EventViewSet, "get_queryset", lambda self: 1 / 0)
    response = Client(raise_request_exception=False).get("/api/v1/events/")
    assert response.status_code == 500
    assert b"Traceback" not in response.content and b"ZeroDivision" not in response.content
