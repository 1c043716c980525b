"""A merger undone: the record that was merged away stands again, with its address and with the links that were put on the other.

The log of the merger is read backwards. What was done to the rows since then is respected: what was deleted or put
elsewhere in the meantime is left as it is, and named.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from . import documents, workflow
from .history import Edit
from .links import ends
from .models import Merger, OldSlug, Record

Step = dict[str, Any]


def merger_of(record: Record) -> Merger | None:
    """The merger by which a record went."""
    return Merger.objects.filter(record_type=record._meta.model_name, record_id=record.pk).first()


@transaction.atomic
def unmerge(record: Record, *, by: Any, why: str = "") -> list[str]:
    """Undo the merger of a record into another; what could not be put back, in words.

    Raises ValidationError when it cannot be undone; then nothing is changed.
    """
    model = type(record)
    source = model._default_manager.select_for_update().get(pk=record.pk)
    merger = merger_of(source)
    if source.status != Record.Status.MERGED or merger is None:
        raise ValidationError(_("This record was not merged into another."))
    began = next((step for step in merger.moved if isinstance(step, dict) and step.get("what") == "began"), None)
    if began is None:
        raise ValidationError(_("Of this merger too little was kept; put the links back by hand."))
    target = model._default_manager.select_for_update().filter(pk=merger.into_id).first()
    if target is None or target.pk != began["into"] or target.status == Record.Status.MERGED:
        raise ValidationError(_("The other record was merged itself since; undo that merger first."))
    try:
        with transaction.atomic():
            return _Unmerge(source, target, merger, began).run(by, why)
    except IntegrityError as error:
        raise ValidationError(_("The database refuses it as a whole: %(error)s") % {"error": error}) from error


class _Unmerge:
    def __init__(self, source: Record, target: Record, merger: Merger, began: Step) -> None:
        self.source, self.target, self.merger, self.began = source, target, merger, began
        self.model, self.kind = type(source), str(source._meta.model_name)
        self.left: list[str] = []

    def run(self, by: Any, why: str) -> list[str]:
        owners = self._owners()
        told = {"source": self.source, "id": self.source.public_id, "target": self.target}
        edit = Edit(
            [self.source, self.target, *owners], by=by, why=why or _("Merger of “%(source)s” (%(id)s) into “%(target)s” undone.") % told
        )
        stand_in = self.source.slug
        self._take_slug()
        for step in reversed(self.merger.moved):
            getattr(self, f"_{step['what']}")(step)
        self.merger.delete()
        publish_at = parse_datetime(self.began["publish_at"]) if self.began["publish_at"] else None
        workflow.unmerged(self.source, self.began["status"], publish_at, self.began["withdrawn_reason"])
        self.target.save()
        for owner in owners:
            if owner.NAMES_BY_SLUG:
                owner.save()
        edit.finish([self.target, self.source, *owners])
        OldSlug.objects.filter(record_type=self.kind, slug=stand_in).delete()  # nobody was ever given it
        return self.left

    def _take_slug(self) -> None:
        slug = self.began["slug"]
        if self.model._default_manager.filter(slug=slug).exclude(pk=self.source.pk).exists():
            raise ValidationError(_("Another record has the address “%(slug)s” now.") % {"slug": slug})
        OldSlug.objects.filter(record_type=self.kind, slug=slug, record_id=self.target.pk).delete()
        self.source.slug = slug
        self.model._default_manager.filter(pk=self.source.pk).update(slug=slug)

    def _owners(self) -> list[Record]:
        """The records that are told differently afterwards: each gets a revision of its own."""
        found: dict[tuple[type[Record], int], Record] = {}
        for step in self.merger.moved:
            if step["what"] not in ("moved", "dropped", "parted"):
                continue
            table = apps.get_model(step["table"])
            if step["what"] == "dropped":
                row = _row(table, step["values"])
            elif (row := table._default_manager.filter(pk=step["row"]).first()) is None:
                continue
            for path, end in ends(table):
                if (owner := _at(row, path)) and owner.pk not in (self.source.pk, self.target.pk):
                    found[end, owner.pk] = owner
        return list(found.values())

    # The steps of a merger, each backwards ---------------------------------------------------------------------------

    def _began(self, step: Step) -> None:
        """Said beforehand: what the record was."""

    def _moved(self, step: Step) -> None:
        table, name = apps.get_model(step["table"]), step["field"]
        if not table._default_manager.filter(pk=step["row"], **{name: self.target.pk}).update(**{name: self.source.pk}):
            self._leave(table, step["row"])

    def _dropped(self, step: Step) -> None:
        table = apps.get_model(step["table"])
        row = _row(table, step["values"])
        if any(_is_gone(row, one) for one in table._meta.concrete_fields if isinstance(one, models.ForeignKey)):
            self._leave(table, row.pk)
        else:
            row.save(force_insert=True)

    def _parted(self, step: Step) -> None:
        apps.get_model(step["table"])._default_manager.filter(pk=step["row"]).update(**step["values"])
        if step["row"] == self.target.pk:
            for name, value in step["values"].items():
                setattr(self.target, name, value)

    def _filled(self, step: Step) -> None:
        """A row of the other record had been filled: what still stands there as it was filled in goes again."""
        table = apps.get_model(step["table"])
        if (row := table._default_manager.filter(pk=step["row"]).first()) is None:
            return
        for field in table._meta.concrete_fields:
            if field.attname in step["values"] and documents.plain(getattr(row, field.attname)) == step["values"][field.attname]:
                table._default_manager.filter(pk=row.pk).update(**{field.attname: _blank(field)})

    def _below(self, step: Step) -> None:
        table, name = apps.get_model(step["table"]), step["field"]
        rows = table._default_manager.filter(pk__in=step["rows"], **{name: step["now"]})
        for pk in set(step["rows"]) - set(rows.values_list("pk", flat=True)):
            self._leave(table, pk)
        rows.update(**{name: step["was"]})

    def _added(self, step: Step) -> None:
        getattr(self.target, step["field"]).remove(*step["rows"])

    def _said(self, step: Step) -> None:
        for name in step["fields"]:
            if getattr(self.target, name) == getattr(self.source, name):
                field = next(one for one in self.model._meta.concrete_fields if one.attname == name)
                setattr(self.target, name, _blank(field))
        for name in step["dates"]:
            if getattr(self.target, name) == getattr(self.source, name):
                setattr(self.target, name, None)

    def _made(self, step: Step) -> None:
        apps.get_model(step["table"])._default_manager.filter(pk=step["row"]).delete()

    def _led(self, step: Step) -> None:
        OldSlug.objects.filter(record_type=self.kind, slug__in=step["slugs"], record_id=self.target.pk).update(record_id=self.source.pk)
        Merger.objects.filter(pk__in=step["mergers"], into_id=self.target.pk).update(into_id=self.source.pk)

    def _leave(self, table: type[models.Model], pk: int) -> None:
        self.left.append(_("%(table)s %(number)s, which was changed since") % {"table": table._meta.verbose_name, "number": pk})


def _row(table: type[models.Model], values: dict[str, Any]) -> models.Model:
    fields = {one.attname: one for one in table._meta.concrete_fields}
    return table(**{name: fields[name].to_python(value) for name, value in values.items() if name in fields})


def _is_gone(row: models.Model, field: models.ForeignKey) -> bool:
    pk = getattr(row, field.attname)
    return pk is not None and not field.remote_field.model._default_manager.filter(pk=pk).exists()


def _at(row: models.Model, path: str) -> Record | None:
    """The record at the end of a path of foreign keys; None where one leads nowhere."""
    found: Any = row
    for name in () if path == "pk" else path.split("__"):
        found = getattr(found, name, None) if found is not None and not _is_gone(found, found._meta.get_field(name)) else None
    return found


def _blank(field: models.Field) -> Any:
    return None if field.null else field.get_default()
