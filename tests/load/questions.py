"""What readers ask for, in the shares of docs/reliability.md."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

WORDS = ("border", "treaty", "oil", "railway", "friendship", "Nerchinsk", "边界", "条约", "合作", "договор", "граница", "нефть")
LISTS = ("events", "treaties", "actors", "sources")
#: What of a hundred requests.
SHARES = (("record", 35), ("list", 25), ("api", 15), ("api_record", 8), ("search", 7), ("feed", 4), ("export", 3), ("nothing", 3))


class Mix:
    """Requests of one reader after another; each reader has dice of his own, so a run can be had again."""

    def __init__(self, there: dict[str, Any]) -> None:
        self.there = there
        self.facets = [
            *(("decade", f"{year}s") for year in range(1850, 2030, 10)),
            *(("kind", kind) for kind in ("summit", "visit", "statement", "crisis", "negotiation")),
            *(("theme", theme) for theme in there["themes"][:20]),
            *(("state", state) for state in ("china", "russia", "soviet-union") if state in there["actors"]),
        ]

    def __call__(self, number: int) -> Iterator[str]:
        dice = random.Random(number)
        kinds, shares = zip(*SHARES, strict=True)
        while True:
            yield getattr(self, f"_{dice.choices(kinds, shares)[0]}")(dice)

    def question(self, dice: random.Random) -> str:
        """One to four facets of values that there are."""
        chosen = dice.sample(self.facets, dice.randint(1, 4))
        return urlencode(chosen)

    def _record(self, dice: random.Random) -> str:
        name = dice.choices(LISTS, (5, 3, 1, 1))[0]
        return f"{dice.choice(('', '', '/zh', '/ru'))}/{name}/{dice.choice(self.there[name])}/"

    def _list(self, dice: random.Random) -> str:
        return f"{dice.choice(('', '', '/zh', '/ru'))}/events/?{self.question(dice)}"

    def _api(self, dice: random.Random) -> str:
        return f"/api/v1/events/{dice.choice(('', 'facets/'))}?{self.question(dice)}"

    def _api_record(self, dice: random.Random) -> str:
        name = dice.choice(("events", "treaties"))
        return f"/api/v1/{name}/{dice.choice(self.there[name])}/"

    def _search(self, dice: random.Random) -> str:
        return f"/search/?q={quote(dice.choice(WORDS))}"

    def _feed(self, dice: random.Random) -> str:
        return dice.choice(("/events.atom", "/treaties.atom", "/sitemap.xml", "/sitemaps/pages-1.xml", "/changes/"))

    def _export(self, dice: random.Random) -> str:
        return f"/events.{dice.choice(('csv', 'jsonl', 'ics'))}?decade={dice.choice(range(1850, 2030, 10))}s"

    def _nothing(self, dice: random.Random) -> str:
        return f"/events/nothing-here-{dice.randrange(10**6)}/"
