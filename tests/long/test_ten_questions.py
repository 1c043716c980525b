"""Ten questions of somebody who comes for the first time, each answered in at most three steps from the first page.

A step is a link that is opened or a form that is sent, in a browser without scripts: boxes that are ticked before a form is sent are
part of sending it. The answers are those of the shipped record, each as its sources give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

MOST = 3


class Visit:
    """A reader on the first page, whose steps are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def _step(self, at: Locator) -> None:
        self.steps += 1
        assert self.steps <= MOST
        with self.page.expect_navigation():
            at.click()

    def open(self, name: str, within: str = "body") -> None:
        self._step(self.page.locator(within).get_by_role("link", name=name, exact=True).first)

    def search(self, words: str) -> None:
        self.page.locator("#site-q").fill(words)
        self._step(self.page.locator(".masthead button[type=submit]"))

    def ask(self, *boxes: str, **fields: str) -> None:
        for box in boxes:
            self.page.evaluate("id => document.getElementById(id).closest('details')?.setAttribute('open', '')", box)
            self.page.locator(f"#{box}").check()
        for name, value in fields.items():
            self.page.locator(f"#f-{name}").fill(value)
        self._step(self.page.locator(".panel-end button"))

    def send(self, button: str) -> None:
        self._step(self.page.get_by_role("button", name=button, exact=True))


@pytest.fixture
def visit(browser: Browser, shipped: str) -> Iterator[Visit]:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
    page.goto(shipped)
    yield Visit(page)
    page.context.close()


def test_who_first_proposed_strategic_partnership(visit: Visit) -> None:
    visit.open("Strategic partnership", ".home-ladder")
    expect(visit.page.locator("main")).to_contain_text("On the flight to Beijing in April 1996 Yeltsin found no breakthrough")


def test_what_was_in_force_in_1975(visit: Visit) -> None:
    visit.open("Treaties", ".main-nav")
    visit.ask("f-status-in-force", on="1975-06-30")
    expect(visit.page.locator(".results")).to_contain_text("Sino-Soviet Treaty of Friendship, Alliance and Mutual Assistance")
    expect(visit.page.locator(".results")).not_to_contain_text("Treaty of good-neighbourliness, friendship and cooperation")


def test_who_met_whom_most_often(visit: Visit) -> None:
    visit.open("Who met whom", ".home-ways")
    expect(visit.page.locator("table.pairs tbody tr").first).to_contain_text("Xi Jinping")
    expect(visit.page.locator("table.pairs tbody tr").first).to_contain_text("Vladimir Putin")


def test_which_treaties_replaced_which(visit: Visit) -> None:
    visit.open("Networks", ".home-ways")
    visit.open("Families of instruments", "main")
    expect(visit.page.locator("main")).to_contain_text(
        re.compile("Changchun Railway, Port Arthur and Dalian\\s+supersedes\\s+Agreements on the Chinese Changchun Railway")
    )


def test_what_happened_in_april_1996(visit: Visit) -> None:
    visit.search("April 1996")
    for title in ("Yeltsin visits Beijing; strategic partnership declared", "Five states sign the Shanghai Agreement"):
        expect(visit.page.locator("main")).to_contain_text(title)


def test_which_article_of_2001_answers_the_alliance_of_1950(visit: Visit) -> None:
    visit.open("Treaties", ".main-nav")
    visit.open("Compare instruments side by side", "main")
    visit.page.locator("#t-1").fill("Sino-Soviet Treaty of Friendship, Alliance and Mutual Assistance")
    visit.page.locator("#t-2").fill("treaty-of-good-neighbourliness-2001")
    visit.send("Side by side")
    consultation = visit.page.locator("table.comparison tr").filter(
        has=visit.page.get_by_role("rowheader", name="Consultation", exact=True)
    )
    expect(consultation).to_contain_text("Article 4")  # of 1950
    expect(consultation).to_contain_text("Article 9")  # of 2001


def test_how_the_formula_changed(visit: Visit) -> None:
    visit.open("What the two states called their relation", ".home-ladder")
    for words in ("What changed", "The word partnership appears", "The words by which the two states officially named their relation"):
        expect(visit.page.locator("main")).to_contain_text(words)


def test_what_sources_disagree_about(visit: Visit) -> None:
    visit.open("Chronicle", ".main-nav")
    visit.ask("f-has-conflict")
    expect(visit.page.locator("#summary")).to_contain_text("Sources disagree")
    assert visit.page.locator(".entry").count() > 0


def test_where_border_talks_were_held(visit: Visit) -> None:
    visit.open("Map", ".home-ways")
    visit.ask("f-kind-negotiation", "f-theme-border-demarcation")
    for place in ("Beijing", "Moscow"):
        expect(visit.page.locator(".results").get_by_role("link", name=place, exact=True).first).to_be_visible()


def test_what_rests_on_the_russian_side_alone(visit: Visit) -> None:
    visit.open("Chronicle", ".main-nav")
    visit.ask("f-evidence-russian-side")
    expect(visit.page.locator("#summary")).to_contain_text("Russian side alone")
    assert visit.page.locator(".entry").count() > 0
