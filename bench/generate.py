"""Fills an empty database with events and instruments of realistic shape, the same at each run.

    DATA_DIR=/tmp/bench-100k python bench/generate.py 100000 [--instruments 10000] [--without-search]

Dates, kinds, places, participants and words are as unevenly spread as in a real chronicle (Zipf's law, most of it recent); one
record in fifty is a draft; texts are in three scripts. There is an instrument for every ten events unless told otherwise. Rows are
written straight into the tables of the real schema, with COPY where the database has it, and the edition is raised once, at the end.
Most of the time goes into the index of search; ``--without-search`` leaves it out (``manage.py search_index`` can make it later).
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from events.models import Event, EventAccount, EventCitation, Participation
from sinorus.dates.edtf import parse
from sinorus.publishing.editions import raise_edition
from sinorus.search import index as search
from sinorus.search.documents import document
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, Formula, Place, Succession, Theme
from treaties.models import Article, FormulaUse, Party, Provision, Signature, Treaty, TreatyCitation
from treaties.topics import Topic

CHUNK = 20_000
NOW = timezone.now()
PUBLISHED = {"status": "published", "published": NOW, "created": NOW, "updated": NOW}


class Zipf:
    """Draws from a sequence, the first the most often."""

    def __init__(self, values: Sequence[Any], slope: float = 1.0) -> None:
        self.values, self.weights = values, list(accumulate(1 / (n + 1) ** slope for n in range(len(values))))

    def some(self, dice: random.Random, number: int) -> list[Any]:
        return dice.choices(self.values, cum_weights=self.weights, k=number)

    def one(self, dice: random.Random) -> Any:
        return self.some(dice, 1)[0]

    def different(self, dice: random.Random, number: int) -> list[Any]:
        return list(dict.fromkeys(self.some(dice, number)))


# Writing ------------------------------------------------------------------------------------------------------------


def write(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Rows, given by column, into the table of a model; all with the same columns."""
    rows = iter(rows)
    if (first := next(rows, None)) is None:
        return
    table, names = connection.ops.quote_name(model._meta.db_table), list(first)
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    values = (tuple(row.values()) for row in _with(first, rows))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for one in values:
                    copy.write_row(one)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def _with(first: Any, rest: Iterable[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def record(model: type[models.Model], **told: Any) -> dict[str, Any]:
    """A row of a record: what is told, and what its columns hold otherwise."""
    return _defaults(model) | told


@cache
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return {"id": None} | {field.column: None if field.null else field.get_default() for field in fields}


def dated(name: str, edtf: str) -> dict[str, Any]:
    """The columns of an imprecise date."""
    found = _bounds(edtf)
    calendar = {f"{name}_calendar": "gregorian", f"{name}_note": ""}
    return {f"{name}_text": "", f"{name}_edtf": edtf, f"{name}_earliest": found[0], f"{name}_latest": found[1], **calendar}


@cache
def _bounds(edtf: str) -> tuple[Any, Any]:
    value = parse(edtf)
    return value.earliest, value.latest


# Shapes -------------------------------------------------------------------------------------------------------------


def day(dice: random.Random) -> str:
    """A date: mostly of the last decades, mostly a day, sometimes a month, a year, about a year, a decade or a span."""
    year = 2026 - min(337, int(dice.expovariate(1 / 28)) if dice.random() < 0.8 else dice.randrange(337))
    month, when, precision = dice.randint(1, 12), dice.randint(1, 28), dice.random()
    if precision < 0.80:
        return f"{year}-{month:02}-{when:02}"
    if precision < 0.89:
        return f"{year}-{month:02}"
    if precision < 0.95:
        return f"{year}"
    if precision < 0.97:
        return f"{year}~"
    if precision < 0.98:
        return f"{str(year)[:3]}X"
    return f"{year}/{min(year + dice.randint(1, 6), 2026)}"


def titles(dice: random.Random, number: int, kind: str) -> dict[str, str]:
    """A title in English, and mostly in Chinese and Russian too; no two alike."""
    known = dice.random()
    return {
        "title": f"{' '.join(EN.some(dice, 4)).capitalize()} {kind} {number}",
        "title_zh": "".join(ZH.some(dice, 4)) if known < 0.7 else "",
        "title_ru": " ".join(RU.some(dice, 4)).capitalize() if known > 0.2 else "",
    }


def sentence(dice: random.Random) -> str:
    said = EN.some(dice, dice.randint(18, 34)) + RU.some(dice, 3) + ["".join(ZH.some(dice, 3))]
    return " ".join(said).capitalize() + "."


#: Words of the field, the commonest first, in English, Russian and Chinese.
EN, RU, ZH = (Zipf(part.split()[1:], 0.9) for part in (Path(__file__).parent / "words.txt").read_text().split("[")[1:])


def vocabulary(dice: random.Random) -> dict[str, list[int]]:
    """Actors, places, themes, formulas, sources and assessments; their numbers by kind, the commonest first."""
    kinds = {"state": 40, "person": 1500, "organisation": 150}
    names = [(kind, n) for kind, many in kinds.items() for n in range(many)]
    sides = ["chinese", "russian", "third"]
    write(
        Actor,
        (
            record(Actor, id=pk, slug=f"{kind}-{n}", kind=kind, side=sides[n % 3], **titles(dice, n, kind), **PUBLISHED)
            for pk, (kind, n) in enumerate(names, 1)
        ),
    )
    for later, before in ((2, 3), (3, 4), (1, 5), (5, 6)):
        Succession.objects.create(successor_id=later, predecessor_id=before)
    place_kinds = ["country"] * 20 + ["region"] * 60 + ["city"] * 320
    write(
        Place,
        (
            record(
                Place,
                id=pk,
                slug=f"place-{pk}",
                kind=kind,
                within_id=None if pk <= 20 else pk % 20 + 1 if pk <= 80 else pk % 60 + 21,
                **titles(dice, pk, kind),
                **PUBLISHED,
            )
            for pk, kind in enumerate(place_kinds, 1)
        ),
    )
    write(Theme, (record(Theme, id=n, slug=f"theme-{n}", **titles(dice, n, "theme"), **PUBLISHED) for n in range(1, 41)))
    steps = range(1, 13)
    write(
        Formula,
        (record(Formula, id=n, slug=f"formula-{n}", type="rung", position=n, **titles(dice, n, "step"), **PUBLISHED) for n in steps),
    )
    write(Source, (record(Source, id=n, slug=f"source-{n}", **titles(dice, n, "source"), **PUBLISHED) for n in range(1, 2001)))
    holders = [pk for pk, (kind, _n) in enumerate(names, 1) if kind == "person"]
    write(
        Assessment,
        (
            record(
                Assessment,
                id=n,
                slug=f"assessment-{n}",
                holder_id=dice.choice(holders),
                source_id=dice.randint(1, 2000),
                **titles(dice, n, "view"),
                **PUBLISHED,
            )
            for n in range(1, 401)
        ),
    )
    found = {kind: [pk for pk, (own, _n) in enumerate(names, 1) if own == kind] for kind in kinds}
    places = list(range(1, len(place_kinds) + 1))
    dice.shuffle(places)
    return found | {"place": places, "theme": list(range(1, 41)), "formula": list(steps), "source": list(range(1, 2001))}


class Makers:
    """Makes the rows of a record and of what hangs on it, given its number."""

    def __init__(self, dice: random.Random, known: dict[str, list[int]], events: int) -> None:
        self.dice, self.events = dice, events
        self.of = {kind: Zipf(values, 1.1 if kind == "state" else 0.9) for kind, values in known.items()}
        self.kinds = {model: Zipf(list(model.Kind.values), 0.7) for model in (Event, Treaty)}
        self.topics = Zipf(list(Topic.values), 0.8)

    def base(self, model: Any, pk: int, kind: str) -> dict[str, Any]:
        dice = self.dice
        state = dict(PUBLISHED, status="draft") if dice.random() < 0.02 else PUBLISHED
        return {
            "id": pk,
            "slug": f"{kind}-{pk}",
            "kind": self.kinds[model].one(dice),
            "summary": sentence(dice),
            "place_id": self.of["place"].one(dice) if dice.random() < 0.75 else None,
            **titles(dice, pk, kind),
            **state,
        }

    def event(self, pk: int) -> dict[type[models.Model], list[dict[str, Any]]]:
        dice = self.dice
        own = self.base(Event, pk, "event")
        own |= {"importance": dice.choices((1, 2, 3), (70, 24, 6))[0], "body": sentence(dice) if dice.random() < 0.3 else ""}
        who = self.of["state"].different(dice, dice.randint(1, 3)) + self.of["person"].different(dice, dice.randint(0, 3))
        who += self.of["organisation"].different(dice, 1) if dice.random() < 0.2 else []
        sources = self.of["source"].different(dice, dice.randint(1, 2))
        return {
            Event: [record(Event, **own, **dated("date", day(dice)))],
            Participation: [record(Participation, event_id=pk, actor_id=one, position=n) for n, one in enumerate(who)],
            Event.themes.through: [{"event_id": pk, "theme_id": one} for one in self.of["theme"].different(dice, dice.randint(1, 3))],
            Event.formulas.through: [{"event_id": pk, "formula_id": self.of["formula"].one(dice)}] if dice.random() < 0.05 else [],
            Event.assessments.through: [{"event_id": pk, "assessment_id": dice.randint(1, 400)}] if dice.random() < 0.02 else [],
            EventCitation: [record(EventCitation, record_id=pk, source_id=one) for one in sources],
            EventAccount: [record(EventAccount, record_id=pk, source_id=sources[0], field="date", value="x")] if pk % 50 == 0 else [],
        }

    def treaty(self, pk: int) -> dict[type[models.Model], list[dict[str, Any]]]:
        dice = self.dice
        binding = dice.random() < 0.6
        own = self.base(Treaty, pk, "treaty") | {"binding": "binding" if binding else "political"}
        own |= dated("in_force", day(dice)) if binding and dice.random() < 0.7 else {}
        own |= {"signed_at_id": dice.randint(1, self.events)} if dice.random() < 0.64 else {}
        who = self.of["state"].different(dice, dice.randint(2, 4))
        signed = self.of["person"].different(dice, dice.randint(0, 2))
        articles = range(pk * 3, pk * 3 + (dice.randint(1, 3) if binding else 0))
        return {
            Treaty: [record(Treaty, **own, **dated("signed", day(dice)))],
            Party: [record(Party, treaty_id=pk, actor_id=one, position=n) for n, one in enumerate(who)],
            Signature: [record(Signature, treaty_id=pk, actor_id=one, position=n) for n, one in enumerate(signed)],
            Treaty.themes.through: [{"treaty_id": pk, "theme_id": one} for one in self.of["theme"].different(dice, 2)],
            FormulaUse: [record(FormulaUse, treaty_id=pk, formula_id=self.of["formula"].one(dice))] if dice.random() < 0.05 else [],
            TreatyCitation: [record(TreatyCitation, record_id=pk, source_id=self.of["source"].one(dice))],
            Article: [record(Article, id=n, treaty_id=pk, key=str(n), position=n - pk * 3) for n in articles],
            Provision: [record(Provision, article_id=n, topic=self.topics.one(dice)) for n in articles],
        }


# The whole ----------------------------------------------------------------------------------------------------------


def load(number: int, make: Callable[[int], dict[type[models.Model], list[dict[str, Any]]]], model: Any, *, searchable: bool) -> None:
    """So many records, some thousands at a time."""
    started, relations = time.monotonic(), {}
    for first in range(1, number + 1, CHUNK):
        last = min(first + CHUNK, number + 1)
        relations = {}
        for pk in range(first, last):
            for table, rows in make(pk).items():
                relations.setdefault(table, []).extend(rows)
        for table, rows in relations.items():
            write(table, ({name: value for name, value in row.items() if name != "id" or value} for row in rows))
        if searchable:
            _index(model, relations[model])
        done, passed = last - 1, time.monotonic() - started
        print(f"\r{model._meta.verbose_name_plural}: {done:,} of {number:,}, {done / passed:,.0f} a second", end="", flush=True)
    print()


def _index(model: Any, rows: list[dict[str, Any]]) -> None:
    names = {field.column: field.attname for field in model._meta.concrete_fields}
    made = (model(**{names[column]: value for column, value in row.items()}) for row in rows)
    while some := list(islice(made, search.CHUNK)):
        search._write(model, [document(one) for one in some])


def main(events: int, instruments: int, *, searchable: bool) -> None:
    call_command("migrate", verbosity=0)
    if Event.objects.exists():
        sys.exit("There are events already; give an empty DATA_DIR or DATABASE_URL.")
    dice, started = random.Random(1689), time.monotonic()
    with transaction.atomic():
        makers = Makers(dice, vocabulary(dice), events)
        load(events, makers.event, Event, searchable=searchable)
        load(instruments, makers.treaty, Treaty, searchable=searchable)
        search.engine().tidy()
        _continue_numbers()
        raise_edition()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{events:,} events and {instruments:,} instruments in {time.monotonic() - started:.0f} s")


def _continue_numbers() -> None:
    """PostgreSQL is told where its numbers go on; SQLite sees it for itself."""
    from django.apps import apps
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=int)
    parser.add_argument("--instruments", type=int, help="a tenth of the events unless told")
    parser.add_argument("--without-search", action="store_true")
    options = parser.parse_args()
    tenth = options.events // 10
    main(options.events, tenth if options.instruments is None else options.instruments, searchable=not options.without_search)
