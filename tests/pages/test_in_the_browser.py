"""Every kind of page in a real browser: no error, nothing from elsewhere, nothing that shuts anybody out; facets live and not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.often import often
from tests.records import small_world

pytestmark = pytest.mark.browser

AXE = Axe().axe_script
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
#: One of each layout.
PAGES = [
    "/",
    "/events/?state=china&state=soviet-union&decade=1950s&date_after=1950&date_match=certain",
    "/events/yeltsin-in-beijing-1996/",
    "/treaties/alliance-1950/",
    "/treaties/compare/?t=alliance-1950&t=good-neighbours-2001",
    "/zh/timeline/?lanes=theme&date_after=1949&date_before=1999",
    "/actors/boris-yeltsin/",
    "/dossiers/the-partnership/",
    "/search/?q=%E4%B8%AD%E5%9B%BD",
    "/map/",
    "/coverage/",
    "/networks/causes/?event=mao-in-moscow-1957",
    "/no-such-page/",
    "/ru/treaties/alliance-1950/",
]
#: The other kinds, and what reads differently: without records, with a mistake in the question, in another language.
VARIANTS = [
    "/events/",
    "/treaties/",
    "/treaties/provisions/",
    "/meetings/",
    "/timeline/",
    "/partnership/",
    "/partnership/strategic-partnership/",
    "/actors/",
    "/places/",
    "/places/china/",
    "/themes/",
    "/themes/border/",
    "/sources/",
    "/sources/a-study/",
    "/assessments/",
    "/assessments/jiang-on-partnership/",
    "/dossiers/",
    "/search/",
    "/networks/",
    "/networks/leaders/",
    "/networks/families/",
    "/networks/causes/",
    "/about/",
    "/basket/?r=E1",
    "/ru/",
    "/events/?kind=arms-transfer",
    "/events/?date_after=soon",
    "/events/zhenbao-1969/",
    "/timeline/?kind=arms-transfer",
    "/actors/soviet-union/",
    "/coverage/?of=treaties&by=year",
    "/coverage/?by=week",
    "/networks/causes/?event=never",
    "/search/?q=nothing-of-the-kind",
    "/zh/events/",
    "/zh/treaties/",
    "/zh/sources/a-study/",
    "/ru/basket/",
]


@pytest.fixture(scope="module")
def site(served: Any) -> str:
    return served(small_world)


@pytest.fixture
def watched(browser: Browser, site: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it did that it should not."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")  # or a change of scheme is looked at halfway
    page, faults = context.new_page(), []

    def log(message: ConsoleMessage) -> None:
        # That the page itself is answered with 400 or 404 is what some of them are for.
        if message.type == "error" and not re.search(r"Failed to load resource.*40[04]", message.text):
            faults.append(f"console: {message.text}")

    page.on("console", log)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda request: faults.append(f"elsewhere: {request.url}") if not request.url.startswith((site, "data:")) else None)
    yield page, faults
    context.close()


def violations(page: Page, options: dict) -> list[str]:
    # Without `preload`: it copies stylesheets that others import into the page itself, which the page's own policy refuses.
    asked = {"resultTypes": ["violations"], "preload": False, **options}
    found = page.evaluate("options => axe.run(document, options)", asked)["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


def test_every_page_is_sound(watched: tuple[Page, list[str]], site: str) -> None:
    """No error, nothing from elsewhere, nothing that axe objects to in light or dark, nothing wider than a small screen."""
    page, faults = watched
    found = {}
    for number, address in enumerate([*PAGES, *VARIANTS[:: often(1, 20)]]):
        page.emulate_media(color_scheme="light")
        page.goto(site + address)
        page.evaluate(AXE)
        told = violations(page, {})
        if number % often(1, 5) == 0:  # all pages take their colours from one place
            page.emulate_media(color_scheme="dark")
            told += [f"dark {one}" for one in violations(page, {"runOnly": ["color-contrast"]})]
        page.set_viewport_size(PHONE)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
            told.append(f"{width} px wide")
        page.set_viewport_size(DESK)
        if told or faults:
            found[address] = [*faults, *told]
            faults.clear()
    assert not found


def test_pages_of_others_make_load_nothing_from_elsewhere(watched: tuple[Page, list[str]], site: str) -> None:
    page, faults = watched
    for address in ("/api/docs/", "/admin/login/"):
        page.goto(site + address, wait_until="networkidle")
    assert not faults


def test_html_is_well_formed_and_ids_are_unique(client: Any, site: str) -> None:
    for address in PAGES + VARIANTS:
        text = client.get(address).content.decode()
        html5lib.HTMLParser(strict=True).parse(text)
        ids = re.findall(r'\sid="([^"]*)"', text)
        assert len(ids) == len(set(ids)), f"{address}: {[one for one in ids if ids.count(one) > 1]}"


def test_facets_narrow_in_place(watched: tuple[Page, list[str]], site: str) -> None:
    page, faults = watched
    page.goto(f"{site}/events/")
    box = page.locator('input[name="kind"][value="summit"]')
    clashes = page.locator('label:has(input[name="state"][value="soviet-union"]) .value-count')
    expect(clashes).not_to_have_text("0")
    box.check()
    expect(page.locator("#catalogue h3")).to_have_count(1)
    expect(clashes).to_have_count(0)
    assert page.url == f"{site}/events/?kind=summit"
    assert page.evaluate("document.activeElement.value") == "summit"
    expect(page.locator("[aria-live=polite]").first).to_contain_text("1")
    page.go_back()
    expect(page.locator("#catalogue h3")).to_have_count(8)
    assert page.url == f"{site}/events/"
    expect(page.locator('input[name="kind"][value="summit"]')).not_to_be_checked()
    assert not faults


def test_facets_by_keyboard(watched: tuple[Page, list[str]], site: str) -> None:
    page, _faults = watched
    page.goto(f"{site}/events/")
    page.locator('input[name="kind"][value="clash"]').focus()
    page.keyboard.press("Space")
    expect(page.locator("#catalogue h3")).to_have_count(1)
    page.locator("#f-date_after").fill("1970")
    page.keyboard.press("Enter")
    expect(page.locator("#catalogue")).to_contain_text("Nothing is recorded for this question")
    assert "date_after=1970" in page.url and "kind=clash" in page.url


def test_facets_without_javascript(browser: Browser, site: str) -> None:
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/events/")
    page.locator('input[name="kind"][value="summit"]').check()
    page.locator("#filters button[type=submit]").click()
    expect(page.locator("#catalogue h3")).to_have_count(1)
    assert "kind=summit" in page.url
    page.go_back()
    expect(page.locator("#catalogue h3")).to_have_count(8)
    context.close()


def test_an_editor_sees_at_once_how_a_date_is_read(watched: tuple[Page, list[str]], site: str) -> None:
    page, faults = watched
    User.objects.create_superuser("publisher", password="a-long-enough-word")
    page.goto(f"{site}/admin/events/event/add/")
    page.fill("#id_username", "publisher")
    page.fill("#id_password", "a-long-enough-word")
    page.locator("input[type=submit]").click()
    page.fill("#id_date_text", "late 1950s")
    expect(page.locator("output").first).to_contain_text("1957")
    page.fill("#id_date_text", "some day")
    expect(page.locator("output").first).to_contain_text("some day")
    assert not [fault for fault in faults if "400" not in fault]
