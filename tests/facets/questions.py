"""Random questions, the same at each run."""

from __future__ import annotations

import random
from collections.abc import Iterable

from django.http import QueryDict

from .oracle import Asked, Oracle

DAYS = ["1950", "1957-06", "1969-03-02", "1989-05", "1989-05-16", "1996", "1996-04", "1996-04-25", "1958", "2001-07-16", "1689"]


def random_questions(oracle: Oracle, several: Iterable[str], number: int, seed: int) -> list[Asked]:
    """Questions over every facet of the oracle; ``several`` names the facets that may be read as "all of"."""
    dice = random.Random(seed)
    facets = oracle.facets({})
    likely = {name: _met(oracle, facets[name]) for name in facets}
    return [_question(dice, likely, list(several)) for _ in range(number)]


def _met(oracle: Oracle, facet: object) -> list[str]:
    """Values that some record has, and one that none has."""
    met = set().union(*(facet.values(row, False) for row in oracle.records.values())) & set(facet.domain)
    return sorted(met) + [value for value in facet.domain if value not in met][:1]


def _question(dice: random.Random, likely: dict[str, list[str]], several: list[str]) -> Asked:
    asked: Asked = {}
    for name in dice.sample(sorted(likely), dice.choice([0, 1, 1, 2, 2, 3])):
        asked[name] = dice.sample(likely[name], min(len(likely[name]), dice.choice([1, 1, 2, 3])))
    if dice.random() < 0.4:
        asked["all"] = dice.sample(several, dice.choice([1, 1, 2]))
        for name in asked["all"]:
            asked.setdefault(name, dice.sample(likely[name], min(len(likely[name]), dice.choice([1, 2]))))
    if dice.random() < 0.4:
        asked["succession"] = ["1"]
    if dice.random() < 0.5:
        asked["date_match"] = [dice.choice(["certain", "possible"])]
    if dice.random() < 0.4:
        days = sorted(dice.sample(DAYS, 2))
        for name, day in zip(("date_after", "date_before"), days, strict=True):
            if dice.random() < 0.7:
                asked[name] = [day]
    if "status" in likely and dice.random() < 0.6:
        asked["on"] = [dice.choice(["1689-08-27", "1957-06-01", "1980-04-11", "1989-05-16", "1996-04-25", "2026-01-01"])]
    return asked


def query(asked: Asked, dice: random.Random | None = None) -> QueryDict:
    """The question as parameters; with dice in a random order, some values given twice."""
    pairs = [(name, value) for name, values in asked.items() for value in values]
    if dice:
        pairs += [pair for pair in pairs if dice.random() < 0.2]
        dice.shuffle(pairs)
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data
