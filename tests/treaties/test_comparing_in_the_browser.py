"""Comparing without scripts, by keyboard, on a small screen and on paper; and the basket that a script adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.records import small_world
from tests.treaties.texts import texts
from treaties.models import Article, Treaty

pytestmark = pytest.mark.browser
COMPARISON = "/treaties/compare/?t=old-alliance&t=modern-treaty"


@pytest.fixture(scope="module")
def site(served: Any) -> str:
    return served(make)


def make() -> None:
    small_world()
    texts()
    old = Treaty.objects.get(slug="old-alliance")
    Article.objects.create(treaty=old, key="long", number="IX (protocol on control)", heading="Joint control group", position=90)


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_scripts_by_keyboard_alone(plain: Page, site: str) -> None:
    plain.goto(f"{site}/treaties/compare/")
    plain.focus("#t-1")
    plain.keyboard.type("modern-treaty")
    plain.keyboard.press("Tab")
    plain.keyboard.type("Old alliance")
    plain.get_by_role("button", name="Side by side").press("Enter")
    plain.wait_for_url(site + COMPARISON)
    expect(plain.locator("#topic-common-enemy")).to_contain_text("But see")
    expect(plain.locator("#topic-consultation mark").first).to_be_visible()
    assert not plain.locator("#basket").is_visible()
    plain.locator("#topic-no-third-party a", has_text="Article 22").click()
    assert plain.url.endswith("/treaties/modern-treaty/#article-22")


def test_without_scripts_from_the_page_of_an_instrument(plain: Page, site: str) -> None:
    plain.goto(f"{site}/treaties/old-alliance/")
    assert plain.locator(".life-bar").is_visible() and plain.locator(".life-steps").is_visible()
    assert plain.locator(".compare-slot").first.is_hidden(), "a button that would do nothing is not shown"
    plain.locator(".compare-with a").click()
    assert plain.url == f"{site}/treaties/compare/"


def test_without_scripts_the_meetings_and_the_matrix(plain: Page, site: str) -> None:
    plain.goto(f"{site}/meetings/")
    plain.locator("table.leaders td a").first.click()
    assert "/events/?" in plain.url and plain.locator(".entry").count() == 1
    plain.goto(f"{site}/treaties/provisions/?topic=consultation")
    plain.locator("table.matrix tbody td a").first.click()
    assert "#article-" in plain.url


def test_the_basket(page: Page, site: str) -> None:
    page.goto(f"{site}/treaties/")
    buttons = page.locator(".compare-button")
    expect(page.locator("#basket")).to_be_hidden()
    page.get_by_role("button", name="Add to comparison: Modern treaty").click()
    expect(page.locator("#basket")).to_contain_text("choose one more")
    page.goto(f"{site}/treaties/old-alliance/")
    page.get_by_role("button", name="Add to comparison: Old alliance").click()
    expect(page.locator("#basket li")).to_have_count(2)
    page.locator("#basket").get_by_role("link", name="Compare").click()
    page.wait_for_url(site + COMPARISON)
    page.goto(f"{site}/treaties/")
    page.get_by_role("button", name="Leave out of comparison: Old alliance").first.click()
    expect(page.locator("#basket li")).to_have_count(1)
    for name in ("Ancient treaty", "A statement", "Joint statement"):
        page.get_by_role("button", name=f"Add to comparison: {name}", exact=True).click()
    expect(page.locator("#basket li")).to_have_count(4)
    expect(buttons.filter(has_text="Four are chosen").first).to_be_disabled()
    page.locator("#basket").get_by_role("button", name="Clear").click()
    expect(page.locator("#basket")).to_be_hidden()


def test_the_basket_lives_on_through_live_filters_and_a_spoilt_store(page: Page, site: str) -> None:
    page.goto(f"{site}/treaties/")
    page.evaluate("localStorage.setItem('sinorus-compare', 'not json at all')")
    page.reload()
    page.get_by_role("button", name="Add to comparison: Modern treaty").click()
    page.locator("#f-binding-binding").check()
    expect(page.locator("#summary")).to_contain_text("Force")
    expect(page.get_by_role("button", name="Leave out of comparison: Modern treaty").first).to_be_visible()


def test_a_day_is_asked_for_once_it_is_whole(page: Page, site: str) -> None:
    asked: list[str] = []
    page.goto(f"{site}/treaties/")
    page.on("request", lambda request: asked.append(request.url) if "on=" in request.url else None)
    page.focus("#f-on")
    page.keyboard.type("01011975")  # the same day whether days or months come first
    expect(page.locator("#summary")).to_contain_text("status on 1975-01-01")
    assert {url.partition("on=")[2][:10] for url in asked} == {"1975-01-01"}, "a year still being typed is no question"


@pytest.mark.parametrize(
    "address", [COMPARISON, "/treaties/compare/?t=nothing", "/treaties/provisions/", "/meetings/", "/treaties/old-alliance/"]
)
def test_small_screen_and_paper(browser: Browser, site: str, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(site + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if page.locator(".matrix").count():
        frame = page.locator(".scroll").first
        assert frame.get_attribute("tabindex") == "0" and frame.get_attribute("role") == "region"
    page.emulate_media(media="print")
    for one in page.locator("#basket, .compare-form, .facets, .main-nav").all():
        assert not one.is_visible()
    context.close()
