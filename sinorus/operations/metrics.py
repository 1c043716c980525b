"""``/metrics`` in the text format of Prometheus, for who has the token."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from .counting import BUCKETS, counters
from .gauges import Labels, gauges

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
logger = logging.getLogger(__name__)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All numbers. Without ``METRICS_TOKEN`` there is nothing at this address; without the token 401."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse("The token is missing.\n", status=401, content_type=CONTENT_TYPE, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse("\n".join([*_lines(), ""]), content_type=CONTENT_TYPE)


def _lines() -> Iterator[str]:
    counted = counters()
    requests = counted.requests()
    yield from _metric(
        "sinorus_requests_total",
        "counter",
        "Requests answered.",
        (
            ((("route", route), ("method", method), ("status", kind)), number)
            for route, (results, _times, _sum) in requests.items()
            for (method, kind), number in results.items()
        ),
    )
    yield from _head("sinorus_request_seconds", "histogram", "Time until an answer was made; of a stream, until it began.")
    for route, (_results, times, seconds) in requests.items():
        reached = 0.0
        for bound, number in zip([*map(str, BUCKETS), "+Inf"], times, strict=True):
            reached += number
            yield _line("sinorus_request_seconds_bucket", (("route", route), ("le", bound)), reached)
        yield _line("sinorus_request_seconds_sum", (("route", route),), seconds)
        yield _line("sinorus_request_seconds_count", (("route", route),), reached)
    for what, meaning in (
        ("queries", "Statements to the databases."),
        ("seconds", "Seconds that statements took."),
        ("slow", "Statements that took longer than SLOW_QUERY_MS."),
    ):
        numbers = (((("database", alias),), counted.total(f"{what}:{alias}")) for alias in settings.DATABASES)
        yield from _metric(f"sinorus_database_{what}_total", "counter", meaning, numbers)
    yield from _metric("sinorus_kept_answers_total", "counter", "Answers that were kept whole.", [((), counted.total("kept"))])
    yield from _metric("sinorus_info", "gauge", "Version of the software.", [((("version", settings.VERSION),), 1)])
    for name, (meaning, read) in gauges.items():
        try:
            numbers = list(read().items())
        except Exception:
            logger.exception("%s could not be read.", name)  # the others are told: most of all when something is wrong
            continue
        yield from _metric(name, "gauge", meaning, numbers)


def _metric(name: str, kind: str, meaning: str, numbers: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    yield from _head(name, kind, meaning)
    yield from (_line(name, labels, number) for labels, number in numbers)


def _head(name: str, kind: str, meaning: str) -> tuple[str, str]:
    return f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"


def _line(name: str, labels: Labels, number: float) -> str:
    told = ",".join(f'{key}="{_escaped(value)}"' for key, value in labels)
    return f"{name}{{{told}}} {float(number)!r}" if told else f"{name} {float(number)!r}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
