"""Every answer, errors included, says what a browser may do with it, and allows no script but ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.catalogues import body_of
from tests.headers import faults_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESSES = [
    "/",
    "/events/",
    "/events/?kind=pact",
    "/events/zhenbao-1969/",
    "/zh/events/",
    "/no-such-page/",
    "/events.csv",
    "/events.jsonl",
    "/events.atom",
    "/events.csv?kind=pact",
    "/api/v1/",
    "/api/v1/events/",
    "/api/v1/events/?kind=pact",
    "/api/v1/no-such/",
    "/api/docs/",
    "/id/E1",
    "/healthz",
    "/readyz",
    "/admin/",
    "/admin/login/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_headers(reader: Client, world: Any, address: str) -> None:
    assert not faults_in(reader.get(address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_request_reflects_nothing_of_its_headers(reader: Client, world: Any, address: str) -> None:
    canary = "canary.example"
    answer = reader.get(
        address, headers={"X-Forwarded-Host": canary, "X-Original-URL": f"/{canary}", "X-Forwarded-Proto": canary, "Referer": canary}
    )
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert canary.encode() not in body
    assert canary not in str(answer.headers)


def test_a_host_that_is_not_ours_is_refused(world: Any) -> None:
    assert Client(raise_request_exception=False).get("/events/", headers={"Host": "evil.example"}).status_code == 400


@override_settings(SECURE_SSL_REDIRECT=True)
def test_behind_tls(reader: Client, world: Any) -> None:
    """Who is sent on or refused before anything else is asked, and who is answered."""
    assert (sent_on := reader.get("/events/")).status_code == 301
    assert (refused := reader.get("/events/", headers={"Host": "evil.example"})).status_code == 400
    assert not faults_in(sent_on) + faults_in(refused) + faults_in(reader.get("/events/", secure=True))


def test_files_of_ours(reader: Client, settings: Any, tmp_path: Path) -> None:
    """They are answered before any code of ours is asked."""
    (tmp_path / "a.css").write_text("p {}")
    settings.STATIC_ROOT = tmp_path
    answer = reader.get("/static/a.css")
    assert answer.status_code == 200 and body_of(answer) and not faults_in(answer)
    unchanged = reader.get("/static/a.css", headers={"If-Modified-Since": answer["Last-Modified"]})
    assert unchanged.status_code == 304 and not faults_in(unchanged)


@pytest.mark.parametrize("address", ["/events/1.css", "/events/zhenbao-1969/x.js", "/events/%2e%2e/", "/events/;a=b/", "/\\evil.example"])
def test_no_address_can_be_made_to_look_like_another(reader: Client, world: Any, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404, answer.status_code
