"""An import in the admin: upload, look, agree; by its own user, within limits; nothing happens by halves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models import Event
from sinorus.desk import running
from sinorus.desk.models import Import
from sinorus.publishing import roles
from tests.desk.importing import records, table

pytestmark = pytest.mark.django_db
NEW = {"slug": "a-visit", "title": "A <b>visit</b>", "kind": "visit", "date": "1994-09"}


@pytest.fixture
def importer(editor: Client) -> Client:
    """The editor, who may import too."""
    user = User.objects.get(username="editor")
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="desk", codename__in=("add_import", "view_import")))
    return editor


def upload(client: Client, content: bytes, name: str = "a.csv", **given: str) -> Any:
    data = {"records": "events", "file": SimpleUploadedFile(name, content), **given}
    return client.post("/admin/desk/import/add/", data, follow=True)


def page(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def press(client: Client, what: str) -> Any:
    return client.post(f"/admin/desk/import/{Import.objects.get().pk}/{what}/", follow=True)


def test_look_then_import(world: Any, importer: Client) -> None:
    seen = page(upload(importer, records(NEW, {"slug": "hidden-event", "summary": "Old & new"}), "a.json"))
    assert "Nothing has been imported yet" in seen and "Import now" in seen
    assert "A &lt;b&gt;visit&lt;/b&gt;" in seen and "<ins>Old &amp; new</ins>" in seen
    assert not Event.objects.filter(slug="a-visit").exists()
    seen = page(press(importer, "carry_out"))
    assert "New records are drafts" in seen and "Import now" not in seen
    assert Event.objects.get(slug="a-visit").status == "draft"
    job = Import.objects.get()
    assert (job.state, job.content, str(job.user)) == ("done", None, "editor")
    assert press(importer, "carry_out").status_code == 403


def test_what_is_refused_is_told_and_cannot_be_imported(world: Any, importer: Client) -> None:
    seen = page(upload(importer, table(NEW, {**NEW, "slug": "b", "kind": "party"})))
    assert "Refused: nothing was imported" in seen and "“party” is not allowed. Allowed: summit" in seen and "Import now" not in seen
    press(importer, "carry_out")
    assert not Event.objects.filter(slug="a-visit").exists()


def test_the_rows_that_are_refused_may_be_left_out(world: Any, importer: Client) -> None:
    assert "Import now" in page(upload(importer, table(NEW, {**NEW, "slug": "b", "kind": "party"}), leave_out="on"))
    press(importer, "carry_out")
    assert Event.objects.filter(slug="a-visit").exists() and not Event.objects.filter(slug="b").exists()


def test_records_that_changed_since_the_look_are_looked_at_anew(world: Any, importer: Client) -> None:
    upload(importer, records({"slug": "hidden-event", "summary": "New"}), "a.json")
    Event.objects.filter(slug="hidden-event").update(summary="An editor was here.")
    assert "have changed since you looked" in page(press(importer, "carry_out"))
    assert Event.objects.get(slug="hidden-event").summary == "An editor was here."
    assert "An editor was here" in page(press(importer, "look"))
    press(importer, "carry_out")
    assert Event.objects.get(slug="hidden-event").summary == "New"


def test_nobody_imports_what_they_could_not_enter_by_hand(world: Any, importer: Client) -> None:
    Group.objects.get(name=roles.EDITORS).permissions.remove(Permission.objects.get(codename="add_actor"))
    fields = '{title: "{n}", kind: visit, participants: [{actor: {from: "{n}", create: {kind: person}}}]}'
    mapping = f'records: events\nslug: "x-{{n}}"\nfields: {fields}'
    seen = page(upload(importer, b"n\nSomebody\n", records="", mapping_file=SimpleUploadedFile("m.yaml", mapping.encode())))
    assert "You may not add actors" in seen
    seen = page(upload(importer, records({"slug": "zhenbao-1969", "summary": "Changed."}), "a.json"))
    assert "only a publisher&#x27;s import may change it" in seen


def test_only_the_one_who_uploaded_it_carries_it_out(world: Any, importer: Client, publisher: Client, contributor: Client) -> None:
    upload(importer, table(NEW))
    for other in (publisher, contributor):
        assert press(other, "carry_out").status_code == 403
    assert contributor.get("/admin/desk/import/add/").status_code == 403
    assert not Event.objects.filter(slug="a-visit").exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.exe", b"MZ", "Allowed: csv, xlsx, json"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"x" * 10_000_001, "more than 10 MB"),
        ("a.xlsx", b"<html>", "not an .xlsx workbook"),
        ("a.csv", b"title,slug\n\xff\xfe,\x80", "encoding cannot be told"),
        ("a.csv", b'slug,title\na,"b', "never closed"),
        ("../../etc/a.csv", b"slug,title\n", "0"),
        ("a.csv", ("a," * 61).encode() + b"a", "at most 60"),
    ],
)
def test_bad_files_are_told_and_never_an_error_of_ours(world: Any, importer: Client, name: str, content: bytes, told: str) -> None:
    answer = upload(importer, content, name)
    assert answer.status_code == 200 and told in page(answer)
    assert not any("/" in job.name for job in Import.objects.all())


def test_a_mapping_that_is_wrong_is_told_in_the_form(importer: Client) -> None:
    mapping = SimpleUploadedFile("m.yaml", b"records: nothing")
    assert "m.yaml:1: records: Say which records the rows are" in page(upload(importer, b"n\n1", records="", mapping_file=mapping))
    assert "Say what the rows are, or give a mapping" in page(upload(importer, b"n\n1", records=""))


def test_a_running_and_an_interrupted_import_are_told(world: Any, importer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(importer, table(NEW))
    address = f"/admin/desk/import/{Import.objects.get().pk}/change/"
    with running.running(Import.objects.get().pk) as sign:
        sign.say("write", 1, 4)
        assert "25 %" in page(importer.get(address)) and 'http-equiv="refresh"' in page(importer.get(address))
        assert "Running: 25 %" in page(importer.get("/admin/desk/import/"))
        press(importer, "carry_out")
        assert not Event.objects.filter(slug="a-visit").exists(), "another process is at it"
    running._path(Import.objects.get().pk).touch()  # what a process leaves that is killed
    assert "Interrupted" in page(importer.get(address)) and "Interrupted" in page(importer.get("/admin/desk/import/"))
    press(importer, "look")
    press(importer, "carry_out")
    assert Event.objects.filter(slug="a-visit").exists()


def test_lists_export_what_is_chosen(world: Any, editor: Client) -> None:
    chosen = {"action": "export_as_csv", "_selected_action": [world.visit_1996.pk, world.draft_event.pk]}
    answer = editor.post("/admin/events/event/", chosen)
    assert re.fullmatch(r'attachment; filename="events-\d{4}-\d\d-\d\d.csv"', answer["Content-Disposition"])
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line.split(",")[0] for line in lines if line.startswith(("yeltsin", "hidden"))] == ["hidden-event", "yeltsin-in-beijing-1996"]
    assert editor.post("/admin/events/event/", {**chosen, "action": "export_as_xlsx"})["Content-Type"].endswith("spreadsheetml.sheet")
