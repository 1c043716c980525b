"""An import from its upload to its end: looked at, agreed to, done; in this process when it is small, else in one of its own.

Whatever happens to the process, the records are as before or as after: ``write`` is one transaction, which also marks the
import as done. So an interrupted import may simply be started again.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinorus.corpus.files import CorpusError

from . import running
from .mapping import Mapping
from .models import Import
from .plan import REFUSED, UNCHANGED, Plan, plan
from .shape import TABLES
from .tables import TableError, read, whole
from .write import write

#: Files up to so many bytes, unpacked, are dealt with while the editor waits: a second or two.
AT_ONCE: Final = 300_000
#: What is kept of a report; more rows than anybody reads.
_MAX_ROWS: Final = 2_000
_MAX_TEXT: Final = 300


def plan_of(job: Import, progress: Any = None) -> Plan:
    """The plan of an import as things stand now. Raises :class:`TableError`."""
    try:
        mapping = Mapping(_("mapping"), job.mapping) if job.mapping.strip() else None
    except CorpusError as error:
        raise whole(str(error)) from error
    if not mapping and job.records not in TABLES:
        raise whole(_("Say what the rows are, or give a mapping that says it."))
    records = mapping.type.name if mapping else job.records
    table = read(job.name, bytes(job.content or b""), encoding=job.encoding)
    made = plan(job.name, table, records, mapping, user=job.user, progress=progress)
    _allowed(job.user, made)
    return made


def _allowed(user: Any, made: Plan) -> None:
    """Refuse a plan that would add or change what the user may not add or change by hand."""
    for kind, verb in sorted({(task.entry.type, "change" if task.existing else "add") for task in made.tasks}):
        meta = TABLES[kind].model._meta
        if not user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}"):
            words = {"add": _("You may not add %(records)s."), "change": _("You may not change %(records)s.")}
            raise whole(words[verb] % {"records": meta.verbose_name_plural})


def look(job: Import) -> Plan | None:
    """The dry run: keep in the job what an import would do. None when the file cannot be read; the report says why."""
    try:
        with running.running(job.pk) as sign:
            made = plan_of(job, lambda done, total: sign.say("look", done, total))
            _keep(job, made)
    except TableError as error:
        _refuse(job, error)
        return None
    job.agreed, job.started = made.digest(), False
    job.state = Import.State.REFUSED if made.refused and not (job.leave_out and made.tasks) else Import.State.CHECKED
    job.save()
    return made


def carry_out(job: Import) -> None:
    """The import. When the records are no longer as they were at the look, it is looked at anew instead."""
    try:
        with running.running(job.pk) as sign:
            made = plan_of(job, lambda done, total: sign.say("look", done, total))
            if made.digest() != job.agreed or (made.refused and not job.leave_out):
                raise whole(_("The records have changed since you looked; nothing was imported. Look at it anew."))
            with transaction.atomic():
                write(made, job.user, note_of(job), lambda type_, done, total: sign.say("write", done, total))
                _keep(job, made)
                job.state, job.content, job.finished = Import.State.DONE, None, timezone.now()
                job.save()
    except TableError as error:
        _refuse(job, error)


def note_of(job: Import) -> str:
    """The change note of the records that it writes."""
    return _("Imported from %(name)s") % {"name": job.name}


def start(job: Import, what: str) -> None:
    """Look at an import ("look") or carry it out ("import"): now when it is small, else in a process of its own.

    Raises :class:`~sinorus.desk.running.AlreadyRunning`.
    """
    running.forget(job.pk)
    if _weight(job) <= AT_ONCE:
        (look if what == "look" else carry_out)(job)
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_records", "--job", str(job.pk), f"--{what}"]
    subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _weight(job: Import) -> int:
    """Bytes to be read; a workbook is packed some ten times smaller."""
    return len(job.content or b"") * (10 if job.name.lower().endswith(".xlsx") else 1)


def _refuse(job: Import, error: TableError) -> None:
    job.state, job.finished = Import.State.REFUSED, timezone.now()
    job.report = {"counts": {}, "troubles": [[one.row, one.column, one.message] for one in error.troubles], "lines": []}
    job.save()


def _keep(job: Import, made: Plan) -> None:
    """Put a plan into the job as a report: what is wrong first, then what changes; long texts cut."""
    troubles = made.all_troubles()
    changing = [line for line in made.lines if line.action not in (UNCHANGED, REFUSED)]
    job.report = {
        "counts": dict(made.counts),
        "encoding": made.encoding,
        "troubles": [[one.row, one.column, one.message] for one in troubles[:_MAX_ROWS]],
        "more_troubles": max(0, len(troubles) - _MAX_ROWS),
        "lines": [
            [line.row, line.type, line.slug, line.title, line.action, [[name, _cut(was), _cut(now)] for name, was, now in line.differences]]
            for line in changing[:_MAX_ROWS]
        ],
        "more_lines": max(0, len(changing) - _MAX_ROWS),
    }
    job.finished = timezone.now()


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 1]}…"
