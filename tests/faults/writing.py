"""Editors who save through the admin of a running site, and what came of it: every save that was acknowledged is told."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from tests.operations.sites import Site

#: A publisher who is signed in; prints the session.
SIGNED_IN = """
from django.contrib.auth.models import User
from django.test import Client
client = Client()
client.force_login(User.objects.create_superuser("publisher"))
print(client.cookies["sessionid"].value)
"""
#: Groups by name, and of those the names whose making is noted in the log of the admin: both are written in one transaction.
WRITTEN = """
import json
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
print(json.dumps([sorted(Group.objects.filter(name__startswith="saved").values_list("name", flat=True)),
    sorted(LogEntry.objects.filter(object_repr__startswith="saved").values_list("object_repr", flat=True))]))
"""
_TOKEN = "a" * 32


class Editors:
    """Some at work at once, until they are told to stop."""

    def __init__(self, site: Site, session: str) -> None:
        self.site, self.session = site, session
        self.acknowledged: set[str] = set()
        self.answers: Counter[int] = Counter()
        self._stop = threading.Event()

    def save(self, name: str) -> tuple[int, dict[str, str], bytes]:
        """Save something of that name; 302 acknowledges it."""
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={_TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)) as asked:
            asked.request("POST", "/admin/auth/group/add/", urlencode({"name": name, "csrfmiddlewaretoken": _TOKEN}), headers)
            answer = asked.getresponse()
            return answer.status, dict(answer.headers), answer.read()

    def _work(self, number: int) -> None:
        for turn in range(1_000_000):
            if self._stop.is_set():
                return
            try:
                status, _headers, _body = self.save(name := f"saved {number} {turn}")
            except (OSError, http.client.HTTPException):
                self.answers[0] += 1
                time.sleep(0.05)
                continue
            self.answers[status] += 1
            if status == 302:
                self.acknowledged.add(name)

    @contextmanager
    def at_work(self, number: int = 3) -> Iterator[Editors]:
        threads = [threading.Thread(target=self._work, args=[one]) for one in range(number)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def until_saved(self, more: int, seconds: float = 120) -> None:
        """Wait until that many more saves are acknowledged; not for ever, since nobody may be left to save."""
        wanted, end = len(self.acknowledged) + more, time.monotonic() + seconds
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < end, self.answers
            time.sleep(0.02)

    def nothing_is_lost(self) -> None:
        """Every acknowledged save is there, each whole."""
        saved, noted = json.loads(self.site.python(WRITTEN))
        assert saved == noted
        assert self.acknowledged <= set(saved)
        assert len(saved) - len(self.acknowledged) <= self.answers[0] + self.answers[503]


def editors(site: Site) -> Editors:
    return Editors(site, site.python(SIGNED_IN))


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def workers(pid: int, number: int = 2) -> list[int]:
    """All workers of a server, when they are there: it answers from the first on."""
    while len(found := children(pid)) < number:
        time.sleep(0.05)
    return found
