"""The recipes on the data page and in docs/recipes.md are one text, and they work as they stand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.live_server_helper import LiveServer

from events.models import Event
from sinorus.pages.data import RECIPES, recipe
from sinorus.publishing.changes import Watch
from sinorus.publishing.merge import merge
from tests import records as make

PAPER = Path(__file__).resolve().parent.parent.parent / "docs/recipes.md"
SITE = "https://sinorus.example"
PROGRAMS = {"py": [sys.executable], "sh": ["bash", "-eu"], "R": ["Rscript"]}


def run(name: str, server: LiveServer, folder: Path) -> str:
    """What a recipe prints."""
    program = PROGRAMS[name.rsplit(".", 1)[1]]
    if program[0] == "bash" and shutil.which("curl") is None:
        pytest.skip("RECIPES DO NOT RUN: there is no curl")
    path = folder / name
    path.write_text(recipe(name, server.url))
    done = subprocess.run([*program, str(path)], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_paper_and_the_page_say_the_same() -> None:
    blocks = re.findall(r"```(?:sh|python|r)\n(.*?)```", PAPER.read_text(), re.S)
    assert blocks == [recipe(name, SITE) for name in RECIPES]


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_recipes_run(live_server: LiveServer, tmp_path: Path) -> None:
    world = make.small_world()
    assert run("list.py", live_server, tmp_path).splitlines()[0].endswith("Yeltsin visits Beijing")
    by_year = run("by_year.py", live_server, tmp_path)
    assert re.search(r"^1950 1$", by_year, re.M) and by_year.startswith("edition")
    assert "yeltsin-in-beijing-1996" in run("ask.sh", live_server, tmp_path)
    assert (tmp_path / "in-force-1975.xlsx").read_bytes()[:2] == b"PK"
    for _twice in range(2):  # the second time nothing is new, and the file is left as it is
        run("fetch.sh", live_server, tmp_path)
        lines = (tmp_path / "events.jsonl").read_text().splitlines()
        assert len(lines) == Event.objects.public().count() and all(json.loads(line)["id"] for line in lines)
    _mirror_keeps_in_step(world, live_server, tmp_path)


def _mirror_keeps_in_step(world: make.World, live_server: LiveServer, tmp_path: Path) -> None:
    twin = make.actor("mao-once-more", "person")
    assert "records" in run("mirror.py", live_server, tmp_path)
    kept = tmp_path / "sinorus-copy.json"
    before = json.loads(kept.read_text())
    assert before["records"][world.visit_1996.public_id]["title"] == "Yeltsin visits Beijing"
    for event, changes in ((world.visit_1996, {"title": "Changed"}), (world.clash_1969, {"status": "draft"})):
        with transaction.atomic():
            watch = Watch([event])
            Event.objects.filter(pk=event.pk).update(**changes)
            watch.tell([event])
    merge(twin, world.mao, by=None)
    run("mirror.py", live_server, tmp_path)
    after = json.loads(kept.read_text())
    assert after["edition"] == before["edition"] + 3
    assert twin.public_id in before["records"] and twin.public_id not in after["records"], "it was merged"
    assert after["records"][world.mao.public_id]["id"] == world.mao.public_id
    assert after["records"][world.visit_1996.public_id]["title"] == "Changed"
    assert world.clash_1969.public_id not in after["records"]
