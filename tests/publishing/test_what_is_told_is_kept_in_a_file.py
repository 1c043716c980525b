"""What is told of a record is kept in a file for all workers, until the record or what it tells of changes."""

from __future__ import annotations

import errno
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event
from sinorus.facets import kept
from sinorus.facets.answers import answers
from sinorus.publishing.changes import Watch
from sinorus.publishing.editions import raise_edition
from sinorus.vocab.models import Actor
from tests.catalogues import body_of
from tests.facets.generated import generate
from tests.often import often
from tests.publishing.test_what_is_kept_follows_every_edit import edit
from tests.publishing.test_workers_share_what_they_made import in_another_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

LONG = ["/events.csv", "/events.jsonl", "/events.ics", "/treaties.jsonl", "/events.jsonl?lang=ru"]


@pytest.fixture
def kept_in_a_file(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server of two workers, to which every list of more than five records is long."""
    with transaction.atomic():
        generate(events=30, treaties=12)
        raise_edition()
    settings.DATA_DIR, settings.ANSWERS_KEPT = tmp_path, 0
    monkeypatch.setattr("sinorus.facets.forms.FEW", 5)
    monkeypatch.setattr("sinorus.facets.forms.PIECE", 1)
    monkeypatch.setattr(kept, "CHUNK", 7)
    answers.share(2)
    yield
    answers.filed = None


def made_anew(reader: Client, address: str) -> tuple[bytes, int]:
    """A download, and the rows of records that were read for it."""
    answer = reader.get(address)
    with CaptureQueriesContext(connection) as queries:
        body = body_of(answer)
    assert answer.streaming
    return body, sum('"summary"' in query["sql"].partition(" FROM ")[0] for query in queries)


@pytest.mark.parametrize("address", LONG)
def test_what_one_worker_told_the_other_need_not_make(
    kept_in_a_file: None, reader: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    with monkeypatch.context() as alone:
        alone.setattr(answers, "filed", None)
        expected, rows = made_anew(reader, address)
    assert rows
    connections.close_all()

    def other() -> bytes:
        answers.take(1)
        return body_of(Client().get(address))[-40:]

    assert in_another_process(other) == expected[-40:]
    assert made_anew(reader, address) == (expected, 0)


def test_another_question_takes_what_it_shares_with_the_first(kept_in_a_file: None, reader: Client) -> None:
    made_anew(reader, "/events.csv")
    body, rows = made_anew(reader, "/events.jsonl?sort=-date")
    assert rows == 0
    assert sorted(json.loads(line)["id"] for line in body.decode().splitlines()) == sorted(one.public_id for one in Event.objects.public())


def test_after_every_edit_it_is_what_a_new_process_tells(kept_in_a_file: None, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    dice, taken = random.Random(1689), 0
    for _ in range(often(40, 6)):
        told = {address: made_anew(reader, address) for address in LONG}
        with monkeypatch.context() as alone:
            alone.setattr(answers, "filed", None)
            fresh = {address: made_anew(reader, address) for address in LONG}
        assert {address: body for address, (body, _rows) in told.items()} == {address: body for address, (body, _rows) in fresh.items()}
        taken += sum(0 < told[address][1] < fresh[address][1] for address in LONG)
        edit(dice)
    assert taken, "an edit drops all of it, or nothing"


def test_who_is_in_the_middle_of_it_is_told_nothing_that_was_withdrawn(kept_in_a_file: None, reader: Client) -> None:
    whole, _rows = made_anew(reader, "/events.jsonl")
    answer = reader.get("/events.jsonl")
    last = Event.objects.get(slug=json.loads(whole.splitlines()[-1])["slug"])
    lines = iter(answer.streaming_content)
    first = next(lines)
    with transaction.atomic():
        watch = Watch([last])
        last.status = "withdrawn"
        last.save()
        watch.tell([last])
    assert first + b"".join(lines) == b"".join(whole.splitlines(keepends=True)[:-1])


def test_who_is_renamed_in_the_middle_of_it_has_the_new_name_from_then_on(
    kept_in_a_file: None, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = iter(reader.get("/events.jsonl").streaming_content)
    next(lines)
    for one in Actor.objects.public():
        with transaction.atomic():
            watch = Watch([one])
            one.title = f"{one.title} as renamed"
            one.touch()
            one.save()
            watch.tell([one])
    assert b"as renamed" in b"".join(lines)
    told, rows = made_anew(reader, "/events.jsonl")
    assert rows, "what was told before is told again"
    monkeypatch.setattr(answers, "filed", None)
    assert told == made_anew(reader, "/events.jsonl")[0]


def test_where_nothing_can_be_written_it_is_told_all_the_same(
    kept_in_a_file: None, reader: Client, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    expected, rows = made_anew(reader, "/events.csv")

    def full(*_args: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    answers.share(2)
    with monkeypatch.context() as disk:
        disk.setattr(os, "pwrite", full)
        assert [made_anew(reader, "/events.csv") for _ in range(2)] == [(expected, rows)] * 2
    settings.DATA_DIR = settings.DATA_DIR / "nowhere"
    answers.share(2)
    assert answers.filed is None
    assert made_anew(reader, "/events.csv") == (expected, rows)


def test_records_are_sent_in_pieces_of_some_size(kept_in_a_file: None, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _rows = made_anew(reader, "/events.jsonl")
    monkeypatch.setattr("sinorus.facets.forms.PIECE", len(whole) // 3)
    pieces = list(reader.get("/events.jsonl").streaming_content)
    assert b"".join(pieces) == whole
    assert 2 <= len(pieces) <= 3
