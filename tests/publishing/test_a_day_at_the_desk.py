"""A day of editing, played in a real browser: draft, preview, review, publish, propose, accept, schedule, merge, restore, withdraw."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from events.models import Event
from sinorus.publishing.models import Edition, Revision
from sinorus.search import index
from tests.records import actor, small_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.long]

EVENTS = "/admin/events/event/"


class Desk:
    """The browsers of several people at one site."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.complaints: list[str] = []

    def page(self, client: Client | None = None) -> Page:
        """A browser of somebody's own, signed in as ``client`` is."""
        context = self.browser.new_context(base_url=self.url)
        if client:
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.url}])
        page = context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page


def save(page: Page, name: str = "_save") -> None:
    page.locator(f"input[name={name}]").first.click()


def complete(page: Page, field: str, typed: str) -> None:
    """Choose in a field that completes itself."""
    page.locator(f"#{field} + .select2").click()
    page.locator(".select2-search__field").last.fill(typed)
    page.locator(".select2-results__option--highlighted", has_text=typed).first.click()


def test_a_day(live_server: Any, browser: Browser, contributor: Client, editor: Client, chief: Client, transactional_db: None) -> None:
    world = small_world()
    index.refresh()
    desk = Desk(browser, live_server.url)
    wei, anna, boss, reader = desk.page(contributor), desk.page(editor), desk.page(chief), desk.page()

    # A contributor drafts an event with a source, looks at it on its page, and sends it to review.
    wei.goto(f"{EVENTS}add/")
    wei.fill("#id_title", "Hotline opened")
    wei.select_option("#id_kind", "institution")
    wei.fill("#id_date_text", "May 1998")
    expect(wei.locator("output.date-reading").first).to_contain_text("1998-05")
    wei.fill("#id_summary", "A direct line between the capitals was opened.")
    wei.locator("#citations-group .add-row a").click()
    complete(wei, "id_citations-0-source", "A study")
    assert "published" not in wei.locator("#id_status").inner_text().lower()
    save(wei, "_continue")
    number = Event.objects.get(slug="hotline-opened").pk
    form = f"{EVENTS}{number}/change/"
    wei.get_by_role("link", name="Preview").click()
    expect(wei.locator(".notice")).to_contain_text("Preview")
    expect(wei.locator("h1")).to_have_text("Hotline opened")
    assert reader.goto(wei.url).status == 200  # the link may be shown to others, the record itself is nowhere yet
    assert reader.goto("/events/hotline-opened/").status == 404
    wei.goto(form)
    wei.select_option("#id_status", "review")
    save(wei)

    # An editor corrects it; a publisher publishes it; readers have it.
    anna.goto(form)
    anna.fill("#id_summary", "A direct line between the two capitals was opened.")
    save(anna)
    assert reader.goto("/events/hotline-opened/").status == 404
    boss.goto(form)
    boss.select_option("#id_status", "published")
    boss.fill("#id_change_note", "First published")
    save(boss)
    reader.goto("/events/hotline-opened/")
    expect(reader.locator(".lede")).to_contain_text("two capitals")

    # The editor proposes another title; readers see the old one until the publisher accepts it.
    anna.goto(form)
    expect(anna.locator(".proposing")).to_be_visible()
    anna.fill("#id_title", "Hotline between the presidents opened")
    anna.fill("#id_change_note", "As the agreement calls it")
    save(anna)
    expect(anna.locator(".messagelist")).to_contain_text("kept as a proposal")
    reader.reload()
    expect(reader.locator("h1")).to_have_text("Hotline opened")
    boss.goto(form)
    boss.get_by_role("link", name="1 proposal").click()
    boss.get_by_role("link", name="Proposed").first.click()
    expect(boss.locator("ins").first).to_contain_text("between the presidents")
    boss.get_by_role("button", name="Accept what is ticked").click()
    reader.reload()
    expect(reader.locator("h1")).to_have_text("Hotline between the presidents opened")

    # Two have it open; the second is told, sees both, and puts them together.
    anna.goto(f"{EVENTS}{world.draft_event.pk}/change/")
    boss.goto(f"{EVENTS}{world.draft_event.pk}/change/")
    boss.fill("#id_title", "Talks behind doors")
    save(boss)
    anna.fill("#id_summary", "They talked behind closed doors.")
    save(anna)
    expect(anna.locator(".messagelist")).to_contain_text("Nothing was overwritten")
    anna.get_by_role("button", name="Save what is ticked").click()
    talks = Event.objects.get(pk=world.draft_event.pk)
    assert (talks.title, talks.summary) == ("Talks behind doors", "They talked behind closed doors.")

    # Scheduled for tomorrow; tomorrow comes.
    boss.goto(f"{EVENTS}{world.draft_event.pk}/change/")
    boss.locator("#citations-group .add-row a").click()
    complete(boss, "id_citations-0-source", "A study")
    boss.select_option("#id_status", "scheduled")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    boss.fill("#id_publish_at_0", f"{tomorrow:%Y-%m-%d}")
    boss.fill("#id_publish_at_1", "09:00:00")
    save(boss)
    address = Event.objects.get(pk=talks.pk).get_absolute_url()
    assert reader.goto(address).status == 404
    past = timezone.now() - datetime.timedelta(minutes=1)
    Event.objects.filter(pk=talks.pk).update(publish_at=past)
    Edition.objects.update(next_publication=past)
    assert reader.goto(address).status == 200

    # The same person twice: merged, and the old address leads on.
    twin = actor("jiang-tse-min", "person", title="Chiang Tse-min")
    boss.goto(f"/admin/vocab/actor/{twin.pk}/change/")
    boss.get_by_role("link", name="Merge").click()
    boss.fill("#id_into", "jiang-zemin")
    boss.get_by_role("button", name="Show what would happen").click()
    expect(boss.locator("table.differences")).to_contain_text("Chiang Tse-min")
    boss.get_by_role("button", name="Merge", exact=True).click()
    reader.goto("/actors/jiang-tse-min/")
    assert reader.url.endswith("/actors/jiang-zemin/")

    # An old revision is put back; what the record said in between stays in its history.
    first = Revision.objects.filter(record_type="event", record_id=number, status="published").order_by("pk").first()
    boss.goto(f"{EVENTS}{number}/revisions/{first.pk}/")
    boss.get_by_role("button", name="Restore this revision").click()
    reader.goto("/events/hotline-opened/")
    expect(reader.locator("h1")).to_have_text("Hotline opened")
    reader.get_by_role("link", name="history", exact=True).click()
    expect(reader.locator(".chronicle")).to_contain_text("As the agreement calls it")

    # Withdrawn, with a reason.
    boss.goto(form)
    boss.select_option("#id_status", "withdrawn")
    boss.fill("#id_withdrawn_reason", "It rested on a misreading.")
    save(boss)
    assert reader.goto("/events/hotline-opened/").status == 410
    expect(reader.locator("main")).to_contain_text("It rested on a misreading.")
    reader.goto("/changes/?action=withdrawn")
    expect(reader.locator(".chronicle")).to_contain_text("Hotline opened")
    assert not desk.complaints
