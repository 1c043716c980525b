"""Puts the files into the database: all or nothing, as often as one likes, and never over an editor's work.

For each record of the files ``LoadedRecord`` keeps what the file said and what the database then held. So a later load
knows what is new, what the files changed, and what an editor changed since; the last it leaves alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinorus.publishing.editions import raise_edition
from sinorus.search import index

from . import build, check, files, state
from .build import Draft
from .files import CorpusError, Entry, Problem
from .models import LoadedRecord
from .schema import TYPES, RecordType

DATA = Path(__file__).parent / "data"
Key = tuple[str, str]
#: Called with the type, how many of its records are done and how many there are.
Progress = Callable[[RecordType, int, int], None]


@dataclass(slots=True)
class Report:
    """What a load did. ``counts`` is by record type, then "new", "changed", "unchanged" or "left alone"."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in TYPES})
    left_alone: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    edition: int = 0

    def total(self, word: str) -> int:
        return sum(counts[word] for counts in self.counts.values())

    @property
    def changed_anything(self) -> bool:
        return bool(self.total("new") + self.total("changed"))


def read_files(folder: Path = DATA) -> list[Entry]:
    """The records of the files, held against the schema. Raises :class:`CorpusError` with everything that is wrong."""
    entries = files.read(folder, TYPES)
    if problems := check.check(entries):
        raise CorpusError(problems)
    return entries


def check_files(folder: Path = DATA) -> list[Entry]:
    """Like ``read_files``, and has every record validated by its model too. Touches no database."""
    entries = read_files(folder)
    if problems := [problem for entry in entries for problem in build.draft(entry)[1]]:
        raise CorpusError(problems)
    return entries


@transaction.atomic
def load(folder: Path = DATA, *, force: bool = False, progress: Progress | None = None) -> Report:
    """Load all files of ``folder`` in one transaction.

    With ``force`` records that editors changed or deleted are written anew as the files have them. Raises
    :class:`CorpusError` with everything that is wrong; then nothing was changed.
    """
    entries = read_files(folder)
    # Two servers that start at once both load: the second waits here and then finds nothing to do.
    LoadedRecord.objects.select_for_update().get_or_create(record_type="", slug="", defaults={"record_id": 0})
    return _Load(entries, force, progress or (lambda type_, done, total: None)).run()


@dataclass(slots=True)
class _Task:
    """A record that is to be written: on its first load, or anew."""

    entry: Entry
    draft: Draft
    existing: int | None


class _Load:
    def __init__(self, entries: list[Entry], force: bool, progress: Progress) -> None:
        self.entries, self.force, self.progress = entries, force, progress
        self.loaded: dict[Key, LoadedRecord] = {(row.record_type, row.slug): row for row in LoadedRecord.objects.exclude(record_type="")}
        self.ids: dict[Key, int] = {}
        self.tasks: dict[str, list[_Task]] = {name: [] for name in TYPES}
        self.problems: list[Problem] = []
        self.report = Report()

    def run(self) -> Report:
        for type_ in TYPES.values():
            self._decide(type_, [entry for entry in self.entries if entry.type == type_.name])
        self._stop_at_problems()
        for type_ in TYPES.values():
            self._save_records(type_)
            self._stop_at_problems()
        for type_ in TYPES.values():
            self._save_what_hangs_on(type_)
            self._remember(type_)
        in_files = {(entry.type, entry.slug) for entry in self.entries}
        self.report.removed = [str(row) for key, row in self.loaded.items() if key not in in_files]
        index.update(task.draft.instance for tasks in self.tasks.values() for task in tasks)
        if self.report.changed_anything:
            self.report.edition = raise_edition()
        return self.report

    def _stop_at_problems(self) -> None:
        if self.problems:
            raise CorpusError(self.problems)

    # What is to be done with each record

    def _decide(self, type_: RecordType, entries: list[Entry]) -> None:
        known = [row.record_id for row in self.loaded.values() if row.record_type == type_.name]
        states = state.digests(type_, known)
        slugs = [entry.slug for entry in entries if (type_.name, entry.slug) not in self.loaded]
        others = dict(type_.model._default_manager.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}
        for entry in entries:
            row, pk = self.loaded.get((entry.type, entry.slug)), others.get(entry.slug)
            if row is None and pk is None:
                self._write(entry, None)
            elif row is None:
                self._keep_or_write(entry, pk, _("there already, and not from these files"))
            elif row.record_id not in states:
                self._keep_or_write(entry, None, _("deleted by an editor"))
            elif states[row.record_id] != row.digest_of_loaded_state:
                self._keep_or_write(entry, row.record_id, self._edited(entry, row))
            elif entry.digest() != row.digest_of_file_content:
                self._write(entry, row.record_id)
            else:
                self.ids[entry.type, entry.slug] = row.record_id
                self.report.counts[entry.type]["unchanged"] += 1

    @staticmethod
    def _edited(entry: Entry, row: LoadedRecord) -> str:
        if entry.digest() == row.digest_of_file_content:
            return _("changed by an editor")
        return _("changed by an editor; the files have changed too")

    def _keep_or_write(self, entry: Entry, pk: int | None, reason: str) -> None:
        if self.force:
            self._write(entry, pk)
            return
        if pk:
            self.ids[entry.type, entry.slug] = pk
        self.report.counts[entry.type]["left alone"] += 1
        self.report.left_alone.append(f"{entry.name} ({reason})")

    def _write(self, entry: Entry, pk: int | None) -> None:
        draft, problems = build.draft(entry)
        self.problems += problems
        self.tasks[entry.type].append(_Task(entry, draft, pk))
        if pk:
            self.ids[entry.type, entry.slug] = pk
        self.report.counts[entry.type]["changed" if pk else "new"] += 1

    # Writing

    def _save_records(self, type_: RecordType) -> None:
        tasks = _in_order(type_, self.tasks[type_.name])
        existing = {task.existing for task in tasks if task.existing}
        # Locked until the end, so that no editor's change made meanwhile is lost.
        present = {record.pk: record for record in type_.model._default_manager.select_for_update().filter(pk__in=existing)}
        self.progress(type_, 0, len(tasks))
        for done, task in enumerate(tasks, start=1):
            if task.existing:
                build.copy_onto(task.draft, present[task.existing])
            self._resolve(task.draft, task.entry)
            self._save(task)
            self.progress(type_, done, len(tasks))

    def _save(self, task: _Task) -> None:
        record = task.draft.instance
        record.touch()
        try:
            record.clean()
            with transaction.atomic():
                record.save()
        except ValidationError as error:
            self.problems += build.problems_of(error, task.draft, task.entry)
        except IntegrityError as error:
            self.problems += self._refused(task, error)
        else:
            self.ids[task.entry.type, task.entry.slug] = record.pk

    @staticmethod
    def _refused(task: _Task, error: IntegrityError) -> list[Problem]:
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
                self.report.left_out.append(_("%(record)s: the reference to %(target)s") % {"record": entry.name, "target": f"{to}/{slug}"})
                complete = complete and draft.instance._meta.get_field(column).null
        return complete

    def _save_what_hangs_on(self, type_: RecordType) -> None:
        tasks = self.tasks[type_.name]
        build.delete_rows(type_.model, type_.fields, [task.existing for task in tasks if task.existing])
        for task in tasks:
            self._resolve_rows(task.draft, task.entry)
        build.save_rows([task.draft for task in tasks])
        for name in tasks[0].draft.many if tasks else ():
            self._save_many(type_, name, tasks)

    def _resolve_rows(self, draft: Draft, entry: Entry) -> None:
        for name, rows in draft.rows.items():
            draft.rows[name] = [row for row in rows if self._resolve(row, entry)]
            for row in draft.rows[name]:
                self._resolve_rows(row, entry)

    def _save_many(self, type_: RecordType, name: str, tasks: list[_Task]) -> None:
        part = next(part for part in type_.fields if part.name == name)
        through, source, target = state.through_table(type_.model, part)
        through._default_manager.filter(**{f"{source}__in": [task.existing for task in tasks if task.existing]}).delete()
        links: list[models.Model] = []
        for task in tasks:
            for key in task.draft.many[name]:
                if pk := self.ids.get(key):
                    links.append(through(**{source: task.draft.instance.pk, target: pk}))
        through._default_manager.bulk_create(links, batch_size=500)

    def _remember(self, type_: RecordType) -> None:
        tasks = self.tasks[type_.name]
        states = state.digests(type_, [task.draft.instance.pk for task in tasks])
        rows = [
            LoadedRecord(
                record_type=type_.name,
                slug=task.entry.slug,
                record_id=task.draft.instance.pk,
                digest_of_file_content=task.entry.digest(),
                digest_of_loaded_state=states[task.draft.instance.pk],
                loaded=timezone.now(),
            )
            for task in tasks
        ]
        LoadedRecord.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["record_type", "slug"],
            update_fields=["record_id", "digest_of_file_content", "digest_of_loaded_state", "loaded"],
        )


def _in_order(type_: RecordType, tasks: Iterable[_Task]) -> list[_Task]:
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
