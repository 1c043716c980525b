"""What the headers of every answer must say: what a browser may do with it, what a cache may keep of it, and no script but ours.

One rule for whatever asks: pages, data, the desk, refusals and faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sinorus.publishing.language import is_plain

#: What is for one reader, or for who runs the site. Told here once more, so that what the site forgets is noticed.
PRIVATE = ("/admin/", "/preview/", "/report/", "/styleguide/", "/readyz", "/healthz", "/metrics")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
}
HSTS = "max-age=31536000; includeSubDomains"


def faults_of(address: str, status: int, headers: Mapping[str, str], *, method: str = "GET", secure: bool = False) -> list[str]:
    """What is wrong with the headers of an answer; nothing where all is as decided. ``secure`` is what was asked over TLS."""
    told, place = {name.lower(): value for name, value in headers.items()}, _place(address)
    wrong = [*_browsers(place, status, told, method, secure), *_caches(place, status, told, method)]
    return [f"{method} {address}: {status}, {one}" for one in wrong]


def faults_in(answer: Any) -> list[str]:
    """The same of an answer that Django made for a request of a test."""
    request = answer.wsgi_request
    return faults_of(request.get_full_path(), answer.status_code, headers_of(answer), method=request.method, secure=request.is_secure())


def headers_of(answer: Any) -> dict[str, str]:
    """All that a server would send; of cookies, whose values are never the same, the names."""
    return {**answer.headers, **({"Set-Cookie": " ".join(answer.cookies)} if answer.cookies else {})}


def _place(address: str) -> str:
    """The path without the language before it, which only pages have: there is no /ru/admin/."""
    path = address.partition("?")[0]
    page = re.sub(r"^/(zh|ru)(?=/)", "", path)
    return path if is_plain(page) else page


def _browsers(place: str, status: int, told: dict[str, str], method: str, secure: bool) -> Iterator[str]:
    expected = ALWAYS | ({"strict-transport-security": HSTS} if secure else {})
    if status == 304:  # what is kept was told who may show it, and would be told otherwise
        expected |= dict.fromkeys(("content-security-policy", "cross-origin-resource-policy", "x-frame-options"))
    else:
        framed = place.startswith("/embed/") and status in (200, 400) and method in ("GET", "HEAD")
        shared = framed or place.startswith(("/api/", "/static/")) or (place.startswith("/cards/") and status == 200)
        expected["cross-origin-resource-policy"] = "cross-origin" if shared else "same-origin"
        expected["x-frame-options"] = None if framed else "DENY"
        policy = dict(part.strip().partition(" ")[::2] for part in told.get("content-security-policy", "").split(";"))
        if policy != POLICY | ({"frame-ancestors": "*"} if framed else {}):
            yield f"the policy is {policy}"
    if place.startswith("/preview/") and status in (200, 410):
        expected["referrer-policy"] = "no-referrer"  # the address is the key
    if place.startswith(("/api/", *PRIVATE)):  # what else anybody may read says so or does not
        expected["access-control-allow-origin"] = "*" if place.startswith("/api/") else None
    expected |= dict.fromkeys(("access-control-allow-credentials", "x-powered-by"))
    for name, value in expected.items():
        if told.get(name) != value:
            yield f"{name} is {told.get(name)!r}"
    kind = told.get("content-type", "")
    if re.match(r"text/|\S+\+xml|application/(jsonl|x-)", kind) and "charset=utf-8" not in kind.lower().replace('"', ""):
        yield f"{kind} has no charset"


def _caches(place: str, status: int, told: dict[str, str], method: str) -> Iterator[str]:
    """What is for one reader is kept by nobody, and neither is what went wrong; what is for all sets no cookie and depends on none."""
    kept = {word.strip() for word in told.get("cache-control", "").split(",")}
    private = place.startswith(PRIVATE)
    if not private and ("set-cookie" in told or "cookie" in told.get("vary", "").lower()):
        yield "it sets a cookie, or depends on one"
    public = not private and status in (200, 304) and method in ("GET", "HEAD")
    if kept & {"public", "private", "no-store"} != ({"public"} if public else {"private", "no-store"}):
        yield f"Cache-Control is {kept}"
