"""Instruments side by side, aligned by what their articles are about."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from .articles import Article
from .models import Treaty
from .topics import Topic, applies

ABSENT, NOT_APPLICABLE, NOT_CODED = "absent", "not-applicable", "not-coded"
GAPS = {
    ABSENT: _("Absent"),
    NOT_APPLICABLE: _("Not applicable"),
    NOT_CODED: _("Not coded"),
}


@dataclass
class Cell:
    """What one instrument says on a topic: its articles, or why there are none."""

    treaty: Treaty
    articles: list[Article] = field(default_factory=list)
    gap: str = ""

    @property
    def gap_label(self) -> str:
        return str(GAPS[self.gap]) if self.gap else ""


@dataclass
class Row:
    """A topic across the instruments."""

    topic: str
    cells: list[Cell]

    @property
    def label(self) -> str:
        return str(Topic(self.topic).label)


def cell(treaty: Treaty, topic: str, articles: Sequence[Article]) -> Cell:
    """What an instrument says on a topic. *Absent* only where the whole text is coded; else nobody has looked."""
    if articles:
        return Cell(treaty, list(articles))
    if not applies(topic, treaty):
        return Cell(treaty, gap=NOT_APPLICABLE)
    return Cell(treaty, gap=ABSENT if treaty.coded == Treaty.Coded.FULL else NOT_CODED)


def rows(treaties: Sequence[Treaty], topics: Sequence[str] = ()) -> list[Row]:
    """Every topic that one of the instruments deals with (or those given), in the order of the list of topics.

    Wants instruments with ``articles__provisions`` prefetched.
    """
    said: dict[str, dict[int, list[Article]]] = defaultdict(lambda: defaultdict(list))
    for treaty in treaties:
        for article in treaty.articles.all():
            for provision in article.provisions.all():
                said[provision.topic][treaty.pk].append(article)
    shown = [topic for topic in Topic.values if (topic in topics if topics else topic in said)]
    return [Row(topic, [cell(treaty, topic, said[topic][treaty.pk]) for treaty in treaties]) for topic in shown]


def uncoded(treaties: Sequence[Treaty]) -> dict[int, list[Article]]:
    """Articles of each instrument that no topic has been given to."""
    return {treaty.pk: [one for one in treaty.articles.all() if not one.provisions.all()] for treaty in treaties}


_WORDS = re.compile(r"\w+|\W+")


def differences(one: str, other: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two wordings as (text, whether it differs) pieces, compared word by word without regard to case."""
    left, right = _WORDS.findall(one), _WORDS.findall(other)
    matcher = difflib.SequenceMatcher(None, [word.casefold() for word in left], [word.casefold() for word in right], autojunk=False)
    pieces: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for tag, a, b, c, d in matcher.get_opcodes():
        for side, text in ((0, "".join(left[a:b])), (1, "".join(right[c:d]))):
            if text:
                pieces[side].append((text, tag != "equal"))
    return pieces
