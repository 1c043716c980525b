"""Keeping the history: whoever changes records does it between the two ends of an ``Edit``.

    edit = Edit([event], by=user, why="Date sharpened")    # before anything is written
    event.save() …                                         # the record and its parts
    edit.finish([event])                                   # a revision, the index, the stream, the edition; or nothing

All of it inside one transaction, which the caller opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone

from sinorus.search import index, planner

from . import differences, documents
from .changes import Watch
from .documents import Document
from .links import Key, batches, by_type, key
from .models import OldSlug, Record, Revision, record_types

#: Fields that readers never see: to them a change of these is none.
FOR_EDITORS = frozenset({"editor_note"})
#: So many records at once change what the database knows of its tables.
MANY = 500
#: What a revision notes of the state of a record.
_STATE = ("pk", "status", "publish_at", "version", "published", "updated", "slug")


class Edit:
    """A change of one or more records, from before it to after it."""

    def __init__(self, records: Iterable[Record] = (), *, by: Any = None, why: str = "") -> None:
        records = [record for record in records if record.pk]
        self.by, self.why = by if by and by.pk else None, why[:400]
        self.watch = Watch(records)
        self.statuses = {key(record): status for record, status in _statuses(records)}
        self._begin({key(record) for record in records})

    def _begin(self, keys: Iterable[Key]) -> None:
        """Keep records that have no history yet as they stand, so that the first change of one can be told and undone."""
        made = []
        for model, numbers in by_type(keys).items():
            bare = numbers - set(_last(model, numbers))
            states, found = _states(model, bare), documents.of_many(model, bare)
            made += [
                Revision(
                    record_type=model._meta.model_name,
                    record_id=pk,
                    number=states[pk]["version"],
                    status=states[pk]["status"],
                    document=document,
                    at=states[pk]["updated"],
                )
                for pk, document in found.items()
            ]
        Revision.objects.bulk_create(made, batch_size=200)

    def finish(self, records: Iterable[Record] = (), *, merged: Mapping[Key, Record] | None = None) -> int | None:
        """Keep what became of the records, and tell readers; the new edition, or None when they see no difference.

        A record that was saved as it was leaves no revision. The instances given get their new version.
        """
        given = {key(record): record for record in records}
        keys, now = self.watch.keys | given.keys(), timezone.now()
        what: dict[Key, list[str]] = {}
        made: list[Revision] = []
        for model, numbers in by_type(keys).items():
            fresh = self._revisions(model, numbers, what, now)
            _stamp(model, fresh, now)
            made += fresh.values()
            for pk in fresh.keys() & {pk for kind, pk in given if kind is model}:
                given[model, pk].version, given[model, pk].updated = fresh[pk].number, now
        if not made and not self.watch.keys - what.keys():
            return None
        index.update(_model(one)(pk=one.record_id) for one in made)
        edition = self.watch.tell(given.values(), what=what, why=self.why, merged=merged)
        for one in made:
            one.edition = edition
        Revision.objects.bulk_create(made, batch_size=200)
        if len(made) > MANY:
            planner.learn()
        return edition

    def _revisions(self, model: type[Record], numbers: set[int], what: dict[Key, list[str]], now: Any) -> dict[int, Revision]:
        """A revision for each of the records that differs from its last one; ``what`` gets the names of what differs."""
        last, found, states = _last(model, numbers), documents.of_many(model, numbers), _states(model, numbers)
        made = {}
        for pk, document in found.items():
            before, state = last.get(pk), states[pk]
            names = differences.names(differences.changed(model, before.document, document)) if before else []
            what[model, pk] = [name for name in names if name not in FOR_EDITORS]
            if before and not names and self.statuses.get((model, pk)) == (state["status"], state["publish_at"]):
                continue
            made[pk] = Revision(
                record_type=model._meta.model_name,
                record_id=pk,
                number=state["version"] + 1,
                status=state["status"],
                document=document,
                what=names,
                why=self.why,
                by=self.by,
                at=now,
            )
            _remember_slug(model, pk, before.document if before else None, document, ever_public=bool(state["published"]))
        return made


def _model(revision: Revision) -> type[Record]:
    return record_types()[revision.record_type]


def _statuses(records: Iterable[Record]) -> Iterable[tuple[Record, tuple[str, Any]]]:
    for model, numbers in by_type(key(record) for record in records).items():
        for pk, state in _states(model, numbers).items():
            yield model(pk=pk), (state["status"], state["publish_at"])


def _states(model: type[Record], numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    rows = (row for batch in batches(list(numbers)) for row in model._default_manager.filter(pk__in=batch).values(*_STATE))
    return {row["pk"]: row for row in rows}


def _last(model: type[Record], numbers: Iterable[int]) -> dict[int, Revision]:
    """The last applied revision of each record that has one."""
    name = model._meta.model_name
    rows = (row for batch in batches(list(numbers)) for row in Revision.objects.last_of(name, batch))
    return {row.record_id: row for row in rows}


def _stamp(model: type[Record], fresh: Mapping[int, Revision], now: Any) -> None:
    """Note on the records that they changed now, and, on those that readers see for the first time, since when."""
    for batch in batches(list(fresh)):
        rows = model._default_manager.filter(pk__in=batch)
        rows.update(version=F("version") + 1, updated=now)
        rows.filter(status=Record.Status.PUBLISHED, published__isnull=True).update(published=now)


def _remember_slug(model: type[Record], pk: int, before: Document | None, after: Document, *, ever_public: bool) -> None:
    """An address that readers may have kept goes on leading to its record."""
    kind, slug = model._meta.model_name, after["fields"]["slug"]
    former = before["fields"].get("slug", slug) if before else slug
    if before and former == slug:
        return
    if before and ever_public:
        OldSlug.objects.update_or_create(record_type=kind, slug=former, defaults={"record_id": pk})
    if before:
        OldSlug.objects.filter(record_type=kind, slug=slug).delete()
