"""kill -9 in the middle of an import leaves the records as before or as after; it is shown as interrupted, and may be run again."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

RANDOM = random.Random(7)
ROWS = 800
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


def run(folder: Path, *arguments: str, **given: Any) -> str:
    environment = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": "", "PYTHONPATH": str(settings.BASE_DIR), "LOG_LEVEL": "ERROR"}
    environment.pop("DATABASE_URL")
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if "kill_after" in given:
        time.sleep(given["kill_after"])
        process.kill()
    output, _nothing = process.communicate(timeout=120)
    assert "kill_after" in given or process.returncode == 0, output
    return output.strip()


def prepare(folder: Path) -> None:
    """An empty database file with every table: copied from that of the tests, which is quick, or migrated."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / "sinorus.sqlite3") as file:
            connection.connection.backup(file)
    else:
        run(folder, str(settings.BASE_DIR / "manage.py"), "migrate", "-v0")


def events(folder: Path) -> tuple[int, int]:
    with sqlite3.connect(folder / "sinorus.sqlite3") as connection:
        return tuple(connection.execute(f"select count(*) from {table}").fetchone()[0] for table in ("events_event", "django_admin_log"))


@pytest.mark.django_db(transaction=True)
def test_before_or_after_never_between(tmp_path: Path) -> None:
    manage = str(settings.BASE_DIR / "manage.py")
    rows = [{"slug": f"event-no-{n}", "title": f"Event {n}", "kind": "visit", "date": "1994"} for n in range(ROWS)]
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    prepare(tmp_path)
    state, job = run(tmp_path, "-c", PREPARE).split()
    assert state == "checked"
    command = (manage, "import_records", "--job", job, "--import")
    interrupted = 0
    for _round in range(3):
        run(tmp_path, *command, kill_after=RANDOM.uniform(0.9, 1.8))
        assert events(tmp_path) in ((0, 0), (ROWS, ROWS))
        if events(tmp_path) == (ROWS, ROWS):
            break
        state, dead = run(tmp_path, "-c", STATE).split()
        assert state == "checked"
        interrupted += dead == "True"
    if events(tmp_path) == (0, 0):
        run(tmp_path, *command)
    assert events(tmp_path) == (ROWS, ROWS)
    assert run(tmp_path, "-c", STATE).split() == ["done", "False"]


def test_a_second_process_does_not_join_in(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\nfrom sinorus.desk import running\nwith running.running(1): print(running.progress(1) is not None)"
    )
    assert run(tmp_path, "-c", code) == "True"
    twice = code + "\nwith running.running(1):\n  try:\n    running.forget(1)\n  except running.AlreadyRunning: print('refused')"
    assert run(tmp_path, "-c", twice).splitlines() == ["True", "refused"]
