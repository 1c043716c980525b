"""What an editor changed, renamed, withdrew or deleted stays so, and the loader says so; --force takes it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from events.models import Event, EventCitation, Participation
from sinorus.corpus.load import load
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor
from treaties.models import Article, Provision, Treaty

pytestmark = [pytest.mark.django_db, pytest.mark.once]
VISIT = "events/visit-1996"


def _title() -> None:
    Event.objects.filter(slug="visit-1996").update(title="An editor's title")


def _citation() -> None:
    EventCitation.objects.filter(record__slug="visit-1996", locator="p. 1").update(locator="p. 2")


def _participant_removed() -> None:
    Participation.objects.filter(actor__slug="china").delete()


def _order() -> None:
    Participation.objects.filter(actor__slug="china").update(position=0)
    Participation.objects.filter(actor__slug="boris-yeltsin").update(position=1)


def _theme_removed() -> None:
    Event.objects.get(slug="visit-1996").themes.clear()


def _withdrawn() -> None:
    Event.objects.filter(slug="visit-1996").update(status="draft")


@pytest.mark.parametrize("change", [_title, _citation, _participant_removed, _order, _theme_removed, _withdrawn])
def test_a_changed_record_is_left_alone_and_listed(folder: Path, edit: Callable[..., int], change: Callable[[], None]) -> None:
    load(folder)
    change()
    before = Event.objects.get(slug="visit-1996")
    assert load(folder).left_alone == [f"{VISIT} (changed by an editor)"]

    edit("events/all.yaml", "summary: Yeltsin came to Beijing.", "summary: New words.")
    report = load(folder)
    assert report.left_alone == [f"{VISIT} (changed by an editor; the files have changed too)"]
    after = Event.objects.get(slug="visit-1996")
    assert (after.title, after.summary, after.status, after.updated) == (before.title, before.summary, before.status, before.updated)
    assert not report.changed_anything

    report = load(folder, force=True)
    assert (report.left_alone, report.total("changed")) == ([], 1)
    forced = Event.objects.public().get(slug="visit-1996")
    assert (forced.pk, forced.title, forced.summary) == (before.pk, "Yeltsin visits Beijing", "New words.")
    assert [row.actor.slug for row in forced.participations.all()] == ["boris-yeltsin", "china"]
    assert forced.themes.count() == 1
    assert not load(folder).changed_anything


def test_rows_of_rows_count_too(folder: Path) -> None:
    load(folder)
    Provision.objects.create(article=Article.objects.get(), topic="one-china")
    assert load(folder).left_alone == ["treaties/joint-statement-1996 (changed by an editor)"]


def test_line_ends_of_a_browser_are_no_change(folder: Path) -> None:
    load(folder)
    event = Event.objects.get(slug="visit-1996")
    event.body = event.body.replace("\n", "\r\n")
    event.save()
    assert load(folder).left_alone == []


def test_a_renamed_record_keeps_its_number_and_its_new_slug(folder: Path, edit: Callable[..., int]) -> None:
    load(folder)
    event, yeltsin = Event.objects.get(slug="visit-1996"), Actor.objects.get(slug="boris-yeltsin")
    Event.objects.filter(pk=event.pk).update(slug="yeltsin-in-beijing-1996")
    Actor.objects.filter(pk=yeltsin.pk).update(slug="boris-nikolayevich-yeltsin")
    assert load(folder).left_alone == []

    edit("events/all.yaml", "summary: Yeltsin came to Beijing.", "summary: New words.")
    report = load(folder)
    assert (report.total("changed"), report.total("new")) == (1, 0)
    renamed = Event.objects.get(summary="New words.")
    assert (renamed.pk, renamed.slug) == (event.pk, "yeltsin-in-beijing-1996")
    assert renamed.participations.first().actor == yeltsin
    assert Event.objects.count() == 2


def test_a_record_of_an_editors_own_with_the_same_slug(folder: Path) -> None:
    source = Source.objects.create(slug="qian-2003", title="An editor's source")
    report = load(folder)
    assert report.left_alone == ["sources/qian-2003 (there already, and not from these files)"]
    source.refresh_from_db()
    assert source.title == "An editor's source"
    assert Event.objects.get(slug="crisis-1969").citations.get().source == source


def test_a_deleted_record_stays_deleted_and_references_to_it_are_left_out(folder: Path, edit: Callable[..., int]) -> None:
    load(folder)
    Assessment.objects.all().delete()
    Event.objects.get(slug="crisis-1969").delete()
    report = load(folder)
    assert "events/crisis-1969 (deleted by an editor)" in report.left_alone
    assert f"{VISIT} (changed by an editor)" in report.left_alone, "its relation to the deleted event went with it"

    edit("events/all.yaml", "summary: Yeltsin came to Beijing.", "summary: New words.")
    Event.objects.filter(slug="visit-1996").delete()
    Treaty.objects.all().delete()
    report = load(folder, force=True)
    assert Event.objects.get(slug="visit-1996").links.get().target.slug == "crisis-1969"
    assert Treaty.objects.get().signed_at.slug == "visit-1996"
    assert load(folder).left_alone == []


def test_a_reference_to_a_deleted_record_is_left_out_and_said(folder: Path, edit: Callable[..., int]) -> None:
    load(folder)
    Event.objects.get(slug="crisis-1969").delete()
    edit("treaties/all.yaml", "  signed_at: visit-1996\n", "  signed_at: crisis-1969\n")
    report = load(folder)
    assert report.left_out == ["treaties/joint-statement-1996: the reference to events/crisis-1969"]
    assert Treaty.objects.get().signed_at is None
