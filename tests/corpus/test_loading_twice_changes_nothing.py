"""A second load finds nothing to do; a later one does what the files changed, and no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import serializers

from events.models import Event, EventCitation
from sinorus.corpus.load import load
from sinorus.corpus.models import LoadedRecord
from sinorus.corpus.schema import TYPES
from sinorus.publishing.editions import current
from treaties.models import Party, Treaty

pytestmark = pytest.mark.django_db


def snapshot() -> str:
    """All records and rows of the two domains, with their numbers and times."""
    models = [type_.model for type_ in TYPES.values()] + [EventCitation, Party]
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in models)


def test_twice(folder: Path) -> None:
    load(folder)
    before = snapshot()
    report = load(folder)
    assert not report.changed_anything
    assert (report.left_alone, report.left_out, report.removed) == ([], [], [])
    assert report.total("unchanged") == LoadedRecord.objects.exclude(record_type="").count() == 14
    assert snapshot() == before
    assert current() == 1


def test_another_layout_of_the_same_words_is_no_change(folder: Path, edit: Callable[..., int]) -> None:
    load(folder)
    edit("themes.yaml", "  title: Partnership formulas\n", '\n  # a remark\n  title: "Partnership formulas"\n')
    assert not load(folder).changed_anything


def test_a_change_in_the_files_changes_that_record_alone(folder: Path, edit: Callable[..., int]) -> None:
    load(folder)
    event, treaty = Event.objects.get(slug="visit-1996"), Treaty.objects.get()
    edit("events/all.yaml", "summary: Yeltsin came to Beijing.", "summary: Yeltsin came to Beijing and Shanghai.")
    edit("events/all.yaml", "    - {source: rmrb-1996, locator: p. 1, supports: date}\n", "")
    report = load(folder)
    assert (report.total("changed"), report.total("new"), report.total("unchanged")) == (1, 0, 13)
    again = Event.objects.get(slug="visit-1996")
    assert (again.pk, again.created, again.published) == (event.pk, event.created, event.published)
    assert again.summary == "Yeltsin came to Beijing and Shanghai."
    assert again.updated > event.updated
    assert [row.source.slug for row in again.citations.all()] == ["qian-2003"]
    assert [treaty.slug for treaty in again.treaties.all()] == ["joint-statement-1996"]
    assert [row.slug for row in again.assessments.all()] == ["yeltsin-on-partnership"]
    assert Treaty.objects.get().updated == treaty.updated
    assert current() == 2


def test_what_the_files_leave_out_becomes_blank(folder: Path, edit: Callable[..., int]) -> None:
    load(folder)
    edit("events/all.yaml", "  date_text: spring 1969\n", "")
    edit("events/all.yaml", "  place: beijing\n", "")
    edit("events/all.yaml", "  importance: 3\n", "")
    load(folder)
    assert Event.objects.get(slug="crisis-1969").date_text == ""
    event = Event.objects.get(slug="visit-1996")
    assert (event.place, event.importance) == (None, Event.Importance.DETAIL)


def test_a_record_that_left_the_files_is_reported_and_kept(folder: Path) -> None:
    load(folder)
    (folder / "assessments.yaml").unlink()
    report = load(folder)
    assert report.removed == ["assessments/yeltsin-on-partnership"]
    assert Event.objects.get(slug="visit-1996").assessments.count() == 1
    assert not report.changed_anything
