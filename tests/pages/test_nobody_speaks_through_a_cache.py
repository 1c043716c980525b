"""What one reader sends in headers that are no part of the question is never seen by the next: through answers that are kept, and nginx."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sinorus.facets import answers as kept
from tests.catalogues import body_of
from tests.load.site import behind_nginx
from tests.often import often
from tests.operations.sites import Site

CANARY = "canary-qx7"
#: Headers that change an answer somewhere, and are no part of the address.
UNKEYED = {
    "X-Forwarded-Host": f"{CANARY}.example",
    "X-Forwarded-Scheme": CANARY,
    "X-Forwarded-Port": "4443",
    "X-Forwarded-Prefix": f"/{CANARY}",
    "X-Forwarded-For": f"{CANARY}, 10.9.8.7",
    "X-Forwarded-Server": CANARY,
    "X-Forwarded-Path": f"/{CANARY}",
    "Forwarded": f"for=10.9.8.7;host={CANARY}.example;proto=ftp",
    "X-Host": CANARY,
    "X-HTTP-Host-Override": CANARY,
    "X-Original-URL": f"/{CANARY}/",
    "X-Rewrite-URL": f"/{CANARY}/",
    "X-HTTP-Method-Override": "DELETE",
    "X-Method-Override": "POST",
    "X-Request-ID": f"{CANARY}-12345678",
    "X-Real-IP": CANARY,
    "X-WAP-Profile": f"http://{CANARY}.example/",
    "Script-Name": f"/{CANARY}",
    "Accept-Language": f"zh, {CANARY}",
    "Accept-Charset": CANARY,
    "User-Agent": f"<script>{CANARY}</script>",
    "Referer": f"https://{CANARY}.example/",
    "Origin": f"https://{CANARY}.example",
    "HX-Request": "true",
    "HX-Current-URL": f"https://{CANARY}.example/",
    "Cookie": f"lang=zh; theme={CANARY}; django_language=ru",
    "Range": "bytes=0-9",
    "Transformations": CANARY,
    "Via": f"1.1 {CANARY}",
    "Purpose": "prefetch",
}
ADDRESSES = [
    "/",
    "/events/",
    "/zh/events/?kind=summit",
    "/events/zhenbao-1969/",
    "/search/?q=border",
    "/api/v1/events/",
    "/events.atom",
]
#: Addresses that a cache may take for a file or for another address, and that lead nowhere.
CLOAKED = [
    "/events/1.css",
    "/events/1/;x.js",
    "/events/zhenbao-1969/;x.js",
    "/events/zhenbao-1969/x.css",
    "/events/%2e%2e/",
    "/events/1/%2e%2e/",
]
CLOAKED += [
    "/events/zhenbao-1969%2fx.css",
    "/events/zhenbao-1969/%0a.js",
    "/events/;.css",
    "/events%3fkind=summit",
    "/events/%23x",
    "/admin;x.css",
]


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_through_the_answers_that_are_kept(world: Any, address: str) -> None:
    same = {"X-Request-ID": "one-for-all"}
    clean = Client().get(address, headers=same)
    wanted = body_of(clean), dict(clean.headers)
    turn, each = ADDRESSES.index(address), often(1, len(ADDRESSES))
    for name, value in list(UNKEYED.items())[turn % each :: each]:
        kept.answers.clear()
        sent = Client().get(address, headers={name: value})
        assert CANARY.encode() not in body_of(sent), name
        after = Client().get(address, headers=same)
        assert (body_of(after), dict(after.headers)) == wanted, name


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("address", CLOAKED)
def test_no_address_can_be_cloaked(reader: Client, world: Any, address: str) -> None:
    assert reader.get(address).status_code == 404


@pytest.mark.once
@pytest.mark.django_db
def test_no_parameter_can_be_cloaked(reader: Client, world: Any) -> None:
    """A semicolon separates nothing; an escaped ampersand is part of a value; what is unknown is refused, or nothing to a page."""
    for query in (
        "kind=summit;sort=title",
        "kind=summit%26sort=title",
        "kind=summit%00",
        "utm_source=x",
        "utm_content=x;kind=visit",
        "kind%5b%5d=visit",
    ):
        assert reader.get(f"/api/v1/events/?{query}").status_code == 400, query
    plain = body_of(reader.get("/events/"))
    for query in ("utm_source=x", "utm_content=x;kind=visit", "gclid=1"):
        answer = reader.get(f"/events/?{query}")
        assert answer.status_code == 200 and b"yeltsin-in-beijing-1996" in body_of(answer)
    assert body_of(reader.get("/events/")) == plain


@pytest.mark.long
def test_through_nginx(site: Site, tmp_path: Path) -> None:
    """As in docs/deploy.md, keeping answers for a minute: each header with an address of its own, then a reader without it."""
    with ExitStack() as stack:
        stack.enter_context(site.serving(SHARED_MAX_AGE="60", BEHIND_PROXY="true", NUM_PROXIES="1"))
        site.port = behind_nginx(stack, tmp_path, site.port)
        site.wait(path="/readyz")
        for number, (name, value) in enumerate(UNKEYED.items(), 1):
            for address in (f"/events/?page_size={number}", f"/api/v1/events/?page_size={number}", f"/no-such-page-{number}/"):
                site.get(address, **{name: value})
                status, headers, body = site.get(address)
                made_anew = site.get(address, Cookie="sessionid=of-nobody")
                assert CANARY not in str(headers) and CANARY.encode() not in body, (name, headers)
                if status == 200:
                    assert (status, body) == (made_anew[0], made_anew[2]), (name, address)
                    assert headers["X-Request-ID"] == site.get(address)[1]["X-Request-ID"] != made_anew[1]["X-Request-ID"], (
                        "nginx kept nothing"
                    )
