"""A release: everything public and nothing else, readable by common programs, the same bytes each time."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.test import Client

from sinorus.publishing.models import Record
from sinorus.releases.answers import LISTS
from sinorus.releases.make import files, make
from sinorus.releases.tables import HIDDEN, MODELS, tables
from tests.test_public_boundary import CANARY

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: What is in no release, and why.
LEFT_OUT = {
    "dossiers.DossierMention": "made from the text of the dossier",
    "publishing.Revision": "what editors wrote, in every state, with drafts and names",
    "publishing.Edition": "its number is that of the release",
}
OURS = ("vocab", "sources", "events", "treaties", "dossiers", "publishing")
#: Columns of a record type that a release holds; one that is new has to be decided on.
TOLD = {"id", "slug", "title", "title_zh", "title_ru", "summary", "published", "updated"}


@pytest.fixture
def database(release: Path) -> Any:
    found = sqlite3.connect(f"file:{release}/sinorus.sqlite?mode=ro", uri=True)
    yield found
    found.close()


def test_every_model_is_decided_on() -> None:
    known = {*MODELS.values(), *LEFT_OUT}
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]
    undecided = {model._meta.label for model in models} - known
    assert not undecided, "put each into sinorus/releases/tables.py or, with the reason, into LEFT_OUT above"


def test_what_editors_write_for_themselves_is_hidden() -> None:
    fields = {field.name for field in Record._meta.fields}
    assert fields - HIDDEN == TOLD - {"id"}, "a new field of every record: is it for readers?"
    for table in tables():
        if table.is_record:
            assert {column.name for column in table.columns} >= TOLD


def test_every_column_says_what_it_means() -> None:
    assert not [(table.name, column.name) for table in tables() for column in table.columns if not column.meaning]
    assert all(table.meaning for table in tables())


def test_drafts_are_in_no_file(release: Path) -> None:
    for path in files(release):
        content = path.read_bytes()
        assert CANARY.encode() not in content, path
        assert b"hidden-" not in content, path


def test_records_are_those_of_the_api(release: Path, reader: Client) -> None:
    for name in LISTS:
        told = [json.loads(line) for line in (release / f"jsonl/{name}.jsonl").read_text().splitlines()]
        listed = reader.get(f"/api/v1/{name}/?page_size=200").json()["results"]
        assert {one["id"] for one in told} == {one["id"] for one in listed}
        for one, other in zip(told, listed, strict=True):
            assert {key: one[key] for key in ("id", "slug", "title", "titles", "updated")} == {
                key: other[key] for key in ("id", "slug", "title", "titles", "updated")
            }
            assert set(one) == set(other)


def test_sqlite_has_keys_that_hold_and_a_full_text_index(database: Any) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = {row[2] for row in database.execute('PRAGMA foreign_key_list("event_participants")')}
    assert keys == {"events", "actors"}
    for word in ("Beijing", "叶利钦", "Ельцин"):
        found = database.execute("SELECT slug FROM events WHERE id IN (SELECT rowid FROM events_fts WHERE events_fts MATCH ?)", [word])
        assert "yeltsin-in-beijing-1996" in {row[0] for row in found}
    assert database.execute("SELECT value FROM about WHERE name = 'licence'").fetchone() == ("CC BY 4.0",)
    meaning = database.execute("SELECT meaning FROM dictionary WHERE \"table\" = 'events' AND \"column\" = 'importance'").fetchone()
    assert "short history" in meaning[0]


def test_csv_and_sqlite_hold_the_same_rows(release: Path, database: Any) -> None:
    for table in tables():
        with (release / f"csv/{table.name}.csv").open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        assert header == [column.name for column in table.columns]
        assert [row[0] for row in rows] == [str(one) for (one,) in database.execute(f'SELECT id FROM "{table.name}" ORDER BY id')]


def test_frictionless_finds_nothing_wrong(release: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(release / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "fieldName", "message"])[:5]
    assert len(report.tasks) == len(tables()) + len(LISTS) + 1


def test_sums_hold_and_the_citation_can_be_read(release: Path) -> None:
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=release, check=False).returncode == 0
    cited = yaml.safe_load((release / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert cited["version"] == f"edition {release.name}"


def test_the_same_edition_gives_the_same_bytes(release: Path, tmp_path: Path) -> None:
    again = make(tmp_path)
    assert again.name == release.name
    assert [path.relative_to(again) for path in files(again)] == [path.relative_to(release) for path in files(release)]
    for path in [*files(again), again / f"sinorus-edition-{again.name}.zip"]:
        assert path.read_bytes() == (release / path.relative_to(again)).read_bytes(), path


def test_the_page_offers_it(release: Path, reader: Client, settings: Any) -> None:
    settings.RELEASES_DIR = release.parent
    body = reader.get("/data/").content.decode()
    archive = f"/data/{release.name}/sinorus-edition-{release.name}.zip"
    for address in (archive, f"/data/{release.name}/csv/events.csv", f"/data/{release.name}/sinorus.sqlite"):
        assert f'href="{address}"' in body
        answer = reader.get(address)
        assert b"".join(answer.streaming_content) == (release / address.split("/", 3)[3]).read_bytes()
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert reader.get(f"/data/{release.name}/SHA256SUMS").status_code == 200
    for strange in ("../secret-key", "..%2fsecret-key", "csv/../../secret-key", "nothing.csv"):
        assert reader.get(f"/data/{release.name}/{strange}").status_code == 404
    assert reader.get("/data/999/sinorus.sqlite").status_code == 404
    assert "ETag" not in reader.get("/data/"), "a release that is made later would not be seen"
