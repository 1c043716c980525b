"""The mapping file: which column of somebody's table goes where. Its grammar is in docs/import.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from sinorus.corpus.files import CorpusError, Problem, Steps, read_one
from sinorus.corpus.schema import Field, RecordType, Ref, Refs, Rows, names

from .lookup import Lookup
from .rules import STEPS, Refused, changed, source_of, value_of
from .shape import TABLES, Data, fields_by_name
from .tables import Row, Table, TableError, Trouble
from .templates import Cells, fill, holes, unfill, unfill_all

_TOP = ("records", "slug", "status", "parse", "columns", "fields", "create")
_ROW = ("each", "split", "like", "when")
ROW = "row"  # the number of the row, a column of every table


@dataclass(slots=True)
class Made:
    """What a row of a table says of one record: the fields that it speaks of, and nothing about the others."""

    row: int
    type: str
    slug: str
    status: str
    given: Data
    columns: dict[str, str] = field(default_factory=dict)
    creates: list[Made] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    #: Fields that could not be read, so that nothing more is said of them.
    unread: set[str] = field(default_factory=set)
    #: Made because another record refers to it: as it stands when it is there, else a draft.
    beside: bool = False


#: Rows by the rule and the item that they were made of.
Known = dict[tuple[Any, ...], Data]


class Mapping:
    """A mapping file that was read and found in order. Raises :class:`CorpusError` with file, line and what is allowed."""

    def __init__(self, name: str, text: str) -> None:
        self.entry = read_one(name, text)
        self.problems: list[Problem] = []
        self.data = self.entry.data
        self.type = self._type()
        self._names((), _TOP)
        if not isinstance(self.data.get("slug"), str) or not self.data["slug"]:
            self._note(("slug",), _("Missing, and required: a template that is another for each row, such as “icb-{crisno}”."))
        self._fields(("fields",), self.data.get("fields"), self.type.fields)
        for kind, records in self._mapping(("create",)).items():
            if kind not in TABLES:
                self._note(("create", kind), _("Not a record type. Allowed: %(allowed)s.") % {"allowed": ", ".join(TABLES)})
            else:
                for slug, fields in (records if isinstance(records, dict) else {}).items():
                    self._names(("create", kind, slug), tuple(names(TABLES[kind].fields)), fields)
        if self.problems:
            raise CorpusError(self.problems)

    # Is the file in order?

    def _note(self, steps: Steps, message: str) -> None:
        self.problems.append(self.entry.problem(steps, message))

    def _type(self) -> RecordType:
        name = self.data.get("records")
        if not isinstance(name, str) or name not in TABLES:
            message = _("Say which records the rows are. Allowed: %(allowed)s.") % {"allowed": ", ".join(TABLES)}
            raise CorpusError([self.entry.problem(("records",), message)])
        return TABLES[name]

    def _mapping(self, steps: Steps) -> dict[str, Any]:
        found = self.data.get(steps[0], {})
        if not isinstance(found, dict):
            self._note(steps, _("Names and values are wanted here."))
            return {}
        return found

    def _names(self, steps: Steps, allowed: tuple[str, ...], found: Any = None) -> None:
        found = self.data if found is None else found
        for name in found if isinstance(found, dict) else ():
            if name not in allowed:
                self._note((*steps, name), _("Not known here. Allowed: %(allowed)s.") % {"allowed": ", ".join(allowed)})

    def _fields(self, steps: Steps, rules: Any, fields: tuple[Field, ...]) -> None:
        if not isinstance(rules, dict):
            self._note(steps, _("Names of fields with their rules are wanted here."))
            return
        by_name = {name: part for part in fields for name in names((part,))}
        extra = _ROW if steps[0] == "fields" and len(steps) > 1 else ()
        self._names(steps, (*by_name, *extra), rules)
        for name, rule in rules.items():
            if part := by_name.get(name):
                self._rule((*steps, name), rule, part)

    def _rule(self, steps: Steps, rule: Any, part: Field) -> None:
        if isinstance(part, Rows):
            if not isinstance(rule, list):
                self._note(steps, _("A list of rows is wanted here, each with its fields."))
                return
            for index, row in enumerate(rule):
                self._fields((*steps, index), row, part.fields)
        elif isinstance(rule, dict):
            more = ("split", "create") if isinstance(part, Refs) else ("create",) if isinstance(part, Ref) else ()
            self._names(steps, (*STEPS, *more), rule)
            for name in ("values", "containing", "create"):
                if not isinstance(rule.get(name, {}), dict):
                    self._note((*steps, name), _("Names and values are wanted here."))
            if not isinstance(rule.get("dates", []), list):
                self._note((*steps, "dates"), _("A list of forms is wanted here, such as [“%d/%m/%Y”]."))
            if not rule.get("shorten", "1").isdigit():
                self._note((*steps, "shorten"), _("A number of characters is wanted here."))
        elif not isinstance(rule, str):
            self._note(steps, _("A template such as “{title}”, or a rule with “from”, is wanted here."))

    # Reading a table by it

    def read(self, table: Table, lookup: Lookup) -> Iterator[Made]:
        """What each row says. Raises :class:`TableError` when the table lacks columns that the mapping names."""
        self._has_columns(table)
        always = [
            Made(0, kind, slug, "", dict(fields), beside=True)
            for kind, records in self._mapping(("create",)).items()
            for slug, fields in records.items()
        ]
        for one in always:
            lookup.add(one.type, one.slug, one.given.get("title", ""))
        yield from always
        known: Known = {}
        for row in table.rows:
            yield _Reading(self, row, lookup, known).made

    def _has_columns(self, table: Table) -> None:
        derived = [ROW, *self._mapping(("columns",))]
        derived += [hole for forms in self._mapping(("parse",)).values() for form in forms for hole in holes(form)]
        wanted = set(_templates(self.data.get("columns"))) | set(_templates(self.data["slug"]))
        wanted |= set(_templates(self.data["fields"], skip=True)) | set(self._mapping(("parse",)))
        if missing := sorted(wanted - {*table.columns, *derived}):
            told = {"missing": ", ".join(missing), "columns": ", ".join(table.columns)}
            raise TableError(Trouble(1, "", _("The mapping wants the columns %(missing)s; the file has %(columns)s.") % told))


def _templates(rule: Any, skip: bool = False) -> Iterator[str]:
    """Columns that a part of the mapping file names; ``skip``: those of rows made of the items of a cell are their own."""
    if isinstance(rule, str):
        yield from holes(rule)
    elif isinstance(rule, list):
        for inner in rule:
            yield from _templates(inner, skip)
    elif isinstance(rule, dict) and skip and "each" in rule:
        yield from holes(rule["each"])
    elif isinstance(rule, dict):
        for name, inner in rule.items():
            if name not in ("values", "containing", "create", "dates", "like"):
                yield from _templates(inner, skip)


class _Reading:
    """One row, read by the mapping."""

    def __init__(self, mapping: Mapping, row: Row, lookup: Lookup, known: Known) -> None:
        self.mapping, self.lookup, self.known, data = mapping, lookup, known, mapping.data
        self.cells: dict[str, str] = {ROW: str(row.number), **{name: _as_text(cell) for name, cell in row.cells.items()}}
        self.made = Made(row.number, mapping.type.name, "", data.get("status", ""), {})
        self._parse(data.get("parse") or {})
        for name, rule in (data.get("columns") or {}).items():
            self.cells[name] = self._told(name, rule, lambda rule=rule: value_of(rule, self.cells)) or ""
        self.made.slug = slugify(fill(data["slug"], self.cells))[:100].strip("-")
        by_name = fields_by_name(mapping.type)
        for name, rule in data["fields"].items():
            self.made.columns[name] = ", ".join(dict.fromkeys(_templates(rule, skip=True)))
            value = self._told(name, rule, lambda part=by_name[name], rule=rule: self._value(part, rule, self.cells))
            if value is not None:
                self.made.given[name] = value

    def _told(self, name: str, rule: Any, make: Any) -> Any:
        try:
            return make()
        except Refused as error:
            columns = ", ".join(dict.fromkeys(_templates(rule, skip=True))) or name
            self.made.unread.add(name)
            self.made.troubles.append(Trouble(self.made.row, columns, f"{name}: {error}"))
            return None

    def _parse(self, parse: dict[str, list[str]]) -> None:
        for column, forms in parse.items():
            self.cells |= {hole: self.cells.get(hole, "") for form in forms for hole in holes(form)}
            for form in forms:
                if found := unfill(form, self.cells[column]):
                    self.cells |= found
                    break

    def _value(self, part: Field, rule: Any, cells: Cells) -> Any:
        if isinstance(part, Rows):
            return [row for one in rule for row in self._rows(part, one, cells)]
        if isinstance(part, Ref):
            return self._reference(part.to, rule, value_of(rule, cells), cells)
        if isinstance(part, Refs):
            mark = rule.get("split", ";") if isinstance(rule, dict) else ";"
            items = [item for piece in fill(source_of(rule), cells).split(mark) if (item := piece.strip())]
            items = [changed(rule, item) for item in items] if isinstance(rule, dict) else items
            found = [self._reference(part.to, rule, item, cells) for item in items]
            return list(dict.fromkeys(slug for slug in found if slug))
        return value_of(rule, cells)

    def _rows(self, part: Rows, rule: dict[str, Any], cells: Cells) -> list[Data]:
        if "when" in rule and not fill(rule["when"], cells):
            return []
        by_name = {name: inner for inner in part.fields for name in names((inner,))}
        made: dict[str, Data] = {}
        fields = {name: inner for name, inner in rule.items() if name not in _ROW}
        wanted = set(_templates(fields))
        for item in self._items(rule, cells):
            like = (id(rule), *item.values())
            if (row := self.known.get(like)) is None:
                both = {**cells, **item}
                row = {name: value for name, inner in fields.items() if (value := self._value(by_name[name], inner, both))}
                if wanted <= item.keys():  # the same item makes the same row wherever it stands
                    self.known[like] = row
            if row:
                made.setdefault(repr(row), row)
        return list(made.values())

    @staticmethod
    def _items(rule: dict[str, Any], cells: Cells) -> list[dict[str, str]]:
        if "each" not in rule:
            return [{}]
        text = fill(rule["each"], cells)
        if "like" in rule:
            return unfill_all(rule["like"], text)
        parts = text.split(rule["split"]) if "split" in rule else [text]
        return [{"item": item} for part in parts if (item := part.strip())]

    def _reference(self, to: str, rule: Any, value: str, cells: Cells) -> str:
        """The slug of the record that a value names, by slug, title or another name; made as a draft where the rule says so."""
        create = rule.get("create") if isinstance(rule, dict) else None
        slug = self.lookup.find(to, value, fresh=create is not None)
        if slug or not value:
            return slug
        fields = {name: value_of(inner, {**cells, "item": value}) for name, inner in create.items()}
        fields.setdefault("title", value)
        if slug := self.lookup.find(to, fields["title"], fresh=True):  # made by an earlier import, under the title that it gives
            return slug
        slug = self.lookup.new_slug(to, fields["title"])
        self.made.creates.append(Made(self.made.row, to, slug, "", fields, beside=True))
        self.lookup.add(to, slug, value, fields["title"])
        return slug


def _as_text(cell: Any) -> str:
    return cell if isinstance(cell, str) else "; ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
