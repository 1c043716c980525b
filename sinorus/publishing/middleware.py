"""Headers of public answers: the edition, validators that cost one query, caching, and what the browser may do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from csp.constants import HEADER
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.timezone import localdate
from django.utils.translation import get_language

from sinorus.facets import snapshot
from sinorus.facets.answers import EDITION, answers, key_of
from sinorus.facets.repeating import Queries, noting

from . import editions, replicas, workflow

PRIVATE: Final = ("/admin/", "/preview/", "/report/", "/styleguide/", "/readyz", "/healthz", "/metrics")
#: What also depends on files beside the database: the edition alone does not tell whether it is unchanged.
BESIDE: Final = ("/data/",)
PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class PublicHeadersMiddleware:
    """Headers that say what a browser may do with any answer, errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.unless_told = {
            "Permissions-Policy": PERMISSIONS,
            "Cache-Control": "private, no-store",  # refusals and redirects too, which others would else keep for as long as they like
            # Django's own middleware tells these, but not of what is refused before it is asked, as a wrong host.
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.unless_told.items():
            response.headers.setdefault(name, value)
        if response.status_code == 304:
            response._csp_exempt = True  # what is kept was told who may show it, and would be told otherwise
        else:
            # Stylesheets too, since a card in a frame that is sandboxed counts as of no site, and still needs its own.
            elsewhere = _is_api(request) or request.path.startswith(settings.STATIC_URL)
            response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if elsewhere else "same-origin")
            if "frame-ancestors *" not in response.headers.get(HEADER, ""):
                response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
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
        if request.path_info.startswith(PRIVATE) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        using = replicas.choose(fresh=settings.SESSION_COOKIE_NAME in request.COOKIES)
        beside = request.path_info in BESIDE
        if (response := None if beside else self._without_reading(request, using)) is None:
            response = self._answer(request, using)
            _take_no_cookie_back(response)
            if response.status_code != 200 or beside:
                response.headers["X-Edition"] = str(request.edition)
                if response.status_code == 200:
                    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
                return response
        response.headers["ETag"] = request.validator
        response.headers["X-Edition"] = str(request.edition)
        response.headers["Surrogate-Key"] = f"all edition-{request.edition} {request.path_info.strip('/').partition('/')[0] or 'home'}"
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        if settings.SHARED_MAX_AGE:
            patch_cache_control(response, s_maxage=settings.SHARED_MAX_AGE, stale_while_revalidate=settings.SHARED_MAX_AGE)
        return response

    def _without_reading(self, request: HttpRequest, using: str) -> HttpResponse | None:
        """What follows from the edition alone: that nothing has changed, or the page of this edition that is kept; else None."""
        asked = parse_etags(request.headers.get("If-None-Match", ""))
        key = None if _is_api(request) or connections[using].in_atomic_block else key_of(request)
        if not asked and key is None:
            return None
        try:
            with replicas.reading_from(using), replicas.unchecked(using):
                present = editions.present()
        except Error:
            return None  # who reads finds out what is the matter
        if present.due:
            return None
        request.edition, request.validator = present.number, _etag(request, present.number, present.stamp)
        if request.validator in asked:
            return HttpResponseNotModified()
        return _numbered(request, answers.get(key, request.validator))

    def _answer(self, request: HttpRequest, using: str, *, again: bool = False) -> HttpResponse:
        """The answer, read in one snapshot; once more when the connection was closed on the way, from the primary when a replica fails."""
        try:
            with editions.reading(workflow.publish_due_if_possible, using=using) as now:
                request.edition, request.validator = now.edition, _etag(request, now.edition, now.stamp)
                response = self._kept(request) if request.path_info not in BESIDE else self.get_response(request)
        except Error:
            if using == DEFAULT_DB_ALIAS:
                raise
        else:
            closed = connections[using].closed_in_transaction and not again  # see operations.queries
            if response.status_code < 500 or (using == DEFAULT_DB_ALIAS and not closed):
                return response
        if using != DEFAULT_DB_ALIAS:
            replicas.note_failure(using)
        connections[using].close()
        return self._answer(request, DEFAULT_DB_ALIAS, again=using == DEFAULT_DB_ALIAS)

    def _kept(self, request: HttpRequest) -> HttpResponse:
        """The answer that is kept, or else the one that is made; the API keeps its own, since it counts its requests first."""
        if _is_api(request) or snapshot.current() is None or (key := key_of(request)) is None:
            return self.get_response(request)
        if (response := answers.get(key, request.validator)) is None:
            response, queries = self._made(request)
            answers.put(key, request.validator, response, request.resolver_match.view_name if request.resolver_match else "", queries)
        return _numbered(request, response)

    def _made(self, request: HttpRequest) -> tuple[HttpResponse, Queries | None]:
        """An answer, and of which queries it was made. In a file the number of the edition may be packed, so it is the true one."""
        if not _is_page(request):
            return self.get_response(request), None
        edition, request.edition = request.edition, EDITION
        try:
            with noting() as queries:
                response = self.get_response(request)
        finally:
            request.edition = edition
        return response, queries


def _numbered(request: HttpRequest, response: HttpResponse | None) -> HttpResponse | None:
    """A page that is kept, with the number of the edition in its place."""
    if response is not None and _is_page(request) and not response.streaming:
        response.content = response.content.replace(str(EDITION).encode(), str(request.edition).encode())
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _etag(request: HttpRequest, edition: int, stamp: str) -> str:
    parts = (
        request.get_full_path(),
        edition,
        stamp,
        settings.VERSION,
        get_language(),
        localdate().isoformat(),
    )
    # Weak, since the same content may be sent compressed or not.
    return f'W/"{edition}-{hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()}"'


def _take_no_cookie_back(response: HttpResponse) -> None:
    """Django deletes the cookie of a session that is none; what is for everybody sets no cookie, that one neither."""
    if response.cookies:
        response.cookies.clear()
        varies = [one for one in response.headers.get("Vary", "").split(", ") if one.lower() not in ("", "cookie")]
        response.headers["Vary"] = ", ".join(varies)
        if not varies:
            del response.headers["Vary"]


def _is_page(request: HttpRequest) -> bool:
    return request.path_info.endswith("/")


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
