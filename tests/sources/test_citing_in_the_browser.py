"""Cite this in Chromium: it opens, copies, works without scripts, and nothing on the page breaks the site's own rules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.records import small_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(live_server: Any) -> str:
    small_world()
    return live_server.url


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
