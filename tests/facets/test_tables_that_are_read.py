"""A query need not be asked again when no table that it reads can have changed; in doubt it is asked."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from events.models import Event
from sinorus.facets.tables_read import untouched
from sinorus.publishing.models import record_types
from treaties.models import Treaty

PROVISIONS = 'SELECT "treaties_provision"."id" FROM "treaties_provision" INNER JOIN "treaties_article" ON ("a" = "b")'


def changed(*names: str) -> dict[str, set[int]]:
    """A change of one record of each of these types."""
    return {name: {1} if name in names else set() for name in record_types()}


@pytest.mark.parametrize(
    ("sql", "by"),
    [
        (str(Event.objects.public().query), {"event", "place"}),
        (PROVISIONS, {"treaty"}),
        ('SELECT 1 FROM "events_event_themes" LIMIT 1', {"event", "theme"}),
        ('SELECT 1 FROM "sources_placecitation"', {"place", "source"}),
        ('SELECT EXISTS (SELECT 1 FROM "vocab_tenure" WHERE "of_id" = 1), EXISTS (SELECT 1 FROM "vocab_placename")', {"actor", "place"}),
    ],
)
def test_by_what_a_query_is_touched(sql: str, by: set[str]) -> None:
    assert {name for name in record_types() if not untouched(sql, changed(name))} == by
    assert untouched(sql, changed())


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "search_entry"."id" FROM "search_entry" INNER JOIN "events_event" ON ("a" = "b")',
        'SELECT 1 FROM "publishing_change"',
        "SELECT a.id FROM events_event a, treaties_treaty b",
        'SELECT 1 FROM "events_event", "treaties_treaty"',
        "SELECT 1",
        "SELECT 1 FROM a_table_of_somebody_else",
    ],
)
def test_what_is_asked_whatever_changed(sql: str) -> None:
    assert not untouched(sql, changed())


def test_each_part_of_a_record_is_touched_with_it() -> None:
    """The tables that point at events and instruments, and those of their own that point at these, follow from the models."""
    for model in (Event, Treaty):
        parts = [one for one in apps.get_models() if _points(one, model)]
        parts += [one for part in parts if part.__name__.lower() not in record_types() for one in apps.get_models() if _points(one, part)]
        for part in parts:
            assert not untouched(f'SELECT 1 FROM "{part._meta.db_table}"', changed(model._meta.model_name)), part


def _points(model: type, target: type) -> bool:
    return any(isinstance(field, ForeignKey) and field.related_model is target for field in model._meta.local_fields)
