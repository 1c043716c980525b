"""How many rows a second are imported, with history, on the engine of ``DATABASE_URL``.

    python bench/imports.py                        2,000 made rows: events with a date, three participants, a theme and two citations
    python bench/imports.py 10000                  so many of them
    python bench/imports.py FILE MAPPING [FILE MAPPING …]   tables of others by their mapping files, over the shipped records

Makes a database of its own and drops it. Rates are of processor time, PostgreSQL's share included when it runs on this machine.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from sinorus.corpus.build import Draft
from sinorus.desk.mapping import Mapping
from sinorus.desk.plan import plan
from sinorus.desk.tables import OF_THE_COMMAND, read
from sinorus.desk.write import write
from sinorus.sources.models import Source
from sinorus.vocab.models import Actor, Theme


def table(rows: int) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["slug", "title", "kind", "date", "summary", "participants", "themes", "citations"])
    for number in range(rows):
        people = "\n".join(f"person-no-{(number * 7 + step) % 200} | role: guest" for step in range(3))
        cited = f"source-no-{number % 50} | locator: p. {number}\nsource-no-{(number + 1) % 50}"
        date = f"{1900 + number % 120}-{1 + number % 12:02}-{1 + number % 28:02}"
        writer.writerow([f"event-no-{number}", f"Event {number}", "visit", date, "Two sides met.", people, "a-theme", cited])
    return made.getvalue().encode()


def made_rows(rows: int, user: User) -> None:
    Actor.objects.bulk_create(Actor(slug=f"person-no-{n}", title=f"Person {n}", kind="person") for n in range(200))
    Source.objects.bulk_create(Source(slug=f"source-no-{n}", title=f"Source {n}") for n in range(50))
    Theme.objects.create(slug="a-theme", title="A theme")
    measure("bench.csv", table(rows), "events", None, user)


def spent() -> float:
    """Seconds of processor time of this process and, where it can be seen, of the backend of PostgreSQL that works for it."""
    own = time.process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
        if stat.exists():
            user, system = stat.read_text().rpartition(")")[2].split()[11:13]
            own += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return own


def links(draft: Draft) -> int:
    """What is written beside a record itself: its rows with theirs, and its links to other records."""
    rows = [row for part in draft.rows.values() for row in part]
    return sum(map(len, draft.many.values())) + len(rows) + sum(map(links, rows))


def measure(name: str, content: bytes, records: str, mapping: Mapping | None, user: User) -> None:
    """Look at a table and write it, twice: when all is new, and when nothing is. Rows that are refused are left out."""
    for what in ("new", "again"):
        clock, start = time.perf_counter(), spent()
        rows = read(name, content, OF_THE_COMMAND)
        made = plan(name, rows, records, mapping, user=user)
        looked = spent()
        hanging = sum(links(task.draft) for task in made.tasks)
        before = spent()
        write(made, user, "bench")
        look, done, count = looked - start, spent() - before, len(rows.rows)
        print(
            f"{connection.vendor}, {name}, {what}: {count:,} rows, {made.counts['error']:,} refused; "
            f"{len(made.tasks):,} records and {hanging:,} links; "
            f"processor time {look:.1f} s to look + {done:.1f} s to write, in all {count / (look + done):,.0f} rows and "
            f"{hanging / (look + done):,.0f} links a second ({time.perf_counter() - clock:.1f} s by the clock)"
        )


def main(arguments: list[str]) -> None:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        user = User.objects.create_superuser("bench")
        if len(arguments) < 2:
            made_rows(int(arguments[0]) if arguments else 2_000, user)
        else:
            call_command("load_corpus", verbosity=0)
            for file, mapping in zip(arguments[::2], arguments[1::2], strict=True):
                rules = Mapping(mapping, Path(mapping).read_text())
                measure(Path(file).name, Path(file).read_bytes(), rules.type.name, rules, user)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
