"""A day at the desk in a real browser: draft, preview, review, publish, propose, accept, schedule, merge, restore, withdraw."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from events.models import Event
from sinorus.publishing import roles
from sinorus.publishing.models import Edition
from sinorus.search import index
from tests import records as make
from tests.cast import roles_made

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


class Day:
    """The people of the desk, each with a browser of their own, and the errors that any of them saw."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site, self.errors = browser, site, []

    def sign_in(self, name: str, *more: str, chief: bool = False) -> Page:
        """An account with what its role may do, already signed in."""
        roles_made()
        user = User.objects.create_user(name, password="a-long-enough-word", is_staff=True, is_superuser=chief)
        own = Permission.objects.filter(content_type__app_label__in=roles.APPS).exclude(codename__startswith="delete_")
        user.user_permissions.set(own | Permission.objects.filter(content_type__app_label="publishing", codename__in=more))
        client = Client()
        client.force_login(user)
        page = self.somebody()
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.site}])
        return page

    def somebody(self) -> Page:
        page = self.browser.new_context(base_url=self.site, locale="en-GB").new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if "Content Security Policy" in said.text else None)
        return page


@pytest.fixture
def day(browser: Browser, live_server: Any) -> Iterator[Day]:
    made = Day(browser, live_server.url)
    yield made
    for context in browser.contexts:
        context.close()
    assert not made.errors


def status(page: Page, address: str) -> int:
    return page.goto(address).status  # type: ignore[union-attr]


def save(page: Page, button: str = "_continue") -> None:
    page.locator(f'input[name="{button}"]').first.click()
    expect(page.locator(".messagelist li:not(.error)").first).to_be_visible()


def test_an_editing_day(day: Day) -> None:
    world = make.small_world()
    index.refresh(everything=True)
    contributor, editor = day.sign_in("carla"), day.sign_in("emil", "review")
    publisher, reader = day.sign_in("petra", "review", "publish", chief=True), day.somebody()

    # A draft, which no reader sees
    contributor.goto("/admin/events/event/add/")
    contributor.fill("#id_title", "Jiang visits Moscow")
    contributor.select_option("#id_kind", "visit")
    contributor.fill("#id_date_text", "May 1991")
    expect(contributor.locator("output.date-reading").first).to_contain_text("1991-05")
    contributor.fill("#id_summary", "He was received in the Kremlin.")
    contributor.get_by_text("Add another Citation").click()
    contributor.locator("#id_citations-0-source + .select2-container").click()
    contributor.keyboard.type("study")
    contributor.locator(".select2-results__option", has_text="A study").first.click()
    save(contributor)
    event = Event.objects.get(slug="jiang-visits-moscow")
    form, page = f"/admin/events/event/{event.pk}/change/", "/events/jiang-visits-moscow/"
    assert status(reader, page) == 404

    # A preview on its own page, by a link that others can open
    contributor.locator(".object-tools a", has_text="Preview").click()
    expect(contributor.locator("h1")).to_contain_text("Jiang visits Moscow")
    assert status(reader, contributor.url) == 200

    # Review, by somebody who may not publish; then by somebody who may
    contributor.goto(form)
    contributor.select_option("#id_status", "review")
    save(contributor)
    editor.goto(form)
    assert "published" not in (editor.locator("#id_status").inner_html())
    editor.fill("#id_date_text", "15–19 May 1991")
    editor.fill("#id_date_edtf", "")
    editor.fill("#id_change_note", "Days from the newspaper")
    save(editor)
    publisher.goto(form)
    publisher.select_option("#id_status", "published")
    save(publisher)
    assert status(reader, page) == 200
    expect(reader.locator("main")).to_contain_text("15–19 May 1991")

    # A proposal, which changes nothing until it is accepted
    contributor.goto(form)
    contributor.fill("#id_summary", "He was received in the Kremlin and in Leningrad.")
    contributor.fill("#id_change_note", "The second city")
    save(contributor)
    reader.goto(page)
    expect(reader.locator("main")).not_to_contain_text("Leningrad")
    publisher.goto(f"/admin/events/event/{event.pk}/history/")
    publisher.get_by_role("link", name="Proposed").first.click()
    expect(publisher.locator(".differences")).to_contain_text("Leningrad")
    publisher.locator("button[value=accept]").click()
    reader.goto(page)
    expect(reader.locator("main")).to_contain_text("Leningrad")

    # A record that is scheduled, before its hour and after it
    later = make.event("talks-to-come", draft=True, cites=world.study)
    publisher.goto(f"/admin/events/event/{later.pk}/change/")
    publisher.select_option("#id_status", "scheduled")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    publisher.fill("#id_publish_at_0", tomorrow.strftime("%Y-%m-%d"))
    publisher.fill("#id_publish_at_1", "09:00:00")
    save(publisher)
    assert status(reader, "/events/talks-to-come/") == 404
    past = timezone.now() - datetime.timedelta(minutes=1)
    Event.objects.filter(pk=later.pk).update(publish_at=past)
    Edition.objects.update(next_publication=past)
    assert status(reader, "/events/talks-to-come/") == 200

    # Two entries for one person become one; the address of the other leads there
    double = make.actor("chiang-tse-min", "person", title="Chiang Tse-min", side="chinese")
    publisher.goto(f"/admin/vocab/actor/{double.pk}/merge/?into={world.jiang.public_id}")
    publisher.locator("button", has_text="Merge").last.click()
    reader.goto("/actors/chiang-tse-min/")
    assert reader.url.endswith("/actors/jiang-zemin/")

    # What was before the proposal is restored
    publisher.goto(f"/admin/events/event/{event.pk}/history/")
    publisher.locator(".revisions tr", has_text="Days from the newspaper").get_by_role("link").first.click()
    publisher.get_by_role("button", name="Restore this revision").click()
    reader.goto(page)
    expect(reader.locator("main")).not_to_contain_text("Leningrad")

    # Withdrawn, with the reason that readers are told
    publisher.goto(form)
    publisher.select_option("#id_status", "withdrawn")
    publisher.fill("#id_withdrawn_reason", "It rests on a misreading.")
    save(publisher)
    assert status(reader, page) == 410
    expect(reader.locator("main")).to_contain_text("It rests on a misreading.")
    reader.goto("/changes/")
    expect(reader.locator("main")).to_contain_text("Jiang visits Moscow")
