"""Every answer, errors included, says what a browser may do with it, and allows no script but ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings

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
    answer = reader.get(address)
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'"):
        assert part in policy, part
    assert "unsafe-eval" not in policy and "unsafe-inline" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "Referrer-Policy" in answer and "Permissions-Policy" in answer and "Cross-Origin-Resource-Policy" in answer
    assert "Server" not in answer and "X-Powered-By" not in answer
    if not 300 <= answer.status_code < 400:
        kind = answer["Content-Type"]
        assert "charset=utf-8" in kind.lower() or (kind.startswith("application/") and "json" in kind), kind


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


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_behind_tls(reader: Client, world: Any) -> None:
    assert reader.get("/events/").status_code == 301
    assert "max-age=31536000" in Client().get("/events/", secure=True)["Strict-Transport-Security"]


@pytest.mark.parametrize("address", ["/events/1.css", "/events/zhenbao-1969/x.js", "/events/%2e%2e/", "/events/;a=b/", "/\\evil.example"])
def test_no_address_can_be_made_to_look_like_another(reader: Client, world: Any, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404, answer.status_code
