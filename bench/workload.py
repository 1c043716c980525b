"""The fixed workload: 200 mixed questions about events, the same for every site that is measured.

Of the questions 10% ask for nothing, 25% choose a value of one facet, 25% of two, 10% of four; 10% ask for a span of years, 15% for
words in one of three scripts, alone or with a facet, 5% for a page far down. Values are drawn from what ``generate.py`` makes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

KINDS = ["summit", "visit", "meeting", "statement", "speech", "signing", "crisis", "clash", "exercise"]
WORDS = ["border", "treaty", "railway", "ambassador", "frontier", "договор", "отношения", "кредит", "条约", "边界", "天然气"]


@dataclass(frozen=True)
class Question:
    """One value at most of each facet, a span of years, words, a page."""

    sort: str
    facets: dict[str, str] = field(default_factory=dict)
    after: int = 0
    before: int = 0
    words: str = ""
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """As parameters of sinorus."""
        span = [("date_after", str(self.after)), ("date_before", str(self.before))] if self.after else []
        words = [("q", self.words), ("sort", "-date")] if self.words else []
        return [*self.facets.items(), *span, *words, *([("page", str(self.page))] if self.page > 1 else [])]


def _value(dice: random.Random, name: str) -> str:
    number = int(dice.paretovariate(0.8)) - 1
    return {
        "kind": lambda: KINDS[number % len(KINDS)],
        "importance": lambda: str(1 + number % 3),
        "state": lambda: f"state-{number % 15}",
        "person": lambda: f"person-{number % 60}",
        "organisation": lambda: f"organisation-{number % 20}",
        "theme": lambda: f"theme-{number % 25 + 1}",
        "decade": lambda: f"{2020 - number % 12 * 10}s",
        "place": lambda: f"place-{number % 60 + 1}",
    }[name]()


def questions(number: int = 200, seed: int = 1689) -> list[Question]:
    """The workload, in the order in which it is asked."""
    dice = random.Random(seed)
    sorts = ["none"] * 10 + ["one"] * 25 + ["two"] * 25 + ["four"] * 10 + ["span"] * 10 + ["words"] * 15 + ["deep"] * 5
    found = []
    for _ in range(number):
        sort = dice.choice(sorts)
        many = {"none": 0, "one": 1, "two": 2, "four": 4, "span": 1, "words": dice.randint(0, 1), "deep": dice.randint(0, 1)}[sort]
        names = dice.sample(["kind", "importance", "state", "person", "organisation", "theme", "decade", "place"], many)
        if sort == "deep":
            names = [name for name in names if name in ("kind", "importance", "theme")]
        after = dice.randint(1945, 2005) if sort == "span" else 0
        found.append(
            Question(
                sort,
                {name: _value(dice, name) for name in names},
                after,
                after + dice.randint(0, 20) if after else 0,
                dice.choice(WORDS) if sort == "words" else "",
                dice.randint(5, 12) if sort == "deep" else 1,
            )
        )
    return found
