"""Keeping the index: in the same transaction as the records, called by whoever writes them. There are no signals.

index.update([event])      after a record and what hangs on it were saved
index.forget([event])      before records are deleted
index.refresh()            after many were written: everything that differs
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import models, transaction

from .documents import Document, document, grams
from .engine import engine
from .fields import declared, relations, searched_models, type_of
from .models import Entry, Gram, Label

CHUNK = 500


@transaction.atomic
def update(records: Iterable[models.Model]) -> None:
    """Index records as they stand in the database now; those of models that declare nothing are passed over."""
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for record in records:
        if declared(type(record)):
            by_model[type(record)].append(record.pk)
    for model, keys in by_model.items():
        found = set()
        for chunk in _documents(model, keys):
            _write(model, chunk)
            found |= {one.record_id for one in chunk}
        Entry.objects.filter(record_type=type_of(model), record_id__in=set(keys) - found).delete()


@transaction.atomic
def forget(records: Iterable[models.Model]) -> None:
    """Take records out of the index. Call it while they still have their numbers."""
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record.pk)
    for model, keys in by_model.items():
        Entry.objects.filter(record_type=type_of(model), record_id__in=keys).delete()


@transaction.atomic
def refresh(*, everything: bool = False) -> int:
    """Write every entry that differs from its record, or all of them, and drop the superfluous. Gives how many were written."""
    if everything:
        Gram.objects.all().delete()
    written = 0
    for model in searched_models():
        for chunk in _documents(model):
            written += _write(model, chunk, even_if_same=everything)
    _superfluous().delete()
    engine().tidy()
    return written


@dataclass
class Differences:
    """What of the index does not agree with the records: names of entries, such as "event 12"."""

    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    superfluous: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.superfluous)


def verify() -> Differences:
    """Hold every entry against its record; changes nothing."""
    found = Differences(superfluous=[str(entry) for entry in _superfluous()])
    hollow = set(engine().without_terms())
    for model in searched_models():
        known = {pk: (entry, digest) for pk, entry, digest in _entries(model)}
        for chunk in _documents(model):
            for one in chunk:
                entry, digest = known.get(one.record_id, (0, ""))
                if not entry:
                    found.missing.append(f"{type_of(model)} {one.record_id}")
                elif digest != one.digest or entry in hollow:
                    found.stale.append(f"{type_of(model)} {one.record_id}")
    return found


def _entries(model: type[models.Model], keys: Iterable[int] | None = None) -> Iterator[tuple[int, int, str]]:
    rows = Entry.objects.filter(record_type=type_of(model))
    if keys is not None:
        rows = rows.filter(record_id__in=list(keys))
    return rows.values_list("record_id", "pk", "digest").iterator()


def _superfluous() -> models.QuerySet[Entry]:
    """Entries of records, or of models, that are no more."""
    alive = models.Q(pk__in=[])
    for model in searched_models():
        alive |= models.Q(record_type=type_of(model), record_id__in=model._default_manager.order_by().values("pk"))
    return Entry.objects.exclude(alive).order_by("pk")


def _documents(model: type[models.Model], keys: list[int] | None = None) -> Iterator[list[Document]]:
    """Some hundred documents at a time: of the records with those numbers, or of all."""
    records = model._default_manager.order_by("pk").prefetch_related(*relations(model))
    if keys is None:
        rows = iter(records.iterator(chunk_size=CHUNK))
    else:
        rows = (record for i in range(0, len(keys), CHUNK) for record in records.filter(pk__in=keys[i : i + CHUNK]))
    while chunk := [document(record) for record in islice(rows, CHUNK)]:
        yield chunk


def _write(model: type[models.Model], documents: list[Document], *, even_if_same: bool = False) -> int:
    """Write those that differ from their entries. Gives how many."""
    known = {pk: (entry, digest) for pk, entry, digest in _entries(model, [one.record_id for one in documents])}
    changed = [one for one in documents if even_if_same or known.get(one.record_id, (0, ""))[1] != one.digest]
    if not changed:
        return 0
    new = [one for one in changed if one.record_id not in known]
    made = Entry.objects.bulk_create(
        [Entry(record_type=type_of(model), record_id=one.record_id, digest=one.digest) for one in new],
        update_conflicts=True,
        unique_fields=["record_type", "record_id"],
        update_fields=["digest"],
    )
    entries = {pk: entry for pk, (entry, _digest) in known.items()} | {
        one.record_id: entry.pk for one, entry in zip(new, made, strict=True)
    }
    pairs = [(entries[one.record_id], one) for one in changed]
    engine().write((pk, one.digest, one.terms) for pk, one in pairs)
    Label.objects.filter(entry__in=[pk for pk, _one in pairs]).delete()
    Label.objects.bulk_create([row for pk, one in pairs for row in one.label_rows(pk)], batch_size=1000)
    _learn({word for one in changed for word in one.words})
    return len(changed)


def _learn(words: set[str]) -> None:
    """Note the letters of words that are not known yet. Words are never unlearnt; who offers one sees first that it finds."""
    words = {word for word in words if grams(word)}
    known = set(Gram.objects.filter(word__in=words).values_list("word", flat=True).distinct())
    rows = [Gram(gram=gram, word=word) for word in sorted(words - known) for gram in sorted(grams(word))]
    Gram.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
