"""kill -9 twenty times, anywhere in an import: records as before or as after, shown as interrupted, and run again it ends the same."""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.desk.test_an_import_that_is_killed import ROWS, STATE, looked_at, run, start, written

#: All that an import wrote taken away, and it is to be agreed to again.
AS_BEFORE = """
import django; django.setup()
from django.contrib.admin.models import LogEntry
from events.models import Event
from sinorus.desk.models import Import
Event.objects.all().delete()
LogEntry.objects.all().delete()
Import.objects.update(state="checked", content=open("rows.json", "rb").read(), finished=None)
"""
DICE = random.Random(20)


def at_work(folder: Path, *command: str) -> subprocess.Popen[str]:
    """A process that has begun to import."""
    for file in (folder / "imports").glob("*.running"):
        file.unlink()
    process = start(folder, *command)
    while process.poll() is None and not list((folder / "imports").glob("*.running")):
        time.sleep(0.002)
    return process


@pytest.mark.django_db(transaction=True)
def test_twenty_times_anywhere(tmp_path: Path) -> None:
    command = looked_at(tmp_path)
    process = at_work(tmp_path, *command)
    began = time.monotonic()
    while list((tmp_path / "imports").glob("*.running")):
        time.sleep(0.002)
    took = time.monotonic() - began
    process.communicate(timeout=60)
    assert written(tmp_path) == (ROWS, ROWS)
    run(tmp_path, "-c", AS_BEFORE)
    words: Counter[str] = Counter()
    for _round in range(20):
        assert written(tmp_path) == (0, 0)
        process = at_work(tmp_path, *command)
        time.sleep(took * DICE.uniform(0.05, 0.95))
        process.kill()
        process.communicate(timeout=60)
        left = [file.read_text().split(" ")[0] for file in (tmp_path / "imports").glob("*.running")]
        state, left_behind = run(tmp_path, "-c", STATE).split()
        words.update(left or [state])
        if state == "done":
            assert written(tmp_path) == (ROWS, ROWS)
            run(tmp_path, "-c", AS_BEFORE)
        else:
            assert (state, left_behind) == ("checked", str(bool(left))), "it is shown as interrupted"
    assert words["look"] + words["write"] >= 10, "most kills fell beside the work"
    run(tmp_path, *command)
    assert written(tmp_path) == (ROWS, ROWS)
    assert run(tmp_path, "-c", STATE).split() == ["done", "False"]
