"""A backup that is not as it was written, or that this software cannot hold, is refused before the present database is touched."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from sinorus.operations import backup as present
from sinorus.operations import folders
from sinorus.operations.faults import Refused
from sinorus.operations.restore import restore, verify
from tests.often import often
from tests.operations.sites import Site

pytestmark = pytest.mark.once

DICE = random.Random(20)


def backed_up(site: Site) -> Path:
    with folders.alone(to := site.folder / "backups"):
        return present.back_up(to)


def content(site: Site) -> str:
    with present.database().opened() as opened:
        return present.content(present.database(), opened)


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose database and releases are those of this process meanwhile, so that none is started for each command."""
    told = settings.DATABASES["default"] | {"NAME": urlsplit(site.url).path[1:] or str(site.file)}
    monkeypatch.setattr(present, "database", lambda: present.engine().Database.of(told))
    monkeypatch.setattr(settings, "RELEASES_DIR", site.folder / "releases")
    return site


@pytest.fixture
def backup(here: Site) -> Iterator[Path]:
    """A backup of a site, which stays as it was."""
    (here.folder / "releases" / "1").mkdir(parents=True)
    (here.folder / "releases" / "1" / "README.md").write_text("Edition 1.\n")
    folder = backed_up(here)
    before = content(here)
    yield folder
    assert content(here) == before
    assert not present.database().beside("restoring").exists()


def refused(folder: Path) -> str:
    with pytest.raises(Refused) as error:
        restore(folder, yes=True, say=str)
    return str(error.value)


def test_every_byte_counts(backup: Path) -> None:
    verify(backup)
    paths = sorted(path for path in backup.rglob("*") if path.is_file())
    assert {path.name for path in paths} == {present.engine().FILE, "manifest.json", "SHA256SUMS", "README.md"}
    for number in range(often(20, 6)):
        path = paths[number % len(paths)]
        whole = path.read_bytes()
        place = DICE.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << DICE.randrange(8)]) + whole[place + 1 :])
        assert "damaged" in refused(backup), f"{path.name}: byte {place}"
        path.write_bytes(whole)
    for number in range(often(5, 2)):
        path = paths[number % len(paths)]
        whole = path.read_bytes()
        path.write_bytes(whole[: DICE.randrange(len(whole))])
        assert "damaged" in refused(backup), path.name
        path.write_bytes(whole)
    database = backup / present.engine().FILE
    database.rename(backup / "elsewhere")
    assert "damaged" in refused(backup)
    (backup / "elsewhere").rename(database)
    verify(backup)


def rewritten(folder: Path, change: Callable[[dict], object]) -> Path:
    """The backup with another manifest, and sums that belong to it."""
    manifest = json.loads((folder / folders.MANIFEST).read_text())
    change(manifest)
    (folder / folders.MANIFEST).write_text(json.dumps(manifest))
    paths = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != folders.SUMS)
    sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in paths]
    (folder / folders.SUMS).write_text("".join(sums))
    return folder


def test_what_this_version_cannot_hold(backup: Path, tmp_path: Path) -> None:
    def with_(change: Callable[[dict], object]) -> str:
        shutil.rmtree(tmp_path / "other", ignore_errors=True)
        return refused(rewritten(shutil.copytree(backup, tmp_path / "other"), change))

    assert "format 2" in with_(lambda one: one.update(format=2))
    newer = with_(lambda one: one["migrations"]["events"].append("0099_what_is_to_come"))
    assert "newer version" in newer and "0099_what_is_to_come" in newer
    assert "--portable" in with_(lambda one: one.update(engine={"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]))
    assert "records" in with_(lambda one: one["records"].update(auth_permission=1))
    assert "not those that were backed up" in with_(lambda one: one.update(content="0" * 64))
    assert "not a folder" in refused(tmp_path / "nowhere")
    if connection.vendor == "sqlite":  # right sums of a file that lost a row: PostgreSQL would not take such rows at all
        with closing(sqlite3.connect(backup / "database.sqlite3")) as damaged, damaged:
            damaged.execute("DELETE FROM django_content_type WHERE model = 'user'")
        assert "not there" in refused(rewritten(backup, lambda one: None))


def test_half_a_backup_does_not_look_like_one(site: Site) -> None:
    """One that is killed leaves nothing that could be taken for a backup, and the next one clears it away."""
    to = site.folder / "backups"
    with pytest.raises(ZeroDivisionError), folders.alone(to):
        folders.write(to, lambda folder: {"never": 1 / 0})
    assert folders.backups(to) == []
    (to / "sinorus-20260101T000000000000Z.half").mkdir()
    whole = site.backup()
    assert folders.backups(to) == [whole]
    assert not list(to.glob("*.half"))
    with folders.alone(to):
        assert "Another backup" in site.manage("backup", fails=True)


def test_only_the_newest_are_kept(here: Site) -> None:
    made = [backed_up(here), backed_up(here), here.backup("--keep", "2")]
    assert folders.backups(here.folder / "backups") == made[:0:-1]


def test_room_is_asked_for_first(tmp_path: Path) -> None:
    folders.enough_room(tmp_path, 1)
    with pytest.raises(Refused, match="MB free"):
        folders.enough_room(tmp_path, 10**18)


def test_what_is_not_a_database_is_not_backed_up(tmp_path: Path) -> None:
    site = Site(tmp_path)
    assert "is not there" in site.manage("backup", fails=True)
    assert not site.file.exists()
    site.file.write_bytes(b"")
    assert "empty" in site.manage("backup", fails=True)
    site.file.write_bytes(b"no database" * 1000)
    assert "not a database" in site.manage("backup", fails=True)
