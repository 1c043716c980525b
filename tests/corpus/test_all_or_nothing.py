"""Either everything is loaded or nothing: what fails late takes back what went well before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from events.models import Event
from sinorus.corpus.files import CorpusError
from sinorus.corpus.load import load
from sinorus.corpus.models import LoadedRecord
from sinorus.corpus.schema import TYPES
from sinorus.publishing.changes import Watch
from sinorus.publishing.editions import current

pytestmark = pytest.mark.django_db


def assert_nothing_loaded() -> None:
    assert not any(type_.model.objects.exists() for type_ in TYPES.values())
    assert not LoadedRecord.objects.exists()
    assert current() == 0


def test_an_error_in_the_files(folder: Path, edit: Callable[..., int]) -> None:
    edit("treaties/all.yaml", "kind: joint-statement", "kind: joint")
    with pytest.raises(CorpusError):
        load(folder)
    assert_nothing_loaded()


@pytest.fixture
def refused() -> None:
    """A database that takes no event of March 1969."""
    check = "ALTER TABLE events_event ADD CONSTRAINT event_not_of_march CHECK (date_edtf <> '1969-03')"
    trigger = """CREATE TRIGGER event_not_of_march BEFORE INSERT ON events_event WHEN NEW.date_edtf = '1969-03'
                 BEGIN SELECT RAISE(ABORT, 'event_not_of_march'); END"""
    with connection.cursor() as cursor:
        cursor.execute(check if connection.vendor == "postgresql" else trigger)


def test_what_only_the_database_refuses_is_said_with_its_place(folder: Path, refused: None) -> None:
    with pytest.raises(CorpusError) as caught:
        load(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.record) == ("events/all.yaml", "crisis-1969")
    assert "event_not_of_march" in problem.message
    assert (folder / problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1] == "crisis-1969:"
    assert_nothing_loaded()


def fail(*args: object, **kwargs: object) -> int:
    raise DatabaseError("the disk is full")


def test_a_failure_at_the_very_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "tell", fail)
    with pytest.raises(DatabaseError):
        load(folder)
    assert_nothing_loaded()


def test_a_failed_change_leaves_the_last_load(folder: Path, edit: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder)
    edit("events/all.yaml", "summary: Yeltsin came to Beijing.", "summary: New words.")
    monkeypatch.setattr(Watch, "tell", fail)
    with pytest.raises(DatabaseError):
        load(folder)
    assert Event.objects.get(slug="visit-1996").summary == "Yeltsin came to Beijing."
    assert current() == 1
