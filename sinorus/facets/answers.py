"""Whole answers, kept in the process: what a browser need not be sent again need not be made again.

Each belongs to a validator, which is known before an answer is made (``sinorus.publishing.middleware``) and is another one as soon as
anything that the answer depends on is: the edition, the code, the language, the day. On another edition the answer still holds if all
that it was made of does (``repeating``); the number of the edition, which it tells, is put in when it goes out.
"""

from __future__ import annotations

import secrets
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import get_language

from . import snapshot
from .repeating import Queries, Unshareable, noting
from .shared import Shared

VARIES = {"accept-encoding", "cookie", "origin", "accept", ""}  # what the key knows, or what is done after
#: Stands for the number of the edition while a page is made. A number, so that whatever tells it treats it as one; and one that nobody
#: else writes, since it is another one in each process.
EDITION: Final = 10**18 + secrets.randbelow(9 * 10**18)

Key = tuple[str | None, ...]


class Answer(NamedTuple):
    """One that is kept."""

    body: bytes  # compressed, since most of a page is the same words
    headers: dict[str, str]
    route: str  # told to whoever counts
    validator: str
    edition: int
    queries: Queries | None

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.body) + (self.queries.size if self.queries else 0)


class Answers:
    """The answers asked for last, as many as fit."""

    def __init__(self) -> None:
        self.kept: OrderedDict[Key, Answer] = OrderedDict()
        self.size, self.lock = 0, threading.Lock()
        self.shared: Shared | None = None
        self.filed: Shared | None = None  # what is told of single records (``kept``)

    def share(self, workers: int) -> None:
        """Keep them in memory that this process shares with so many that are forked from it, instead of in each."""
        self.shared = Shared(workers, settings.ANSWERS_KEPT) if settings.ANSWERS_KEPT else None
        self.filed, size = None, settings.RECORDS_KEPT // workers
        with suppress(OSError):  # a folder that cannot be written to
            self.filed = Shared(workers, size, places=1 << 20, small=1, folder=settings.DATA_DIR) if size else None

    def take(self, part: int) -> None:
        """Write into this part of what is shared from now on."""
        for one in filter(None, (self.shared, self.filed)):
            one.take(part)

    def get(self, key: Key | None, validator: str) -> HttpResponse | None:
        """The answer, if it belongs to this validator, or if what it was made of says that it still holds."""
        if key is None:
            return None
        if (found := self._find(key)) is None:
            return None
        if found.validator != validator:
            now = snapshot.current()
            if not (found.queries and now and found.edition < now.edition and found.queries.hold(now, found.edition)):
                return None
            found = found._replace(validator=validator, edition=now.edition)
            self._keep(key, found)
        answer = HttpResponse(zlib.decompress(found.body), headers=found.headers)
        answer.kept = found.route
        return answer

    def put(self, key: Key | None, validator: str, response: Any, route: str = "", queries: Queries | None = None) -> None:
        """Keep an answer, unless it is none that everybody gets."""
        varies = {one.strip().lower() for one in response.get("Vary", "").split(",")}
        if key is None or response.status_code != 200 or response.streaming or response.cookies or not varies <= VARIES:
            return
        now = snapshot.current()
        if now and queries:
            queries.settle()
        made = Answer(zlib.compress(response.content, 1), dict(response.headers), route, validator, now.edition if now else 0, queries)
        self._keep(key, made)

    def _find(self, key: Key) -> Answer | None:
        if self.shared:
            return self.shared.get(key)
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def _keep(self, key: Key, answer: Answer) -> None:
        if self.shared:
            with suppress(Unshareable):
                self.shared.put(key, answer)
            return
        with self.lock:
            if answer.size * 4 <= settings.ANSWERS_KEPT:
                self.size += answer.size - (self.kept[key].size if key in self.kept else 0)
                self.kept[key] = answer
            while self.size > settings.ANSWERS_KEPT:
                self.size -= self.kept.popitem(last=False)[1].size

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0


answers = Answers()


def key_of(request: HttpRequest) -> Key | None:
    """Under what the answer to a request is kept; None when it is not to be."""
    if request.method != "GET" or request.COOKIES or not settings.ANSWERS_KEPT:
        return None
    of_whom = request.scheme, request.get_host(), request.headers.get("Accept", "")
    return request.get_full_path(), get_language(), localdate().isoformat(), *of_whom


def kept(view: Callable[..., Any]) -> Callable[..., Any]:
    """For the method of an API view: answers with what is kept, after the request was counted against the limits."""

    @wraps(view)
    def answer(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        if (key := key_of(request._request) if snapshot.current() else None) is None:
            return view(self, request, *args, **kwargs)
        if (found := answers.get(key, request.validator)) is not None:
            return found
        with noting() as queries:
            response = view(self, request, *args, **kwargs)
        response.add_post_render_callback(lambda rendered: answers.put(key, request.validator, rendered, queries=queries))
        return response

    return answer
