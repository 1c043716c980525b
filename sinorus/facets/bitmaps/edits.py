"""What an edit changed, as the parts of an index are told of it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from pyroaring import BitMap

from ..snapshot import Changes
from .rows import ByKey, Make, Statement, Statements, asked, grouped


@dataclass
class Edit:
    """What changed: records of the catalogue and records of ``others``; and how to ask the database about the former."""

    changed: BitMap
    changes: Changes
    others: Collection[type[Model]]
    statements: Statements
    using: str
    everything: BitMap = field(default_factory=BitMap)  # records that readers see after it
    _read: dict[Statement | None, ByKey] = field(default_factory=dict)

    def rows(self, name: Hashable, make: Make) -> Iterator[tuple[Any, ...]]:
        """What a query gives for the records that changed; ``make`` writes it, once for all queries of that name."""
        written = self.statements.written(name, make)
        return iter(()) if written is None or not self.changed else asked(written, self.changed, self.using)

    def by_key(self, name: Hashable, make: Make) -> ByKey:
        """The same as records by key; facets that ask alike (participants, by kind) are answered at once."""
        written = self.statements.written(name, make)
        if written not in self._read:
            self._read[written] = grouped((row[0], row[1:]) for row in self.rows(name, make))
        return self._read[written]

    def keys(self, name: Hashable, make: Make) -> BitMap:
        """The primary keys that a query gives."""
        return BitMap([row[0] for row in self.rows(name, make)])
