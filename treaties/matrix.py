"""What all instruments say on what: topics by instruments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sinorus.facets.exports import csv_form
from sinorus.facets.filtersets import FacetedFilterSet

from .compare import Row, by_topic, cell, rules
from .models import Treaty
from .topics import Topic

CHUNK = 100


@dataclass(frozen=True)
class Matrix:
    """The topics that some of the instruments deal with, and the names of those that none does."""

    treaties: list[Treaty]
    rows: list[Row]
    silent: list[str]
    rules: list[tuple[str, str, str]]


def matrix(treaties: Sequence[Treaty], topics: Sequence[str] = ()) -> Matrix:
    """Topics by instruments: those asked for, or all that one of the instruments deals with."""
    said = by_topic(treaties)
    shown = [topic for topic in Topic.values if (topic in topics if topics else topic in said)]
    rows = [Row(topic, [cell(treaty, topic, said[topic][treaty.pk]) for treaty in treaties]) for topic in shown]
    silent = [] if topics else [str(Topic(topic).label) for topic in Topic.values if topic not in said]
    return Matrix(list(treaties), rows, silent, rules(shown))


def lines(question: FacetedFilterSet) -> Iterator[Sequence[str]]:
    """The matrix as lines: an instrument each, a column a topic; in a cell its articles or which sort of gap."""
    yield "slug", "title", "signed", "binding", "coded", *Topic.values
    for treaty in question.results().for_matrix().iterator(chunk_size=CHUNK):
        said = by_topic([treaty])
        found = [cell(treaty, topic, said[topic][treaty.pk]) for topic in Topic.values]
        told = [one.gap or "|".join(article.anchor for article in one.articles) for one in found]
        yield treaty.slug, treaty.local_title, treaty.signed.edtf, treaty.binding, treaty.coded, *told


#: The whole matrix of a question, all its pages.
CSV = csv_form(lambda telling: lines(telling.question))
