"""What differs between documents of one record, in an editor's words; and two sets of changes put together."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from sinorus.dates.fields import historical_dates

from . import documents
from .documents import Document, Row
from .models import Record, part_name

#: Where something stands in a document: ("field", "title"), ("date", "signed"), ("many", "themes"), ("row", "citations", "12").
Slot = tuple[str, ...]
_MISSING = object()


@dataclass(frozen=True)
class Difference:
    """One thing that two documents say differently; an empty text where one of them says nothing."""

    slot: Slot
    label: str
    old: str
    new: str

    @property
    def words(self) -> list[tuple[str, str]]:
        """(kept, taken or put, text) of the change word by word, for marking; whole where little is common."""
        old, new = (re.findall(r"\s+|[\w’'-]+|.", text, re.S) for text in (self.old, self.new))
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        if len(old) * len(new) > 4_000_000 or matcher.ratio() < 0.3:
            return [(kind, text) for kind, text in (("taken", self.old), ("put", self.new)) if text]
        found = []
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind == "equal":
                found.append(("kept", "".join(old[a:b])))
            else:
                found += [(mark, text) for mark, text in (("taken", "".join(old[a:b])), ("put", "".join(new[c:d]))) if text]
        return found


def slots(model: type[models.Model], document: Document) -> dict[Slot, Any]:
    """What a document says, by where: a date is one thing, so is a row with all that hangs on it."""
    dates = {f"{date.name}_{part}": date.name for date in historical_dates(model) for part in ("text", "edtf", "calendar", "note")}
    found: dict[Slot, Any] = {}
    for name, value in document["fields"].items():
        if name in dates:
            found.setdefault(("date", dates[name]), {})[name] = value
        else:
            found["field", name] = value
    found |= {("many", name): sorted(value) for name, value in document["many"].items()}
    for accessor, rows in document["parts"].items():
        for number, row in enumerate(rows):
            found["row", accessor, str(row["id"] or f"new-{number}")] = row
    return found


def aligned(old: Document, new: Document) -> Document:
    """``new`` with the numbers of ``old`` on rows that were written anew and say the same: that is no change."""
    found = {**new, "parts": {}}
    for accessor, rows in new["parts"].items():
        before = old["parts"].get(accessor, [])
        numbers = {row["id"] for row in rows}
        known = {row["id"] for row in before}
        free = [row for row in before if row["id"] not in numbers]
        kept = []
        for row in rows:
            same = next((one for one in free if _said(one) == _said(row)), None) if row["id"] not in known else None
            if same:
                free.remove(same)
            kept.append(same or row)
        found["parts"][accessor] = kept
    return found


def _said(row: Row) -> Any:
    """What a row says, whatever the numbers of it and of the rows below it."""
    return row["fields"], {accessor: [_said(below) for below in rows] for accessor, rows in row["parts"].items()}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict) and "parts" in one and "parts" in other:
        return _said(one) == _said(other)
    return one == other


def changed(model: type[models.Model], old: Document, new: Document) -> list[Slot]:
    """Where two documents differ, in the order of the newer one. A field that one of them does not know is no difference."""
    before, after = slots(model, old), slots(model, aligned(old, new))
    found = []
    for slot in [*after, *(slot for slot in before if slot not in after)]:
        one, other = before.get(slot, _MISSING), after.get(slot, _MISSING)
        unknown = slot[0] != "row" and _MISSING in (one, other)
        if not unknown and not _same(one, other):
            found.append(slot)
    return found


def names(changes: Collection[Slot]) -> list[str]:
    """Names of the fields and parts that changed, once each."""
    return list(dict.fromkeys(slot[1] for slot in changes))


def between(model: type[Record], old: Document, new: Document) -> list[Difference]:
    """The differences of two documents in words."""
    before, after = slots(model, old), slots(model, aligned(old, new))
    return [
        Difference(slot, label(model, slot), told(model, old, slot, before.get(slot)), told(model, new, slot, after.get(slot)))
        for slot in changed(model, old, new)
    ]


def label(model: type[models.Model], slot: Slot) -> str:
    """What editors call the place."""
    if slot[0] == "date":
        return str(getattr(model, slot[1]).verbose_name)
    if slot[0] == "row":
        return next((str(part._meta.verbose_name) for accessor, part, _key in documents.parts(model) if accessor == slot[1]), slot[1])
    return part_name(model, slot[1])


def told(model: type[models.Model], document: Document, slot: Slot, value: Any) -> str:
    """What stands at a place, in words."""
    titles = document.get("names", {})
    if value is None or value is _MISSING:
        return ""
    if slot[0] == "many":
        target = model._meta.get_field(slot[1]).related_model
        return ", ".join(titles.get(documents.reference(target, pk), str(pk)) for pk in value)
    if slot[0] == "date":
        return _date(value, slot[1])
    if slot[0] == "row":
        part, foreign_key = next(((part, key) for accessor, part, key in documents.parts(model) if accessor == slot[1]), (None, ""))
        return "; ".join(_lines(part, value, titles, foreign_key)) if part else str(value["fields"])
    return _value(model, slot[1], value, titles)


def _date(value: dict[str, str], name: str) -> str:
    text, edtf, calendar, note = (value.get(f"{name}_{part}") or "" for part in ("text", "edtf", "calendar", "note"))
    written = f"{text} ({edtf})" if text and edtf else text or edtf
    return ", ".join(part for part in (written, calendar if calendar == "julian" else "", note) if part)


def _value(model: type[models.Model], name: str, value: Any, titles: dict[str, str]) -> str:
    field = next((one for one in model._meta.concrete_fields if one.name == name), None)
    if value in (None, "") or field is None:
        return "" if value is None else str(value)
    if isinstance(field, models.ForeignKey):
        return titles.get(documents.reference(field.related_model, value), str(value))
    if isinstance(field, models.BooleanField):
        return str(_("yes") if value else _("no"))
    return str(dict(field.flatchoices).get(value, value))


def _lines(model: type[models.Model], row: Row, titles: dict[str, str], parent: str) -> Iterator[str]:
    """A row in words: what it points at first, then each field that says something."""
    fields = documents.columns(model, parent)
    dates = {date.name for date in historical_dates(model)}
    for field in sorted(fields, key=lambda one: not isinstance(one, models.ForeignKey)):
        date = field.name.rpartition("_")[0]
        if date in dates and field.name.endswith("_edtf"):
            if text := _date(row["fields"], date):
                yield f"{getattr(model, date).verbose_name}: {text}"
        elif date not in dates and field.name != "position" and row["fields"].get(field.name) not in (None, "", False):
            text = _value(model, field.name, row["fields"][field.name], titles)
            yield text if isinstance(field, models.ForeignKey) else f"{field.verbose_name}: {text}"
    for accessor, part, foreign_key in documents.parts(model):
        for below in row["parts"].get(accessor, []):
            yield f"[{'; '.join(_lines(part, below, titles, foreign_key))}]"


@dataclass(frozen=True)
class Meeting:
    """Something that a set of changes wants otherwise than the record now has it.

    ``base`` is what both started from. In a conflict the record was changed there meanwhile, to something else.
    """

    slot: Slot
    label: str
    base: str
    now: str
    wanted: str
    conflict: bool

    @property
    def name(self) -> str:
        """How a form calls it."""
        return "-".join(self.slot)

    @property
    def words(self) -> list[tuple[str, str]]:
        return Difference(self.slot, self.label, self.now, self.wanted).words


def meet(model: type[Record], base: Document, now: Document, wanted: Document) -> list[Meeting]:
    """What ``wanted`` changes of ``base`` and ``now`` does not have yet."""
    started, wish = slots(model, base), slots(model, aligned(base, wanted))
    stands = slots(model, aligned(base, now))
    found = []
    for slot in changed(model, base, wanted):
        mine, theirs, first = wish.get(slot), stands.get(slot), started.get(slot)
        if slot[0] == "many":
            mine, conflict = combined(first or [], theirs or [], mine or []), False
        else:
            conflict = slot in started and not _same(theirs, first)
        already = any(_same(mine, row) for key, row in stands.items() if key[:2] == slot[:2]) if slot[0] == "row" and mine else False
        if _same(mine, theirs) or already:
            continue
        told_now, told_wanted = told(model, now, slot, theirs), told(model, {**wanted, "names": now["names"] | wanted["names"]}, slot, mine)
        found.append(Meeting(slot, label(model, slot), told(model, base, slot, first), told_now, told_wanted, conflict))
    return found


def combined(base: list[int], now: list[int], wanted: list[int]) -> list[int]:
    """A set that both changed: what one put in is in, what one took out is out."""
    return sorted((set(now) | (set(wanted) - set(base))) - (set(base) - set(wanted)))


def put_together(model: type[Record], base: Document, now: Document, wanted: Document, taken: Collection[Slot]) -> Document:
    """``now`` with what ``wanted`` has at the places that are ``taken``."""
    result, wish = deepcopy(aligned(base, now)), slots(model, aligned(base, wanted))
    started = slots(model, base)
    for slot in taken:
        kind, name = slot[0], slot[1]
        if kind == "field":
            result["fields"][name] = wish[slot]
        elif kind == "date":
            result["fields"] |= wish[slot]
        elif kind == "many":
            result["many"][name] = combined(started.get(slot, []), result["many"].get(name, []), wish[slot])
        else:
            rows = [row for row in result["parts"].get(name, []) if str(row["id"]) != slot[2]]
            result["parts"][name] = [*rows, wish[slot]] if slot in wish else rows
    result["names"] = now["names"] | wanted["names"]
    return result
