"""Whole answers, kept in the process under their validator: what a browser need not be sent again need not be made again.

The ETag of a public answer is known before it is made (``sinorus.publishing.middleware``) and is another one as soon as anything that
it depends on is: the edition, the code, the language, the day. So nothing here is ever stale; what is old is simply not asked for any
more, and makes room for what is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import snapshot

VARIES = {"accept-encoding", "cookie", "origin", "accept", ""}  # what the key knows, or what is done after

Key = tuple[str, ...]


class Answers:
    """The answers asked for last, as many as fit."""

    def __init__(self) -> None:
        self.kept: OrderedDict[Key, tuple[bytes, dict[str, str], str]] = OrderedDict()
        self.size, self.lock = 0, threading.Lock()

    def get(self, key: Key | None) -> HttpResponse | None:
        """The answer, made anew from what is kept of it."""
        if key is None:
            return None
        with self.lock:
            if (found := self.kept.get(key)) is None:
                return None
            self.kept.move_to_end(key)
        answer = HttpResponse(found[0], headers=found[1])
        answer.kept = found[2]  # told to whoever counts
        return answer

    def put(self, key: Key | None, response: Any, route: str = "") -> None:
        """Keep an answer, and which route made it, unless it is none that everybody gets."""
        varies = {one.strip().lower() for one in response.get("Vary", "").split(",")}
        if key is None or response.status_code != 200 or response.streaming or response.cookies or not varies <= VARIES:
            return
        body = bytes(response.content)
        with self.lock:
            if key not in self.kept and len(body) * 4 <= settings.ANSWERS_KEPT:
                self.kept[key] = body, dict(response.headers), route
                self.size += len(body)
            while self.size > settings.ANSWERS_KEPT:
                self.size -= len(self.kept.popitem(last=False)[1][0])

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0


answers = Answers()


def key_of(request: HttpRequest) -> Key | None:
    """Under what the answer to a request is kept; None when it is not to be."""
    validator = getattr(request, "validator", "")
    if not validator or snapshot.current() is None or request.method != "GET" or request.COOKIES or not settings.ANSWERS_KEPT:
        return None
    return validator, request.scheme, request.get_host(), request.headers.get("Accept", "")


def kept(view: Callable[..., Any]) -> Callable[..., Any]:
    """For the method of an API view: answers with what is kept, after the request was counted against the limits."""

    @wraps(view)
    def answer(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        key = key_of(request._request)
        if (found := answers.get(key)) is not None:
            return found
        response = view(self, request, *args, **kwargs)
        response.add_post_render_callback(lambda rendered: answers.put(key, rendered))
        return response

    return answer
