"""What rests on time, under clocks that are wrong or jump. Run by ``test_clocks_that_are_wrong.py``, where the clock can be set."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from events.models import Event
from sinorus.desk.signin import CodeForm
from sinorus.publishing.models import Change, Edition
from sinorus.publishing.preview import token
from tests.records import World, event, small_world

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a-long-enough-word"
PAGES = ("/", "/events/", "/zh/treaties/", "/timeline/", "/coverage/", "/api/v1/events/", "/events.atom", "/events.csv", "/changes.atom")
NOW = datetime.now(UTC).replace(microsecond=0)
CLOCKS = {
    "the battery is dead": datetime(1970, 1, 1, 5, tzinfo=UTC),
    "a day late": NOW - timedelta(days=1),
    "ten years early": NOW + timedelta(days=3652),
    "a leap day": datetime(2028, 2, 29, 12, tzinfo=UTC),
    "beyond 2038": datetime(2038, 1, 19, 3, 14, 9, tzinfo=UTC),
    "an hour is left out": datetime(2027, 3, 28, 1, 0, 1, tzinfo=UTC),  # in Berlin, where this machine then is
    "an hour comes twice": datetime(2027, 10, 31, 1, 0, 1, tzinfo=UTC),
}
clocks = pytest.mark.parametrize("moment", CLOCKS.values(), ids=CLOCKS)


def at(moment: datetime | None) -> None:
    """Set the clock of this process; None: to what is right."""
    Path(os.environ["FAKETIME_TIMESTAMP_FILE"]).write_text("+0")
    if moment:
        shift = (moment - datetime.now(UTC)).total_seconds()
        Path(os.environ["FAKETIME_TIMESTAMP_FILE"]).write_text(f"{shift:+.3f}")
        assert abs(datetime.now(UTC) - moment) < timedelta(seconds=5) and date.today() == moment.date()


@contextmanager
def jumping(moment: datetime, before: int) -> Iterator[None]:
    """The clock jumps when so many statements have been asked of the database."""
    asked = 0

    def watch(execute: Any, *given: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == before:
            at(moment)
        return execute(*given)

    with connection.execute_wrapper(watch):
        yield
    assert asked >= before, "it did not jump"


@pytest.fixture(autouse=True)
def _right_again() -> Iterator[None]:
    yield
    at(None)


@pytest.fixture
def world(transactional_db: None) -> World:
    return small_world()


def of_the_day(answer: Any) -> list[str]:
    """The slugs of what happened on this day, as the first page says."""
    digest = answer.content.decode().partition('<ol class="digest this-day">')[2].partition("</ol>")[0]
    return re.findall(r"/events/([a-z-]+)/", digest)


def scheduled(slug: str, hour: datetime) -> Event:
    made = event(slug, "1997", cites=None, status="scheduled", publish_at=hour, published=None)
    made.citations.create(source=Event.objects.get(slug="the-split").citations.get().source)
    Edition.objects.filter(pk=1).update(next_publication=Event.objects.filter(status="scheduled").earliest("publish_at").publish_at)
    return made


@clocks
def test_pages_say_what_is_so_by_the_clock(world: World, reader: Client, moment: datetime) -> None:
    at(moment)
    event("of-the-day", f"1972-{moment:%m-%d}", importance=3)
    event("of-the-day-after", f"1972-{moment + timedelta(days=1):%m-%d}", importance=3)
    assert of_the_day(reader.get("/")) == ["of-the-day"]
    validators = {}
    for path in PAGES:
        answer = reader.get(path)
        assert answer.status_code == 200, path
        body = b"".join(answer) if answer.streaming else answer.content
        assert not re.search(rb"(?<![\w-])-\d+ (second|minute|hour|day|month|year)", body), path
        validators[path] = answer["ETag"]
        assert reader.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304, path
    at(moment + timedelta(days=1))
    for path, validator in validators.items():
        answer = reader.get(path, headers={"If-None-Match": validator})
        assert answer.status_code == 200 and answer["ETag"] != validator, f"{path}: what depends on today is not asked again"
    assert of_the_day(reader.get("/")) == ["of-the-day-after"]
    at(moment)
    for path, validator in validators.items():
        assert reader.get(path, headers={"If-None-Match": validator}).status_code == 304, path


@clocks
def test_what_is_scheduled_comes_at_its_hour(world: World, reader: Client, moment: datetime) -> None:
    due, later = scheduled("due", moment - timedelta(hours=1)), scheduled("later", moment + timedelta(hours=1))
    at(moment - timedelta(hours=2))
    assert reader.get("/events/due/").status_code == 404
    edition = Edition.objects.get().number
    at(moment)
    assert [reader.get(f"/events/{one.slug}/").status_code for one in (due, later)] == [200, 404]
    assert Edition.objects.get().number == edition + 1
    assert abs(Change.objects.get(slug="due").time - moment) < timedelta(minutes=5)
    assert f"{moment:%Y-%m-%d}" in reader.get("/changes.atom").content.decode()
    at(moment - timedelta(days=2))  # put back: it stays with readers, and is published once
    assert [reader.get(f"/events/{one.slug}/").status_code for one in (due, later)] == [200, 404]
    at(moment + timedelta(hours=2))
    assert [reader.get(f"/events/{one.slug}/").status_code for one in (due, later)] == [200, 200]
    assert Edition.objects.get().number == edition + 2
    assert Change.objects.filter(slug__in=["due", "later"]).count() == 2


@clocks
def test_sessions_of_another_time_end(world: World, moment: datetime) -> None:
    User.objects.create_superuser("anna", password=PASSWORD)
    of_now, of_then, idle = Client(), Client(), Client()

    def signed_in(client: Client) -> bool:
        return client.get("/admin/awake/").status_code == 204

    for client in (of_now, of_then, idle):
        at(None if client is of_now else moment)
        assert client.post("/admin/login/", {"username": "anna", "password": PASSWORD}).status_code == 302
        assert signed_in(client)
    assert not signed_in(of_now), "a session of the right time goes on under a wrong clock"
    at(moment + timedelta(minutes=59))
    assert signed_in(of_then)
    at(moment + timedelta(minutes=61))
    assert signed_in(of_then) and not signed_in(idle)
    at(None)
    assert not signed_in(of_then), "a session of a wrong clock goes on when it is right, and perhaps for years"


@clocks
def test_nobody_is_locked_out_until_a_wrong_hour_comes(world: World, moment: datetime) -> None:
    """Five wrong passwords and a wrong code by a clock that is wrong: once it is right, they lock for no longer than by a right one."""
    anna = User.objects.create_superuser("anna", password=PASSWORD)
    device = TOTPDevice.objects.create(user=anna, name="TOTP")

    def signing_in(password: str = PASSWORD) -> int:
        return Client().post("/admin/login/", {"username": "anna", "password": password}).status_code

    at(moment)
    assert [signing_in("wrong") for _try in range(5)][-1] == signing_in() == 429
    at(moment + timedelta(minutes=16))
    assert signing_in() == 302
    at(moment)
    assert [signing_in("wrong") for _try in range(5)][-1] == 429
    device.throttle_increment()
    at(None)
    assert signing_in("wrong") == 200, "the first wrong password by a clock that is right"
    assert signing_in() == 302
    assert not CodeForm(device, {"code": "000000"}).is_valid() and device.throttling_failure_timestamp < timezone.now() + timedelta(
        minutes=1
    )


@clocks
def test_links_to_previews_open_as_long_as_they_say(world: World, reader: Client, moment: datetime) -> None:
    at(moment)
    link = f"/preview/{token(world.draft_event)}/"
    assert reader.get(link).status_code == 200
    at(moment + timedelta(hours=71))
    assert reader.get(link).status_code == 200
    at(moment + timedelta(hours=73))
    assert reader.get(link).status_code == 410
    at(moment - timedelta(days=30))
    assert reader.get(link).status_code == 410, "signed under a clock that was early, it opens for ever"


@pytest.mark.parametrize("hours", [-25, -1, 1, 25])
@pytest.mark.parametrize("before", [2, 5, 9])
def test_a_clock_that_jumps_during_a_request(world: World, reader: Client, hours: int, before: int) -> None:
    """Answers are of one edition, nothing is published twice or taken back, and what was answered meanwhile is not kept for another day."""
    start = datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC)
    at(start)
    event("of-the-day", "1972-03-28", importance=3)
    event("of-the-day-after", "1972-03-29", importance=3)
    scheduled("due", start + timedelta(minutes=30))
    with jumping(start + timedelta(hours=hours), before):
        answer = reader.get("/")
    assert answer.status_code == 200
    for moment in (start + timedelta(hours=hours), start, start + timedelta(hours=25)):
        at(moment)
        page = reader.get("/", headers={"If-None-Match": answer["ETag"]})
        if page.status_code == 200:
            assert of_the_day(page) == {28: ["of-the-day"], 29: ["of-the-day-after"]}.get(moment.day, [])
    assert reader.get("/events/due/").status_code == 200
    assert Change.objects.filter(slug="due").count() == 1


@pytest.mark.parametrize("hours", [-25, -1, 1, 25])
def test_a_jump_while_an_editor_saves(world: World, publisher: Client, hours: int) -> None:
    """What is being saved is saved; the next request asks to sign in again, if it comes too late or before the session began."""
    with jumping(timezone.now() + timedelta(hours=hours), 6):
        assert publisher.post("/admin/auth/group/add/", {"name": "saved"}).status_code == 302
    assert Group.objects.filter(name="saved").exists()
    assert publisher.get("/admin/").status_code == (200 if hours == 1 else 302)
