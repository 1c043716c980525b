"""How many rows a second are imported, with history: ``python bench/imports.py [rows]``, on the engine of ``DATABASE_URL``.

Makes a database of its own and drops it. Every row is an event with a date, three participants, a theme and two citations.
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
from django.db import connection

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


def main(rows: int) -> None:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        Actor.objects.bulk_create(Actor(slug=f"person-no-{n}", title=f"Person {n}", kind="person") for n in range(200))
        Source.objects.bulk_create(Source(slug=f"source-no-{n}", title=f"Source {n}") for n in range(50))
        Theme.objects.create(slug="a-theme", title="A theme")
        user, content = User.objects.create_superuser("bench"), table(rows)
        for what in ("new", "unchanged"):
            wall, own = time.perf_counter(), time.process_time()
            made = plan("bench.csv", read("bench.csv", content, OF_THE_COMMAND), "events", user=user)
            write(made, user, "bench")
            wall, own = time.perf_counter() - wall, time.process_time() - own
            print(f"{connection.vendor}, {what}: {rows / wall:,.0f} rows a second ({wall:.1f} s, of which {own:.1f} s of this process)")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
