"""Makes the pictures of README and docs from a running site.

``python docs/pictures.py http://127.0.0.1:8000`` those of the public pages; with the name and the password of an account
those of the desk too: ``python docs/pictures.py http://127.0.0.1:8000 anna a-long-enough-word``.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

#: Name → address, width, height, colour scheme.
PICTURES = {
    "events-1440-light": ("/events/", 1440, 900, "light"),
    "event-1440-dark": ("/events/yeltsin-in-beijing-1996/", 1440, 900, "dark"),
    "events-360-dark": ("/events/", 360, 740, "dark"),
    "report-1440-light": ("/report/?record=E1", 1440, 900, "light"),
}
DESK = {
    "desk-1440-light": ("/admin/", 1440, 900, "light"),
    "import-1440-light": ("/admin/desk/import/1/change/", 1440, 900, "light"),
}
ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]


def main(site: str, *account: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        for name, picture in {**PICTURES, **(DESK if account else {})}.items():
            take(browser, site, name, *picture, account=account if name in DESK else ())


def take(browser: Browser, site: str, name: str, address: str, width: int, height: int, scheme: str, account: tuple[str, ...]) -> None:
    """One picture, signed in when an account is given."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    if account:
        page.goto(f"{site}/admin/login/")
        page.fill("#id_username", account[0])
        page.fill("#id_password", account[1])
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{site}/admin/")
    page.goto(site + address)
    page.screenshot(path=Path(__file__).parent / "pictures" / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:])
