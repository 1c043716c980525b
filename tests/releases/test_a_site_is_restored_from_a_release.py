"""An empty site that loads a release answers as the site did that made it, under the same ids; nothing else is accepted."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from events.models import Event
from sinorus.dossiers.models import Dossier
from sinorus.dossiers.showing import public_body
from sinorus.publishing import editions
from sinorus.publishing.models import Change, OldSlug
from sinorus.releases.load import Refused, _numbers, load
from sinorus.releases.make import files, make
from sinorus.releases.tables import MODELS
from sinorus.search import index
from sinorus.search.models import Entry
from sinorus.vocab.models import Theme
from tests import records as make_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def emptied(release: Path, tmp_path: Path) -> Path:
    """A release, with the site that made it emptied."""
    for dossier in Dossier.objects.public():
        # What it named of drafts is not in a release, and so cannot come back out of it, not even as something that is missing.
        dossier.body = public_body(dossier)
        dossier.save()
    release = make(tmp_path / "before")
    OldSlug.objects.all().delete()
    Change.objects.all().delete()
    Entry.objects.all().delete()
    apps.get_model("dossiers.DossierMention").objects.all().delete()
    for label in reversed(MODELS.values()):
        model = apps.get_model(label)
        model._base_manager.all()._raw_delete("default")
    assert not Event.objects.exists()
    return release


def test_it_tells_the_same_as_before(emptied: Path, tmp_path: Path, reader: Client) -> None:
    edition = load(emptied / f"sinorus-edition-{emptied.name}.zip")
    assert edition == editions.current() == int(emptied.name)
    again = make(tmp_path)
    for path in files(emptied):
        assert (again / path.relative_to(emptied)).read_bytes() == path.read_bytes(), path.name
    assert not index.verify()
    assert reader.get("/events/yeltsin-in-beijing-1996/").status_code == 200
    assert "<em>signed</em>" in reader.get("/events/yeltsin-in-beijing-1996/").content.decode()
    assert reader.get("/events/once-called-so/").status_code == 301
    assert [one["slug"] for one in reader.get("/api/v1/events/?q=叶利钦").json()["results"]] == ["yeltsin-in-beijing-1996"]
    assert reader.get("/dossiers/the-partnership/").status_code == 200


def test_new_records_are_numbered_after_all_that_there_were(emptied: Path) -> None:
    load(emptied)
    last = max(Theme.objects.values_list("pk", flat=True))
    assert make_records.theme("new-theme").pk > last
    gone = max(Event.objects.values_list("pk", flat=True)) + 900
    Change.objects.create(edition=1, action="deleted", record_type="event", record_id=gone, slug="gone", title="Gone")
    _numbers()
    assert make_records.event("new-event", "1990", ()).pk == gone + 1, "the number of a record that is gone is not given again"


def test_a_site_with_records_is_left_alone(release: Path, world: Any) -> None:
    with pytest.raises(Refused, match="empty site"):
        load(release)
    assert Event.objects.filter(pk=world.draft_event.pk).exists()


def test_a_changed_file_is_refused(emptied: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(emptied, copy)
    (copy / "csv/events.csv").write_text("changed")
    with pytest.raises(Refused, match=r"csv/events\.csv is not as it was made"):
        load(copy)
    (copy / "csv/events.csv").unlink()
    with pytest.raises(Refused, match=r"csv/events\.csv is missing"):
        load(copy)
    assert not Event.objects.exists()


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_release_is_refused(emptied: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "strange.zip"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("load_release", str(path))
    with pytest.raises(CommandError):
        call_command("load_release", str(tmp_path))


def test_nothing_is_released_before_anything_is_published(tmp_path: Path) -> None:
    from sinorus.publishing.models import Edition

    Edition.objects.all().delete()
    with pytest.raises(CommandError, match="no edition"):
        call_command("make_release", to=tmp_path)
    assert not list(tmp_path.iterdir())
