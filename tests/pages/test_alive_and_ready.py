"""``/healthz`` says that the process lives, ``/readyz`` that it can serve, or why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Event

pytestmark = pytest.mark.django_db


def test_alive(reader: Client) -> None:
    assert reader.get("/healthz").json()["status"] == "alive"


def test_ready_with_data(reader: Client, world: Any) -> None:
    answer = reader.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert "no-store" in answer["Cache-Control"]


def test_not_ready_without_data(reader: Client, world: Any) -> None:
    Event.objects.update(status="draft")
    answer = reader.get("/readyz")
    assert answer.status_code == 503
    assert "no data" in answer.json()["reason"]
    assert int(answer["Retry-After"]) > 0
