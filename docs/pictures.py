"""Makes the pictures of README and docs from a running site: ``python docs/pictures.py http://127.0.0.1:8000``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = {
    "events-1440-light": ("/events/", 1440, 900, "light"),
    "event-1440-dark": ("/events/yeltsin-in-beijing-1996/", 1440, 900, "dark"),
    "events-360-dark": ("/events/", 360, 740, "dark"),
}
ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]


def main(site: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        for name, (address, width, height, scheme) in PICTURES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            page.goto(site + address)
            page.screenshot(path=Path(__file__).parent / "pictures" / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
