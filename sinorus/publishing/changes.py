"""The stream of changes: what readers see of records before and after, told in the transaction that changes them.

    watch = Watch([event])        # before anything is written
    ...                           # write
    watch.tell([event])           # raises the edition once and writes the entries, or does neither

Everything that changes a record goes through here, so there is no edition without its entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from . import editions
from .links import Key, batches, beside, by_type, key
from .models import Change, Record

Action = Change.Action
What = Mapping[Key, list[str]]


@dataclass(frozen=True)
class Face:
    """What the stream says of a public record."""

    slug: str
    title: str


def faces(keys: Iterable[Key]) -> dict[Key, Face]:
    """Those of the records that readers see."""
    found = {}
    for model, numbers in by_type(keys).items():
        for batch in batches(numbers):
            for pk, slug, title in model.objects.public().filter(pk__in=batch).values_list("pk", "slug", "title"):
                found[model, pk] = Face(slug, title)
    return found


class Watch:
    """Some records as readers see them before a change, and what stands beside them, whose answers may change too."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.keys = {key(record) for record in records if record.pk}
        self.before = faces(self.keys)
        self.beside = beside(self.before)
        self.seen_beside = _seen(self.beside)

    def tell(
        self,
        records: Iterable[Record] = (),
        *,
        what: What | None = None,
        why: str = "",
        merged: Mapping[Key, Record] | None = None,
    ) -> int | None:
        """Tell what became of the watched records and of ``records``; the new edition, or None when no reader sees a difference.

        ``what`` names the fields and parts that changed; a record with an empty list there is as it was, one that is not
        there changed in ways that are not known. ``merged`` gives for a record that is gone the one that took its place.
        """
        keys = self.keys | {key(record) for record in records}
        after = faces(keys)
        changes = {one: change for one in sorted(keys, key=_order) if (change := self._change(one, after, what or {}, merged or {}))}
        if not changes:
            return None
        edition, now = editions.raise_edition(), timezone.now()
        affected = self._affected(changes, after)
        for one, change in changes.items():
            change.edition, change.time, change.why, change.affects = edition, now, why[:400], affected[one]
        Change.objects.bulk_create(changes.values(), batch_size=200)
        return edition

    def _change(self, one: Key, after: Mapping[Key, Face], what: What, merged: Mapping[Key, Record]) -> Change | None:
        """The entry for a record, or None when readers see it as it was, or neither before nor after."""
        was, now = self.before.get(one), after.get(one)
        if not (was or now) or (was and now and was.slug == now.slug and what.get(one) == []):
            return None
        face, into = now or was, None
        if was and now:
            action = Action.UPDATED if was.slug == now.slug else Action.RENAMED
        elif now:
            action = Action.CREATED
        elif into := merged.get(one):
            action = Action.MERGED
        else:
            action = Action.WITHDRAWN if one[0]._default_manager.filter(pk=one[1]).exists() else Action.DELETED
        return Change(
            action=action,
            record_type=one[0]._meta.model_name,
            record_id=one[1],
            slug=face.slug,
            title=face.title,
            former_slug=was.slug if action == Action.RENAMED else "",
            into_id=into.pk if into else None,
            into_slug=into.slug if into else "",
            what=what.get(one, []) if was and now else [],
        )

    def _affected(self, changes: Mapping[Key, Change], after: Mapping[Key, Face]) -> dict[Key, list[str]]:
        """For each changed record the ids of others whose answers tell of it: those beside it before or after.

        A record that comes or goes may take others with it (an assessment is seen with its holder and source), and so
        changes what those others stand beside.
        """
        now = beside(after)
        comes_or_goes = {one for one in changes if (one in self.before) != (one in after)}
        around = {one: self.beside.get(one, set()) | now.get(one, set()) for one in changes if not _own_words(changes[one], one)}
        taken_along = {other for one in comes_or_goes for other in around.get(one, ()) if other[0].SEEN_WITH}
        further = beside(taken_along)
        for one in comes_or_goes & around.keys():
            around[one] = around[one].union(*(further.get(other, set()) for other in around[one]))
        seen = self.seen_beside | _seen(around)
        return {
            one: [
                f"{model.PREFIX}{pk}"
                for model, pk in sorted(around.get(one, set()), key=_order)
                if (model, pk) in seen and (model, pk) not in changes
            ]
            for one in changes
        }


def _seen(around: Mapping[Key, set[Key]]) -> set[Key]:
    """Of all that stands beside some records, what readers see."""
    return set(faces(set().union(*around.values())))


def _own_words(change: Change, one: Key) -> bool:
    """Whether only such fields changed as no other record tells."""
    return change.action == Action.UPDATED and bool(change.what) and set(change.what) <= one[0].OWN_WORDS


def _order(one: Key) -> tuple[str, int]:
    return one[0].PREFIX, one[1]
