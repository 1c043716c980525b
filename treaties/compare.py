"""Instruments side by side, aligned by what their articles are about."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .articles import Article
from .coding import RULES
from .lifebar import life_bars
from .models import Treaty
from .topics import COUNTERPARTS, Topic, why_not_applicable

ABSENT, NOT_APPLICABLE, NOT_CODED = "absent", "not-applicable", "not-coded"
GAPS: Final = {
    ABSENT: _("Absent"),
    NOT_APPLICABLE: _("Not applicable"),
    NOT_CODED: _("Not coded"),
}
#: When each is said, for readers.
GAP_RULES: Final = {
    ABSENT: _("the whole text is coded here, and no article deals with the topic."),
    NOT_APPLICABLE: _("the instrument could not deal with it: it is older than the matter, or creates no obligation of that kind."),
    NOT_CODED: _("nobody has looked: the text is coded in part or not at all, so that nothing follows from the silence."),
}
#: Below this share of equal words, marking those that differ would mark everything.
ALIKE: Final = 0.3


@dataclass
class Passage:
    """An article in a cell; its quotation in pieces, each with whether it differs from that of ``against``."""

    article: Article
    topic: str = ""
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    against: Treaty | None = None
    throughout: bool = False

    def compare(self, other: Passage) -> None:
        """Mark the words that differ from another quotation in the same language."""
        self.against = other.article.treaty
        self.pieces, alike = differences(self.article.quotation, other.article.quotation)
        self.throughout = alike < ALIKE


@dataclass
class Cell:
    """What one instrument says on a topic: its articles, or why there are none, and where its counterpart stands."""

    treaty: Treaty
    passages: list[Passage] = field(default_factory=list)
    gap: str = ""
    reason: str = ""
    instead: list[Passage] = field(default_factory=list)

    @property
    def articles(self) -> list[Article]:
        return [passage.article for passage in self.passages]

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
        return Cell(treaty, [Passage(article, topic) for article in articles])
    if reason := why_not_applicable(topic, treaty):
        return Cell(treaty, gap=NOT_APPLICABLE, reason=reason)
    if treaty.coded == Treaty.Coded.FULL:
        return Cell(treaty, gap=ABSENT, reason=gettext("the whole text is coded"))
    partly = treaty.coded == Treaty.Coded.PARTIAL
    return Cell(treaty, gap=NOT_CODED, reason=gettext("the text is coded in part") if partly else gettext("the text is not coded"))


def by_topic(treaties: Sequence[Treaty]) -> dict[str, dict[int, list[Article]]]:
    """Articles by topic and instrument. Wants ``articles__provisions`` prefetched."""
    said: dict[str, dict[int, list[Article]]] = defaultdict(lambda: defaultdict(list))
    for treaty in treaties:
        for article in treaty.articles.all():
            for provision in article.provisions.all():
                said[provision.topic][treaty.pk].append(article)
    return said


def rows(treaties: Sequence[Treaty], topics: Sequence[str] = ()) -> list[Row]:
    """Every topic that one of the instruments deals with (or those given), in the order of the list of topics.

    Wants instruments with ``articles__provisions`` prefetched.
    """
    said = by_topic(treaties)
    shown = [topic for topic in Topic.values if (topic in topics if topics else topic in said)]
    found = [Row(topic, [cell(treaty, topic, said[topic][treaty.pk]) for treaty in treaties]) for topic in shown]
    for row in found:
        _mark(row)
        if other := COUNTERPARTS.get(Topic(row.topic)):
            for one in row.cells:
                if one.gap:
                    one.instead = [Passage(article, str(other.label)) for article in said[other][one.treaty.pk]]
    return found


def _mark(row: Row) -> None:
    """Within each language, hold every quotation against that of the first instrument that has one, the first against the next."""
    quoted: dict[str, list[Passage]] = defaultdict(list)
    for one in row.cells:
        passages = [passage for passage in one.passages if passage.article.quotation and passage.article.quotation_language]
        for language in {passage.article.quotation_language for passage in passages}:
            quoted[language].append(next(passage for passage in passages if passage.article.quotation_language == language))
    for found in quoted.values():
        if len(found) > 1:
            found[0].compare(found[1])
            for passage in found[1:]:
                passage.compare(found[0])


def uncoded(treaties: Sequence[Treaty]) -> list[Cell]:
    """Articles of each instrument that no topic has been given to; empty when there are none."""
    cells = [Cell(treaty, [Passage(one) for one in treaty.articles.all() if not one.provisions.all()]) for treaty in treaties]
    return cells if any(one.passages for one in cells) else []


#: A Chinese character is a word by itself; else letters and figures in a row are, and what stands between them.
_WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+|\W+")
Pieces = list[tuple[str, bool]]


def differences(one: str, other: str) -> tuple[Pieces, float]:
    """A wording as (text, whether it differs from the other), word by word whatever the case, and the share of letters that is alike."""
    left, right = _WORDS.findall(one), _WORDS.findall(other)
    matcher = difflib.SequenceMatcher(None, [word.casefold() for word in left], [word.casefold() for word in right], autojunk=False)
    parts = [("".join(left[start:end]), tag != "equal") for tag, start, end, _from, _to in matcher.get_opcodes() if end > start]
    pieces = _joined(parts)
    letters = {differs: sum(letter.isalnum() for text, given in pieces if given == differs for letter in text) for differs in (True, False)}
    return pieces, letters[False] / max(sum(letters.values()), 1)


def _joined(parts: Pieces) -> Pieces:
    """Pieces of one kind in a row as one; signs and spaces alone do not differ, but between two words that do they go with them."""
    words = [any(letter.isalnum() for letter in text) for text, _differs in parts]
    pieces: Pieces = []
    for place, (text, given) in enumerate(parts):
        around = [parts[other][1] and words[other] for other in (place - 1, place + 1) if 0 <= other < len(parts)]
        differs = given if words[place] else around == [True, True]
        if pieces and pieces[-1][1] == differs:
            pieces[-1] = (pieces[-1][0] + text, differs)
        else:
            pieces.append((text, differs))
    return pieces


def rules(topics: Iterable[str]) -> list[tuple[str, str, str]]:
    """(topic, what counts, what does not) of some topics, for readers."""
    return [(str(Topic(topic).label), *(str(words) for words in RULES[Topic(topic)])) for topic in topics]


def page(treaties: Sequence[Treaty]) -> dict[str, Any]:
    """What the page of a comparison shows; empty lists where nothing, or nothing that can be compared, was asked."""
    found = rows(treaties)
    return {
        "treaties": treaties,
        "title": f"{gettext('Side by side')}: {'; '.join(one.local_title for one in treaties)}",
        "rows": found,
        "rest": uncoded(treaties),
        "bars": life_bars(treaties),
        "gaps": [(gap, label, GAP_RULES[gap]) for gap, label in GAPS.items()],
        "rules": rules(row.topic for row in found),
    }


# As a table --------------------------------------------------------------------------------------------------------

COLUMNS: Final = (
    "topic",
    "topic_label",
    "instrument",
    "instrument_title",
    "signed",
    "gap",
    "article",
    "number",
    "heading",
    "summary",
    "quotation",
    "quotation_language",
)


def table(treaties: Sequence[Treaty]) -> Iterator[Sequence[str]]:
    """The comparison as lines: one for each article on each topic, or for the gap; articles without a topic last."""
    yield COLUMNS
    for row in rows(treaties):
        for one in row.cells:
            yield from _lines(row.topic, row.label, one)
    for one in uncoded(treaties):
        if one.passages:
            yield from _lines("", "", one)


def _lines(topic: str, label: str, one: Cell) -> Iterator[Sequence[str]]:
    head = (topic, label, one.treaty.slug, one.treaty.local_title, one.treaty.signed.edtf)
    if one.gap:
        yield (*head, one.gap, "", "", "", "", "", "")
    for article in one.articles:
        told = (article.number, article.heading, article.summary, article.quotation, article.quotation_language)
        yield (*head, "", article.anchor, *told)
