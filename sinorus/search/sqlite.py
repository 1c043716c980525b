"""The index in SQLite: an FTS5 table whose rows have the numbers of the entries.

The terms come analysed, parted by spaces; the ``ascii`` tokeniser then takes them as they are, every character beyond ASCII
being part of a word for it, whatever Unicode version SQLite was built with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from .analyze import SURFACE
from .expressions import All, Node, Phrase, Prefix
from .fields import WEIGHTS

Terms = Mapping[str, list[str]]


def expression(node: Node, weights: str = WEIGHTS) -> str:
    """The node in FTS5's language, asked of the columns of some weights."""
    inner = _render(node)
    return inner if weights == WEIGHTS else f"{{{' '.join(weights.lower())}}} : ({inner})"


def _render(node: Node) -> str:
    if isinstance(node, Phrase):
        return '"' + " ".join(node.terms) + '"'
    if isinstance(node, Prefix):
        return f'"{SURFACE}{node.text}"*'
    return "(" + (" AND " if isinstance(node, All) else " OR ").join(_render(one) for one in node.nodes) + ")"


def matching(node: Node, weights: str = WEIGHTS) -> tuple[str, list[str]]:
    """SQL for the numbers of the entries that match, and its parameters."""
    return "SELECT rowid FROM search_terms WHERE search_terms MATCH %s", [expression(node, weights)]


def records(record_type: str, node: Node, weights: str = WEIGHTS) -> tuple[str, list[str]]:
    """SQL for the numbers of the records of a type that match, and its parameters.

    CROSS JOIN has SQLite ask FTS5 first; left to itself, without statistics, it asks FTS5 once for each entry.
    """
    sql = (
        "SELECT search_entry.record_id FROM search_terms CROSS JOIN search_entry ON search_entry.id = search_terms.rowid "
        "WHERE search_terms MATCH %s AND search_entry.record_type = %s"
    )
    return sql, [expression(node, weights), record_type]


def write(rows: Iterable[tuple[int, str, Terms]]) -> None:
    """Put the terms of entries into the index, with their digests, in the place of what was there."""
    rows = list(rows)
    values = [(pk, *(" ".join(terms.get(weight, [])) for weight in WEIGHTS)) for pk, _digest, terms in rows]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE search_entry SET digest = %s WHERE id = %s", [(digest, pk) for pk, digest, _terms in rows])
        cursor.executemany("INSERT OR REPLACE INTO search_terms (rowid, a, b, c, d) VALUES (%s, %s, %s, %s, %s)", values)


def tidy() -> None:
    """After everything was written: merge what was written in pieces."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_terms (search_terms) VALUES ('optimize')")


def without_terms() -> list[int]:
    """Entries whose terms are not in the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_entry WHERE id NOT IN (SELECT rowid FROM search_terms) ORDER BY id")
        return [row[0] for row in cursor.fetchall()]
