"""Two records of the same thing made one: every link of the one is put on the other, and its addresses lead there.

Links are read off the models, so that none is forgotten: foreign keys, many-to-many, parts. What both have is kept once;
what one of the two says more is kept too, and what they say differently is told, and noted for editors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sinorus.dates.fields import historical_dates

from . import documents, workflow
from .history import Edit
from .links import ends, key
from .models import Merger, OldSlug, Record, Revision

#: Texts of the record that is merged away that fill what is empty on the other.
_FILLED = frozenset({"title_zh", "title_ru", "summary", "body"})


@dataclass
class Plan:
    """What a merger does, in words: counts of links by what they are, and what wants an editor's eye."""

    moved: dict[str, int] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    #: What was done, for ``unmerge`` to read backwards.
    log: list[Any] = field(default_factory=list)


def check(source: Record, target: Record) -> None:
    """Raise ValidationError when the two cannot be merged."""
    if type(source) is not type(target) or source.pk == target.pk:
        raise ValidationError(_("Choose another record of the same type."))
    if Record.Status.MERGED in (source.status, target.status):
        raise ValidationError(_("One of them was merged already."))
    if source.is_public and not target.is_public:
        raise ValidationError(_("Readers see this record and not the other: publish the other first, or merge the other way."))


def plan(source: Record, target: Record) -> Plan:
    """What ``merge`` would do; nothing is changed."""
    with transaction.atomic():
        found = merge(source, target, by=None)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def merge(source: Record, target: Record, *, by: Any, why: str = "") -> Plan:
    """Merge ``source`` into ``target``. Raises ValidationError when that cannot be; then nothing is changed."""
    model = type(source)
    locked = {one.pk: one for one in model._default_manager.select_for_update().filter(pk__in=(source.pk, target.pk))}
    try:
        with transaction.atomic():
            return _Merge(locked[source.pk], locked[target.pk]).run(by=by, why=why)
    except IntegrityError as error:
        raise ValidationError(_("The database refuses it as a whole: %(error)s") % {"error": error}) from error


class _Merge:
    def __init__(self, source: Record, target: Record) -> None:
        check(source, target)
        self.source, self.target, self.model = source, target, type(source)
        self.kind = str(self.model._meta.model_name)
        self.plan = Plan()

    def run(self, by: Any, why: str) -> Plan:
        why = why or _("“%(source)s” (%(id)s) merged into it.") % {"source": self.source, "id": self.source.public_id}
        owners = self._owners()
        stood = {name: documents.plain(getattr(self.source, name)) for name in ("status", "publish_at", "withdrawn_reason", "slug")}
        self._note("began", **stood, into=self.target.pk)
        edit = Edit([self.source, self.target, *owners], by=by, why=why)
        self._fill()
        for table, name in self._pointing():
            self._move(table, name)
        self._name()
        self.target.save()
        former = self._give_up_slug()
        workflow.merged(self.source)
        self._lead_here(by, former)
        for owner in owners:
            if owner.NAMES_BY_SLUG:
                owner.save()  # what is made of its text leads to the target now
        edit.finish([self.target, self.source], merged={key(self.source): self.target})
        OldSlug.objects.filter(record_type=self.kind, record_id=self.source.pk).update(record_id=self.target.pk)
        return self.plan

    # What points at the record ---------------------------------------------------------------------------------------

    def _pointing(self) -> Iterator[tuple[type[models.Model], str]]:
        """(table, foreign key) of everything that points at records of the type; the record's own parts among them."""
        for table in apps.get_models(include_auto_created=True):
            for one in table._meta.concrete_fields:
                if isinstance(one, models.ForeignKey) and one.remote_field.model is self.model:
                    yield table, one.name

    def _owners(self) -> list[Record]:
        """The records that are told differently when the links are moved: each gets a revision of its own."""
        found: dict[tuple[type[Record], int], Record] = {}
        for table, name in self._pointing():
            for path, end in ends(table):
                if path == "pk" or (path != name and not issubclass(table, Record)):
                    numbers = table._default_manager.filter(**{name: self.source.pk}).values_list(path, flat=True)
                    for record in end._default_manager.filter(pk__in=[pk for pk in numbers if pk]):
                        if record.pk not in (self.source.pk, self.target.pk) or end is not self.model:
                            found[end, record.pk] = record
        return list(found.values())

    # Moving ----------------------------------------------------------------------------------------------------------

    def _move(self, table: type[models.Model], name: str) -> None:
        label = str(table._meta.verbose_name_plural)
        for row in table._default_manager.filter(**{name: self.source.pk}).order_by("pk"):
            setattr(row, f"{name}_id", self.target.pk)
            if self._of_itself(row, name):
                self.plan.dropped.append(f"{label}: {row}")
                self._take_away(row, name)
            elif (other := self._double(row)) is not None:
                self._put_together(other, row, label, name)
            else:
                table._default_manager.filter(pk=row.pk).update(**{name: self.target.pk})
                self.plan.moved[label] = self.plan.moved.get(label, 0) + 1
                self._note("moved", table, row=row.pk, field=name)

    def _of_itself(self, row: models.Model, name: str) -> bool:
        """Whether a link between the two would become one of the record with itself."""
        both = (self.source.pk, self.target.pk)
        if isinstance(row, self.model):
            return row.pk in both
        others = [one for one in self._foreign_keys(row) if one.name != name]
        return any(getattr(row, one.attname) in both for one in others)

    def _foreign_keys(self, row: models.Model) -> list[models.ForeignKey]:
        """Those that lead to records of the type."""
        return [one for one in row._meta.concrete_fields if isinstance(one, models.ForeignKey) and one.remote_field.model is self.model]

    def _double(self, row: models.Model) -> models.Model | None:
        """The row that says the same of the target already, as far as the table lets it be said once."""
        for names in _unique(type(row)):
            given = {name: getattr(row, row._meta.get_field(name).attname) for name in names}
            if None not in given.values() and (other := type(row)._default_manager.filter(**given).exclude(pk=row.pk).first()):
                return other
        if isinstance(row, Record):
            return None
        told = [one.attname for one in row._meta.concrete_fields if not one.primary_key and one.name != "position"]
        return type(row)._default_manager.filter(**{name: getattr(row, name) for name in told}).exclude(pk=row.pk).first()

    def _put_together(self, kept: models.Model, row: models.Model, label: str, name: str) -> None:
        """One row of two: what is empty in the kept one is filled, what differs is told; rows below go over."""
        filled, differing = {}, []
        for one in row._meta.concrete_fields:
            mine, theirs = getattr(kept, one.attname), getattr(row, one.attname)
            if one.primary_key or one.name == "position" or mine == theirs or theirs in (None, "", False):
                continue
            if mine in (None, "", False):
                filled[one.attname] = theirs
            elif one.editable:
                differing.append(f"{one.verbose_name}: {theirs}")
        for below in row._meta.related_objects:
            if below.field.remote_field.model is type(row) and not below.many_to_many:
                rows = below.related_model._default_manager.filter(**{below.field.name: row.pk})
                numbers = list(rows.values_list("pk", flat=True))
                rows.update(**{below.field.name: kept.pk})
                self._note("below", below.related_model, field=below.field.name, rows=numbers, was=row.pk, now=kept.pk)
        if differing:
            self.plan.differing.append(f"{label}: {kept} ({'; '.join(differing)})")
        else:
            self.plan.same.append(f"{label}: {kept}")
        self._take_away(row, name)  # first: what only one row may say would be said by both
        type(row)._default_manager.filter(pk=kept.pk).update(**filled)
        self._note("filled", type(row), row=kept.pk, values={name: documents.plain(value) for name, value in filled.items()})

    def _take_away(self, row: models.Model, field: str) -> None:
        values = {one.attname: documents.plain(one.value_from_object(row)) for one in row._meta.concrete_fields}
        values[f"{field}_id"] = self.source.pk
        if isinstance(row, Record):  # a record that was within the one it is merged with stands by itself now
            both = (self.source.pk, self.target.pk)
            nulls = {one.name: None for one in self._foreign_keys(row) if getattr(row, one.attname) in both}
            type(row)._default_manager.filter(pk=row.pk).update(**nulls)
            self._note("parted", type(row), row=row.pk, values={f"{name}_id": values[f"{name}_id"] for name in nulls})
            for name in nulls:
                setattr(self.target, name, None)
        else:
            type(row)._default_manager.filter(pk=row.pk).delete()
            self._note("dropped", type(row), values=values)

    def _note(self, what: str, table: type[models.Model] | None = None, **told: Any) -> None:
        self.plan.log.append({"what": what, "table": table._meta.label_lower if table else "", **told})

    # The record itself -----------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """What the target does not say and the source does, where it goes with what the target says otherwise."""
        names, dates = [], []
        for one in documents.columns(self.model):
            mine, theirs = getattr(self.target, one.attname), getattr(self.source, one.attname)
            wanted = (one.name in _FILLED or one.null) and mine in (None, "") and theirs not in (None, "", self.target.pk)
            if wanted and self._say(one, getattr(self.source, one.name)):
                names.append(one.attname)
        for date in historical_dates(self.model):
            theirs = getattr(self.source, date.name)
            if theirs and not getattr(self.target, date.name) and self._say(date, theirs):
                dates.append(date.name)
        for many in documents.many(self.model):
            own = set(getattr(self.target, many.name).values_list("pk", flat=True))
            more = [pk for pk in getattr(self.source, many.name).values_list("pk", flat=True) if pk not in own]
            getattr(self.target, many.name).add(*more)
            self._note("added", field=many.name, rows=more)
        self._note("said", fields=names, dates=dates)

    def _say(self, what: Any, value: Any) -> bool:
        """Fill a field of the target, unless a constraint forbids it: then it is told."""
        empty = getattr(self.target, what.name)
        setattr(self.target, what.name, value)
        told, allowed = f"{what.verbose_name}: {value}", all(_holds(one, self.target) for one in self.model._meta.constraints)
        (self.plan.filled if allowed else self.plan.differing).append(told)
        if not allowed:
            setattr(self.target, what.name, empty)
        return allowed

    def _name(self) -> None:
        """Titles under which the source was known go on as other names, so that it is found by them."""
        if "names" not in self.model.PARTS:
            return
        known = {*self.target.titles.values(), *self.target.names.values_list("text", flat=True)}
        for language, title in self.source.titles.items():
            if title and title not in known:
                script = {"en": "Latn", "zh": "Hans", "ru": "Cyrl"}[language]
                made = self.target.names.create(text=title, language=language, script=script, type="other")
                self._note("made", type(made), row=made.pk)
                self.plan.filled.append(_("other name: %(name)s") % {"name": title})

    def _give_up_slug(self) -> str:
        """The source's slug, which becomes an old address of the target; the source keeps one that nobody asks for."""
        former = self.source.slug
        self.source.slug = f"merged-{self.source.public_id.lower()}-{former}"[:100].rstrip("-")
        self.model._default_manager.filter(pk=self.source.pk).update(slug=self.source.slug)
        return former

    def _lead_here(self, by: Any, former: str) -> None:
        """Every id and address that led to the source leads to the target, also those that were led to it before."""
        slugs = OldSlug.objects.filter(record_type=self.kind, record_id=self.source.pk)
        mergers = Merger.objects.filter(record_type=self.kind, into_id=self.source.pk)
        self._note("led", slugs=list(slugs.values_list("slug", flat=True)), mergers=list(mergers.values_list("pk", flat=True)))
        slugs.update(record_id=self.target.pk)
        OldSlug.objects.update_or_create(record_type=self.kind, slug=former, defaults={"record_id": self.target.pk})
        mergers.update(into_id=self.target.pk)
        Merger.objects.update_or_create(
            record_type=self.kind,
            record_id=self.source.pk,
            defaults={"into_id": self.target.pk, "moved": self.plan.log, "by": by if by and by.pk else None},
        )
        waiting = Revision.objects.of(self.source).filter(Q(state="proposed") | Q(state="aside"))
        waiting.update(state=Revision.State.REJECTED, reply=_("The record was merged into another."))


def _holds(constraint: models.BaseConstraint, record: Record) -> bool:
    """Whether a record is as a constraint of its table wants it."""
    try:
        constraint.validate(type(record), record)
    except ValidationError:
        return False
    return True


def _unique(table: type[models.Model]) -> Iterable[tuple[str, ...]]:
    """The groups of fields that a table has once."""
    yield from (tuple(one.fields) for one in table._meta.constraints if isinstance(one, models.UniqueConstraint) and one.condition is None)
    yield from table._meta.unique_together
