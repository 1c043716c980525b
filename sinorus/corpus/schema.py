"""What the files may hold: each record type declared once, for checking, for loading and for telling what was changed.

A field has in the file the name of its column, unless it says otherwise. What a column takes (lengths, choices,
numbers) is the model's to say and not repeated here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Column:
    """Text, a number, one of several choices, or yes/no."""

    name: str
    required: bool = False
    column: str = ""

    @property
    def attribute(self) -> str:
        return self.column or self.name


@dataclass(frozen=True, slots=True)
class When:
    """A historical date: ``date`` holds EDTF; beside it ``date_text``, ``date_calendar`` and ``date_note`` may stand."""

    name: str
    required: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """Name in the file → column."""
        extra = {f"{self.name}_{part}": f"{self.name}_{part}" for part in ("text", "calendar", "note")}
        return {self.name: f"{self.name}_edtf", **extra}


@dataclass(frozen=True, slots=True)
class Ref:
    """The slug of another record."""

    name: str
    to: str
    required: bool = False
    column: str = ""

    @property
    def attribute(self) -> str:
        return self.column or self.name


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a row: of the record's own ``rows``, or of those of the record that the reference ``of`` beside it leads to."""

    name: str
    rows: str
    of: str = ""
    required: bool = False

    @property
    def attribute(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Refs:
    """A list of slugs of other records, in no order. ``name`` is the many-to-many field, or its name read backwards."""

    name: str
    to: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows that belong to the record.

    ``accessor`` is the related name on the model. ``unique`` names the fields that tell rows apart. ``minimum`` is how
    many there must be. ``only_one`` names a yes/no field that one row at most may have. ``scalar``: the rows are written
    as mere words, which are this field. ``grouped``: rows that share the other fields stand together in a list of
    that name: ``- {field: date, values: [{value: …, source: …}]}``.
    """

    name: str
    fields: tuple[Any, ...]
    accessor: str = ""
    unique: tuple[str, ...] = ()
    minimum: int = 0
    only_one: str = ""
    scalar: str = ""
    grouped: str = ""
    shared: tuple[str, ...] = ()


Field = Column | When | Ref | Key | Refs | Rows


@dataclass(frozen=True, slots=True)
class RecordType:
    """One folder or file of records and the model they become."""

    name: str
    label: str
    fields: tuple[Field, ...]

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)


def names(fields: tuple[Field, ...]) -> Iterator[str]:
    """Every name that may stand in the file."""
    for field in fields:
        if isinstance(field, When):
            yield from field.columns
        else:
            yield field.name


def row_model(model: type[Model], rows: Rows) -> tuple[type[Model], str]:
    """The model of the rows of ``model``, and the name of the foreign key by which they belong to it."""
    return _row_model(model, rows.accessor or rows.name)


@cache
def is_ordered(model: type[Model]) -> bool:
    """Whether rows stand in an order that the editors gave them."""
    return any(field.name == "position" for field in model._meta.concrete_fields)


@cache
def _row_model(model: type[Model], accessor: str) -> tuple[type[Model], str]:
    relation = model._meta.get_field(accessor)
    return relation.related_model, relation.field.name


_TITLES = (Column("title", required=True), Column("title_zh"), Column("title_ru"))
_NAMES = Rows(
    "names",
    (Column("text", required=True), Column("language"), Column("script"), Column("type"), Column("system"), When("period")),
    unique=("text", "language", "script", "type"),
)
_EVIDENCE = (Ref("source", "sources", required=True), Column("locator"), Column("note"))
_QUOTATION = (Column("quotation"), Column("language", column="quotation_language"))


def _citations(minimum: int = 0) -> Rows:
    fields = (*_EVIDENCE, Column("supports"), *_QUOTATION)
    return Rows("citations", fields, minimum=minimum, unique=("source", "locator", "supports", "quotation"))


_ACCOUNTS = Rows(
    "accounts",
    (Column("field", required=True), Column("value", required=True), *_EVIDENCE, Column("preferred"), Column("reason")),
    grouped="values",
    shared=("field",),
)
_SUMMARY, _BODY, _THEMES = Column("summary"), Column("body"), Refs("themes", "themes")
_WHERE = (Ref("place", "places"), Column("place_note"))


def _relations(target: str, *keys: Key) -> Rows:
    fields = (Column("type", required=True), Ref("target", target, required=True), *keys)
    return Rows("relations", fields, accessor="links", unique=("type", "target", *(key.name for key in keys)))


SOURCES = RecordType(
    "sources",
    "sources.Source",
    (
        *_TITLES,
        *(Column(name) for name in ("kind", "standing", "origin", "language", "authors", "original_title", "container")),
        *(Column(name) for name in ("publisher", "publisher_place", "number", "pages", "url", "archive_url", "accessed")),
        When("issued"),
        _SUMMARY,
    ),
)
_COUNTS = Rows(
    "count_claims",
    (
        Ref("second", "actors", required=True),
        *(Column(name) for name in ("since", "until")),
        Column("number", required=True),
        Column("words", required=True),
        *_EVIDENCE,
    ),
)
ACTORS = RecordType(
    "actors",
    "vocab.Actor",
    (
        *_TITLES,
        Column("kind", required=True),
        Column("side", required=True),
        Column("sort_name"),
        When("life"),
        _SUMMARY,
        _NAMES,
        Rows(
            "offices",
            (*_TITLES, Ref("of", "actors"), When("start"), When("end"), Column("ongoing")),
            unique=("title", "start"),
        ),
        Rows("succeeds", (Ref("actor", "actors", required=True, column="predecessor"), When("date")), "succeeds_links", ("actor",)),
        _COUNTS,
        _citations(),
    ),
)
PLACES = RecordType(
    "places",
    "vocab.Place",
    (
        *_TITLES,
        Column("kind", required=True),
        Ref("within", "places"),
        Column("latitude"),
        Column("longitude"),
        _SUMMARY,
        _NAMES,
        _citations(),
    ),
)
THEMES = RecordType("themes", "vocab.Theme", (*_TITLES, Column("summary", required=True)))
FORMULAS = RecordType(
    "formulas",
    "vocab.Formula",
    (
        *_TITLES,
        Column("type", required=True),
        Column("position"),
        Column("summary", required=True),
        Ref("proposer", "actors"),
        *(Column(name) for name in ("proposal", "change")),
        Rows(
            "uses",
            (Ref("treaty", "treaties", required=True), Column("first"), Column("wording")),
            unique=("treaty",),
            only_one="first",
        ),
        _citations(1),
        _ACCOUNTS,
    ),
)
ASSESSMENTS = RecordType(
    "assessments",
    "sources.Assessment",
    (
        *_TITLES,
        Ref("holder", "actors", required=True),
        Column("office"),
        When("date"),
        Column("stance", required=True),
        Ref("topic", "themes"),
        Column("claim", required=True, column="summary"),
        Ref("source", "sources", required=True),
        Column("locator"),
        Refs("events", "events"),
        Refs("treaties", "treaties"),
    ),
)
EVENTS = RecordType(
    "events",
    "events.Event",
    (
        *_TITLES,
        Column("kind", required=True),
        When("date", required=True),
        *_WHERE,
        Column("importance"),
        Column("summary", required=True),
        _BODY,
        _THEMES,
        Refs("formulas", "formulas"),
        Rows(
            "participants",
            (Ref("actor", "actors", required=True), Column("role"), Column("office")),
            accessor="participations",
            unique=("actor",),
        ),
        _relations("events"),
        _citations(1),
        _ACCOUNTS,
    ),
)
_ARTICLE = (
    *(Column("key", required=True), Column("number"), Column("heading"), Column("summary")),
    *_QUOTATION,
    Rows("topics", (Column("topic", required=True),), accessor="provisions", unique=("topic",), scalar="topic"),
)
_WORKING_LIFE = Rows("working_life", (Column("text", required=True), Ref("holder", "actors"), When("start"), When("end"), *_EVIDENCE))
_ACTIONS = Rows("actions", (Column("type", required=True), When("date"), Column("note"), Ref("source", "sources"), Column("locator")))
TREATIES = RecordType(
    "treaties",
    "treaties.Treaty",
    (
        *_TITLES,
        Column("kind", required=True),
        Column("binding", required=True),
        When("signed", required=True),
        *_WHERE,
        _NAMES,
        When("in_force"),
        When("terminated"),
        Column("end"),
        Ref("ended_by", "treaties"),
        *(Column(name) for name in ("unperfected", "term_years", "renews", "renewal", "term_ends", "status_note", "coded")),
        Ref("signed_at", "events"),
        Column("summary", required=True),
        _BODY,
        _THEMES,
        Rows("parties", (Ref("actor", "actors", required=True), _ACTIONS), accessor="party_links", unique=("actor",), minimum=1),
        Rows(
            "signatories",
            (Ref("actor", "actors", required=True), Ref("party", "actors"), Column("office")),
            accessor="signatures",
            unique=("actor",),
        ),
        Rows("registrations", (Column("register", required=True), Column("number"))),
        Rows("languages", (Column("code", required=True), Column("authentic")), unique=("code",)),
        Rows("articles", _ARTICLE, unique=("key",)),
        _WORKING_LIFE,
        _relations("treaties", Key("article", "articles"), Key("target_article", "articles", of="target")),
        _citations(1),
        _ACCOUNTS,
    ),
)
DOSSIERS = RecordType("dossiers", "dossiers.Dossier", (*_TITLES, Column("summary", required=True), Column("body", required=True), _THEMES))

#: In the order in which they are written: what is referred to comes first.
TYPES = {type_.name: type_ for type_ in (SOURCES, ACTORS, PLACES, THEMES, FORMULAS, ASSESSMENTS, EVENTS, TREATIES, DOSSIERS)}
