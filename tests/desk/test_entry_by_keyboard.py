"""A whole event is entered by keyboard alone, what is not there yet is made on the way, and Markdown is seen as readers will see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from events.models import Event
from sinorus.search import index
from sinorus.vocab.models import Actor
from tests.records import small_world

pytestmark = pytest.mark.browser
KEYS_A_SECOND = 5  # of somebody who types sixty words a minute


class Typist:
    """Presses keys and counts them; no pointer."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _time in range(times):
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def at(self) -> str:
        """What has the focus: its id, or that of the field whose list it opens, or its words."""
        return self.page.evaluate(
            """() => { const at = document.activeElement;
              const list = at.closest(".select2-container");
              return list && list.previousElementSibling ? list.previousElementSibling.id : at.id || at.textContent.trim(); }"""
        )

    def to(self, wanted: str, most: int = 60) -> None:
        """Tab until a field has the focus."""
        for _step in range(most):
            if self.at() == wanted:
                return
            self.press("Tab")
        raise AssertionError(f"{wanted} is not within {most} tabs; at {self.at()}")

    def choose(self, field: str, words: str, offer: str) -> None:
        """Open a field that completes itself, write, and take the first answer, or the offer to make it."""
        self.to(field)
        self.press("Enter")
        expect(self.page.locator(".select2-container--open .select2-search__field")).to_be_focused()
        self.write(words)
        wanted = self.page.locator(".select2-results__option", has_text=offer)
        expect(wanted.first).to_be_visible()
        for _step in range(10):
            if offer in (self.page.locator(".select2-results__option--highlighted").text_content() or ""):
                break
            self.press("ArrowDown")
        self.press("Enter")
        expect(self.page.locator(f"#{field} option:checked")).to_have_count(1)


@pytest.fixture(scope="module")
def site(served: Any) -> str:
    return served(lambda: (small_world(), index.refresh(everything=True), User.objects.create_superuser("publisher")))


@pytest.fixture
def desk(page: Page, site: str) -> Page:
    client = Client()
    client.force_login(User.objects.get(username="publisher"))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page.errors = []  # type: ignore[attr-defined]
    page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
    return page


def test_an_event_with_three_participants_and_two_citations(desk: Page, site: str) -> None:
    desk.goto(f"{site}/admin/events/event/add/")
    expect(desk.locator("#id_title")).to_be_focused()
    typist = Typist(desk)
    typist.write("Talks in Moscow")
    typist.to("id_kind")
    typist.write("Neg")
    typist.to("id_summary")
    typist.write("The two sides spoke of the border.")
    typist.to("id_date_text")
    typist.write("May 1991")
    typist.choose("id_place", "Moscow", "Moscow")
    for number, (words, offer) in enumerate((("Jiang", "Jiang Zemin"), ("Soviet", "Soviet Union"), ("Igor Rogachev", "Create the person"))):
        typist.to("Add another Participant", 80)
        typist.press("Enter")
        typist.choose(f"id_participations-{number}-actor", words, offer)
    for number, words in enumerate(("study", "Letter")):
        typist.to("Add another Citation", 80)
        typist.press("Enter")
        typist.choose(f"id_citations-{number}-source", words, "study" if number == 0 else "Letter")
        typist.to(f"id_citations-{number}-locator")
        typist.write("p. 4")
    typist.press("Enter")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    event = Event.objects.get(title="Talks in Moscow")
    assert (event.status, event.kind, event.date.edtf, event.place.slug) == ("draft", "negotiation", "1991-05", "moscow")
    assert [one.actor.slug for one in event.participations.all()] == ["jiang-zemin", "soviet-union", "igor-rogachev"]
    assert {(one.source.slug, one.locator) for one in event.citations.all()} == {("a-study", "p. 4"), ("un-a-51-127", "p. 4")}
    made = Actor.objects.get(slug="igor-rogachev")
    assert (made.kind, made.status) == ("person", "draft")
    assert typist.pressed / KEYS_A_SECOND < 120, typist.pressed
    assert not desk.errors  # type: ignore[attr-defined]


def test_markdown_is_shown_as_readers_will_see_it(desk: Page, site: str) -> None:
    event = Event.objects.get(slug="yeltsin-in-beijing-1996")
    desk.goto(f"{site}/admin/events/event/{event.pk}/change/")
    desk.locator(".markdown-preview summary").click()
    expect(desk.locator(".markdown-page em")).to_have_text("signed")
    desk.locator("#id_body").fill("A **bold** word <script>alert(1)</script> [x](javascript:alert(1))")
    expect(desk.locator(".markdown-page strong")).to_have_text("bold")
    assert desk.locator(".markdown-page script").count() == 0
    assert "javascript:" not in (desk.locator(".markdown-page").inner_html().replace("[x](javascript:alert(1))", ""))
    assert not desk.errors  # type: ignore[attr-defined]
