"""Two transactions that publish at the same time get two editions, in the order in which they are committed."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from sinorus.publishing import editions


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_editions_are_never_shared() -> None:
    with transaction.atomic():
        first = editions.raise_edition()
    given, start = [], threading.Barrier(8)

    def publish() -> None:
        start.wait()
        try:
            for _ in range(5):
                with transaction.atomic():
                    given.append(editions.raise_edition())
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    assert sorted(given) == list(range(first + 1, first + 41))
    assert editions.current() == first + 40
