"""No column that an editor can fill in is forgotten by the files."""

from __future__ import annotations

import pytest
from django.db import models

from sinorus.corpus.schema import TYPES, Refs, Rows, When, row_model

# For editors alone, or the loader's to set.
NOT_IN_FILES = {"slug", "status", "publish_at", "withdrawn_reason", "editor_note", "position"}


def gaps(model: type[models.Model], fields: tuple, parent: str = "") -> list[str]:
    declared = set()
    for part in fields:
        if isinstance(part, When):
            declared |= set(part.columns.values())
        elif isinstance(part, Rows | Refs):
            declared.add(part.name)
        else:
            declared.add(part.attribute)
    found = []
    for column in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        through = getattr(column.remote_field, "through", None)
        own_through = through is not None and not through._meta.auto_created
        if column.primary_key or not column.editable or own_through or column.name in declared | NOT_IN_FILES | {parent}:
            continue
        found.append(f"{model.__name__}.{column.name}")
    for part in fields:
        if isinstance(part, Rows):
            found += gaps(row_model(model, part)[0], part.fields, row_model(model, part)[1])
    return found


@pytest.mark.parametrize("name", TYPES)
def test_every_column_has_a_field(name: str) -> None:
    # Assessments name their events and instruments, so that these need not name them.
    allowed = {"Event.assessments", "Treaty.assessments"}
    assert set(gaps(TYPES[name].model, TYPES[name].fields)) <= allowed
