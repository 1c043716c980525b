"""Makes the pictures of README and docs: ``make pictures``, or ``python docs/pictures.py http://127.0.0.1:8000`` of a running site.

Without an address it serves a site of its own from the shipped data, in a folder that is thrown away, with an account to log in to
the desk, and there it also makes those of the editing day (docs/editing_day.py).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
#: Address, width and height of the window, scheme.
Picture = tuple[str, int, int, str]
PICTURES: dict[str, Picture] = {
    "events-1440-light": ("/events/", 1440, 900, "light"),
    "event-1440-dark": ("/events/yeltsin-in-beijing-1996/", 1440, 900, "dark"),
    "events-360-dark": ("/events/", 360, 740, "dark"),
    "map-1440-light": ("/map/", 1440, 1060, "light"),
    "map-360-dark": ("/map/", 360, 740, "dark"),
    "leaders-1440-light": ("/networks/leaders/", 1440, 1060, "light"),
    "causes-820-light": ("/networks/causes/?event=gorbachev-in-beijing-1989", 820, 1180, "light"),
    "coverage-1440-light": ("/coverage/", 1440, 1060, "light"),
    "report-1440-light": ("/report/?record=E1", 1440, 1000, "light"),
    "desk-1440-light": ("/admin/", 1440, 900, "light"),
    "import-1440-light": ("/admin/desk/import/add/", 1440, 900, "light"),
    "styleguide-1440-light": ("/styleguide/", 1440, 1900, "light"),
    "styleguide-1440-dark": ("/styleguide/", 1440, 1900, "dark"),
}
ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]
NAME, WORD = "photographer", "a-long-enough-word"
WAIT = 60  # seconds for the site to be ready


@contextmanager
def site() -> Iterator[tuple[str, dict[str, Picture]]]:
    """A site with the shipped data in the middle of an editing day: its address, and the pictures of that day."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        account = {"DJANGO_SUPERUSER_PASSWORD": WORD, "DJANGO_SUPERUSER_USERNAME": NAME, "DJANGO_SUPERUSER_EMAIL": "nobody@example.org"}
        settings = os.environ | {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3"} | account
        for command in (["migrate", "-v0"], ["load_corpus"], ["createsuperuser", "--noinput"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=settings, check=True)
        day = subprocess.run([sys.executable, "docs/editing_day.py"], cwd=ROOT, env=settings, check=True, stdout=subprocess.PIPE, text=True)
        pictures = {name: (path, 1200, 900, "light") for name, path in json.loads(day.stdout.splitlines()[-1]).items()}
        server = [sys.executable, "-m", "gunicorn", "sinorus.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
        running = subprocess.Popen([*server, "--log-level", "warning"], cwd=ROOT, env=settings)
        try:
            yield _ready(f"http://127.0.0.1:{port}"), pictures
        finally:
            running.terminate()
            running.wait()


def _ready(address: str) -> str:
    """The address once the site answers there. Raises TimeoutError."""
    for _time in range(WAIT * 2):
        try:
            urllib.request.urlopen(f"{address}/readyz")
            return address
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"no site answers at {address}")


def _log_in(page: Page) -> None:
    if page.locator("#id_password").count():
        page.fill("#id_username", NAME)
        page.fill("#id_password", WORD)
        page.locator("input[type=submit]").click()


TABLE = """slug,title,kind,date,participants
zhu-in-moscow-1999,Zhu Rongji visits Moscow,visit,1999-02,zhu-rongji | office: Premier
yeltsin-in-beijing-1996,Yeltsin visits Beijing,summit,1996-04-25,boris-yeltsin
talks-in-1994,Talks,party,1994-13,nobody
"""


def _upload(page: Page) -> None:
    """Where a table is asked for, one of which something is wrong; its rows that are not are looked at."""
    if page.locator("#id_file").count():
        page.set_input_files("#id_file", {"name": "events.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
        page.select_option("#id_records", "events")
        page.check("#id_leave_out")
        page.locator("input[name=_save]").click()


def photograph(address: str, pictures: dict[str, Picture]) -> None:
    """Pictures of a site, into ``docs/pictures``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        for name, (path, width, height, scheme) in pictures.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
            page = context.new_page()
            page.goto(address + path)
            _log_in(page)
            _upload(page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=ROOT / "docs/pictures" / f"{name}.png")
            context.close()
        browser.close()


def main() -> None:
    if len(sys.argv) > 1:
        photograph(sys.argv[1].rstrip("/"), PICTURES)
    else:
        with site() as (address, day):
            photograph(address, PICTURES | day)


if __name__ == "__main__":
    main()
