"""About 150 records of each domain in every state that matters to a question, the same at each run."""

from __future__ import annotations

import datetime
import random
from typing import Any

from events.models import Event, EventAccount, EventCitation, Participation
from sinorus.search import planner
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, Formula, Place, Succession, Theme
from tests.records import DRAFT, PUBLISHED
from treaties.models import Article, FormulaUse, Party, Provision, Signature, Treaty, TreatyAccount, TreatyCitation
from treaties.topics import Topic

DATES = [
    "1689-08-27",
    "1950-02-14",
    "1964-02/1964-08",
    "1969-03-02",
    "195X",
    "1957~",
    "1979-12-31",
    "1980-01-01",
    "1989-05",
    "1989-05-15/1989-05-18",
    "1991/..",
    "../1960",
    "1996",
    "1996-04-25",
    "1996-04",
    "199X",
    "2001-07-16",
    "1958/1962",
]


def _all(model: type, rows: list[Any]) -> list[Any]:
    return list(model.objects.bulk_create(rows))


def _records(dice: random.Random, model: type, slugs: list[str], hidden: int, **fields: Any) -> list[Any]:
    """Records of a vocabulary, the last ``hidden`` of them drafts; a callable is asked anew for each."""
    rows = []
    for number, slug in enumerate(slugs):
        state = DRAFT if number >= len(slugs) - hidden else PUBLISHED
        told = {name: value(number) if callable(value) else value for name, value in fields.items()}
        rows.append(model(slug=slug, title=slug.title(), **state, **told))
    return _all(model, rows)


def generate(seed: int = 1689, events: int = 150, treaties: int = 150) -> None:
    """Fill the database."""
    dice = random.Random(seed)
    vocabulary = _vocabulary(dice)
    _events(dice, vocabulary, events)
    _treaties(dice, vocabulary, treaties)
    planner.learn()


def _vocabulary(dice: random.Random) -> dict[str, list[Any]]:
    states = _records(dice, Actor, [f"state-{letter}" for letter in "abcdefgh"], 2, kind="state")
    people = _records(dice, Actor, [f"person-{letter}" for letter in "abcdef"], 1, kind="person")
    bodies = _records(dice, Actor, ["body-a", "body-b", "body-hidden"], 1, kind="organisation")
    a, b, c, d, e, f, hidden, _other = states
    # a took the place of b, b that of c and d; e and f followed each other twice over; a line runs through a draft.
    for successor, predecessor in ((a, b), (b, c), (b, d), (e, f), (f, e), (f, hidden), (hidden, d)):
        Succession.objects.create(successor=successor, predecessor=predecessor)
    land_one, land_two, region, hidden_region = _records(dice, Place, ["land-one", "land-two", "region", "zone"], 1, kind="region")
    cities = _records(dice, Place, ["city-a", "city-b", "city-c", "city-d", "city-hidden"], 1, kind="city")
    within = {
        region: land_one,
        hidden_region: land_two,
        cities[0]: land_one,
        cities[1]: region,
        cities[2]: hidden_region,
        cities[4]: land_one,
    }
    for one, upper in within.items():
        one.within = upper
        one.save()
    themes = _records(dice, Theme, [f"theme-{letter}" for letter in "abcde"], 1)
    formulas = _records(dice, Formula, [f"formula-{letter}" for letter in "abc"], 1, type="rung", position=lambda number: 9 - number)
    origins = ["third", "chinese", "russian", "third", "chinese"]
    sources = _records(
        dice, Source, ["source-a", "source-b", "source-c", "source-d", "source-hidden"], 1, origin=lambda number: origins[number]
    )
    holders = [people[0], people[-1]]
    assessments = _records(
        dice,
        Assessment,
        [f"assessment-{number}" for number in range(8)],
        2,
        holder=lambda number: holders[number % 2],
        source=lambda number: sources[-(number // 2 % 2)],
    )
    return {
        "states": states,
        "people": people,
        "bodies": bodies,
        "places": [land_one, land_two, region, hidden_region, *cities],
        "themes": themes,
        "formulas": formulas,
        "sources": sources,
        "assessments": assessments,
    }


def _some(dice: random.Random, rows: list[Any], most: int) -> list[Any]:
    return dice.sample(rows, dice.randint(0, min(most, len(rows))))


def _state(dice: random.Random) -> dict[str, Any]:
    return DRAFT if dice.random() < 0.1 else PUBLISHED


def _maybe(dice: random.Random, rows: list[Any], chance: float = 0.7) -> Any:
    return dice.choice(rows) if dice.random() < chance else None


def _events(dice: random.Random, v: dict[str, list[Any]], number: int) -> None:
    kinds = ["summit", "visit", "crisis", "clash"]
    made = _all(
        Event,
        [
            Event(
                slug=f"event-{n}",
                title=f"Event {n}",
                summary="What happened.",
                kind=dice.choice(kinds),
                importance=dice.choice([1, 2, 3]),
                date=dice.choice(DATES),
                place=_maybe(dice, v["places"]),
                body=dice.choice(["", "", "More."]),
                **_state(dice),
            )
            for n in range(number)
        ],
    )
    everybody = v["states"] * 2 + v["people"] + v["bodies"]
    who = {(one.pk, who.pk): (one, who) for one in made for who in _some(dice, everybody, 5)}
    _all(Participation, [Participation(event=one, actor=who) for one, who in who.values()])
    for rows, name in ((v["themes"], "theme"), (v["formulas"], "formula"), (v["assessments"], "assessment")):
        through = Event._meta.get_field(f"{name}s").remote_field.through
        _all(through, [through(**{"event": one, name: row}) for one in made for row in _some(dice, rows, 2)])
    _all(EventCitation, [EventCitation(record=one, source=row) for one in made for row in _some(dice, v["sources"], 3)])
    _all(EventAccount, [EventAccount(record=one, source=dice.choice(v["sources"]), field="date", value="x") for one in made[::3]])


def _life(dice: random.Random) -> dict[str, Any]:
    """Dates of law as a record may hold them; sparse, imprecise and open ones too."""
    if dice.random() < 0.3:
        return {"binding": "political"}
    ended, unperfected = dice.random() < 0.5, dice.random() < 0.1
    return {
        "binding": "binding",
        "unperfected": unperfected,
        "in_force": "" if unperfected else dice.choice(["", "", *DATES]),
        "terminated": dice.choice(DATES) if ended else "",
        "end": dice.choice(["", "expired", "terminated", "superseded"]) if ended else "",
        "term_years": dice.choice([None, None, 5, 20, 30]),
        "term_ends": dice.choice([None, None, None, datetime.date(1979, 12, 31), datetime.date(1990, 6, 30)]),
        "renews": dice.random() < 0.3,
    }


def _treaties(dice: random.Random, v: dict[str, list[Any]], number: int) -> None:
    kinds = ["treaty", "agreement", "protocol", "joint-statement"]
    made = [
        Treaty(
            slug=f"treaty-{n}",
            title=f"Treaty {n}",
            summary="What it says.",
            kind=dice.choice(kinds),
            signed=dice.choice(DATES),
            place=_maybe(dice, v["places"]),
            **_life(dice),
            **_state(dice),
        )
        for n in range(number)
    ]
    for one in made:
        one.save()
    _all(Party, [Party(treaty=one, actor=who) for one in made for who in _some(dice, v["states"] + v["bodies"], 3)])
    _all(Signature, [Signature(treaty=one, actor=who) for one in made for who in _some(dice, v["people"], 2)])
    for name in ("theme", "assessment"):
        through = Treaty._meta.get_field(f"{name}s").remote_field.through
        _all(through, [through(**{"treaty": one, name: row}) for one in made for row in _some(dice, v[f"{name}s"], 2)])
    _all(FormulaUse, [FormulaUse(treaty=one, formula=row) for one in made for row in _some(dice, v["formulas"], 1)])
    _all(TreatyCitation, [TreatyCitation(record=one, source=row) for one in made for row in _some(dice, v["sources"], 3)])
    _all(TreatyAccount, [TreatyAccount(record=one, source=dice.choice(v["sources"]), field="signed", value="x") for one in made[::4]])
    articles = _all(Article, [Article(treaty=one, key=str(n)) for one in made for n in range(dice.randint(0, 2))])
    topics = list(Topic.values)[:6]
    _all(Provision, [Provision(article=one, topic=topic) for one in articles for topic in _some(dice, topics, 2)])
