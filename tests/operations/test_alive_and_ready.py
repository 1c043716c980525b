"""``/healthz`` says that the process lives, ``/readyz`` that it can serve, or why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinorus.operations import health
from sinorus.publishing import replicas
from sinorus.publishing.models import record_types
from tests.headers import faults_in

pytestmark = pytest.mark.django_db


def test_alive(reader: Client) -> None:
    assert reader.get("/healthz").json()["status"] == "alive"


def test_ready_with_data(reader: Client, world: Any) -> None:
    answer = reader.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert not faults_in(answer)


def test_not_ready_without_data(reader: Client, world: Any) -> None:
    for model in record_types().values():
        model.objects.update(status="draft")
    answer = reader.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reason"] == "data: no data is loaded"
    assert int(answer["Retry-After"]) > 0 and not faults_in(answer)


@pytest.mark.parametrize("applied_before", [True, False])
def test_not_ready_while_a_migration_is_missing(reader: Client, world: Any, applied_before: bool) -> None:
    """Told anew each time: a process that was ready may meet an older database, put in place under it."""
    if applied_before:
        assert reader.get("/readyz").status_code == 200
    app, name = sorted(health.newest_migrations())[0]
    MigrationRecorder(connection).record_unapplied(app, name)
    answer = reader.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reason"].startswith(f"migrations: 1 are not applied, {app}.{name}")
    MigrationRecorder(connection).record_applied(app, name)
    assert reader.get("/readyz").status_code == 200


def test_a_replica_that_is_down_is_told_and_done_without(
    reader: Client, world: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REPLICAS = ["replica1"]
    monkeypatch.setattr(replicas, "_failed", {})
    monkeypatch.setattr(replicas, "is_usable", lambda alias: False)
    answer = reader.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "reason": "replica: replica1 does not answer"}


def test_counters_that_do_not_answer_are_told_and_done_without(reader: Client, world: Any, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:8749/0"}}
    answer = reader.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded" and "cache" in answer.json()["reason"]


def test_it_may_be_asked_every_second(reader: Client, world: Any) -> None:
    reader.get("/readyz")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        reader.get("/readyz")
    assert len(asked) <= 4 + len(record_types())
    assert all("count(" not in query["sql"].lower() for query in asked)
