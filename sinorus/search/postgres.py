"""The index in PostgreSQL: a ``tsvector`` of the entry with positions and weights, under a GIN index.

The vector is written out here and only read in there: no parser and no dictionary of PostgreSQL ever sees a term, so the
locale of the database does not matter.

GIN knows which terms an entry has but not with which weight, so it would have PostgreSQL unpack every entry that has the terms
anywhere, to see whether it has them in its title. Therefore an entry has each term once more for each weight, marked with it; a
question about some weights asks for these, and only phrases have to be looked at, in the few entries that have all their words there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection

from .analyze import GAP, SURFACE
from .expressions import All, Node, Phrase, Prefix
from .fields import WEIGHTS

Terms = Mapping[str, list[str]]
MARKED = "ABC"  # nobody asks for the last weight without the others


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def expression(node: Node, weights: str = WEIGHTS) -> str:
    """The node as a ``tsquery``, asked of some weights."""
    if isinstance(node, Phrase):
        return _phrase(node.terms) if weights == WEIGHTS else _any(_phrase(node.terms, weight) for weight in weights)
    if isinstance(node, Prefix):
        term = SURFACE + node.text
        return f"{_quoted(term)}:*" if weights == WEIGHTS else _any(f"{_quoted(marked(weight, term))}:*" for weight in weights)
    return "(" + (" & " if isinstance(node, All) else " | ").join(expression(one, weights) for one in node.nodes) + ")"


def _phrase(terms: tuple[str, ...], weight: str = "") -> str:
    """Terms that follow each other, of one weight if one is given: no phrase crosses from one into the next."""
    row = " <-> ".join(f"{_quoted(term)}:{weight}" if weight else _quoted(term) for term in terms)
    there = " & ".join(_quoted(marked(weight, term)) for term in dict.fromkeys(terms)) if weight else ""
    return f"({there} & ({row}))" if there and len(terms) > 1 else there or f"({row})"


def _any(parts: Iterable[str]) -> str:
    return f"({' | '.join(parts)})"


def marked(weight: str, term: str) -> str:
    """The term as an entry has it that has it with this weight."""
    return f"{weight}{GAP}{term}"


def matching(node: Node, weights: str = WEIGHTS) -> tuple[str, list[str]]:
    """SQL for the numbers of the entries that match, and its parameters.

    The question stands in a subquery, so that PostgreSQL plans without knowing it: for a common word it would read the whole table,
    since it does not count what fetching and unpacking every vector costs (of 100,000 entries 650 ms, and 30 by the index).
    """
    return "SELECT id FROM search_entry WHERE terms @@ (SELECT %s::tsquery)", [expression(node, weights)]


def records(record_type: str, node: Node, weights: str = WEIGHTS) -> tuple[str, list[str]]:
    """SQL for the numbers of the records of a type that match, and its parameters."""
    sql = "SELECT record_id FROM search_entry WHERE terms @@ (SELECT %s::tsquery) AND record_type = %s"
    return sql, [expression(node, weights), record_type]


def vector(terms: Terms) -> str:
    """The terms of an entry as the text of a ``tsvector``."""
    places: dict[str, list[str]] = defaultdict(list)
    marks = {marked(weight, term) for weight in MARKED for term in terms.get(weight, []) if term != GAP}
    position = 0
    for weight in WEIGHTS:
        for term in terms.get(weight, []):
            position += 1
            if term != GAP:
                places[term].append(f"{position}{weight}")
        position += 1
    return " ".join([*(f"{_quoted(term)}:{','.join(found)}" for term, found in places.items()), *map(_quoted, marks)])


def write(rows: Iterable[tuple[int, str, Terms]]) -> None:
    """Put the terms of entries into the index, with their digests, in the place of what was there.

    In one statement, since each that makes another version of the row may have to enter all its terms into the index again.
    """
    values = [(digest, vector(terms), pk) for pk, digest, terms in rows]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE search_entry SET digest = %s, terms = %s::tsvector WHERE id = %s", values)


def tidy() -> None:
    """After everything was written: let the planner know how much there is."""
    with connection.cursor() as cursor:
        for table in ("search_entry", "search_label", "search_gram"):
            cursor.execute(f"ANALYZE {table}")


def without_terms() -> list[int]:
    """Entries whose terms are not in the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_entry WHERE terms IS NULL ORDER BY id")
        return [row[0] for row in cursor.fetchall()]
