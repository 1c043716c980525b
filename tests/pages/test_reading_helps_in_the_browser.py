"""What scripts add for readers: the way through a result, keys, the basket, links to paragraphs, what changed since the last visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sinorus.publishing.models import Edition
from tests.records import event, small_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(served: Any) -> str:
    return served(small_world)


@pytest.fixture
def reading(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def test_next_and_previous_in_the_result(reading: Page, site: str) -> None:
    reading.goto(f"{site}/events/?state=china&sort=date")
    titles = reading.locator(".entry h3 a").all_text_contents()
    assert len(titles) > 2
    reading.locator(".entry h3 a").first.click()
    walk = reading.locator("#walk")
    expect(walk).to_contain_text(f"1 / {len(titles)}")
    expect(walk.get_by_role("link", name="Previous")).to_be_hidden()
    walk.get_by_role("link", name="Next").click()
    expect(reading.locator("h1")).to_have_text(titles[1])
    assert "?" not in reading.url
    for key, title in (("n", titles[2]), ("p", titles[1])):
        reading.wait_for_load_state()  # a key that is pressed before the script is there is lost
        reading.keyboard.press(key)
        expect(reading.locator("h1")).to_have_text(title)
    reading.wait_for_load_state()
    reading.keyboard.press("l")
    expect(reading).to_have_url(f"{site}/events/?state=china&sort=date")


def test_without_a_result_there_is_no_way_through_it(reading: Page, site: str) -> None:
    reading.goto(f"{site}/events/zhenbao-1969/")
    expect(reading.locator("#walk")).to_be_hidden()


def test_keys_are_listed_are_never_stolen_and_can_be_turned_off(reading: Page, site: str) -> None:
    reading.goto(f"{site}/events/")
    reading.keyboard.press("?")
    expect(reading.get_by_role("dialog", name="Keys")).to_be_visible()
    reading.keyboard.press("Escape")
    reading.keyboard.press("/")
    expect(reading.locator("#site-q")).to_be_focused()
    reading.keyboard.type("/?n")
    expect(reading.locator("#site-q")).to_have_value("/?n")
    reading.locator("h1").click()
    reading.get_by_role("button", name="Keys").click()
    reading.get_by_label("Use these keys").uncheck()
    reading.get_by_role("button", name="Close").click()
    reading.keyboard.press("?")
    expect(reading.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_the_basket_is_kept_in_the_browser(reading: Page, site: str) -> None:
    reading.goto(f"{site}/events/zhenbao-1969/")
    reading.get_by_role("button", name="Put in the basket").click()
    reading.goto(f"{site}/treaties/alliance-1950/")
    reading.keyboard.press("b")
    reading.get_by_role("link", name="Basket (2)").click()
    expect(reading.locator("#kept h3")).to_have_count(2)
    reading.get_by_role("link", name="Take out").first.click()
    expect(reading.locator("#kept h3")).to_have_count(1)
    reading.goto(f"{site}/basket/")
    expect(reading.locator("#kept h3")).to_have_count(1)
    reading.get_by_role("link", name="Empty the basket").click()
    expect(reading.locator("#kept")).to_have_count(0)


def test_a_link_to_a_paragraph_leads_to_it(reading: Page, site: str) -> None:
    event(
        "told", body="The first paragraph says this and that of it.\n\nThe second one tells of the border, at some length, and ends here."
    )
    reading.goto(f"{site}/events/told/")
    paragraph = reading.locator(".prose > p").nth(1)
    paragraph.hover()
    paragraph.get_by_role("button", name="Copy a link to this paragraph").click()
    expect(paragraph.get_by_role("button")).to_have_text("Copied")
    address = reading.evaluate("navigator.clipboard.readText()")
    assert address.startswith(f"{site}/events/told/#") and ":~:text=The%20second%20one%20tells" in address


def test_links_to_paragraphs_move_no_line_when_they_come(reading: Page, site: str) -> None:
    event("filled", body="\n\n".join(f"Words that fill lines up to their end {'a' * number}." for number in range(1, 30)))
    places = "[...document.querySelectorAll('.prose > p')].map((paragraph) => paragraph.offsetTop)"
    reading.set_viewport_size({"width": 360, "height": 800})
    reading.route("**/paragraphs*.js", lambda route: route.abort())
    reading.goto(f"{site}/events/filled/")
    before = reading.evaluate(places)
    reading.unroute("**/paragraphs*.js")
    reading.reload()
    expect(reading.locator(".prose > p .paragraph-link")).to_have_count(29)
    assert reading.evaluate(places) == before


def test_what_changed_since_the_last_visit(reading: Page, site: str) -> None:
    reading.goto(f"{site}/")
    expect(reading.locator("#since")).to_be_hidden()
    reading.evaluate("sessionStorage.clear(); localStorage.setItem('sinorus-edition', '1')")
    number = Edition.objects.get().number
    reading.route("**/api/v1/changes/**", lambda route: route.fulfill(json={"edition": number, "count": 3, "results": []}))
    reading.reload()
    expect(reading.locator("#since")).to_contain_text("3")
    assert reading.locator("#since a").get_attribute("href") == "/changes/?since=1"
