"""A statement for a reader that takes too long is broken off, by either engine; what has time is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.test import Client

from events.api import EventViewSet
from events.views import EventList
from sinorus.facets.hurry import unhurried
from sinorus.publishing import editions
from tests.headers import faults_in


def count(rows: int) -> int:
    """A statement that takes a second for some millions."""
    with connection.cursor() as cursor:
        counting = "WITH RECURSIVE n(x) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT x + 1 FROM n WHERE x < %s) SELECT count(*) FROM n"
        cursor.execute(counting, [rows])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_reader_is_told_to_come_back(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.READING_TIMEOUT = 100
    reader = Client(raise_request_exception=False)
    for view, method, address in ((EventList, "get", "/zh/events/"), (EventViewSet, "initial", "/api/v1/events/")):
        with monkeypatch.context() as patched:
            patched.setattr(view, method, lambda *args, **kwargs: count(1_000_000_000_000))
            answer = reader.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "10") and not faults_in(answer)
        assert ("problem+json" in answer["Content-Type"]) == ("api" in address)
        assert "interrupted" not in answer.content.decode() and "timeout" not in answer.content.decode()
        assert reader.get(address).status_code == 200, "the connection is good for the next"


@pytest.mark.django_db(transaction=True)
def test_what_is_no_answer_to_a_reader_has_time(settings: Any) -> None:
    settings.READING_TIMEOUT = 1
    some = 300_000
    assert count(some) == some, "as a command does"
    with pytest.raises(OperationalError), editions.reading():
        count(some)
    with editions.reading():
        with unhurried(DEFAULT_DB_ALIAS):
            assert count(some) == some, "as whoever makes an index does"
        with pytest.raises(OperationalError):
            count(some)
    assert count(some) == some
    settings.READING_TIMEOUT = 0
    with editions.reading():
        assert count(some) == some, "without a limit"
