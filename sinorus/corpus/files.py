"""Reads the files into plain data that remembers where it stood: every scalar is text, every error has a line.

Records are YAML, many to a file. A record that is mostly text (a dossier) has a Markdown file of its own: fields in YAML
between two lines of ``---``, the text, field ``body``, below them; the name of the file is its slug.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Raised when the loader reads the same words otherwise than before: then every record counts as changed in the files.
FORMAT = 1
# BaseLoader makes no numbers, dates or truth values of text: "1996-04", "no" and "1.10" stay what was written.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

#: Steps from a record to a part of it: ("participants", 2, "actor").
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in the files: where, and what would be right."""

    file: str
    line: int
    record: str
    steps: Steps
    message: str

    def __str__(self) -> str:
        field_name = ""
        for step in self.steps:
            field_name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if field_name else step
        where = " ".join(part for part in (self.record, field_name) if part)
        return f"{self.file}:{self.line}: {where}: {self.message}" if where else f"{self.file}:{self.line}: {self.message}"


class CorpusError(Exception):
    """The files cannot be loaded as they are. ``problems`` holds everything that is wrong with them, not the first alone."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line))
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.problems)
        head = ngettext(
            "%(count)d problem in the files; nothing was loaded.", "%(count)d problems in the files; nothing was loaded.", count
        )
        return "\n".join([head % {"count": count}, *map(str, self.problems)])


@dataclass(slots=True)
class Entry:
    """One record as it stands in a file. ``data`` holds text, lists and mappings, nothing else."""

    type: str
    slug: str
    file: str
    data: dict[str, Any]
    lines: dict[Steps, int] = field(repr=False)

    @property
    def name(self) -> str:
        """How messages name it: ``events/yeltsin-in-beijing-1996``."""
        return f"{self.type}/{self.slug}"

    def problem(self, steps: Steps, message: str) -> Problem:
        """A problem of this record, at the line of the part that ``steps`` leads to, or of the nearest part around it."""
        near = steps
        while near not in self.lines:
            near = near[:-1]
        return Problem(self.file, self.lines[near], self.slug, steps, message)

    def digest(self) -> str:
        """A digest of what the file says of the record; layout, quotes and the order of fields do not count."""
        content = json.dumps([FORMAT, self.data], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


def read(folder: Path, types: Iterable[str]) -> list[Entry]:
    """Every record in the ``.yaml`` and ``.md`` files below ``folder``, in the order of the files.

    A file belongs to the record type that it, or the folder it lies in, is named after: ``places.yaml``,
    ``events/1992-2000.yaml``, ``dossiers/border-settlement.md``. Raises :class:`CorpusError` with all that is not
    readable: what is no YAML, an unknown type, a record or a field that stands twice, an alias.
    """
    allowed, entries, problems = list(types), [], []
    if not (paths := sorted([*folder.rglob("*.yaml"), *folder.rglob("*.md")])):
        raise CorpusError([Problem(str(folder), 0, "", (), _("There are no .yaml files in this folder."))])
    seen: dict[tuple[str, str], Entry] = {}
    for path in paths:
        name = path.relative_to(folder)
        reader = _Reader(str(name), problems)
        type_ = name.parts[0].removesuffix(".yaml")
        if type_ not in allowed:
            message = _("Not a record type: %(type)s. Allowed: %(allowed)s.") % {"type": type_, "allowed": ", ".join(allowed)}
            problems.append(Problem(str(name), 1, "", (), message))
            continue
        for entry in reader.entries(path, type_):
            first = seen.setdefault((type_, entry.slug), entry)
            if first is entry:
                entries.append(entry)
            else:
                where = {"file": first.file, "line": first.lines[()]}
                problems.append(entry.problem((), _("This record stands already in %(file)s, line %(line)d.") % where))
    if problems:
        raise CorpusError(problems)
    return entries


def read_one(file: str, text: str) -> Entry:
    """A YAML file that is one set of fields, without type and slug. Raises :class:`CorpusError` with all that is not readable."""
    problems: list[Problem] = []
    entry = _Reader(file, problems).fields(text)
    if problems or entry is None:
        raise CorpusError(problems)
    return entry


class _Reader:
    """Turns the nodes of one file into data, and notes what is wrong on the way."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
        self._slug = ""
        self._lines: dict[Steps, int] = {}
        self._collections: set[int] = set()

    def entries(self, path: Path, type_: str) -> list[Entry]:
        """The records of the file."""
        try:
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".md":
                return self._essay(path.stem, text, type_)
            root = yaml.compose(text, Loader=_LOADER)
        except UnicodeDecodeError as error:
            self._note(1, (), _("Not UTF-8: %(error)s") % {"error": error})
            return []
        except yaml.YAMLError as error:
            self._not_yaml(error)
            return []
        if root is None:
            return []
        if not isinstance(root, yaml.MappingNode):
            self._note(1, (), _("A file holds records by slug, such as “beijing:” with fields below it."))
            return []
        found = []
        for key, value in root.value:
            self._slug, self._lines = str(key.value), {(): key.start_mark.line + 1}
            if isinstance(value, yaml.MappingNode):
                data = self._mapping(value, ())
                found.append(Entry(type_, self._slug, self.file, data, self._lines))
            else:
                self._note(key.start_mark.line + 1, (), _("A record has fields, such as “title: …”, below its slug."))
        return found

    def fields(self, text: str) -> Entry | None:
        """The whole file as one entry; None, and a problem noted, when it is not YAML with fields."""
        try:
            root = yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError as error:
            self._not_yaml(error)
            return None
        if not isinstance(root, yaml.MappingNode):
            self._note(1, (), _("The file has fields, such as “records: events”."))
            return None
        self._lines = {(): 1}
        return Entry("", "", self.file, self._mapping(root, ()), self._lines)

    def _not_yaml(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        self._note(mark.line + 1 if mark else 1, (), _("Not YAML: %(error)s") % {"error": getattr(error, "problem", None) or error})

    def _essay(self, slug: str, text: str, type_: str) -> list[Entry]:
        """The one record of a Markdown file."""
        opening, fields, body = [*text.split("---\n", 2), "", ""][:3]
        # A blank line in place of the first "---" keeps the numbers of the lines.
        root = yaml.compose(f"\n{fields}", Loader=_LOADER) if not opening and body else None
        if not isinstance(root, yaml.MappingNode):
            self._note(1, (), _("A Markdown file begins with fields between two lines of ---, its text below them."))
            return []
        self._slug, self._lines = slug, {(): 1}
        data = self._mapping(root, ())
        self._lines[("body",)] = fields.count("\n") + 3
        data["body"] = body.strip()
        return [Entry(type_, slug, self.file, data, self._lines)]

    def _note(self, line: int, steps: Steps, message: str) -> None:
        self.problems.append(Problem(self.file, line, self._slug, steps, message))

    def _value(self, node: yaml.Node, steps: Steps) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return node.value.strip()
        if id(node) in self._collections:
            # One node in two places is an alias. Refused, since it may hold itself, or a million copies of itself.
            self._note(node.start_mark.line + 1, steps, _("Aliases (*name) are not read; write it out."))
            return ""
        self._collections.add(id(node))
        return self._mapping(node, steps) if isinstance(node, yaml.MappingNode) else self._list(node, steps)

    def _mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in data:
                self._note(line, (*steps, name), _("This field stands twice."))
            self._lines[*steps, name] = line
            data[name] = self._value(value, (*steps, name))
        return data

    def _list(self, node: yaml.SequenceNode, steps: Steps) -> list[Any]:
        items = []
        for index, item in enumerate(node.value):
            self._lines[*steps, index] = item.start_mark.line + 1
            items.append(self._value(item, (*steps, index)))
        return items
