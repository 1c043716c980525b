"""Headers of public answers: the edition, validators that cost one query, caching, and what the browser may do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.timezone import localdate
from django.utils.translation import get_language

from . import editions, workflow

PRIVATE: Final = ("/admin/", "/preview/", "/report/", "/readyz", "/healthz")
#: What also depends on files beside the database: the edition alone does not tell whether it is unchanged.
BESIDE: Final = ("/data/",)
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class PublicHeadersMiddleware:
    """Headers that say what a browser may do with any answer, errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if _is_api(request) else "same-origin")
        if _is_api(request):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, X-Edition"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
                response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        return response


class EditionMiddleware:
    """Name the edition in every public answer, and answer 304 from the edition alone.

    The ETag is made of the address, the edition, the version of the code, the language, the form asked for and the day
    (some answers depend on today), so it is known before any other work is done.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PRIVATE):
            response = self.get_response(request)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        asked = parse_etags(request.headers.get("If-None-Match", ""))
        beside = request.path_info in BESIDE
        edition, due = editions.present() if asked else (0, False)
        if asked and not (due or beside) and (etag := _etag(request, edition)) in asked:
            response = HttpResponseNotModified()
        else:
            with editions.reading(publish_due=workflow.publish_due_if_possible) as snapshot:
                request.edition = edition = snapshot.edition
                response = self.get_response(request)
            if response.status_code != 200 or beside:
                response.headers["X-Edition"] = str(edition)
                return response
            etag = _etag(request, edition)
        response.headers["ETag"] = etag
        response.headers["X-Edition"] = str(edition)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response


def _etag(request: HttpRequest, edition: int) -> str:
    parts = (
        request.get_full_path(),
        edition,
        settings.VERSION,
        get_language(),
        localdate().isoformat(),
    )
    # Weak, since the same content may be sent compressed or not.
    return f'W/"{edition}-{hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()}"'


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
