"""Evidence in Chromium: citations open and are copied, notes come to their figures, and nothing breaks the site's own rules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.records import small_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def here(served: Any) -> str:
    return served(small_world)


def test_a_citation_is_copied(here: str, page: Any) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{here}/events/yeltsin-in-beijing-1996/")
    page.get_by_text("Cite this page").click()
    page.locator(".cite-copy").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Yeltsin Visits Beijing.” In sinorus, edition 7.")
    assert not heard, "linked data in the head is no script, and no rule is broken"


def test_without_scripts_the_text_is_there(here: str, new_context: Any) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{here}/events/?state=china")
    page.get_by_text("Cite this list").click()
    assert page.locator(".cite-styles dd").first.is_visible()
    assert page.locator(".cite-copy").count() == 0


def test_a_note_is_shown_beside_its_figure(here: str, page: Any) -> None:
    page.goto(f"{here}/events/yeltsin-in-beijing-1996/")
    page.locator(".refs a").first.hover()
    card = page.locator(".note-card")
    card.wait_for(state="visible")
    assert "Letter of 29 April 1996" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    page.locator(".refs a").first.click()
    assert page.url.endswith("#note-1") and page.locator("#note-1").is_visible()


def test_on_paper_every_note_is_there(here: str, page: Any) -> None:
    page.goto(f"{here}/events/zhenbao-1969/")
    page.emulate_media(media="print")
    assert page.locator(".note").first.is_visible() and page.locator(".note-card").is_hidden()
