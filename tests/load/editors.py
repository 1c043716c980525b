"""Editors who save in the admin as a browser does, and a table that is imported beside them."""

from __future__ import annotations

import csv
import random
import re
import subprocess
import sys
import threading
import time
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from .http import Told
from .site import PASSWORD, ROOT, Site


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


class Editors:
    """So many editors, each with events of his own: two who save one record at once are told so, which is another test's matter."""

    def __init__(self, site: Site, number: int, events: list[int], until: float) -> None:
        self.site, self.until, self.told, self.saved = site, until, Told(), 0
        shares = [events[one::number] for one in range(number)]
        self.threads = [threading.Thread(target=self._edit, args=(one, share)) for one, share in enumerate(shares)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def join(self) -> None:
        for thread in self.threads:
            thread.join()

    def _edit(self, number: int, events: list[int]) -> None:
        dice, client = random.Random(number), Client(self.site.port)
        _status, page = client.ask("/admin/login/")
        fields = dict(Form(page.decode()).fields) | {"username": f"load-{number}", "password": PASSWORD, "next": "/admin/"}
        if client.ask("/admin/login/", list(fields.items()))[0] != 302:
            self.told.wrong["an editor could not sign in"] += 1
            return
        while time.monotonic() < self.until:
            path = f"/admin/events/event/{dice.choice(events)}/change/"
            status, page = self._timed(client, path)
            if status == 200:
                words = f"Saved under load {dice.random()}."
                form = [(name, words if name == "summary" else value) for name, value in Form(page.decode()).fields]
                status, page = self._timed(client, path, [*form, ("_save", "Save")])
                self.saved += status == 302
                if status != 302:
                    said = re.findall(r'class="errorlist[^>]*>(.*?)</ul>', page.decode(), re.DOTALL)
                    self.told.wrong[f"a save was not taken: {status} {said[:2]}"] += 1
            time.sleep(dice.uniform(0.5, 3))

    def _timed(self, client: Client, path: str, form: list[tuple[str, str]] | None = None) -> tuple[int, bytes]:
        started = time.monotonic()
        try:
            status, body = client.ask(path, form)
        except (OSError, HTTPException) as error:
            self.told.wrong[f"editing: {type(error).__name__}"] += 1
            return 0, b""
        self.told.times.append(time.monotonic() - started)
        if status >= 400:
            self.told.wrong[f"editing: {status}"] += 1
        return status, body


def importing(site: Site, rows: int, there: dict[str, Any]) -> subprocess.Popen[str]:
    """A table of new events, each with a date, participants, a theme and citations, imported as an operator does it."""
    path = site.folder / "load.csv"
    actors, sources, themes = there["actors"], there["sources"], there["themes"]
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["slug", "title", "kind", "date", "summary", "participants", "themes", "citations"])
        for row in range(rows):
            people = "\n".join(f"{actors[(row * 7 + step) % len(actors)]} | role: guest" for step in range(3))
            cited = f"{sources[row % len(sources)]} | locator: p. {row}\n{sources[(row + 1) % len(sources)]}"
            date = f"{1900 + row % 120}-{1 + row % 12:02}-{1 + row % 28:02}"
            table.writerow([f"load-{row}", f"Load {row}", "visit", date, "Two sides met.", people, themes[row % len(themes)], cited])
    command = [sys.executable, "manage.py", "import_records", str(path), "--records", "events", "--user", "load-0"]
    return subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
