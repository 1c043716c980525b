"""Writes records that were found in order, with all that hangs on them: what the loader and the import of tables share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from . import build, state
from .build import Draft
from .files import CorpusError, Entry, Problem
from .schema import TYPES, RecordType, Refs, Rows

Key = tuple[str, str]
#: Called with the type, how many of its records are done and how many there are.
Progress = Callable[[RecordType, int, int], None]


@dataclass(slots=True)
class Task:
    """A record that is to be written: for the first time, or over the one with the number ``existing``."""

    entry: Entry
    draft: Draft
    existing: int | None


#: So many new records are written with one statement.
_AT_ONCE = 200


class Writing:
    """Tasks by type, and the numbers of the records that they may refer to. Call ``write`` in a transaction."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.progress = progress or (lambda type_, done, total: None)
        self.ids: dict[Key, int] = {}
        self.tasks: dict[str, list[Task]] = {name: [] for name in TYPES}
        self.problems: list[Problem] = []
        self.left_out: list[tuple[str, str]] = []

    def write(self) -> None:
        """Write everything. Raises :class:`CorpusError` with what the database has against it."""
        for type_ in TYPES.values():
            self._save_records(type_)
            self.stop_at_problems()
        for type_ in TYPES.values():
            self._save_what_hangs_on(type_)

    def stop_at_problems(self) -> None:
        if self.problems:
            raise CorpusError(self.problems)

    def _save_records(self, type_: RecordType) -> None:
        tasks = _in_order(type_, self.tasks[type_.name])
        existing = {task.existing for task in tasks if task.existing}
        # Locked until the end, so that no editor's change made meanwhile is lost.
        present = {record.pk: record for record in type_.model._default_manager.select_for_update().filter(pk__in=existing)}
        self.progress(type_, 0, len(tasks))
        fresh: list[Task] = []
        for done, task in enumerate(tasks, start=1):
            if len(fresh) >= _AT_ONCE or any(key in {(one.entry.type, one.entry.slug) for one in fresh} for key in _own(task)):
                self._insert(fresh)
                fresh = []
            if task.existing:
                build.copy_onto(task.draft, present[task.existing])
            self._resolve(task.draft, task.entry)
            task.draft.instance.touch()
            if not self._is_clean(task):
                continue
            if task.existing or type_.model.SAVES_MORE:
                self._save(task)
            else:
                fresh.append(task)
            self.progress(type_, done, len(tasks))
        self._insert(fresh)

    def _is_clean(self, task: Task) -> bool:
        try:
            task.draft.instance.clean()
        except ValidationError as error:
            self.problems += build.problems_of(error, task.draft, task.entry)
            return False
        return True

    def _insert(self, tasks: list[Task]) -> None:
        """Write new records with one statement; when the database refuses it, one by one, so that it says which."""
        records = [task.draft.instance for task in tasks]
        for record in records:
            record.derive()
        try:
            with transaction.atomic():
                if records:
                    type(records[0])._default_manager.bulk_create(records)
        except IntegrityError:
            for task in tasks:
                self._save(task)
        else:
            self.ids |= {(task.entry.type, task.entry.slug): task.draft.instance.pk for task in tasks}

    def _save(self, task: Task) -> None:
        try:
            with transaction.atomic():
                task.draft.instance.save()
        except IntegrityError as error:
            self.problems += self._refused(task, error)
        else:
            self.ids[task.entry.type, task.entry.slug] = task.draft.instance.pk

    @staticmethod
    def _refused(task: Task, error: IntegrityError) -> list[Problem]:
        """What a constraint of the database has against a record, in the words of the model.

        Constraints are asked about only here: asking beforehand is a query for each, and three quarters of the time.
        """
        try:
            task.draft.instance.full_clean(exclude=set(task.draft.refs))
        except ValidationError as problem:
            return build.problems_of(problem, task.draft, task.entry)
        return [task.entry.problem((), str(error))]

    def _resolve(self, draft: Draft, entry: Entry) -> bool:
        """Set the foreign keys of a draft. False when one that it cannot do without leads to a record that was deleted."""
        complete = True
        for column, (to, slug) in draft.refs.items():
            pk = self.ids.get((to, slug)) if slug else None
            setattr(draft.instance, f"{column}_id", pk)
            if slug and pk is None:
                self.left_out.append((entry.name, f"{to}/{slug}"))
                complete = complete and draft.instance._meta.get_field(column).null
        return complete

    def _save_what_hangs_on(self, type_: RecordType) -> None:
        """Write the lists of the drafts anew; one that a draft does not have is left as it is."""
        tasks = self.tasks[type_.name]
        for part in type_.fields:
            if isinstance(part, Rows):
                anew = [task.existing for task in tasks if task.existing and (part.accessor or part.name) in task.draft.rows]
                build.delete_rows(type_.model, (part,), anew)
        for task in tasks:
            self._resolve_rows(task.draft, task.entry)
        build.save_rows([task.draft for task in tasks])
        for part in type_.fields:
            if isinstance(part, Refs):
                self._save_many(type_, part, [task for task in tasks if part.name in task.draft.many])

    def _resolve_rows(self, draft: Draft, entry: Entry) -> None:
        for name, rows in draft.rows.items():
            draft.rows[name] = [row for row in rows if self._resolve(row, entry)]
            for row in draft.rows[name]:
                self._resolve_rows(row, entry)

    def _save_many(self, type_: RecordType, part: Refs, tasks: list[Task]) -> None:
        through, source, target = state.through_table(type_.model, part)
        through._default_manager.filter(**{f"{source}__in": [task.existing for task in tasks if task.existing]}).delete()
        links: list[models.Model] = []
        for task in tasks:
            for key in task.draft.many[part.name]:
                if pk := self.ids.get(key):
                    links.append(through(**{source: task.draft.instance.pk, target: pk}))
        through._default_manager.bulk_create(links, batch_size=500)


def _own(task: Task) -> Iterator[Key]:
    """What a record refers to among those of its own type."""
    return (key for key in task.draft.refs.values() if key[0] == task.entry.type)


def _in_order(type_: RecordType, tasks: Iterable[Task]) -> list[Task]:
    """The tasks so that a record comes after those of its own type that it refers to (a city after its country)."""
    waiting, ordered = {task.entry.slug: task for task in tasks}, []

    def take(slug: str) -> None:
        # Taken out before its references are followed, so that a circle of them ends here.
        if task := waiting.pop(slug, None):
            for to, target in task.draft.refs.values():
                if to == type_.name:
                    take(target)
            ordered.append(task)

    for slug in list(waiting):
        take(slug)
    return ordered
