"""Pictures in a real browser: by mouse, by keyboard, by touch, without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.records import small_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(served: Any) -> str:
    return served(small_world)


def view(page: Page) -> list[float]:
    return [float(one) for one in page.locator("svg[data-zoom]").get_attribute("viewBox").split()]


def test_the_map_by_mouse(page: Page, site: str) -> None:
    page.goto(f"{site}/map/")
    picture = page.locator("svg[data-zoom]")
    whole = view(page)
    page.get_by_role("button", name="Larger").click()
    page.get_by_role("button", name="Larger").click()
    assert view(page)[2] < whole[2] / 2
    box = picture.bounding_box()
    before = view(page)
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 260, steps=4)
    page.mouse.up()
    after = view(page)
    assert after[0] > before[0] and after[1] > before[1] and after[2:] == before[2:]
    page.get_by_role("button", name="The whole picture").click()
    assert view(page) == whole
    # As an event: whether Chromium keeps Ctrl and the wheel for itself depends on what it was built and installed with.
    turned = {"deltaY": -300, "ctrlKey": True, "clientX": box["x"] + 100, "clientY": box["y"] + 100, "bubbles": True, "cancelable": True}
    picture.evaluate("(svg, turned) => svg.dispatchEvent(new WheelEvent('wheel', turned))", turned)
    expect(picture).to_have_class("zoomed")
    page.get_by_role("button", name="The whole picture").click()
    page.locator("a.spot", has_text="Beijing").locator(".dot").click()
    expect(page).to_have_url(f"{site}/events/?place=beijing")
    expect(page.locator("#catalogue h3")).to_have_count(2)


def test_the_map_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/map/")
    page.locator("svg[data-zoom]").focus()
    whole = view(page)
    page.keyboard.press("+")
    larger = view(page)
    assert larger[2] < whole[2]
    page.keyboard.press("ArrowRight")
    assert view(page)[0] > larger[0]
    page.keyboard.press("0")
    assert view(page) == whole
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Beijing")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/events/?place=beijing")


def test_marks_and_names_keep_their_size_when_the_map_grows(page: Page, site: str) -> None:
    page.goto(f"{site}/map/")
    name = page.locator(".spot .label", has_text="Beijing")
    before = name.bounding_box()
    page.locator("svg[data-zoom]").focus()
    page.keyboard.press("+")
    after = name.bounding_box()
    assert abs(after["height"] - before["height"]) < 1 and abs(after["width"] - before["width"]) < 1


def test_the_map_by_touch(browser: Browser, site: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 400, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/map/")
    page.locator("svg[data-zoom]").scroll_into_view_if_needed()
    box = page.locator("svg[data-zoom]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = context.new_cdp_session(page)

    def fingers(kind: str, *apart: float) -> None:
        points = [{"x": x + side * one, "y": y, "id": number} for one in apart for number, side in enumerate((-1, 1))]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 20)
    for apart in (30, 45, 60):
        fingers("touchMove", apart)
    fingers("touchEnd")
    assert view(page)[2] < 960 / 1.5
    context.close()


def test_the_map_follows_the_facets(page: Page, site: str) -> None:
    page.goto(f"{site}/map/")
    page.locator('input[name="kind"][value="summit"]').check()
    expect(page.locator(".spot title").first).to_have_text("Beijing: 1 event")
    page.locator("svg[data-zoom]").focus()
    page.keyboard.press("+")  # the new picture is alive too
    assert view(page)[2] < 960


def test_without_scripts_the_map_is_whole_and_its_links_work(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{site}/map/")
    expect(page.locator(".picture-tools")).to_be_hidden()
    expect(page.locator(".spot .label", has_text="Beijing")).to_be_visible()
    assert page.locator(".spot .label").first.bounding_box()["height"] >= 14
    page.locator(".spots a", has_text="2").first.click()
    expect(page).to_have_url(f"{site}/events/?place=beijing")
    context.close()


def test_a_network_lights_up_what_hangs_together(page: Page, site: str) -> None:
    page.goto(f"{site}/networks/causes/?event=mao-in-moscow-1957")
    page.locator(".lineage-nodes a").first.focus()
    expect(page.locator(".network .arc.lit")).to_have_count(1)
    expect(page.locator(".network li.lit")).to_have_count(2)
    page.locator("h1").hover()
    expect(page.locator(".network .lit")).to_have_count(0)


def test_leaders_by_keyboard_and_mouse(page: Page, site: str) -> None:
    page.goto(f"{site}/networks/leaders/")
    page.locator(".skip-picture").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('stroke')")
    expect(page.locator(".storyline .arc.lit")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/events/yeltsin-in-beijing-1996/")
    page.go_back()
    page.locator(".lane", has_text="Jiang Zemin").click()
    expect(page).to_have_url(f"{site}/actors/jiang-zemin/")


def test_the_style_guide_is_sound(page: Page, site: str) -> None:
    publisher = Client()
    publisher.force_login(User.objects.create_superuser("publisher"))
    page.context.add_cookies([{"name": "sessionid", "value": publisher.cookies["sessionid"].value, "url": site}])
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/styleguide/", wait_until="networkidle")  # the card too is there before the test ends
    assert page.locator("h1").inner_text() == "Style guide"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(Axe().axe_script)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert not [f"{scheme} {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"][:3]]
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
