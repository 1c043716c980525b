"""On PostgreSQL an entry says in which weights it has a term, so that a question about titles unpacks no entry for nothing."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from sinorus.search import index, postgres
from sinorus.search.expressions import All, Phrase
from tests import records as make

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def vectors() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, terms::text FROM search_entry")
        return dict(cursor.fetchall())


def test_entries_from_before_get_the_marks_that_new_ones_have() -> None:
    event = make.event(
        "e", title="Treaty of peace", title_zh="和平条约", summary="A treaty, signed with Tse-min's pen.", body="Long text, peace."
    )
    index.update([event, make.actor("a", title="Peace")])
    written = vectors()
    with connection.cursor() as cursor:
        marks = "ARRAY(SELECT lexeme FROM unnest(terms) WHERE lexeme LIKE '_¦%')"
        cursor.execute(f"UPDATE search_entry SET terms = ts_delete(terms, {marks})")
    assert vectors() != written
    migration = import_module("sinorus.search.migrations.0002_marked_terms")
    for _twice in range(2):
        migration.forwards(apps, SimpleNamespace(connection=connection))
        assert vectors() == written


def test_a_question_about_titles_looks_into_few_entries() -> None:
    index.update([make.event(f"text-{n}", title="Something", summary="A treaty about a border.") for n in range(300)])
    index.update([make.event("title", title="The treaty border")])
    both = All((Phrase(("treati",)), Phrase(("border",))))
    for node in (both, Phrase(("treati", "border"))):
        sql, params = postgres.matching(node, "A")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}", params)
            told = "\n".join(row[0] for row in cursor.fetchall())
        assert "Bitmap Index Scan on search_entry_terms (actual rows=1 " in told
