"""320 px, which is 200 % of a window of 640, and letters twice as large: no page is wider than its window, no words are cut or covered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench import audit

#: Words that are cut by their own box, or run out of the window, where nothing scrolls them into sight.
LOST = """() => {
  const told = [];
  const scrolls = (one) => one && (/(auto|scroll)/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) told.push(`the page is ${root.scrollWidth} wide`);
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const box = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !box.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
    if (box.closest(".visually-hidden, .skip, .skip-picture, svg, figure, script, .summary, option, [hidden]")) continue;
    const start = words.currentNode.data.trim().slice(0, 40);
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    for (const line of range.getClientRects()) {
      if (line.width < 2 || scrolls(box)) continue;
      if (line.right > root.clientWidth + 1 || line.left < -1) told.push(`out of the window: ${start}`);
    }
    const style = getComputedStyle(box);
    if (style.overflow === "visible" || style.overflowX === "auto" || style.display === "inline") continue;
    const fits = box.scrollWidth <= box.clientWidth + 1 && box.scrollHeight <= box.clientHeight + 2;
    if (!fits) told.push(`cut: ${box.className || box.tagName} ${start}`);
  }
  return [...new Set(told)].slice(0, 5);
}"""
LARGE = "() => { document.documentElement.style.fontSize = '200%'; }"


@pytest.mark.parametrize("language", audit.LANGUAGES)
@pytest.mark.parametrize(("width", "scale", "letters"), [(320, 2, False), (1280, 1, True), (640, 1, True)])
def test_every_kind_of_page(browser: Browser, shipped: str, language: str, width: int, scale: int, letters: bool) -> None:
    context = browser.new_context(viewport={"width": width, "height": 512}, device_scale_factor=scale, reduced_motion="reduce")
    page, found = context.new_page(), {}
    for address in audit.kinds(shipped):
        page.goto(f"{shipped}{language}{address}")
        if letters:
            page.evaluate(LARGE)
        if lost := page.evaluate(LOST):
            found[address] = lost
    context.close()
    assert found == {}
