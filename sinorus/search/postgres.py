"""The index in PostgreSQL: a ``tsvector`` of the entry with positions and weights, under a GIN index.

The vector is written out here and only read in there: no parser and no dictionary of PostgreSQL ever sees a term, so the
locale of the database does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection

from .analyze import GAP, SURFACE
from .expressions import All, Node, Phrase, Prefix
from .fields import WEIGHTS

Terms = Mapping[str, list[str]]


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def expression(node: Node, weights: str = WEIGHTS) -> str:
    """The node as a ``tsquery``, asked of some weights."""
    mark = "" if weights == WEIGHTS else weights
    if isinstance(node, Phrase):
        return "(" + " <-> ".join(f"{_quoted(term)}:{mark}" if mark else _quoted(term) for term in node.terms) + ")"
    if isinstance(node, Prefix):
        return f"{_quoted(SURFACE + node.text)}:*{mark}"
    return "(" + (" & " if isinstance(node, All) else " | ").join(expression(one, weights) for one in node.nodes) + ")"


def matching(node: Node, weights: str = WEIGHTS) -> tuple[str, list[str]]:
    """SQL for the numbers of the entries that match, and its parameters."""
    return "SELECT id FROM search_entry WHERE terms @@ %s::tsquery", [expression(node, weights)]


def records(record_type: str, node: Node, weights: str = WEIGHTS) -> tuple[str, list[str]]:
    """SQL for the numbers of the records of a type that match, and its parameters."""
    sql = "SELECT record_id FROM search_entry WHERE terms @@ %s::tsquery AND record_type = %s"
    return sql, [expression(node, weights), record_type]


def vector(terms: Terms) -> str:
    """The terms of an entry as the text of a ``tsvector``."""
    places: dict[str, list[str]] = defaultdict(list)
    position = 0
    for weight in WEIGHTS:
        for term in terms.get(weight, []):
            position += 1
            if term != GAP:
                places[term].append(f"{position}{weight}")
        position += 1
    return " ".join(f"{_quoted(term)}:{','.join(found)}" for term, found in places.items())


def write(rows: Iterable[tuple[int, Terms]]) -> None:
    """Put the terms of entries into the index, in the place of what was there."""
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE search_entry SET terms = %s::tsvector WHERE id = %s", [(vector(terms), pk) for pk, terms in rows])


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
