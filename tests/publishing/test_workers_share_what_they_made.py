"""Memory for answers that workers share: made before they are forked, written by each, read by all, whatever is half written."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event
from sinorus.facets import kept
from sinorus.facets.answers import answers
from sinorus.facets.shared import Shared
from sinorus.publishing.changes import Watch
from sinorus.publishing.editions import raise_edition
from tests.facets.generated import generate

pytestmark = pytest.mark.once


def in_another_process(do: Any) -> bytes:
    """What a forked process writes."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, do())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        return told.read()


@pytest.mark.parametrize("in_a_file", [False, True])
def test_what_one_process_puts_another_gets(tmp_path: Path, in_a_file: bool) -> None:
    shared = Shared(parts=2, size=100_000, folder=tmp_path if in_a_file else None)
    assert not list(tmp_path.iterdir()), "the file has a name"

    def other() -> bytes:
        shared.take(1)
        shared.put(("there",), "made there")
        return str(shared.get(("here",))).encode()

    shared.put(("here",), "made here")
    assert in_another_process(other) == b"made here"
    assert shared.get(("there",)) == "made there"
    assert shared.get(("here",)) == "made here"
    assert shared.get(("nowhere",)) is None


@pytest.mark.parametrize("in_a_file", [False, True])
def test_the_newest_that_fit_are_kept_and_nothing_is_ever_wrong(tmp_path: Path, in_a_file: bool) -> None:
    shared = Shared(parts=2, size=20_000, small=1, folder=tmp_path) if in_a_file else Shared(parts=2, size=20_000)
    dice, put = random.Random(1), {}
    for number in range(2_000):
        shared.take(number % 2) if number % 500 == 0 else None
        key = (f"key {dice.randrange(300)}", "en")
        put[key] = dice.randbytes(dice.randrange(1_000))
        shared.put(key, put[key])
        assert shared.get(key) == put[key]
    found = {key: got for key in put if (got := shared.get(key)) is not None}
    assert found
    assert found == {key: put[key] for key in found}
    shared.put(("large",), dice.randbytes(6_000))
    assert shared.get(("large",)) is None


def test_what_is_asked_for_outlives_what_is_asked_once() -> None:
    dice, shared = random.Random(2), Shared(parts=2, size=40_000)
    asked = {(f"asked {number}", "en"): dice.randbytes(500) for number in range(10)}
    for key, told in asked.items():
        shared.put(key, told)
        assert shared.get(key) == told
    unasked = ("put before, and not asked for", "en")
    shared.put(unasked, dice.randbytes(500))
    for number in range(1_000):
        shared.put((f"once {number}", "en"), dice.randbytes(500))
    assert {key: shared.get(key) for key in asked} == asked
    assert shared.get(unasked) is None
    renewed = {key: told + b"made anew" for key, told in asked.items()}
    for key, told in renewed.items():
        shared.put(key, told)
    for number in range(1_000):
        shared.put((f"once again {number}", "en"), dice.randbytes(500))
    assert {key: shared.get(key) for key in asked} == renewed, "what is made anew keeps its place"


def test_what_is_asked_for_again_and_again_outlives_what_is_asked_for_twice() -> None:
    dice, shared = random.Random(3), Shared(parts=2, size=40_000)
    often, seldom = [(f"often {number}", "en") for number in range(10)], ("twice", "en")
    for key in (*often, seldom):
        shared.put(key, dice.randbytes(500))
        assert shared.get(key)
    for number in range(1_000):
        shared.take(number % 2) if number % 100 == 0 else None
        shared.put(key := (f"twice {number}", "en"), dice.randbytes(500))
        assert shared.get(key)
        assert all(shared.get(key) for key in dice.sample(often, 5))
    assert shared.get(seldom) is None


def test_what_is_half_written_is_none() -> None:
    shared = Shared(parts=1, size=10_000)
    shared.put(("a",), told := random.Random(1).randbytes(100))
    for place in range(60):
        before = shared._told[place]
        shared._told[place] = before ^ 1
        assert shared.get(("a",)) is None
        shared._told[place] = before
    assert shared.get(("a",)) == told


@pytest.mark.django_db(transaction=True)
def test_a_page_that_one_worker_made_is_another_s_too(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        generate(events=20, treaties=5)
        raise_edition()
    answers.share(2)
    try:
        pages = [Event.objects.public().first().get_absolute_url(), "/events/?state=state-a", "/actors/person-a/", "/api/v1/events/facets/"]
        connections.close_all()

        def other() -> bytes:
            answers.shared.take(1)
            made = [Client().get(page) for page in pages]
            return b"|".join(b"kept" if hasattr(one, "kept") else b"made" for one in made)

        assert in_another_process(other) == b"made|made|made|made"
        assert [hasattr(reader.get(page), "kept") for page in pages] == [True] * 4
        assert not answers.kept
        with transaction.atomic():
            raise_edition()
        assert hasattr(reader.get(pages[0]), "kept"), "an edition that changed nothing"
    finally:
        answers.shared = answers.filed = None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("made", "asked"),
    [
        ("/events/", "/events/?date_match=certain"),
        ("/api/v1/events/", "/api/v1/events/?date_match=certain"),
        ("/events.ics", "/events.ics?sort=-date"),
    ],
)
def test_rows_that_one_worker_made_are_another_s_too(reader: Client, monkeypatch: pytest.MonkeyPatch, made: str, asked: str) -> None:
    with transaction.atomic():
        generate(events=20, treaties=5)
        raise_edition()
    alone = reader.get(asked).getvalue()
    kept.forget()
    answers.clear()
    monkeypatch.setattr(answers, "shared", None)
    monkeypatch.setattr(answers, "filed", None)
    answers.share(2)
    connections.close_all()

    def other() -> bytes:
        answers.take(1)
        return str(Client().get(made).status_code).encode()

    def rows_read(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address).getvalue() == alone or address == made
        return sum('"events_event"."summary"' in query["sql"] for query in queries)

    assert in_another_process(other) == b"200"
    assert rows_read(asked) == 0, "the records are read again"
    with transaction.atomic():
        watch = Watch([event := Event.objects.public().first()])
        event.touch()
        event.save()
        watch.tell([event])
    kept.forget()
    assert rows_read(made) == 1, "one statement reads the one that was changed, the others are as they were"
    with transaction.atomic():
        raise_edition()
    kept.forget()
    assert rows_read(made) > 0, "nobody says what another edition has changed, and what was made before is taken"
