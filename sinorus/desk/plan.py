"""The dry run: what an import would do to each record, field by field, and everything that is wrong. It writes nothing."""

from __future__ import annotations

import gc
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext as _

from sinorus.corpus import build, state
from sinorus.corpus.check import Known, check
from sinorus.corpus.files import Entry, Problem
from sinorus.corpus.schema import TYPES, Refs, Rows, When, row_model
from sinorus.corpus.write import Key, Task
from sinorus.publishing import workflow
from sinorus.publishing.models import OldSlug, Record

from .dump import data_of, dump
from .lookup import Lookup
from .mapping import Made, Mapping
from .shape import SLUG, STATUS, TABLES, BadCell, Data, columns, compared, fields_by_name, from_cell
from .tables import Table, TableError, Trouble, whole

CREATE, UPDATE, UNCHANGED, REFUSED = "create", "update", "unchanged", "error"
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Line:
    """What becomes of one record: ``differences`` are (field, before, after) in the words of a cell."""

    row: int
    type: str
    slug: str
    title: str
    action: str
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What an import would do. ``tasks`` are what ``write`` takes; ``digests`` is how the present records stood."""

    name: str
    lines: list[Line] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    digests: dict[str, dict[int, str]] = field(default_factory=dict)
    #: Names of the entries that are to be published.
    publish: set[str] = field(default_factory=set)
    encoding: str = ""

    @property
    def counts(self) -> Counter[str]:
        """How many records are to be created, updated, left unchanged and refused."""
        return Counter(line.action for line in self.lines)

    def all_troubles(self) -> list[Trouble]:
        """Everything that is wrong, in the order of the rows."""
        return sorted([*self.troubles, *(one for line in self.lines for one in line.troubles)], key=lambda one: one.row)

    @property
    def refused(self) -> bool:
        return bool(self.troubles) or any(line.action == REFUSED for line in self.lines)

    def digest(self) -> str:
        """Of what would be done, to tell whether it is still what somebody agreed to."""
        content = [(line.type, line.slug, line.action, line.differences) for line in self.lines]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@contextmanager
def no_collecting() -> Iterator[None]:
    """Spare Python the search for garbage while a great many objects are made that all stay: a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@no_collecting()
def plan(
    name: str,
    table: Table,
    records: str,
    mapping: Mapping | None = None,
    *,
    user: Any = None,
    progress: Progress | None = None,
) -> Plan:
    """Hold a table against the database. ``records`` is the type of its rows; a mapping says its own.

    What ``user`` may not do is refused; without one, only what readers do not see may be changed.

    Raises :class:`TableError` when the columns of the table are wrong altogether.
    """
    try:
        made = list(mapping.read(table, Lookup())) if mapping else list(_native(table, TABLES[records]))
    except TableError as error:
        raise TableError(*error.troubles, *table.troubles) from None  # whoever mends the columns need not come back for the rows
    result = _Planning(name, made, user, progress or (lambda done, total: None)).run()
    result.troubles += table.troubles
    result.encoding = table.encoding
    return result


def _native(table: Table, type_: Any) -> Iterator[Made]:
    """Rows of a table that has our own columns."""
    allowed = columns(type_)
    if unknown := [name for name in table.columns if name not in allowed]:
        told = {"allowed": ", ".join(allowed)}
        raise TableError(*(Trouble(1, one, _("Not a column here. Allowed: %(allowed)s.") % told) for one in unknown))
    if SLUG not in table.columns:
        raise whole(_("The column “slug” is missing: it says which record a row is."))
    by_name = fields_by_name(type_)
    for row in table.rows:
        made = Made(row.number, type_.name, str(row.cells.get(SLUG, "")), str(row.cells.get(STATUS, "")), {})
        for name, cell in row.cells.items():
            if name in by_name:
                try:
                    made.given[name] = from_cell(by_name[name], cell)
                except BadCell as error:
                    made.unread.add(name)
                    made.troubles.append(Trouble(row.number, name, str(error)))
        yield made


@dataclass(slots=True)
class _Present:
    pk: int
    slug: str
    status: str
    data: Data


class _Planning:
    """Merges what rows say with what records hold, and asks the schema and the models what they say to that."""

    def __init__(self, name: str, made: list[Made], user: Any, progress: Progress) -> None:
        self.plan, self.user, self.progress = Plan(name), user or AnonymousUser(), progress
        self.may_publish = workflow.may_publish(self.user)
        self.made = [*made, *(one for row in made for one in row.creates)]
        self.present = self._read_present()
        self.entries: dict[int, Entry] = {}
        self.lines: dict[int, Line] = {}
        self.status: dict[int, str] = {}
        self.cleaned: build.Cleaned = {}

    def _read_present(self) -> dict[Key, _Present]:
        """The records that rows are about, by the slug in the row; a slug that a record once had still leads to it."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for one in self.made:
            wanted[one.type].add(one.slug)
        found: dict[Key, _Present] = {}
        for kind, slugs in wanted.items():
            model = TYPES[kind].model
            numbers = dict(_in_batches(model._default_manager, "slug", slugs, "slug", "pk"))
            old = OldSlug.objects.filter(record_type=model._meta.model_name)
            numbers = {**dict(_in_batches(old, "slug", slugs - numbers.keys(), "slug", "record_id")), **numbers}
            dumped = {pk: _Present(pk, slug, status, data) for pk, slug, status, data in dump(TYPES[kind], sorted(set(numbers.values())))}
            found |= {(kind, slug): dumped[pk] for slug, pk in numbers.items() if pk in dumped}
            self.plan.digests[kind] = state.digests(TYPES[kind], dumped.keys())
        return found

    def run(self) -> Plan:
        for place, one in enumerate(self.made):
            self._merge(place, one)
        self._repeated()
        lenient = {entry.name for place, entry in self.entries.items() if not self._must_be_whole(place)}
        self._note(check((entry for entry in self.entries.values() if entry.slug), self._known(), lenient))
        for done, place in enumerate(self.entries):
            if not self.lines[place].troubles:
                self._draft(place)
            self.progress(done + 1, len(self.entries))
        self._rests_on_refused()
        self.plan.lines = [line for line in self.lines.values() if line.row or line.action != UNCHANGED]
        return self.plan

    def _merge(self, place: int, one: Made) -> None:
        present = self.present.get((one.type, one.slug))
        data = present.data if present and one.beside else _merged(TYPES[one.type].fields, present.data if present else {}, one.given)
        slug = present.slug if present else one.slug
        line = Line(one.row, one.type, slug, data.get("title", slug), UPDATE if present else CREATE, troubles=list(one.troubles))
        self.lines[place], self.status[place] = line, self._status(one, present, line)
        self.entries[place] = Entry(one.type, slug, self.plan.name, data, {(): one.row})
        if not slug:
            line.troubles.append(Trouble(one.row, SLUG, _("Missing, and required: a short address such as beijing-joint-statement-1996.")))

    def _status(self, one: Made, present: _Present | None, line: Line) -> str:
        """The status that the record is to have, after a look at whether it may."""
        own = present.status if present else Record.Status.DRAFT
        wanted = one.status or own
        if wanted == own:
            return own
        if wanted != Record.Status.PUBLISHED or own != Record.Status.DRAFT:
            told = {"wanted": wanted, "own": own, "published": Record.Status.PUBLISHED}
            message = _("“%(wanted)s”: leave it blank, or “%(own)s” as it is; only a draft becomes “%(published)s” by an import.")
            line.troubles.append(Trouble(one.row, STATUS, message % told))
        elif not self.may_publish:
            line.troubles.append(Trouble(one.row, STATUS, _("Only a publisher's import may publish; leave it blank.")))
        else:
            line.differences.append((STATUS, own if present else "", wanted))
        return wanted

    def _must_be_whole(self, place: int) -> bool:
        """Whether a record must have all that publication requires: when it becomes public, and when it is and would lose some of it."""
        one = self.made[place]
        present = self.present.get((one.type, one.slug))
        if self.status[place] != Record.Status.PUBLISHED:
            return False
        if not present or present.status != Record.Status.PUBLISHED:
            return True
        wanted = {part.name for part in TYPES[one.type].fields if getattr(part, "required", False) or getattr(part, "minimum", 0)}
        return bool(wanted & (present.data.keys() - self.entries[place].data.keys()))

    def _repeated(self) -> None:
        first: dict[tuple[str, str], Line] = {}
        for line in self.lines.values():
            if (other := first.setdefault((line.type, line.slug), line)) is not line and line.slug:
                told = {"slug": line.slug, "row": other.row}
                line.troubles.append(Trouble(line.row, SLUG, _("“%(slug)s” stands already in row %(row)d.") % told))

    def _known(self) -> Known:
        """Every record that may be referred to, with the keys of its articles where relations may name them."""
        known: Known = {}
        for kind, type_ in TYPES.items():
            slugs = type_.model._default_manager.values_list("slug", flat=True)
            known[kind] = {slug: Entry(kind, slug, "", {}, {(): 0}) for slug in slugs}
        articles, parent = row_model(TYPES["treaties"].model, fields_by_name(TYPES["treaties"])["articles"])
        for slug, key in articles._default_manager.values_list(f"{parent}__slug", "key"):
            known["treaties"][slug].data.setdefault("articles", []).append({"key": key})
        return known

    def _note(self, problems: Iterable[Problem]) -> None:
        """Put what the schema says of all entries to the line of each: those of one row are told apart by their slugs."""
        places = {(self.made[place].row, entry.slug): place for place, entry in self.entries.items()}
        for problem in problems:
            self._note_of(places[problem.line, problem.record], [problem])

    def _note_of(self, place: int, problems: Iterable[Problem]) -> None:
        one = self.made[place]
        told = (problem for problem in problems if not (problem.steps and problem.steps[0] in one.unread))
        self.lines[place].troubles += [self._trouble(one, problem) for problem in told]

    @staticmethod
    def _trouble(one: Made, problem: Problem) -> Trouble:
        """A problem, in the column of the table that the field was made of."""
        name = str(problem.steps[0]) if problem.steps else SLUG
        inner = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in problem.steps[1:])
        column = one.columns.get(name) or name
        message = problem.message if column == name and not inner else f"{name}{inner}: {problem.message}"
        return Trouble(problem.line, column, message)

    def _draft(self, place: int) -> None:
        entry, line, one = self.entries[place], self.lines[place], self.made[place]
        present = self.present.get((one.type, one.slug))
        if present and one.beside:
            line.action = UNCHANGED
            return
        draft, problems = build.draft(entry, present.status if present else Record.Status.DRAFT, self.cleaned)
        self._note_of(place, problems)
        if line.troubles:
            return
        type_ = TYPES[one.type]
        differences = list(compared(type_, present.data if present else {}, data_of(draft, type_.fields, type_.model)))
        line.differences += differences
        if present and not line.differences:
            line.action = UNCHANGED
        elif present and (barred := self._barred(present.status)):
            line.troubles.append(Trouble(one.row, SLUG, barred))
        else:
            if self.status[place] != draft.instance.status:
                self.plan.publish.add(entry.name)
            if present:
                _drop_unchanged(draft, type_.fields, [name for name, _before, _after in differences])
            self.plan.tasks.append(Task(entry, draft, present.pk if present else None))

    def _barred(self, status: str) -> str:
        """Why the user may not change a record of a status by an import; "" when they may."""
        if status in workflow.FOR_READERS and not self.may_publish:
            return _("The record is published; only a publisher's import may change it.")
        if (needed := workflow.CHANGES.get(status)) and not self.user.has_perm(needed):
            return _("The record is “%(status)s”; you may not change it.") % {"status": Record.Status(status).label}
        return ""

    def _rests_on_refused(self) -> None:
        """Refuse what refers to records that are refused, and make no record that only refused rows asked for."""
        wanted_by: dict[Key, list[int]] = defaultdict(list)
        for place, one in enumerate(self.made):
            for other in one.creates:
                wanted_by[other.type, other.slug].append(place)
        tasks = {(task.entry.type, task.entry.slug): task for task in self.plan.tasks}
        bad = {(line.type, line.slug) for line in self.lines.values() if line.troubles}
        grown = True
        while grown:
            grown = False
            for line in self.lines.values():
                key = (line.type, line.slug)
                task = tasks.get(key)
                if line.troubles or task is None:
                    continue
                if first := next((one for one in _references(task.draft) if one in bad), None):
                    told = {"record": "/".join(first)}
                    line.troubles.append(Trouble(line.row, "", _("It refers to %(record)s, which is refused.") % told))
                    bad.add(key)
                    grown = True
        for line in self.lines.values():
            if line.troubles:
                line.action = REFUSED
        used = {one for key, task in tasks.items() if key not in bad for one in _references(task.draft)}
        idle = {key for key in wanted_by if key not in used}
        self.plan.tasks = [task for key, task in tasks.items() if key not in bad | idle]
        self.lines = {place: line for place, line in self.lines.items() if (line.type, line.slug) not in idle}


def _drop_unchanged(draft: build.Draft, fields: tuple[Any, ...], changed: list[str]) -> None:
    """Leave only those lists in a draft that are to be written anew, so that the rows of the others stay the same rows."""
    for part in fields:
        if isinstance(part, Rows) and part.name not in changed:
            del draft.rows[part.accessor or part.name]
        elif isinstance(part, Refs) and part.name not in changed:
            del draft.many[part.name]


def _references(draft: build.Draft) -> Iterator[Key]:
    yield from (key for key in draft.refs.values() if key[1])
    for keys in draft.many.values():
        yield from keys
    for rows in draft.rows.values():
        for row in rows:
            yield from _references(row)


def _merged(fields: tuple[Any, ...], present: Data, given: Data) -> Data:
    """What a record holds with what a row says laid over it.

    The parts of a date go together: new words are read anew, and a new EDTF drops words that said something else.
    """
    data = {**present, **given}
    for part in fields:
        if not isinstance(part, When):
            continue
        edtf, words = part.name, f"{part.name}_text"
        if words in given and edtf not in given and given[words] != present.get(words, ""):
            data[edtf] = ""
        elif edtf in given and words not in given and given[edtf] != present.get(edtf, ""):
            data[words] = ""
    return {name: value for name, value in data.items() if value}


def _in_batches(manager: Any, name: str, values: Iterable[str], *columns_: str) -> Iterator[tuple[Any, ...]]:
    values = sorted(values)
    for start in range(0, len(values), 500):
        found: models.QuerySet = manager.filter(**{f"{name}__in": values[start : start + 500]})
        yield from found.values_list(*columns_)
