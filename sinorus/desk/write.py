"""The import itself: all the tasks of a plan in one transaction, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sinorus.corpus import state
from sinorus.corpus.schema import TYPES
from sinorus.corpus.write import Progress, Writing
from sinorus.publishing import workflow
from sinorus.publishing.history import Edit
from sinorus.publishing.links import Key, key
from sinorus.publishing.models import Record

from .plan import Plan, no_collecting
from .tables import TableError, Trouble, whole


@no_collecting()
@transaction.atomic
def write(plan: Plan, user: Any, note: str, progress: Progress | None = None) -> None:
    """Do what a plan says, in the name of a user. Raises :class:`TableError`, and then nothing was done.

    That is so when a record was changed or made since the plan was made, and when the database refuses a record.
    """
    _Import(plan, progress).run(user, note)


class _Import(Writing):
    def __init__(self, plan: Plan, progress: Progress | None) -> None:
        super().__init__(progress)
        self.plan = plan
        for task in plan.tasks:
            self.tasks[task.entry.type].append(task)

    def run(self, user: Any, note: str) -> None:
        self._as_planned()
        edit = Edit(self._existing(), by=user, why=note)
        for kind, type_ in TYPES.items():
            self.ids |= {(kind, slug): pk for slug, pk in type_.model._default_manager.values_list("slug", "pk")}
        self.write()
        if self.left_out:
            told = dict(zip(("record", "target"), self.left_out[0], strict=True))
            raise whole(_("%(record)s refers to %(target)s, which was deleted meanwhile.") % told)
        self._publish(user)
        records = [task.draft.instance for task in self.plan.tasks]
        what = {(line.type, line.slug): [name for name, _before, _after in line.differences] for line in self.plan.lines}
        changed = {key(task.draft.instance): what[task.entry.type, task.entry.slug] for task in self.plan.tasks}
        self._log(user, note, changed)
        edit.finish(records)

    def _publish(self, user: Any) -> None:
        for task in self.plan.tasks:
            if task.entry.name in self.plan.publish:
                try:
                    workflow.move(task.draft.instance, Record.Status.PUBLISHED, user)
                except ValidationError as error:
                    raise TableError(Trouble(task.entry.lines[()], "status", " ".join(error.messages))) from error

    def stop_at_problems(self) -> None:
        if self.problems:
            columns = [str(problem.steps[0]) if problem.steps else "" for problem in self.problems]
            raise TableError(*(Trouble(one.line, column, one.message) for one, column in zip(self.problems, columns, strict=True)))

    def _existing(self) -> Iterator[Record]:
        for kind, tasks in self.tasks.items():
            numbers = [task.existing for task in tasks if task.existing]
            for start in range(0, len(numbers), 500):
                yield from TYPES[kind].model._default_manager.filter(pk__in=numbers[start : start + 500])

    def _as_planned(self) -> None:
        """Lock the records that are to be changed, and see that they are as they were when the plan was made."""
        for kind, tasks in self.tasks.items():
            numbers = [task.existing for task in tasks if task.existing]
            for start in range(0, len(numbers), 500):
                list(TYPES[kind].model._default_manager.select_for_update().filter(pk__in=numbers[start : start + 500]).values_list("pk"))
            now, then = state.digests(TYPES[kind], numbers), self.plan.digests.get(kind, {})
            for task in tasks:
                if task.existing and now.get(task.existing) != then.get(task.existing):
                    message = _("“%(slug)s” was changed by somebody meanwhile. Nothing was imported; look at the file anew.")
                    raise TableError(Trouble(task.entry.lines[()], "slug", message % {"slug": task.entry.slug}))

    def _log(self, user: Any, note: str, changed: Mapping[Key, list[str]]) -> None:
        types = {kind: ContentType.objects.get_for_model(TYPES[kind].model).pk for kind, tasks in self.tasks.items() if tasks}
        LogEntry.objects.bulk_create(
            (
                LogEntry(
                    user=user,
                    content_type_id=types[task.entry.type],
                    object_id=str(task.draft.instance.pk),
                    object_repr=str(task.draft.instance)[:200],
                    action_flag=CHANGE if task.existing else ADDITION,
                    change_message=f"{note}: {', '.join(changed[key(task.draft.instance)])}" if task.existing else note,
                )
                for task in self.plan.tasks
            ),
            batch_size=500,
        )
