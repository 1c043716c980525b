"""An import writes everything or nothing, by what its user may do, keeps history, and is not confused by what happens meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from events.models import Event
from sinorus.desk.tables import TableError
from sinorus.desk.write import write
from sinorus.publishing import editions
from sinorus.publishing.models import Change, OldSlug
from sinorus.sources.models import Source
from tests import records as make
from tests.desk.importing import imported, planned, records, table, told

pytestmark = pytest.mark.django_db
NEW = {"slug": "a-visit", "title": "A visit", "kind": "visit", "date": "1994-09"}
WHOLE = {**NEW, "status": "published", "summary": "It took place.", "citations": "a-study | locator: p. 4"}


def test_what_is_new_is_a_draft(world: Any) -> None:
    edition = editions.current()
    imported(table({**NEW, "participants": "jiang-zemin | role: host\nboris-yeltsin", "themes": "border; trade"}))
    event = Event.objects.get(slug="a-visit")
    assert event.status == "draft" and event.date.edtf == "1994-09"
    assert [(one.actor.slug, one.role) for one in event.participations.all()] == [("jiang-zemin", "host"), ("boris-yeltsin", "")]
    assert {theme.slug for theme in event.themes.all()} == {"border", "trade"}
    assert editions.current() == edition


def test_a_publisher_publishes_when_the_file_says_so_and_the_stream_tells_it(world: Any) -> None:
    edition = editions.current()
    imported(records(WHOLE, {"slug": "zhenbao-1969", "summary": "Shots were fired."}))
    assert Event.objects.get(slug="a-visit").is_public
    assert editions.current() == edition + 1
    told_of = {(change.slug, change.action): change for change in Change.objects.filter(edition=edition + 1)}
    assert set(told_of) == {("a-visit", "created"), ("zhenbao-1969", "updated")}
    assert told_of["zhenbao-1969", "updated"].what == ["summary"]
    assert told_of["zhenbao-1969", "updated"].why == "Imported from a.csv"


@pytest.mark.parametrize(("lacks", "word"), [({"citations": ""}, "citations"), ({"summary": ""}, "summary"), ({"date": ""}, "date")])
def test_nothing_is_published_that_lacks_a_source_a_summary_or_a_date(world: Any, lacks: dict[str, str], word: str) -> None:
    assert f"column {word}: " in told(planned(table({**WHOLE, **lacks})))[0]


def test_who_may_not_publish_neither_publishes_nor_changes_what_is_published(world: Any) -> None:
    made = planned(records(WHOLE, {"slug": "zhenbao-1969", "summary": "Changed."}), user=None)
    assert told(made) == [
        "row 1, column status: Only a publisher's import may publish; leave it blank.",
        "row 2, column slug: The record is published; only a publisher's import may change it.",
    ]
    assert not planned(table({"slug": "hidden-event", "summary": "Changed."}), user=None).refused


def test_an_import_takes_nothing_back_to_draft(world: Any) -> None:
    assert "only a draft becomes “published”" in told(planned(table({"slug": "zhenbao-1969", "status": "draft"})))[0]
    assert "column status" in told(planned(table({**NEW, "status": "secret"})))[0]


def test_every_record_has_its_entry_in_the_log(world: Any) -> None:
    imported(records(NEW, {"slug": "zhenbao-1969", "title": "Zhenbao"}))
    logged = LogEntry.objects.order_by("pk").values_list("object_repr", "action_flag", "change_message")
    assert list(logged) == [("A visit", 1, "Imported from a.csv"), ("Zhenbao", 2, "Imported from a.csv: title")]


def test_a_record_that_somebody_changes_meanwhile_stops_it(world: Any) -> None:
    made = planned(records(NEW, {"slug": "zhenbao-1969", "title": "Zhenbao"}))
    Event.objects.filter(slug="zhenbao-1969").update(summary="An editor was here.")
    with pytest.raises(TableError, match="row 2, column slug: “zhenbao-1969” was changed by somebody meanwhile"):
        write(made, User.objects.create(username="a"), "note")
    assert not Event.objects.filter(slug="a-visit").exists()


def test_a_slug_that_somebody_takes_meanwhile_stops_it(world: Any) -> None:
    made = planned(table({**NEW, "slug": "first"}, NEW))
    make.event("a-visit")
    with pytest.raises(TableError, match="row 3, column slug"):
        write(made, User.objects.create(username="a"), "note")
    assert not Event.objects.filter(slug="first").exists()


def test_a_reference_that_goes_meanwhile_stops_it(world: Any) -> None:
    make.source("a-leaflet")
    made = planned(table({**NEW, "citations": "a-leaflet"}))
    Source.objects.filter(slug="a-leaflet").delete()
    with pytest.raises(TableError, match="sources/a-leaflet, which was deleted meanwhile"):
        write(made, User.objects.create(username="a"), "note")
    assert not Event.objects.filter(slug="a-visit").exists()


def test_a_slug_that_a_record_once_had_still_leads_to_it(world: Any) -> None:
    OldSlug.objects.create(record_type="event", slug="damansky-1969", record_id=world.clash_1969.pk)
    made = planned(table({"slug": "damansky-1969", "title": "Zhenbao"}))
    assert [(line.slug, line.action) for line in made.lines] == [("zhenbao-1969", "update")]


def test_what_is_imported_is_found_and_a_second_time_nothing_changes(world: Any, publisher: Client) -> None:
    imported(table({**NEW, "title": "Zanzibar talks"}))
    assert b"Zanzibar talks" in publisher.get("/admin/events/event/?q=zanzibar").content
    assert imported(table({**NEW, "title": "Zanzibar talks"})).counts == {"unchanged": 1}
