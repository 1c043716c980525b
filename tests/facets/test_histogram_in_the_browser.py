"""A span of years by mouse and by keyboard: the fields, the address and the list follow; without scripts a bar is a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.records import event

pytestmark = pytest.mark.browser
YEARS = range(1950, 1970)


@pytest.fixture(scope="module")
def site(served: Any) -> str:
    return served(lambda: [event(f"in-{year}", f"{year}-05-01") for year in YEARS])


@pytest.fixture
def listed(browser: Browser, site: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(f"{site}/events/")
    yield page
    page.close()


def middle(page: Page, year: int) -> tuple[float, float]:
    box = page.locator(f'.histogram-bars a[data-first="{year}"] .bar-all').bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_by_mouse(listed: Page) -> None:
    listed.mouse.move(*middle(listed, 1955))
    listed.mouse.down()
    listed.mouse.move(*middle(listed, 1957), steps=3)
    listed.mouse.up()
    expect(listed.locator(".entry h3")).to_have_count(3)
    expect(listed.locator("#f-date_after")).to_have_value("1955")
    expect(listed.locator("#f-date_before")).to_have_value("1957")
    assert "date_after=1955&date_before=1957" in listed.url


def test_a_click_takes_one_year(listed: Page) -> None:
    listed.mouse.click(*middle(listed, 1960))
    expect(listed.locator(".entry h3")).to_have_count(1)
    expect(listed.locator(".histogram-now")).to_have_text("1960")
    expect(listed.locator(".histogram-bars a.chosen")).to_have_count(1)


def test_by_keyboard_and_the_focus_stays(listed: Page) -> None:
    until = listed.get_by_role("slider", name="Until")
    until.focus()
    for _press in range(3):
        listed.keyboard.press("PageDown")
    expect(until).to_have_attribute("aria-valuetext", "1954")
    expect(listed.locator(".entry h3")).to_have_count(5)
    assert listed.evaluate("document.activeElement.id") == "histogram-until"
    listed.keyboard.press("Home")
    expect(listed.locator(".entry h3")).to_have_count(1)
    assert re.search(r"date_after=1950&date_before=1950", listed.url)


def test_on_a_telephone_the_module_comes_when_the_drawer_is_opened(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/events/", wait_until="networkidle")
    assert any("/later" in url for url in asked) and not any("/histogram" in url for url in asked)
    page.locator(".drawer > summary").click()
    page.locator("#histogram").scroll_into_view_if_needed()
    expect(page.get_by_role("slider", name="Until")).to_be_visible()
    page.close()


def test_without_scripts_a_bar_is_a_link(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/events/")
    page.mouse.click(*middle(page, 1960))
    expect(page.locator(".entry h3")).to_have_count(1)
    expect(page.locator("#f-date_after")).to_have_value("1960")
    context.close()
