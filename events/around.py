"""What else happened around a date: within days, a month, a year, between the two countries and in the wider world.

An event stands in a ring only if it lies in it whatever days the two dates turn out to mean. So "1996" is within a year of 25 April
1996 and never within days of it, and an event of an unknown day is not called near. What has a known beginning and end is
measured from the nearer of the two; what has no end is part of the background and left out.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from sinorus.dates.edtf import parse
from sinorus.dates.value import HistoricalDate
from sinorus.publishing.querysets import NAMED, dated
from sinorus.vocab.models import Side

from .models import Event, Participation

#: Name of a ring, the most days between, what it is called, how many events of each kind are shown.
RINGS: Final = (("days", 7, _("Within a week"), 6), ("month", 31, _("Within a month"), 6), ("year", 366, _("Within a year"), 6))
CANDIDATES: Final = 300  # the most important events of the two years are looked at; more than these no page could show
Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Near:
    """An event and the most days that may lie between it and the date."""

    event: Event
    days: int


@dataclass
class Ring:
    """Events within so many days: of both sides of the relation, and others; each in order of time."""

    name: str
    days: int
    label: Any
    inside: list[Near] = field(default_factory=list)
    outside: list[Near] = field(default_factory=list)


def around(date: HistoricalDate, without: int | None = None) -> list[Ring]:
    """The rings that hold something, the nearest first; an event stands in the narrowest that it belongs to. One query."""
    if not date or not date.earliest or not date.latest:
        return []
    rings = {name: Ring(name, days, label) for name, days, label, _most in RINGS}
    for gap, inside, row in _near(date, without):
        for name, days, _label, most in RINGS:
            if gap <= days:
                some = rings[name].inside if inside else rings[name].outside
                if len(some) < most:
                    some.append(Near(Event.from_db(None, list(row), row.values()), gap))
                break
    for ring in rings.values():
        for some in (ring.inside, ring.outside):
            some.sort(key=lambda near: (near.event.date_earliest, near.event.date_latest, near.event.pk))
    return [ring for ring in rings.values() if ring.inside or ring.outside]


def _near(date: HistoricalDate, without: int | None) -> list[tuple[int, bool, dict[str, Any]]]:
    """Days to each event certainly within the widest ring, whether both sides took part, and what names it.

    The most important first, then the nearest. Most are not shown, so no objects are made of them.
    """
    reach = datetime.timedelta(days=RINGS[-1][1])
    takes_part = Participation.objects.public().filter(event=OuterRef("pk"))
    shown = {"id", *NAMED, "importance", *dated("date")}
    names = [field.attname for field in Event._meta.concrete_fields if field.attname in shown]
    events = (
        Event.objects.public()
        .filter(date_earliest__gte=_safe(date.earliest, -reach), date_earliest__lte=_safe(date.latest, reach))
        .filter(date_latest__gte=_safe(date.earliest, -reach), date_latest__lte=_safe(date.latest, reach))
        .exclude(pk=without)
        .annotate(chinese=Exists(takes_part.filter(actor__side=Side.CHINESE)), russian=Exists(takes_part.filter(actor__side=Side.RUSSIAN)))
        .order_by("-importance", "date_earliest", "pk")
        .values_list(*names, "chinese", "russian")
    )
    own, found = _extent(date.edtf, date.earliest, date.latest), []
    for *values, chinese, russian in events[:CANDIDATES]:
        row = dict(zip(names, values, strict=True))
        gap = _apart(_extent(row["date_edtf"], row["date_earliest"], row["date_latest"]), own)
        found.append((gap, chinese and russian, row))
    return sorted(found, key=lambda one: (-one[2]["importance"], one[0], one[2]["id"]))


def apart(one: HistoricalDate, other: HistoricalDate) -> int:
    """The most days that may lie between two dates; 0 when they share a day for certain. Both want a first and a last day."""
    return _apart(_extent(one.edtf, one.earliest, one.latest), _extent(other.edtf, other.earliest, other.latest))


def _extent(edtf: str, earliest: datetime.date, latest: datetime.date) -> tuple[Span, bool]:
    """The days that a date may be, and whether it is all of them for certain; of a single day that makes no difference."""
    return (earliest, latest), earliest == latest or parse(edtf).is_exact


def _apart(one: tuple[Span, bool], other: tuple[Span, bool]) -> int:
    (ours, all_ours), (theirs, all_theirs) = one, other
    if not all_ours and not all_theirs:
        return max((ours[1] - theirs[0]).days, (theirs[1] - ours[0]).days, 0)
    if not all_ours:
        return max(_gap((day, day), theirs) for day in ours)
    if not all_theirs:
        return max(_gap((day, day), ours) for day in theirs)
    return _gap(ours, theirs)


def _gap(one: Span, other: Span) -> int:
    """Days between two spans; 0 when they touch."""
    return max((one[0] - other[1]).days, (other[0] - one[1]).days, 0)


def _safe(day: datetime.date, by: datetime.timedelta) -> datetime.date:
    try:
        return day + by
    except OverflowError:
        return day
