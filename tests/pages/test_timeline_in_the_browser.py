"""The timeline by mouse, wheel, fingers and keys: from centuries to days, labels never meeting; and all of it without scripts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.records import event, treaty

pytestmark = pytest.mark.browser

MEETING = """() => {
  const boxes = [...document.querySelectorAll(".timeline-picture text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], number) => boxes.slice(number + 1)
    .filter(([, b]) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${one} × ${other}`));
}"""


def crowd() -> None:
    """Eighty events, most of them in one decade, and twenty instruments, with long names in three scripts."""
    dice = random.Random(7)
    for number in range(80):
        year = dice.choice([1689, 1860, *range(1950, 1960), *range(1950, 1960)])
        date = dice.choice([f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}", f"{year}-{dice.randint(1, 12):02}", f"{year}~"])
        title = dice.choice(
            ["Talks", "A joint statement on the border and on trade between the two", "Визит правительственной делегации в Пекин"]
        )
        event(f"event-{number}", date, title=f"{title} {number}", title_zh="中华人民共和国和苏联联合声明", importance=dice.randint(1, 3))
    for number in range(20):
        year = dice.choice([1727, 1881, 1950, 1954])
        treaty(f"treaty-{number}", f"{year}-02-14", title=f"Treaty on friendship and alliance, number {number}", in_force=str(year))


@pytest.fixture(scope="module")
def site(served: Any) -> str:
    return served(crowd)


@pytest.fixture
def drawn(browser: Browser, site: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    page.goto(f"{site}/timeline/")
    expect(page.locator("#timeline.drawn")).to_be_visible()
    yield page
    page.close()


def span(page: Page) -> tuple[str, str]:
    """The first and the last day in view, as the link that asks for them says; empty at an end of the whole."""
    query = page.evaluate("new URL(document.querySelector('.timeline-ask').href).searchParams.toString()")
    found = dict(part.split("=") for part in query.split("&") if part)
    return found.get("date_after", ""), found.get("date_before", "")


def centre(page: Page) -> tuple[float, float]:
    box = page.locator(".timeline-picture").bounding_box()
    return box["x"] + box["width"] * 0.8, box["y"] + 100


def test_by_keyboard_from_centuries_to_days_and_labels_never_meet(drawn: Page) -> None:
    drawn.locator("#timeline").focus()
    assert not drawn.evaluate(MEETING)
    for key in ["ArrowUp", "End", "ArrowLeft", "+", "ArrowUp", "Home", "End", *["+"] * 4, "ArrowRight", *["+"] * 8]:
        drawn.keyboard.press(key)
        drawn.wait_for_timeout(40)
        assert not drawn.evaluate(MEETING), key
    for width in (360, 820):
        drawn.set_viewport_size({"width": width, "height": 900})
        drawn.wait_for_timeout(60)
        assert not drawn.evaluate(MEETING), width
    days = span(drawn)
    assert days[0] and days[0][:4] == (days[1] or days[0])[:4], "days of one year are in view"
    drawn.keyboard.press("0")
    drawn.wait_for_timeout(40)
    assert span(drawn) == ("", "")


def test_lanes_in_chinese_do_not_meet_either(drawn: Page, site: str) -> None:
    for lanes in ("kind", "side", "theme"):
        drawn.goto(f"{site}/zh/timeline/?lanes={lanes}&date_after=1949&date_before=1961")
        assert drawn.locator(".timeline-picture .label").count() > 3
        assert not drawn.evaluate(MEETING)


def test_what_is_in_view_is_counted_in_the_words_of_the_language(drawn: Page, site: str) -> None:
    for query in ("", "?date_before=1727", "?date_before=1860"):
        drawn.goto(f"{site}/ru/timeline/{query}")
        counted = drawn.locator("#summary .count").inner_text().split(",")[0].strip()
        assert re.fullmatch(r"\d+ запис(ь|и|ей)", counted)
        expect(drawn.locator(".timeline-now")).to_contain_text(f" · {counted}")


def test_by_wheel_and_drag_and_the_page_is_not_caught(drawn: Page) -> None:
    drawn.mouse.move(*centre(drawn))
    drawn.mouse.wheel(0, 200)
    drawn.wait_for_timeout(80)
    assert span(drawn) == ("", ""), "whoever scrolls past the picture does not zoom it"
    drawn.evaluate("scrollTo(0, 0)")
    drawn.locator("#timeline").focus()
    drawn.mouse.move(*centre(drawn))
    drawn.mouse.wheel(0, -400)
    drawn.wait_for_timeout(80)
    zoomed = span(drawn)
    assert all(zoomed)
    drawn.mouse.down()
    x, y = centre(drawn)
    drawn.mouse.move(x + 200, y, steps=4)
    drawn.mouse.up()
    drawn.wait_for_timeout(60)
    assert span(drawn)[0] < zoomed[0]
    assert drawn.url.endswith("/timeline/"), "a drag is no click"


def test_by_fingers(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(f"{site}/timeline/")
    x, y = (round(value) for value in centre(page))
    touch = context.new_cdp_session(page)

    def fingers(kind: str, *places: int) -> None:
        points = [{"x": place, "y": y, "id": number} for number, place in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", x - 40)
    fingers("touchStart", x - 40, x)
    for apart in (20, 40, 80, 120):
        fingers("touchMove", x - 40 - apart, x + min(apart, 40))
    fingers("touchEnd")
    page.wait_for_timeout(80)
    assert span(page) != ("", "")
    assert not page.evaluate(MEETING)
    context.close()


def test_counts_open_and_marks_lead_to_records(drawn: Page) -> None:
    before = drawn.locator(".timeline-now").text_content()
    drawn.locator(".timeline-picture .more").last.click()
    expect(drawn.locator(".timeline-now")).not_to_have_text(before)
    drawn.locator("[data-do=whole]").click()
    drawn.locator(".timeline-list a").first.focus()
    expect(drawn.locator(".timeline-picture a.hot")).to_have_count(1)
    address = drawn.locator(".timeline-picture a").first.get_attribute("href")
    drawn.locator(".timeline-picture a").first.click()
    drawn.wait_for_url(address)


def test_the_view_is_kept_as_svg_and_png(drawn: Page) -> None:
    drawn.locator("#timeline").focus()
    for key in ("End", "+", "+", "+"):
        drawn.keyboard.press(key)
    drawn.wait_for_timeout(60)
    with drawn.expect_download() as kept:
        drawn.locator("[data-do=png]").click()
    assert kept.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    answer = drawn.request.get(drawn.evaluate("document.querySelector('.timeline-svg').href"))
    assert answer.status == 200 and "date_after=" in answer.url


def test_lanes_are_chosen_in_the_form_and_the_picture_stays_alive(drawn: Page) -> None:
    drawn.locator('input[name="lanes"][value="kind"]').check()
    expect(drawn.locator(".timeline-picture .lane-name").first).to_have_text("Treaty")
    drawn.locator("#timeline").focus()
    drawn.keyboard.press("+")
    drawn.wait_for_timeout(60)
    assert span(drawn) != ("", "")


def test_without_scripts_list_picture_and_periods_are_there(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/timeline/")
    expect(page.locator(".timeline-list > li")).to_have_count(100)
    assert page.locator(".timeline-picture a").count() > 15
    for width in (1280, 900, 360):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = page.locator(".timeline-picture text:visible").evaluate_all(
            "all => all.map((one) => { const b = one.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom] })"
        )
        meeting = [
            (one, other)
            for number, one in enumerate(boxes)
            for other in boxes[number + 1 :]
            if one[0] < other[1] - 0.5 and other[0] < one[1] - 0.5 and one[2] < other[3] - 1 and other[2] < one[3] - 1
        ]
        assert not meeting, width
    page.get_by_role("link", name="20th century").click()
    page.get_by_role("link", name="1950s").click()
    page.get_by_role("link", name="1954", exact=True).click()
    assert "date_after=1954&date_before=1954" in page.url
    context.close()
