"""The declaration: what of a record is searched, on its model.

    class Actor(Record):
        search_fields = [SearchField("title", weight="A", language="en"), SearchField("names.text", weight="B", kind="name")]
        search_ties = ("-importance",)

``search_ties`` (optional) is the order of records that match equally well.

Only declare what every reader of the record sees: the index knows nothing of drafts. What hangs on the status of another
record (the role of an actor who may be a draft) must stay out, or a search would betray it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.apps import apps
from django.db import models
from django.utils.html import strip_tags

WEIGHTS = "ABCD"
Weight = Literal["A", "B", "C", "D"]


@dataclass(frozen=True)
class SearchField:
    """A text of a record that is searched.

    ``path``: a field of the record ("title"), or of rows that point at it ("names.text").
    ``weight``: A title, B other names, C text that sums up, D the rest.
    ``language``: ISO 639 code of the text, for its ``lang``; "@name" reads it from that attribute of the row.
    ``kind``: "title" and "name" are suggested and may match exactly; of "markdown" the marks are left out.
    ``anchor``: attribute of the row that says where on the record's page it stands ("article-9").
    """

    path: str
    weight: Weight
    language: str = ""
    kind: Literal["title", "name", "text", "markdown"] = "text"
    anchor: str = ""

    @property
    def relation(self) -> str:
        """Accessor of the rows that hold the text; empty when the record itself does."""
        return self.path.rpartition(".")[0]

    @property
    def attribute(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def is_label(self) -> bool:
        return self.kind in ("title", "name")

    def values(self, record: models.Model) -> Iterator[Value]:
        """The texts of this field that a record has; empty ones are left out."""
        rows: Iterable[Any] = getattr(record, self.relation).all() if self.relation else (record,)
        for row in rows:
            if text := getattr(row, self.attribute):
                plain = _plain(text) if self.kind == "markdown" else str(text)
                language = getattr(row, self.language[1:]) if self.language.startswith("@") else self.language
                yield Value(self, plain, language or "", row)


@dataclass(frozen=True)
class Value:
    """One text of a record: the field that it is of, its language, and the row that holds it."""

    field: SearchField
    text: str
    language: str
    row: Any

    @property
    def anchor(self) -> str:
        return getattr(self.row, self.field.anchor) if self.field.anchor else ""


def titles() -> list[SearchField]:
    """The titles in three languages, as every record has them."""
    return [
        SearchField("title", "A", "en", "title"),
        SearchField("title_zh", "A", "zh", "title"),
        SearchField("title_ru", "A", "ru", "title"),
    ]


def declared(model: type[models.Model]) -> list[SearchField]:
    """What of a model is searched, heaviest first; empty when nothing is."""
    return sorted(getattr(model, "search_fields", []), key=lambda one: one.weight)


def relations(model: type[models.Model]) -> list[str]:
    """What to prefetch before the values of many records are read."""
    return sorted({one.relation for one in declared(model) if one.relation})


def searched_models() -> list[type[models.Model]]:
    """Every model that declares what of it is searched."""
    return [model for model in apps.get_models() if declared(model)]


def type_of(model: type[models.Model]) -> str:
    """The name under which the index keeps records of a model; the same as in their addresses and old slugs."""
    return str(model._meta.model_name)


_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_MARKS = re.compile(r"^[#>\s]+|[*`|]+|(?<!\w)_+|_+(?!\w)", re.MULTILINE)


def _plain(markdown: str) -> str:
    return _MARKS.sub(" ", _LINK.sub(r"\1", strip_tags(markdown)))
