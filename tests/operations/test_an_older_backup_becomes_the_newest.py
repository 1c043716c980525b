"""A backup of an older version is restored by this one: its rows are there, its tables are the newest, and the site serves them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sinorus.operations.backup import present_migrations
from tests.operations.sites import Site

pytestmark = [pytest.mark.once, pytest.mark.long]

#: In an empty database three earlier states, one after the other, each with more rows and a backup; prints the folders of those.
#: Migrations are as many steps from the beginning as the longest chain of ours before them: all up to a step are a state that was once
#: possible, with the tables of others as they are today. Rows are written by the models of that time.
OLDER = """
from functools import cache
from pathlib import Path
from django.apps import apps
from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from sinorus.operations import backup
backup.database().make()
graph = MigrationExecutor(connection).loader.graph
@cache
def step(key):
    ours = Path(apps.get_app_config(key[0]).path).parent in (settings.BASE_DIR, settings.BASE_DIR / "sinorus")
    return ours + max((step(parent.key) for parent in graph.node_map[key].parents), default=0)
first, last = max(map(step, graph.root_nodes())), max(map(step, graph.node_map))
(to := Path(settings.DATA_DIR) / "older").mkdir()
for number, until in enumerate((first, (first + last) // 2, last - 1), 1):
    executor = MigrationExecutor(connection)
    plan = [one for one in executor.migration_plan(graph.leaf_nodes()) if step((one[0].app_label, one[0].name)) <= until]
    state = executor.migrate(None, plan=plan)
    state.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, "default", apps=state.apps, plan=plan)
    def write(app, model, **values):
        state.apps.get_model(app, model).objects.create(**values)
    write("auth", "User", username=f"editor-{number}")
    write("vocab", "Theme", slug=f"theme-{number}", title=f"Theme {number}", status="published")
    said = {"title": f"Visit {number}", "summary": "Once.", "kind": "visit", "date_edtf": "1996-04"}
    write("events", "Event", slug=f"event-{number}", status="published", **said)
    write("publishing", "OldSlug", record_type="event", slug=f"once-{number}", record_id=number)
    print(backup.back_up(to))
"""
STILL_THERE = """
from django.contrib.auth.models import User
from events.models import Event
from sinorus.publishing.models import OldSlug
from sinorus.vocab.models import Theme
for rows in (User.objects, Theme.objects, Event.objects.public(), OldSlug.objects):
    print(rows.count())
"""


def migrations(backup: Path) -> dict[str, list[str]]:
    return json.loads((backup / "manifest.json").read_text())["migrations"]


def test_three_states_from_the_beginning_to_the_last_but_one(site: Site) -> None:
    states = [Path(line) for line in site.python(OLDER).splitlines()]
    numbers = [sum(map(len, migrations(state).values())) for state in states]
    assert len(states) == 3 and numbers == sorted(set(numbers))
    assert numbers[-1] < sum(map(len, present_migrations().values()))
    for number, state in enumerate(states, 1):
        assert "Migrations were applied." in site.manage("restore", state, "--yes")
        assert site.python(STILL_THERE).split() == [str(number)] * 4
        assert migrations(site.backup()) == present_migrations()
        site.manage("migrate", "--check")
        site.manage("check")
        site.manage("search_index", "--verify")
        with site.serving():
            assert site.get("/readyz")[0] == 200
            status, _headers, page = site.get(f"/events/event-{number}/")
            assert status == 200 and f"Visit {number}".encode() in page
            assert json.loads(site.get("/api/v1/events/?q=visit")[2])["count"] == number
            assert site.get(f"/events/once-{number}/")[0] == 301
