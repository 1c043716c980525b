"""The tables of a release: which models, which of their columns, and which rows readers may see.

A model is in a release only if it stands in `MODELS`, a column only if it is not in `HIDDEN`; a test asks for a decision on every
new one. A row is public when every record that it must point to is; where it may point to nothing, a hidden record is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import override

from sinorus.dossiers.models import Dossier
from sinorus.dossiers.showing import public_body
from sinorus.publishing.models import Change, Merger, OldSlug, Record, record_types

#: Table → model, in an order in which each row comes after those that it points to.
MODELS: Final = {
    "actors": "vocab.Actor",
    "actor_names": "vocab.ActorName",
    "successions": "vocab.Succession",
    "offices": "vocab.Tenure",
    "places": "vocab.Place",
    "place_names": "vocab.PlaceName",
    "themes": "vocab.Theme",
    "formulas": "vocab.Formula",
    "sources": "sources.Source",
    "assessments": "sources.Assessment",
    "actor_citations": "sources.ActorCitation",
    "place_citations": "sources.PlaceCitation",
    "formula_citations": "sources.FormulaCitation",
    "formula_accounts": "sources.FormulaAccount",
    "events": "events.Event",
    "event_participants": "events.Participation",
    "event_themes": "events.Event_themes",
    "event_formulas": "events.Event_formulas",
    "event_assessments": "events.Event_assessments",
    "event_links": "events.EventLink",
    "event_citations": "events.EventCitation",
    "event_accounts": "events.EventAccount",
    "count_claims": "events.CountClaim",
    "treaties": "treaties.Treaty",
    "treaty_names": "treaties.TreatyName",
    "treaty_parties": "treaties.Party",
    "treaty_party_actions": "treaties.PartyAction",
    "treaty_signatures": "treaties.Signature",
    "treaty_registrations": "treaties.Registration",
    "treaty_languages": "treaties.TreatyLanguage",
    "treaty_articles": "treaties.Article",
    "treaty_provisions": "treaties.Provision",
    "treaty_working_lives": "treaties.WorkingLife",
    "treaty_links": "treaties.TreatyLink",
    "treaty_themes": "treaties.Treaty_themes",
    "treaty_assessments": "treaties.Treaty_assessments",
    "formula_uses": "treaties.FormulaUse",
    "treaty_citations": "treaties.TreatyCitation",
    "treaty_accounts": "treaties.TreatyAccount",
    "dossiers": "dossiers.Dossier",
    "dossier_themes": "dossiers.Dossier_themes",
    "old_slugs": "publishing.OldSlug",
    "changes": "publishing.Change",
    "mergers": "publishing.Merger",
}
#: Columns that are of no concern to readers, or are made anew from others when a release is loaded.
HIDDEN: Final = frozenset({"status", "publish_at", "withdrawn_reason", "version", "created", "editor_note", "body_html"})
HIDDEN_OF: Final = {"dossiers": frozenset({"body_text", "marks", "notes", "contents"}), "mergers": frozenset({"moved", "by"})}
_TYPES: Final = (
    (models.BooleanField, "boolean"),
    (models.JSONField, "array"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.DecimalField, "number"),
    (models.IntegerField, "integer"),
    (models.AutoField, "integer"),
)


@dataclass(frozen=True)
class Column:
    """A column: ``type`` in Frictionless' terms, ``references`` the table whose ``id`` it holds."""

    name: str
    type: str
    meaning: str
    nullable: bool
    unique: bool
    choices: tuple[str, ...]
    references: str | None


@dataclass(frozen=True)
class Table:
    """A table of a release."""

    name: str
    model: type[models.Model]
    meaning: str
    columns: tuple[Column, ...]

    @property
    def is_record(self) -> bool:
        return issubclass(self.model, Record)

    def rows(self) -> Iterator[list[Any]]:
        """Every row that readers may see, in the order of ids, each value as Python has it."""
        names = [column.name for column in self.columns]
        hidden = {
            names.index(field.attname): _keys(field.related_model)
            for field in _links(self.model)
            if field.null and field.attname in names and _is_hideable(field.related_model)
        }
        body = names.index("body") if self.model is Dossier else None
        for row in public_rows(self.model).order_by("pk").values_list(*names).iterator(chunk_size=500):
            values = list(row)
            for place, keys in hidden.items():
                values[place] = values[place] if values[place] in keys else None
            if body is not None:
                values[body] = public_body(Dossier.objects.get(pk=values[0]))
            yield values


@cache
def tables() -> tuple[Table, ...]:
    """Every table, described in English."""
    with override("en"):
        return tuple(_table(name, apps.get_model(label)) for name, label in MODELS.items())


def table_of(model: type[models.Model]) -> str | None:
    """Name of a model's table; None where it is in no release."""
    return next((name for name, label in MODELS.items() if apps.get_model(label) is model), None)


def _table(name: str, model: type[models.Model]) -> Table:
    hidden = HIDDEN | HIDDEN_OF.get(name, frozenset())
    kept = [field for field in model._meta.concrete_fields if field.name not in hidden]
    return Table(name, model, _first_sentence(model), tuple(_column(field) for field in kept))


def _first_sentence(model: type[models.Model]) -> str:
    """What a row is: the docstring of a model of ours; of the table between two records, its name."""
    doc = (model.__doc__ or "").strip().split("\n")[0]
    return str(model._meta.verbose_name).capitalize() if not doc or doc.startswith(f"{model.__name__}(") else doc


def _column(field: models.Field) -> Column:
    target = field.related_model if field.is_relation else None
    kind = next((name for cls, name in _TYPES if isinstance(field, cls)), "integer" if target else "string")
    meaning = str(field.help_text or "") or {"id": "Number of the row; with the letter of its type the permanent id of a record."}.get(
        field.name, f"Which {field.related_model._meta.verbose_name}." if target else ""
    )
    choices = tuple(str(value) for value, _label in field.flatchoices) if kind == "string" else ()
    if field.blank and choices:
        choices = ("", *choices) if "" not in choices else choices
    return Column(field.attname, kind, meaning, field.null, field.unique, choices, table_of(target) if target else None)


def _links(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _is_hideable(model: type[models.Model]) -> bool:
    """Whether some rows of a model may be hidden from readers: of a record type, or tied to one."""
    return issubclass(model, Record) or bool(_links(model))


def public_rows(model: type[models.Model]) -> QuerySet:
    """The rows of a model that readers may see."""
    if issubclass(model, Record) or model is Change:
        return model.objects.public()
    if model is OldSlug:
        seen = (Q(record_type=name, record_id__in=kind.objects.public().values("pk")) for name, kind in record_types().items())
        return OldSlug.objects.filter(reduce(or_, seen))
    if model is Merger:
        own = {name: OuterRef(name) for name in ("record_type", "record_id")}
        return Merger.objects.filter(Exists(Change.objects.public().filter(action=Change.Action.MERGED, **own)))
    rows = model._base_manager.all()
    for field in _links(model):
        if not field.null and _is_hideable(field.related_model):
            rows = rows.filter(**{f"{field.name}__in": public_rows(field.related_model).order_by().values("pk")})
    return rows


def _keys(model: type[models.Model]) -> set[int]:
    return set(public_rows(model).order_by().values_list("pk", flat=True))
