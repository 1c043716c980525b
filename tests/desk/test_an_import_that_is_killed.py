"""kill -9 in the middle of an import leaves the records as before; it is shown as interrupted, and may be run again."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import connection

from events.models import Event

ROWS = 300
PREPARE = """
import django; django.setup()
from django.contrib.auth.models import User
from sinorus.desk.models import Import
user = User.objects.create_superuser("publisher")
rows = open("rows.json", "rb").read()
job = Import.objects.create(name="rows.json", content=rows, records="events", user=user)
from sinorus.desk.jobs import look
look(job)
print(job.state, job.pk)
"""
STATE = """
import django; django.setup()
from sinorus.desk import running
from sinorus.desk.models import Import
job = Import.objects.get()
print(job.state, running.left_behind(job.pk))
"""


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """A process with the tests' own database, or on SQLite with its copy in the folder."""
    environment = {**os.environ, "DATA_DIR": str(folder), "PYTHONPATH": str(settings.BASE_DIR), "LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_URL", None)
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        environment["DATABASE_URL"] = f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def run(folder: Path, *arguments: str) -> str:
    process = start(folder, *arguments)
    output, _nothing = process.communicate(timeout=300)
    assert process.returncode == 0, output
    return output.strip()


def looked_at(folder: Path) -> tuple[str, ...]:
    """The command that imports a table which has been looked at."""
    rows = [{"slug": f"event-no-{n}", "title": f"Event {n}", "kind": "visit", "date": "1994"} for n in range(ROWS)]
    (folder / "rows.json").write_text(json.dumps(rows))
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / "sinorus.sqlite3") as file:
            connection.connection.backup(file)
    state, job = run(folder, "-c", PREPARE).split()
    assert state == "checked"
    return (str(settings.BASE_DIR / "manage.py"), "import_records", "--job", job, "--import")


def killed(folder: Path, word: str, *arguments: str) -> None:
    """Start a process and kill it when it says that it is half through a part of the work."""
    process = start(folder, *arguments)
    said = ""
    while process.poll() is None:
        for file in (folder / "imports").glob("*.running"):
            said = file.read_text()
        if said.startswith(word) and int(said.split()[1]) >= 50:
            process.kill()
            break
        time.sleep(0.002)
    process.communicate(timeout=60)
    assert process.returncode == -9, f"it ended before it could be killed; it said {said}"


def written(folder: Path) -> tuple[int, int]:
    """How many events there are, and how many entries of the admin's log."""
    if connection.vendor == "postgresql":
        return Event.objects.count(), LogEntry.objects.count()
    with sqlite3.connect(folder / "sinorus.sqlite3") as file:
        return tuple(file.execute(f"select count(*) from {table}").fetchone()[0] for table in ("events_event", "django_admin_log"))


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_before_or_after_never_between(tmp_path: Path) -> None:
    command = looked_at(tmp_path)
    for word in ("look", "write"):
        killed(tmp_path, word, *command)
        assert written(tmp_path) == (0, 0)
    assert run(tmp_path, "-c", STATE).split() == ["checked", "True"], "it is shown as interrupted"
    run(tmp_path, *command)
    assert written(tmp_path) == (ROWS, ROWS)
    assert run(tmp_path, "-c", STATE).split() == ["done", "False"]


def test_a_second_process_does_not_join_in(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\nfrom sinorus.desk import running\nwith running.running(1): print(running.progress(1) is not None)"
    )
    assert run(tmp_path, "-c", code) == "True"
    twice = code + "\nwith running.running(1):\n  try:\n    running.forget(1)\n  except running.AlreadyRunning: print('refused')"
    assert run(tmp_path, "-c", twice).splitlines() == ["True", "refused"]
