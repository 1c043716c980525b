"""On PostgreSQL, with as many records as matter: what readers ask often is answered by an index, never by reading a whole table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from pytest_django.plugin import DjangoDbBlocker

from events.filters import EventFilterSet
from events.models import Event, Participation
from sinorus.publishing.models import Change
from sinorus.search import planner
from sinorus.vocab.models import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(scope="module", autouse=True)
def _many(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """20,000 events, with one participant each, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        _made()
        yield
        transaction.set_rollback(True)
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # or what was rolled back is read over by every test to come
        cursor.execute("VACUUM ANALYZE events_event, events_participation, vocab_actor, publishing_change")


def _made() -> None:
    state = {"status": "published", "kind": "meeting", "summary": "Something."}
    Actor.objects.bulk_create(Actor(slug=f"actor-{n}", title=f"Actor {n}", kind="person", status="published") for n in range(500))
    dates = [f"{1700 + n}-01-{n % 28 + 1:02}" for n in range(320)]
    Event.objects.bulk_create(Event(slug=f"event-{n}", title=f"Event {n}", date_edtf=date, **state) for n, date in enumerate(dates))
    with connection.cursor() as cursor:  # the database copies them in a moment
        names = [field.column for field in Event._meta.concrete_fields if field.column not in ("id", "slug")]
        cursor.execute(
            f"INSERT INTO events_event (slug, {', '.join(names)})"
            f" SELECT slug || '-' || copy, {', '.join(names)} FROM events_event, generate_series(1, 62) copy"
        )
        cursor.execute(
            "INSERT INTO events_participation (event_id, actor_id, role, office, position)"
            " SELECT event.id, actor.id, '', '', 0 FROM events_event event"
            " JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM vocab_actor) actor ON actor.place = event.id % 500"
        )
    assert Event.objects.count() == Participation.objects.count() > 20_000
    planner.learn()


def plan(queryset: Any) -> str:
    return queryset.explain()


def test_a_span_of_a_year_comes_from_an_index() -> None:
    question = EventFilterSet(QueryDict("date_after=1996&date_before=1996&date_match=certain"), Event.objects.public())
    assert "Seq Scan on events_event" not in plan(question.narrowed().order_by())


def test_a_person_s_events_come_from_an_index() -> None:
    question = EventFilterSet(QueryDict("person=actor-7"), Event.objects.public())
    assert not question.errors
    found = plan(question.narrowed().order_by())
    assert "Seq Scan on events_participation" not in found
    assert "Seq Scan on events_event" not in found


def test_a_record_and_the_last_changed_come_from_an_index() -> None:
    assert "Seq Scan" not in plan(Event.objects.public().filter(slug="event-77"))
    question = EventFilterSet(QueryDict("sort=-updated"), Event.objects.public())
    assert "Seq Scan on events_event" not in plan(question.results()[:25])


@pytest.mark.parametrize("query", ["", "sort=date", "page=300"])
def test_the_usual_order_comes_from_an_index(query: str) -> None:
    question = EventFilterSet(QueryDict(query), Event.objects.public())
    found = plan(question.results().values("pk")[:25])
    assert "event_in_order" in found
    assert "Sort" not in found


def test_changes_since_an_edition_come_from_an_index() -> None:
    told = {"action": "updated", "record_type": "event", "slug": "x", "title": "x"}
    Change.objects.bulk_create((Change(edition=n, record_id=n, **told) for n in range(5000)), batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE publishing_change")
    assert "Seq Scan" not in plan(Change.objects.filter(edition__gt=4990, edition__lte=4999).order_by())
