"""Where the Chinese and the Russian name of a record were seen: in what it cites for ``title_zh`` and ``title_ru``, or nowhere yet."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

LANGUAGES = ("zh", "ru")


class Names(NamedTuple):
    """How many records have a name in a language that a source is cited for, one that rests on usage alone, and none."""

    sourced: int
    unsourced: int
    lacking: int


def attested(model: type[Model], language: str) -> Q:
    """The condition that a public source is cited for the title in "zh" or "ru"; never so where a type has no citations, as themes."""
    if not any(relation.get_accessor_name() == "citations" for relation in model._meta.related_objects):
        return Q(pk__in=())
    rows = model._meta.get_field("citations").related_model._default_manager
    return Q(Exists(rows.filter(record=OuterRef("pk"), supports=f"title_{language}", source__status="published")))


def names(records: QuerySet[Any]) -> dict[str, Names]:
    """Of some records, by language; one query."""
    wanted = {}
    for language in LANGUAGES:
        none, seen = Q(**{f"title_{language}": ""}), attested(records.model, language)
        for name, condition in zip(Names._fields, (~none & seen, ~none & ~seen, none), strict=True):
            wanted[f"{name}_{language}"] = Count("pk", filter=condition)
    found = records.order_by().aggregate(**wanted)
    return {language: Names(*(found[f"{name}_{language}"] for name in Names._fields)) for language in LANGUAGES}
