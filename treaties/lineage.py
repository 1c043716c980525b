"""What an instrument descends from and what descends from it, two steps wide; and the families of the whole register."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import cached_property

from sinorus.facets.exports import csv_form
from sinorus.facets.pages import Page
from sinorus.publishing.arcs import Drawing, Link, around, draw, families

from .models import Treaty, TreatyLink

STEPS: Final = 2
MOST: Final = 18  # instruments drawn around one; beyond these a drawing shows nothing any more
MOST_FAMILIES: Final = 40  # drawn on a page
#: To cite an instrument is no descent; citations stand among the relations.
LINES: Final = tuple(one for one in TreatyLink.Type.values if one != TreatyLink.Type.CITES)

SIGNED: Final = attrgetter("signed")


def _links(*conditions: Q) -> Iterator[Link]:
    """Lines of descent."""
    return _told(TreatyLink.objects.public().named().filter(*conditions, type__in=LINES).order_by("pk"))


def _told(links: Iterable[TreatyLink]) -> Iterator[Link]:
    """Those that are lines of descent; those between articles are one line between their instruments."""
    return (Link(one.treaty, one.target, one.type, str(one.get_type_display()).lower()) for one in links if one.type in LINES)


def of(treaty: Treaty, own: Iterable[TreatyLink] | None = None) -> Drawing | None:
    """The instruments within two steps; None where nothing hangs together with it. ``own`` are its links, where they are known."""
    first = None if own is None else _told(own)
    links, away = around(treaty.pk, lambda keys: _links(Q(treaty__in=keys) | Q(target__in=keys)), STEPS, first)
    return draw(links, SIGNED, centre=treaty.pk, away=away, most=MOST) if links else None


@dataclass(frozen=True)
class Family:
    """Instruments that descend from each other, in one drawing."""

    drawing: Drawing

    @property
    def first(self) -> Treaty:
        return self.drawing.nodes[0].record

    @property
    def begins(self) -> datetime.date:
        return self.first.signed.earliest or datetime.date.min

    @property
    def last(self) -> Treaty:
        return self.drawing.nodes[-1].record


class Families:
    """The families in which instruments of a question stand, the largest first, and how many stand alone.

    A family is drawn whole, since a line with gaps would tell of a descent that is not: what was not asked for is drawn lighter.
    """

    def __init__(self, question: Any) -> None:
        self._by_date = question.asked["sort"] == "date"
        self._asked = set(question.narrowed().order_by().values_list("pk", flat=True))

    @cached_property
    def _groups(self) -> list[list[Link]]:
        """The relations of each family, the largest first."""
        found = [group for group in families(_links()) if any(key in self._asked for link in group for key in link.ends)]
        return sorted(found, key=len, reverse=True)

    def drawn(self, most: int | None = None) -> list[Family]:
        """The families, or the largest of them, in the order asked for."""
        found = [Family(draw(group, SIGNED, meant=self._asked.__contains__)) for group in self._groups[:most]]
        return sorted(found, key=lambda one: (0 if self._by_date else -len(one.drawing.nodes), one.begins, one.first.pk))

    @cached_property
    def families(self) -> list[Family]:
        """Those that a page shows."""
        return self.drawn(MOST_FAMILIES)

    @property
    def more(self) -> int:
        """Families that a page has no room for."""
        return len(self._groups) - len(self.families)

    @property
    def alone(self) -> int:
        """Instruments asked for that descend from none and have no descendant on record."""
        return len(self._asked - {key for group in self._groups for link in group for key in link.ends})


@dataclass(frozen=True)
class FamiliesPage(Page):
    """The one page of families."""

    told: Families


def page_of(question: Any) -> Page:
    """The one page of families; not empty while an instrument is asked for."""
    told = Families(question)
    rows = told.families or [None] * bool(question.count)
    return FamiliesPage(question, 1, max(len(rows), 1), len(rows), rows, told)


def lines(told: Families) -> Iterator[Sequence[object]]:
    """Lines of descent, a family after the other."""
    yield "family", "instrument", "signed", "relation", "target", "target_signed"
    for number, family in enumerate(told.drawn(), 1):
        for edge in family.drawing.edges:
            one, other = edge.link.source, edge.link.target
            yield number, one.slug, one.signed.edtf, edge.link.type, other.slug, other.signed.edtf


#: Families as CSV.
CSV = csv_form(lambda telling: lines(Families(telling.question)))
