"""Records with everything that a queryset fetches beside them, for whoever tells of thousands after each other."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects

from . import snapshot
from .snapshot import Snapshot


class Gathering:
    """Fetches one part of the records after another; what many of them point at (an actor, a source) is fetched once and shared.

    A queryset joins it to each row, which is cheaper for one record; of thousands, most of the time would go into making the same
    objects again and again. What points at records of the type that is told of stays joined: few point at the same.
    """

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.known: dict[type[Model], dict[Any, Model]] = defaultdict(dict)
        self.read: Snapshot | None = None

    def fetch(self, rows: QuerySet) -> list[Any]:
        """The rows of a queryset, with all that it would fetch beside them."""
        before, self.read = self.read, snapshot.current()
        if before and self.read and before.edition != self.read.edition:
            self.known.clear()  # a name may have changed since the part before was told
        apart, rest = self._apart(rows)
        found = list(rest.prefetch_related(None))
        self._give(found, apart)
        for one in rows._prefetch_related_lookups:
            if isinstance(one, Prefetch) and one.queryset is not None and one.to_attr:
                apart, rest = self._apart(one.queryset)
                prefetch_related_objects(found, Prefetch(one.prefetch_through, rest, to_attr=one.to_attr))
                self._give([part for record in found for part in _parts(getattr(record, one.to_attr))], apart)
            else:
                prefetch_related_objects(found, one)
        return found

    def _apart(self, rows: QuerySet) -> tuple[list[str], QuerySet]:
        """What is joined to each row and can be shared, and the queryset without it."""
        joined = rows.query.select_related or {}
        apart = [
            name for name, further in joined.items() if not further and rows.model._meta.get_field(name).related_model is not self.model
        ]
        rest = [name for name in joined if name not in apart]
        bare = rows.select_related(None)
        return apart, bare.select_related(*rest) if rest else bare

    def _give(self, rows: list[Any], names: list[str]) -> None:
        for name in names if rows else ():
            field = rows[0]._meta.get_field(name)
            known = self.known[field.related_model]
            for row in rows:
                if (end := known.get(getattr(row, field.attname))) is not None:
                    field.set_cached_value(row, end)
            prefetch_related_objects(rows, name)
            known |= {end.pk: end for row in rows if (end := getattr(row, name)) is not None}


def _parts(fetched: Any) -> list[Any]:
    """What a prefetch gave a record: a list, or what a foreign key points at."""
    return fetched if isinstance(fetched, list) else [] if fetched is None else [fetched]
