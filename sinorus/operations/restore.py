"""A site made of a backup: everything is verified and made ready beside the present database, which is replaced in one step at last."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from . import backup, folders, postgres, rows, sqlite
from .faults import Refused

_ENGINES = {sqlite.VENDOR: sqlite.NAME, postgres.VENDOR: postgres.NAME}


def verify(folder: Path) -> dict[str, Any]:
    """The manifest of a backup that this site can be made of. Raises :class:`Refused` for any other."""
    manifest = folders.read(folder)
    known = backup.present_migrations()
    newer = [f"{app}.{name}" for app, names in manifest["migrations"].items() for name in names if name not in known.get(app, [])]
    if newer:
        raise Refused(f"The backup is of a newer version ({manifest['software']}): {newer[0]} is not known here. Install that version.")
    if manifest["engine"] == "portable" and manifest["migrations"] != known:
        raise Refused(f"A portable backup is restored by the version that made it ({manifest['software']}); upgrade afterwards.")
    if manifest["engine"] not in ("portable", connection.vendor):
        raise Refused(
            f"The backup is of {_ENGINES[manifest['engine']]}, and this site runs on {_ENGINES[connection.vendor]}. "
            "To move from one to the other, restore it where it came from and make a portable one: manage.py backup --portable."
        )
    return manifest


def restore(folder: Path, *, yes: bool = False, say: Callable[[str], Any] = print) -> str:
    """Put a backup in the place of the present database; gives where that one is kept, or nothing. Raises :class:`Refused`."""
    manifest = verify(folder)
    live = backup.database()
    say("The backup is whole.")
    if not yes and (told := _there(live)):
        raise Refused(f"The present database {told}. Give --yes to replace it; it is kept beside.")
    live.left_alone()
    needed = live.size() + sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if room := live.room():
        room.mkdir(parents=True, exist_ok=True)
        folders.enough_room(room, needed)
    new = live.beside("restoring")
    try:
        new.make()
        _fill(new, folder, manifest)
        say("The database is read back and holds what the backup says.")
        older = manifest["migrations"] != backup.present_migrations()
        if older:
            _manage(new, "migrate")
            say("Migrations were applied.")
        if older or manifest["engine"] == "portable":
            _manage(new, "search_index")
            say("The index of search is made anew.")
        with new.opened() as opened:
            opened.execute("DELETE FROM django_session")  # who signed out since is signed out
        _bring_releases(folder, say)
        live.left_alone()
        former = live.replace_by(new)
    finally:
        new.drop()
    return str(former or "")


def _there(live: backup.Database) -> str:
    """What is said of a database that would be lost; nothing when there is nothing in it."""
    if not live.exists():
        return ""
    try:
        with live.opened() as opened:
            told = backup.told_of(live, opened) if "django_migrations" in live.tables(opened) else None
    except Exception as error:  # of whatever kind: that it cannot be read does not mean that it is worth nothing
        return f"cannot be read ({error})"
    number = sum(count for name, count in told["records"].items() if not name.startswith(("django_", "auth_permission"))) if told else 0
    return f"holds {number:,} rows, last written {told['last_write']}" if told and number else ""


def _fill(new: backup.Database, folder: Path, manifest: dict[str, Any]) -> None:
    """Make the new database of the files, and hold it against the manifest."""
    if manifest["engine"] == "portable":
        _manage(new, "migrate")
        with new.opened() as opened, new.writing(opened), gzip.open(folder / manifest["file"]) as packed:
            new.empty(opened, [table.name for table in rows.tables()])
            for table, found in rows.parted(packed):
                new.write(opened, table.name, table.columns, found)
            new.give_no_number_again(opened, manifest["numbers"])
    else:
        new.fill(folder)
    with new.opened() as opened:
        new.checked(opened)
        told = backup.told_of(new, opened)
        for name in ("edition", "migrations", "records"):
            found, said = told[name], manifest[name]
            if name == "records" and manifest["engine"] == "portable":
                found, said = ({table.name: one.get(table.name, 0) for table in rows.tables()} for one in (found, said))
            if found != said:
                raise Refused(f"What was read back differs from the manifest ({name}). The present database is untouched.")
        same = manifest["content"] and told["migrations"] == backup.present_migrations()
        if same and backup.content(new, opened) != manifest["content"]:
            raise Refused("The rows that were read back are not those that were backed up. The present database is untouched.")


def _manage(new: backup.Database, command: str) -> None:
    """A command of the project on the new database, in a process of its own, since this one's settings name the present database."""
    environment = {**os.environ, "DATABASE_URL": new.url, "DATABASE_TIMEOUT": "0", "DATABASE_REPLICA_URL": ""}
    words = [sys.executable, str(settings.BASE_DIR / "manage.py"), command, "-v", "0"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"manage.py {command} failed on the restored database; the present one is untouched.\n{done.stderr[-2000:]}")


def _bring_releases(folder: Path, say: Callable[[str], Any]) -> None:
    """Releases that are not there; one that is there is never changed."""
    releases = folder / backup.RELEASES
    for one in sorted(releases.iterdir()) if releases.is_dir() else []:
        if (settings.RELEASES_DIR / one.name).exists():
            say(f"Release {one.name} is there already and was left as it is.")
        else:
            settings.RELEASES_DIR.mkdir(parents=True, exist_ok=True)
            coming = settings.RELEASES_DIR / f".{one.name}"
            shutil.rmtree(coming, ignore_errors=True)
            shutil.copytree(one, coming)
            coming.rename(settings.RELEASES_DIR / one.name)
