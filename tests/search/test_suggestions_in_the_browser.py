"""The field of the masthead as an ARIA combobox: by keyboard, by pointer, and as a plain form without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.search.library import library

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(served: Any) -> str:
    return served(library)


@pytest.fixture
def without_script(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_suggestion_is_chosen_with_the_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/about/")
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("Chiang Ts")
    option = page.get_by_role("option", name=re.compile("Chiang Tse-min.*Jiang Zemin"))
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert Axe().run(page).violations_count == 0
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "-")
    expect(field).to_be_focused()
    field.press("Escape")
    expect(option).to_be_hidden()
    field.press("ArrowDown")
    expect(option).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(f"{site}/actors/jiang-zemin/")


def test_enter_without_a_choice_searches_and_a_click_chooses(page: Page, site: str) -> None:
    page.goto(f"{site}/about/")
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("江泽")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("h1")).to_have_text("Search")
    expect(page.locator(".hit mark").first).to_have_text("江泽")
    assert Axe().run(page).violations_count == 0
    page.goto(f"{site}/about/")
    page.get_by_role("combobox", name="Search").press_sequentially("Vladi")
    page.get_by_role("option", name="Vladivostok").click()
    expect(page).to_have_url(f"{site}/places/vladivostok/")


def test_the_module_comes_with_the_first_focus_and_answers_what_was_typed_before_it(page: Page, site: str) -> None:
    held: list[Route] = []
    page.route("**/suggest*.js", lambda route: held.append(route))
    page.goto(f"{site}/about/", wait_until="networkidle")
    assert held == []
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("Vladi")
    page.wait_for_function("document.activeElement.value === 'Vladi'")
    assert len(held) == 1
    held[0].continue_()
    expect(page.get_by_role("option", name="Vladivostok")).to_be_visible()


def test_without_script_it_is_a_plain_form(without_script: Page, site: str) -> None:
    without_script.goto(f"{site}/ru/about/")
    without_script.locator("#site-q").fill("визиты Ельцина")
    without_script.locator(".site-search button").click()
    expect(without_script).to_have_url(re.compile(r"/ru/search/\?q="))
    expect(without_script.locator(".hit").first).to_contain_text("Визит Ельцина")
