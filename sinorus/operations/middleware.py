"""Around everything else: the reference of a request, what is counted of it, and its line in the log."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import queries
from .counting import OTHER, UNMODIFIED, counters
from .logs import reference

HEADER: Final = "X-Request-ID"
_GIVEN: Final = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
logger = logging.getLogger("sinorus.requests")


class RequestMiddleware:
    """The first of all, so that nothing is answered without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.counters = counters()  # made here, since gunicorn loads the code before it forks the workers

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        named = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        reference.set(named)  # and not taken back: a stream is written after this, and the next request has its own
        queries.watch()
        response = self.get_response(request)
        response.headers[HEADER] = named
        match = request.resolver_match
        kept = getattr(response, "kept", None)  # the route that made a kept answer; nobody looked for it this time
        route = (match.view_name if match else kept) or (UNMODIFIED if response.status_code == 304 else OTHER)
        took = time.perf_counter() - started
        self.counters.request(route, request.method or OTHER, response.status_code, took)
        if kept is not None:
            self.counters.add("kept")
        if settings.LOG_REQUESTS:
            told = {"ms": round(took * 1000, 1), "parameters": len(request.GET)}  # not their names: a reader may have made them up
            logger.info("%s %s %s", request.method, route, response.status_code, extra={"told": told})
        return response
