"""A document put back into the database, or shown as if it were there: as far as it can be, and with a word for the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from . import documents
from .documents import Document, Row
from .links import by_type
from .models import Merger, Record


class Targets:
    """Which of the records that a document points at are there; what was merged away stands for what took its place."""

    def __init__(self, model: type[Record], document: Document) -> None:
        self.titles = document.get("names", {})
        wanted = set(documents.references(model, document))
        self.moved: dict[tuple[str, int], int] = {}
        for target, numbers in by_type(wanted).items():
            rows = Merger.objects.filter(record_type=target._meta.model_name, record_id__in=numbers).values_list("record_id", "into_id")
            self.moved |= {(target._meta.model_name, pk): into for pk, into in rows}
        present = by_type((target, self.now(target, pk)) for target, pk in wanted)
        self.there = {
            (target, pk)
            for target, numbers in present.items()
            for pk in target._default_manager.filter(pk__in=numbers).values_list("pk", flat=True)
        }

    def now(self, target: type[Record], pk: int) -> int:
        """The number under which a record is found today."""
        return self.moved.get((str(target._meta.model_name), pk), pk)

    def find(self, target: type[Record], pk: int) -> int | None:
        """The same, or None when it was deleted."""
        number = self.now(target, pk)
        return number if (target, number) in self.there else None

    def title(self, target: type[Record], pk: int) -> str:
        return self.titles.get(documents.reference(target, pk), f"{target.PREFIX}{pk}")


class Writer:
    """Puts a document into the database. ``left_out`` names what is not there any more and could be spared."""

    def __init__(self, record: Record, document: Document, *, check: bool = True) -> None:
        self.record, self.document, self.check = record, document, check
        self.targets = Targets(type(record), document)
        self.left_out: list[str] = []
        self.missing: list[str] = []

    @transaction.atomic
    def write(self) -> list[str]:
        """Write all of it; what was left out, in words. Raises ValidationError with everything in the way; then nothing was written."""
        self._fill(self.record, self.document)
        rows = self._rows(self.record, self.document)
        if self.missing:
            raise ValidationError([_("It rests on what was deleted: %(what)s.") % {"what": what} for what in self.missing])
        try:
            self._clean(self.record)
            self.record.save()
            for name, numbers in self._many().items():
                getattr(self.record, name).set(numbers)
            for accessor, parent, own in rows:
                self._replace(parent, accessor, own)
        except IntegrityError as error:
            raise ValidationError(_("The database refuses it as a whole: %(error)s") % {"error": error}) from error
        return self.left_out

    def _fill(self, instance: models.Model, row: Document | Row, parent: str = "") -> None:
        """Set the fields that both the document and the model have."""
        known = {field.name: field for field in documents.columns(type(instance), parent)}
        for name, value in row["fields"].items():
            field = known.get(name)
            if field is None:
                self._leave_out(name, value)
            elif isinstance(field, models.ForeignKey):
                self._point(instance, field, value)
            else:
                setattr(instance, field.attname, field.to_python(value))

    def _leave_out(self, name: str, value: Any) -> None:
        if value not in (None, "", False):
            self.left_out.append(_("%(name)s, which there is no field for any more") % {"name": name.replace("_", " ")})

    def _point(self, instance: models.Model, field: models.ForeignKey, value: Any) -> None:
        target = field.related_model
        number = self.targets.find(target, value) if value and issubclass(target, Record) else value
        setattr(instance, field.attname, number)
        if value and number is None:
            what = f"{field.verbose_name}: {self.targets.title(target, value)}"
            (self.left_out if field.null else self.missing).append(what)

    def _many(self) -> dict[str, list[int]]:
        """The many-to-many relations, without those that lead to what was deleted."""
        found = {}
        for field in documents.many(type(self.record)):
            numbers = self.document["many"].get(field.name)
            if numbers is not None:
                targets = {pk: self.targets.find(field.related_model, pk) for pk in numbers}
                gone = [self.targets.title(field.related_model, pk) for pk, now in targets.items() if now is None]
                self.left_out += [f"{field.verbose_name}: {title}" for title in gone]
                found[field.name] = [now for now in targets.values() if now]
        return found

    def _rows(self, parent: models.Model, row: Document | Row) -> list[tuple[str, models.Model, list[models.Model]]]:
        """(accessor, parent, rows as they are to be) for each part, those of parts after their own row."""
        found = []
        for accessor, model, foreign_key in documents.parts(type(parent)):
            if accessor not in row["parts"]:
                continue
            present = {one.pk: one for one in model._default_manager.filter(**{foreign_key: parent.pk})} if parent.pk else {}
            instances, below = [], []
            for told in row["parts"][accessor]:
                instance = present.get(told["id"]) or model(pk=self._free(model, told["id"]))
                setattr(instance, foreign_key, parent)
                self._fill(instance, told, foreign_key)
                instances.append(instance)
                below += self._rows(instance, told)
            found += [(accessor, parent, instances), *below]
        return found

    @staticmethod
    def _free(model: type[models.Model], pk: int | None) -> int | None:
        """The row's old number if nobody has it now."""
        return pk if pk and not model._default_manager.filter(pk=pk).exists() else None

    def _replace(self, parent: models.Model, accessor: str, rows: list[models.Model]) -> None:
        """Let exactly these rows hang on the parent: the others go first, so that none stands in the way."""
        manager = getattr(parent, accessor)
        foreign_key = manager.field.name
        manager.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
        for row in rows:
            setattr(row, foreign_key, parent)
            self._clean(row, exclude={foreign_key})
            row.save()

    def _clean(self, instance: models.Model, exclude: Iterable[str] = ()) -> None:
        if self.check:
            instance.full_clean(exclude=set(exclude))


def write(record: Record, document: Document, *, check: bool = True) -> list[str]:
    """Let a record be what a document says. See ``Writer.write``."""
    return Writer(record, document, check=check).write()


def shown(queryset: QuerySet, pk: int, document: Document) -> Record:
    """An instance, saved nowhere, that pages and serializers tell as the document has it, with what ``queryset`` fetches.

    Its own fields, relations and parts are those of the document, as far as readers may see today what they point at;
    what other records say of it is as of today.
    """
    model: type[Record] = queryset.model
    targets = Targets(model, document)
    record = _instance(model, {"id": pk, **document}, targets)
    record.status = Record.Status.PUBLISHED
    record.derive()
    for lookup in queryset._prefetch_related_lookups:
        name = lookup.prefetch_through if isinstance(lookup, Prefetch) else lookup
        if name in document["parts"] or name in document["many"]:
            _set(record, name, lookup, document, targets)
        else:
            prefetch_related_objects([record], lookup)
    return record


def _instance(model: type[models.Model], row: Row, targets: Targets, parent: str = "") -> Any:
    values = {}
    for field in documents.columns(model, parent):
        value = row["fields"].get(field.name)
        if value is not None and isinstance(field, models.ForeignKey) and issubclass(field.related_model, Record):
            values[field.attname] = targets.find(field.related_model, value)
        elif field.name in row["fields"]:
            values[field.attname] = field.to_python(value)
    instance = model(pk=row["id"], **values)
    for name in (field.name for field in model._meta.concrete_fields if not field.editable):
        if hasattr(instance, name) and name.endswith(("_earliest", "_latest")):
            model._meta.get_field(name).pre_save(instance, True)
    instance._state.adding, instance._state.db = False, "default"
    for accessor, part, foreign_key in documents.parts(model):
        _cache(instance, accessor, part, [_part(part, below, targets, foreign_key, instance) for below in row["parts"].get(accessor, [])])
    return instance


def _part(model: type[models.Model], row: Row, targets: Targets, foreign_key: str, parent: models.Model) -> Any:
    part = _instance(model, row, targets, foreign_key)
    setattr(part, foreign_key, parent)
    return part


def _cache(instance: Any, accessor: str, model: type[models.Model], rows: list[Any]) -> None:
    """Let ``instance.accessor.all()`` give these rows."""
    found = model._default_manager.all()
    found._result_cache = rows
    if not hasattr(instance, "_prefetched_objects_cache"):
        instance._prefetched_objects_cache = {}
    instance._prefetched_objects_cache[accessor] = found


def _set(record: Any, name: str, lookup: Any, document: Document, targets: Targets) -> None:
    """What a page looks up under ``name``, from the document instead of the database."""
    if name in document["many"]:
        target = record._meta.get_field(name).related_model
        queryset: QuerySet = lookup.queryset if isinstance(lookup, Prefetch) and lookup.queryset is not None else target.objects.all()
        rows = list(queryset.filter(pk__in=[targets.now(target, pk) for pk in document["many"][name]]))
    else:
        rows = [row for row in getattr(record, name).all() if _seen(row, record)]
    if isinstance(lookup, Prefetch) and lookup.to_attr:
        setattr(record, lookup.to_attr, rows)
    else:
        _cache(record, name, record._meta.get_field(name).related_model, rows)


def _seen(row: models.Model, record: Record) -> bool:
    """Whether all that a row cannot do without is there for readers."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not field.null and issubclass(field.related_model, Record):
            target = record if getattr(row, field.attname) == record.pk and isinstance(record, field.related_model) else None
            pk = getattr(row, field.attname)
            if target is None and not (pk and field.related_model.objects.public().filter(pk=pk).exists()):
                return False
    return True
