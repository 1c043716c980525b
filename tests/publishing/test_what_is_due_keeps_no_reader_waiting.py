"""While somebody else holds what is due, readers are answered from the edition that is there, at once."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from events.models import Event
from sinorus.publishing import workflow
from sinorus.publishing.models import Edition
from tests import records as make
from tests.records import small_world


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_held(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world()
    past = timezone.now() - datetime.timedelta(minutes=1)
    make.event("to-come", "1997", cites=world.study, status="scheduled", publish_at=past)
    Edition.objects.update(next_publication=past)
    monkeypatch.setattr(workflow, "_rests_until", 0.0)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Edition.objects.select_for_update().get()
                held.set()
                done.wait(60)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(60)
    try:
        assert reader.get("/about/").status_code == 200
        assert Event.objects.get(slug="to-come").status == "scheduled"
    finally:
        done.set()
        other.join(60)
    assert reader.get("/about/").status_code == 200
    assert Event.objects.get(slug="to-come").status == "scheduled", "it rests for some seconds"
    monkeypatch.setattr(workflow, "_rests_until", 0.0)
    assert reader.get("/events/to-come/").status_code == 200
    assert Event.objects.get(slug="to-come").status == "published"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_requests_publish_it_once() -> None:
    world = small_world()
    past = timezone.now() - datetime.timedelta(minutes=1)
    make.event("to-come", "1997", cites=world.study, status="scheduled", publish_at=past)
    Edition.objects.update(next_publication=past)
    before, done = Edition.objects.get().number, []

    def publish() -> None:
        try:
            done.append(workflow.publish_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(done) == [0, 0, 0, 0, 0, 1]
    assert Edition.objects.get().number == before + 1
