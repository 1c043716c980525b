"""Puts the files into the database: all or nothing, as often as one likes, and never over an editor's work.

For each record of the files ``LoadedRecord`` keeps what the file said and what the database then held. So a later load
knows what is new, what the files changed, and what an editor changed since; the last it leaves alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinorus.publishing.history import Edit

from . import build, check, files, state
from .files import CorpusError, Entry
from .models import LoadedRecord
from .schema import TYPES, RecordType
from .write import Key, Progress, Task, Writing

DATA = Path(__file__).parent / "data"


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


class _Load(Writing):
    def __init__(self, entries: list[Entry], force: bool, progress: Progress) -> None:
        super().__init__(progress)
        self.entries, self.force = entries, force
        self.loaded: dict[Key, LoadedRecord] = {(row.record_type, row.slug): row for row in LoadedRecord.objects.exclude(record_type="")}
        self.report = Report()

    def run(self) -> Report:
        for type_ in TYPES.values():
            self._decide(type_, [entry for entry in self.entries if entry.type == type_.name])
        self.stop_at_problems()
        edit = self._edit()
        self.write()
        for type_ in TYPES.values():
            self._remember(type_)
        in_files = {(entry.type, entry.slug) for entry in self.entries}
        self.report.left_out = [
            _("%(record)s: the reference to %(target)s") % {"record": record, "target": target} for record, target in self.left_out
        ]
        self.report.removed = [str(row) for key, row in self.loaded.items() if key not in in_files]
        written = [task.draft.instance for tasks in self.tasks.values() for task in tasks]
        self.report.edition = edit.finish(written) or 0
        return self.report

    def _edit(self) -> Edit:
        """The change of the records that are to be written anew, and of those that are new."""
        existing = {TYPES[name].model: [task.existing for task in tasks if task.existing] for name, tasks in self.tasks.items()}
        return Edit(record for model, pks in existing.items() for record in model._default_manager.filter(pk__in=pks))

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
        self.tasks[entry.type].append(Task(entry, draft, pk))
        if pk:
            self.ids[entry.type, entry.slug] = pk
        self.report.counts[entry.type]["changed" if pk else "new"] += 1

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
