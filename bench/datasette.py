"""The same events for Datasette: one table with its facets as columns and JSON arrays, and the terms of our search in FTS5."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from bench.workload import Question

#: Facet of Datasette → ours.
COMPARED = {name: name for name in ("kind", "importance", "state", "person", "organisation", "theme", "place", "decade")}
ARRAYS = ("state", "person", "organisation", "theme", "place", "decade")


def make_file(path: Path) -> None:
    """Every public event."""
    known = sqlite3.connect(f"file:{settings.DATABASES['default']['NAME']}?mode=ro", uri=True)
    file = sqlite3.connect(path)
    file.execute(
        "CREATE TABLE events (id INTEGER PRIMARY KEY, slug TEXT, title TEXT, title_zh TEXT, title_ru TEXT, summary TEXT, body TEXT, "
        "kind TEXT, importance INTEGER, earliest TEXT, latest TEXT, "
        "state TEXT, person TEXT, organisation TEXT, theme TEXT, place TEXT, decade TEXT)"
    )
    file.execute("CREATE VIRTUAL TABLE terms USING fts5(a, b, c, d, tokenize='ascii', content='', columnsize=0)")
    file.executemany(f"INSERT INTO events VALUES ({', '.join('?' * 17)})", _events(known))
    entries = "SELECT record_id, a, b, c, d FROM search_terms t JOIN search_entry e ON e.id = t.rowid WHERE record_type = 'event'"
    file.executemany("INSERT INTO terms (rowid, a, b, c, d) VALUES (?, ?, ?, ?, ?)", known.execute(entries))
    for column in ("kind", "importance", "earliest", "latest"):
        file.execute(f"CREATE INDEX events_{column} ON events ({column})")
    file.execute("ANALYZE")
    file.commit()


def _events(known: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    actors = (
        "SELECT p.event_id, a.kind, a.slug FROM events_participation p JOIN vocab_actor a ON a.id = p.actor_id WHERE a.status = 'published'"
    )
    who: dict[tuple[int, str], list[str]] = defaultdict(list)
    for event, kind, slug in known.execute(actors):
        who[event, kind].append(slug)
    themes: dict[int, list[str]] = defaultdict(list)
    for event, slug in known.execute("SELECT e.event_id, t.slug FROM events_event_themes e JOIN vocab_theme t ON t.id = e.theme_id"):
        themes[event].append(slug)
    places = {pk: (slug, within) for pk, slug, within in known.execute("SELECT id, slug, within_id FROM vocab_place")}
    columns = "id, slug, title, title_zh, title_ru, summary, body, kind, importance, date_earliest, date_latest"
    for row in known.execute(f"SELECT {columns}, place_id FROM events_event WHERE status = 'published'"):
        lists = [*(who[row[0], kind] for kind in ("state", "person", "organisation")), themes[row[0]], list(_upwards(row[11], places))]
        yield (*row[:11], *(json.dumps(one) for one in [*lists, _decades(row[9], row[10])]))


def _upwards(place: int | None, places: dict[int, tuple[str, int | None]]) -> Iterable[str]:
    """A place and those that it lies in; "unknown" where none is recorded."""
    if place is None:
        yield "unknown"
    while place is not None:
        slug, place = places[place]
        yield slug


def _decades(earliest: str, latest: str) -> list[str]:
    return [f"{year}s" for year in range(int(earliest[:4]) // 10 * 10, int(latest[:4]) // 10 * 10 + 1, 10)]


def address(question: Question, form: str) -> str:
    """The question to Datasette."""
    pairs = [("_facet" if name not in ARRAYS else "_facet_array", name) for name in COMPARED]
    for name, value in question.facets.items():
        pairs.append((f"{name}__arraycontains" if name in ARRAYS else name, value))
    if question.after:
        pairs += [("latest__gte", f"{question.after}-01-01"), ("earliest__lte", f"{question.before}-12-31")]
    if question.words:
        from sinorus.search import sqlite
        from sinorus.search.query import parse

        expression = sqlite.expression(parse(question.words).wanted).replace("'", "''")
        pairs.append(("_where", f"id in (select rowid from terms where terms match '{expression}')"))
    return f"/events/events{form}?{urlencode([*pairs, ('_sort_desc', 'earliest')])}"
