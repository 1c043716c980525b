"""What the pages that readers open most weigh and score on a telephone, and whether the markup of every kind of page is valid.

    python bench/audit.py http://127.0.0.1:8000 [--lighthouse COMMAND] [--vnu COMMAND] [--axe]

Asks a running site (``make run``). The commands are those of Lighthouse and of the Nu HTML checker where they are installed
("lighthouse", "java -jar vnu.jar"); what is not given is not asked. Ends with 1 when a page is beneath what is promised.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"]
LEAST = {"performance": 98, "accessibility": 98, "best-practices": 98, "seo": 100}
MOST = {"list": (100_000, 25_000)}  # bytes as they travel: all of the page, its scripts
PAGES = {"home": "/", "list": "/events/", "record": "", "timeline": "/timeline/", "dossier": ""}
LANGUAGES = ("", "/zh", "/ru")
LISTS = ["events", "treaties", "actors", "places", "themes", "sources", "assessments", "dossiers"]
OTHERS = ["", "timeline/", "map/", "networks/", "networks/leaders/", "networks/families/", "networks/causes/", "meetings/", "partnership/"]
OTHERS += [
    "networks/causes/?event=gorbachev-in-beijing-1989",
    "basket/?r=E1&r=T1",
    "coverage/",
    "changes/",
    "treaties/provisions/",
    "treaties/compare/",
    "basket/",
    "data/",
    "about/",
    "search/?q=border",
    "report/?record=E1",
]
ODD = ["events/?date_after=soon", "events/?q=nothinglikethis", "no-such-page/"]


def kinds(site: str) -> list[str]:
    """An address of every kind of page: lists, others, what went wrong, and the first two records of each list."""
    found = [*(f"{name}/" for name in LISTS), *OTHERS, *ODD]
    for name in LISTS:
        results = json.loads(read(f"{site}/api/v1/{name}/?page_size=2&fields=page"))["results"]
        found += [one["page"].split("/", 3)[3] for one in results]
    return [f"/{address}" for address in dict.fromkeys(found)]


def read(address: str) -> bytes:
    """A page, whatever its status."""
    try:
        return urllib.request.urlopen(address, timeout=30).read()
    except urllib.error.HTTPError as error:
        return error.read()


def addresses(site: str) -> dict[str, str]:
    """What is measured, the newest essential event and the first dossier among it."""
    found = dict(PAGES)
    for name, question in (("record", "events/?importance=3&"), ("dossier", "dossiers/?")):
        results = json.loads(read(f"{site}/api/v1/{question}page_size=1&fields=page"))["results"]
        found[name] = "/" + results[0]["page"].split("/", 3)[3]
    return found


def scores(command: str, address: str) -> dict[str, Any]:
    """Lighthouse's four scores (mobile, its own throttling), first contentful paint in ms and shift of the layout."""
    asked = [*shlex.split(command), address, "--quiet", "--output=json", f"--chrome-flags={' '.join(FLAGS)}"]
    asked.append(f"--only-categories={','.join(LEAST)}")
    for last in (False, True):  # now and then its browser does not come up
        done = subprocess.run(asked, check=last, capture_output=True, env=os.environ | {"CHROME_PATH": CHROMIUM})
        if not done.returncode:
            break
    told = json.loads(done.stdout)
    numbers: dict[str, Any] = {name: round(100 * one["score"]) for name, one in told["categories"].items()}
    audits = told["audits"]
    for name in ("first-contentful-paint", "cumulative-layout-shift"):
        numbers[name] = round(audits[name]["numericValue"], 3)
    weak = [
        one["id"]
        for one in audits.values()
        if one.get("score") is not None and one["score"] < 0.9 and one["scoreDisplayMode"] != "informative"
    ]
    return numbers | {"weak": weak}


def weight(page: Any, address: str) -> tuple[int, int]:
    """Bytes that travel for a page, headers included, and how many of them for scripts' bodies."""
    sizes: list[tuple[str, int, int]] = []

    def finished(request: Any) -> None:
        size = request.sizes()
        sizes.append((request.resource_type, size["responseBodySize"], size["responseHeadersSize"]))

    page.on("requestfinished", finished)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("requestfinished", finished)
    return sum(body + head for _kind, body, head in sizes), sum(body for kind, body, _head in sizes if kind == "script")


def markup(command: str, site: str) -> list[str]:
    """Errors of the Nu HTML checker on every kind of page, in three languages."""
    addresses = [f"{language}{address}" for address in kinds(site) for language in LANGUAGES]
    with tempfile.TemporaryDirectory() as folder:
        for number, address in enumerate(addresses):
            Path(folder, f"{number:03}.html").write_bytes(read(site + address))
        asked = [*shlex.split(command), "--format", "json", "--errors-only", folder]
        told = json.loads(subprocess.run(asked, capture_output=True, check=False).stderr)["messages"]
    return [f"{addresses[int(Path(one['url']).stem)]}: {one['message']} {one.get('extract', '')[:80]!r}" for one in told]


def barriers(browser: Any, site: str) -> list[str]:
    """What axe objects to on every kind of page, in three languages, light and dark."""
    found, script, addresses = [], Axe().axe_script, kinds(site)
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
        for language in LANGUAGES:
            for address in addresses:
                page.goto(f"{site}{language}{address}")
                page.evaluate(script)
                told = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
                found += [f"{scheme} {language}{address}: {one['id']} {node['html'][:100]}" for one in told for node in one["nodes"][:2]]
        page.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site")
    parser.add_argument("--lighthouse", default="")
    parser.add_argument("--vnu", default="")
    parser.add_argument("--axe", action="store_true", help="every kind of page in three languages, light and dark; some minutes")
    asked = parser.parse_args()
    site, faults = asked.site.rstrip("/"), []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS[1:])
        for name, address in addresses(site).items():
            page = browser.new_page(viewport={"width": 412, "height": 823})
            whole, scripts = weight(page, site + address)
            page.close()
            line: dict[str, Any] = {"bytes": whole, "scripts": scripts}
            if name in MOST and (whole > MOST[name][0] or scripts > MOST[name][1]):
                faults.append(f"{address} weighs {whole}, its scripts {scripts}")
            if asked.lighthouse:
                line |= scores(asked.lighthouse, site + address)
                faults += [f"{address}: {what} {line[what]}" for what, least in LEAST.items() if line[what] < least]
            print(f"{name:9} {address}  {json.dumps(line)}", flush=True)
        if asked.axe:
            faults += barriers(browser, site)
        browser.close()
    if asked.vnu:
        faults += markup(asked.vnu, site)
    print("\n".join(faults) or "As promised.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
