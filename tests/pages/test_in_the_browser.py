"""Every kind of page in a real browser: no error, nothing from elsewhere, nothing that shuts anybody out; facets live and not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.records import small_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

PAGES = [
    "/",
    "/events/",
    "/events/?state=china&state=soviet-union&decade=1950s&date_after=1950&date_match=certain",
    "/events/?kind=arms-transfer",
    "/events/?date_after=soon",
    "/events/yeltsin-in-beijing-1996/",
    "/events/zhenbao-1969/",
    "/treaties/",
    "/treaties/alliance-1950/",
    "/treaties/compare/?t=alliance-1950&t=good-neighbours-2001",
    "/treaties/provisions/",
    "/meetings/",
    "/partnership/",
    "/partnership/strategic-partnership/",
    "/actors/",
    "/actors/boris-yeltsin/",
    "/actors/soviet-union/",
    "/places/",
    "/places/china/",
    "/themes/",
    "/themes/border/",
    "/sources/",
    "/sources/a-study/",
    "/assessments/",
    "/assessments/jiang-on-partnership/",
    "/dossiers/",
    "/about/",
    "/no-such-page/",
    "/zh/events/",
    "/ru/treaties/alliance-1950/",
]


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> str:
    small_world()
    return live_server.url


@pytest.fixture
def watched(browser: Browser, site: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it did that it should not."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda request: faults.append(f"elsewhere: {request.url}") if not request.url.startswith((site, "data:")) else None)
    yield page, faults
    context.close()


def test_pages_have_no_error_and_load_nothing_from_elsewhere(watched: tuple[Page, list[str]], site: str) -> None:
    page, faults = watched
    found = {}
    for address in [*PAGES, "/api/docs/", "/admin/login/"]:
        page.goto(site + address, wait_until="networkidle")
        # That the page itself was answered with 400 or 404 is what some of them are for.
        wrong = [fault for fault in faults if not ("Failed to load resource" in fault and re.search(r"40[04]", fault))]
        if wrong:
            found[address] = list(wrong)
        faults.clear()
    assert not found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page, found = context.new_page(), {}
    for address in PAGES:
        page.goto(site + address)
        if violations := Axe().run(page).response["violations"]:
            found[address] = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]
    context.close()
    assert not found


def test_nothing_is_wider_than_a_small_screen(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page, wide = context.new_page(), {}
    for address in PAGES:
        page.goto(site + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[address] = width
    context.close()
    assert not wide


def test_html_is_well_formed_and_ids_are_unique(client: Any, site: str) -> None:
    for address in PAGES:
        text = client.get(address).content.decode()
        html5lib.HTMLParser(strict=True).parse(text)
        ids = re.findall(r'\sid="([^"]*)"', text)
        assert len(ids) == len(set(ids)), f"{address}: {[one for one in ids if ids.count(one) > 1]}"


def test_facets_narrow_in_place(watched: tuple[Page, list[str]], site: str) -> None:
    page, faults = watched
    page.goto(f"{site}/events/")
    box = page.locator('input[name="kind"][value="summit"]')
    box.check()
    expect(page.locator("#catalogue h3")).to_have_count(1)
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


def test_an_editor_sees_at_once_how_a_date_is_read(watched: tuple[Page, list[str]], site: str, django_user_model: Any) -> None:
    page, faults = watched
    django_user_model.objects.create_superuser("publisher", password="a-long-enough-word")
    page.goto(f"{site}/admin/events/event/add/")
    page.fill("#id_username", "publisher")
    page.fill("#id_password", "a-long-enough-word")
    page.locator("input[type=submit]").click()
    page.fill("#id_date_text", "late 1950s")
    expect(page.locator("output").first).to_contain_text("1957")
    page.fill("#id_date_text", "some day")
    expect(page.locator("output").first).to_contain_text("some day")
    assert not [fault for fault in faults if "400" not in fault]
