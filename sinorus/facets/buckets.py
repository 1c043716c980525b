"""What is told of a question: its facets with their values, and its parts in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Bucket(NamedTuple):
    """One value of a facet: how many records it would give, and the query that chooses it or gives it up."""

    value: str
    label: str
    count: int
    selected: bool
    link: Callable[[str], str]

    @property
    def query(self) -> str:
        return self.link(self.value)


@dataclass(frozen=True)
class Counted:
    """A facet with its values; not ``complete`` when only those are here that most records have."""

    name: str
    label: str
    multiple: bool
    every: bool
    buckets: list[Bucket]
    complete: bool = True

    @property
    def chosen(self) -> int:
        return sum(bucket.selected for bucket in self.buckets)


@dataclass(frozen=True)
class Chip:
    """One part of the question in words, and the query without it."""

    name: str
    label: str
    value: str
    query: str
