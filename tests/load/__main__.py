"""Readers and editors at once, on a server of our own: ``python -m tests.load [--clients 64] [--editors 4] [--minutes 10]``.

The database is the one that DATA_DIR or DATABASE_URL names, with records in it; editors save events of it in the admin, so give a copy.
With ``--postgres`` a cluster is started in a temporary folder and the shipped data is loaded there. Nothing leaves this machine.

Readers pause ``--think`` seconds on average between two requests, as people do, over lists with facets, searches, records, the API and
feeds. Prints how long answers took and every error; fails when there is one, or when one answer in a hundred took over a second.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from tests.postgres import cluster

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "a-long-enough-word-for-load"
USERS = """
from django.contrib.auth.models import User
for number in range({editors}):
    user, _ = User.objects.get_or_create(username=f"load-{{number}}", defaults={{"is_staff": True, "is_superuser": True}})
    user.set_password({password!r})
    user.save()
from events.models import Event
print(*Event.objects.public().order_by("pk").values_list("pk", flat=True)[:{events}])
print(*Event.objects.public().order_by("pk").values_list("slug", flat=True)[:200])
"""


class Form(HTMLParser):
    """The fields of a form as a browser would send them back."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._area = self._select = ""
        self._text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "input" and name and told.get("type") not in ("submit", "file", "button", "image"):
            if told.get("type") not in ("checkbox", "radio") or "checked" in told:
                self.fields.append((name, told.get("value", "on" if told.get("type") == "checkbox" else "")))
        elif tag == "textarea":
            self._area, self._text = name, []
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in told:
            self.fields.append((self._select, told.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.fields.append((self._area, "".join(self._text).removeprefix("\n")))
            self._area = ""
        elif tag == "select":
            self._select = ""


class Client:
    """A connection that is kept, with cookies."""

    def __init__(self, port: int) -> None:
        self.connection, self.cookies = HTTPConnection("127.0.0.1", port, timeout=60), {}

    def ask(self, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, bytes]:
        """Status and body; a connection that the server closed meanwhile is opened again once."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1{path}"}
        for last in (False, True):
            try:
                self.connection.request("POST" if form is not None else "GET", path, body, headers)
                answer = self.connection.getresponse()
                break
            except (ConnectionError, HTTPException):
                self.connection.close()
                if last:
                    raise
        found = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, found


class Load:
    """What everybody did, and how long it took."""

    def __init__(self, port: int, until: float) -> None:
        self.port, self.until = port, until
        self.times: dict[str, list[float]] = {"read": [], "save": []}
        self.wrong: Counter[str] = Counter()

    def timed(self, what: str, client: Client, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, bytes]:
        started = time.monotonic()
        try:
            status, body = client.ask(path, form)
        except (OSError, HTTPException) as error:
            self.wrong[f"{what} {path.partition('?')[0]}: {type(error).__name__}"] += 1
            return 0, b""
        self.times[what].append(time.monotonic() - started)
        if status >= 400:
            self.wrong[f"{what} {path.partition('?')[0]}: {status}"] += 1
        return status, body

    def read(self, number: int, paths: list[str], think: float) -> None:
        dice, client = random.Random(number), Client(self.port)
        while time.monotonic() < self.until:
            self.timed("read", client, dice.choice(paths))
            time.sleep(dice.uniform(0, 2 * think))

    def edit(self, number: int, events: list[str]) -> None:
        dice, client = random.Random(-number), Client(self.port)
        _status, page = client.ask("/admin/login/")
        fields = dict(Form(page.decode()).fields) | {"username": f"load-{number}", "password": PASSWORD, "next": "/admin/"}
        assert client.ask("/admin/login/", list(fields.items()))[0] == 302, "an editor could not log in"
        while time.monotonic() < self.until:
            path = f"/admin/events/event/{dice.choice(events)}/change/"
            status, page = self.timed("save", client, path)
            if status == 200:
                words = f"Saved under load {dice.random()}."
                form = [(name, words if name == "summary" else value) for name, value in Form(page.decode()).fields]
                status, page = self.timed("save", client, path, [*form, ("_save", "Save")])
                if status != 302:
                    said = re.findall(r'class="errorlist[^>]*>(.*?)</ul>', page.decode(), re.DOTALL)
                    self.wrong[f"save {path}: not taken {said[:2]}"] += 1
            time.sleep(dice.uniform(0.5, 3))


def addresses(slugs: list[str]) -> list[str]:
    """What readers ask for; a third of it lists with facets."""
    decades = [f"{year}s" for year in range(1690, 2030, 10)]
    lists = [f"/events/?decade={decade}&kind={kind}" for decade in decades for kind in ("summit", "visit", "statement", "crisis")]
    lists += [f"/events/?date_after={year}&date_before={year + 9}&sort=date" for year in range(1900, 2020, 3)]
    api = [f"/api/v1/events/facets/?decade={decade}" for decade in decades] + [f"/api/v1/events/?decade={decade}" for decade in decades]
    words = [f"/events/?q={word}" for word in ("border", "treaty", "%E8%BE%B9%E7%95%8C", "%D0%B4%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80")]
    rest = ["/", "/events/", "/treaties/", "/actors/", "/places/", "/sources/", "/events.atom", "/zh/events/", "/ru/treaties/"] * 8
    return lists + api + words * 10 + rest + [f"/events/{slug}/" for slug in slugs]


def main(options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        environment = {**os.environ, "API_RATE": "100000000/min", "LOG_LEVEL": "ERROR", "DEBUG": ""}
        if options.postgres:
            folder = Path(tempfile.mkdtemp(prefix="sinorus-load-"))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            environment["DATABASE_URL"] = stack.enter_context(cluster(folder))
            manage(environment, "migrate", "-v0")
            manage(environment, "load_corpus", "--quiet")
        manage(environment, "collectstatic", "--noinput", "-v0")
        told = manage(environment, "shell", "-v0", "-c", USERS.format(editors=options.editors, password=PASSWORD, events=200)).splitlines()
        events, slugs = told[-2].split(), told[-1].split()
        server = [
            sys.executable,
            "-m",
            "gunicorn",
            "sinorus.wsgi",
            "--bind",
            f"127.0.0.1:{options.port}",
            "--workers",
            "2",
            "--threads",
            "8",
        ]
        process = subprocess.Popen(server, cwd=ROOT, env=environment)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        _wait(options.port)
        load = Load(options.port, time.monotonic() + options.minutes * 60)
        paths = addresses(slugs)
        threads = [threading.Thread(target=load.read, args=(number, paths, options.think)) for number in range(options.clients)]
        # Each editor has events of his own: two who save one record at once are told so, which is another test's matter.
        shares = [events[number :: options.editors] for number in range(options.editors)]
        threads += [threading.Thread(target=load.edit, args=(number, share)) for number, share in enumerate(shares)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return report(load, options.minutes)


def manage(environment: dict[str, str], *words: str) -> str:
    """manage.py, and what it says."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            if Client(port).ask("/readyz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)


def report(load: Load, minutes: float) -> int:
    """Print what came of it; 1 when it is not good enough."""
    for what, took in load.times.items():
        if len(took) > 1:
            points = [1000 * point for point in statistics.quantiles(took, n=100)]
            numbers = f"p50 {points[49]:.0f} ms, p95 {points[94]:.0f} ms, p99 {points[98]:.0f} ms, most {max(took) * 1000:.0f} ms"
            print(f"{what}: {len(took)} answers, {len(took) / minutes / 60:.1f} a second; {numbers}")
    for wrong, number in load.wrong.most_common():
        print(f"wrong, {number} times: {wrong}")
    slow = statistics.quantiles(load.times["read"], n=100)[98] > 1
    return 1 if load.wrong or slow else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--editors", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--think", type=float, default=1.0)
    parser.add_argument("--port", type=int, default=8183)
    parser.add_argument("--postgres", action="store_true")
    sys.exit(main(parser.parse_args()))
