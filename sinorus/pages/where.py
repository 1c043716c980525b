"""Where it happened: the events of a question by place, on a map and in a table."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from django.db.models import Count, Max, Min
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.filters import EventFilterSet
from events.models import Event
from events.serializers import EventSerializer
from sinorus.facets.exports import csv_form
from sinorus.facets.pages import Page
from sinorus.facets.views import CatalogueView
from sinorus.vocab.models import Place

from . import labels
from .projection import HEIGHT, WIDTH, in_frame, project

#: Places that are no point: their coordinates stand for a surface, a shore or a course.
AREAS: Final = frozenset({Place.Kind.COUNTRY, Place.Kind.REGION, Place.Kind.SEA, Place.Kind.RIVER})
AREA_PER_EVENT, LEAST, LARGEST = 2.3, 3.5, 30.0  # pixels: radius of one event, of the smallest mark, of the largest
KEY: Final = (1, 10, 50)  # events that the marks in the key stand for
KILOMETRES: Final = 7000  # square units of a country's surface on the map for each rank of its name among those of places


class MapFilterSet(EventFilterSet):
    """The question of the chronicle, asked of the map: told whole, by place."""

    lists = False
    sorts = {"-count": ("pk",), "title": ("pk",)}
    default_sort = "-count"
    sort_labels = {"-count": _("most events first"), "title": _("by name")}


@dataclass(frozen=True)
class Spot:
    """A place with its events. ``count``: those recorded at it and no nearer; ``total``: with those at places within it."""

    place: Place
    count: int
    total: int
    first: datetime.date | None
    last: datetime.date | None
    query: str
    x: float = 0.0
    y: float = 0.0
    radius: float = 0.0
    label: labels.Label | None = None

    @property
    def has_coordinates(self) -> bool:
        return self.place.latitude is not None

    @property
    def is_area(self) -> bool:
        return self.place.kind in AREAS

    @property
    def on_map(self) -> bool:
        return self.has_coordinates and in_frame(self.x, self.y)

    @property
    def years(self) -> str:
        first, last = self.first and self.first.year, self.last and self.last.year
        return str(first) if first == last else f"{first or '…'} – {last or '…'}"


@dataclass(frozen=True)
class Country:
    """The name of a country on the map."""

    name: str
    x: int
    y: int
    label: labels.Label


@cache
def outline() -> list[dict[str, Any]]:
    """Countries of the outline, largest first: where the name stands, the name by language, the surface on the map."""
    return json.loads((Path(__file__).parent / "data/countries.json").read_text())


def _named(country: dict[str, Any], language: str) -> labels.Wanted:
    return labels.Wanted(country[language], country["x"], country["y"], slack=math.sqrt(country["size"]) / 4)


class Map:
    """What is drawn and told of a question."""

    width, height = WIDTH, HEIGHT
    levels = " ".join(str(level) for level in labels.LEVELS)

    def __init__(self, question: MapFilterSet) -> None:
        self.question = question
        rows = question.narrowed().order_by().values_list("place").annotate(Count("pk"), Min("date_earliest"), Max("date_latest"))
        numbers = {place: (count, first, last) for place, count, first, last in rows}
        places = Place.objects.public().select_related("within").in_bulk([key for key in numbers if key])
        self.nowhere = sum(count for key, (count, _first, _last) in numbers.items() if key not in places)
        regions = Place.objects.regions()
        self._scale = min(AREA_PER_EVENT, LARGEST / math.sqrt(max((numbers[key][0] for key in places), default=1)))
        totals = {key: sum(numbers[one][0] for one in regions.get(key, {key}) if one in places) for key in places}
        spots = [self._spot(place, *numbers[key], total=totals[key]) for key, place in places.items()]
        by_name = question.asked["sort"] == "title"
        spots.sort(key=lambda spot: (0 if by_name else -spot.total, spot.place.local_title, spot.place.pk))
        self.spots = spots

    def _spot(self, place: Place, count: int, first: Any, last: Any, total: int) -> Spot:
        x, y = project(float(place.latitude), float(place.longitude)) if place.latitude is not None else (0.0, 0.0)
        return Spot(place, count, total, first, last, self.query(place.slug), x, y, self.radius(count))

    def radius(self, count: int) -> float:
        """Of the mark for a number of events, in pixels: its surface grows as the number does."""
        return max(LEAST, self._scale * math.sqrt(count))

    def query(self, place: str) -> str:
        """The question to the chronicle that shows the events of a place."""
        return self.question.canonical(place=[place], sort=None)

    @property
    def nowhere_query(self) -> str:
        """The question to the chronicle that shows the events without a place."""
        return self.query("unknown")

    @cached_property
    def _labelled(self) -> tuple[list[Spot], list[Country]]:
        shown = [spot for spot in self.spots if spot.on_map]
        language = (get_language() or "en")[:2]
        wanted: list[tuple[float, Any, labels.Wanted]] = [
            (spot.count, spot, labels.Wanted(spot.place.local_title, spot.x, spot.y, spot.radius)) for spot in shown
        ]
        wanted += [(one["size"] / KILOMETRES, one, _named(one, language)) for one in outline()]
        wanted.sort(key=lambda one: -one[0])
        found = list(zip(wanted, labels.place([one for _rank, _what, one in wanted], (WIDTH, HEIGHT)), strict=True))
        spots = [Spot(**{**vars(what), "label": label}) for (_rank, what, _text), label in found if isinstance(what, Spot)]
        countries = [
            Country(text.text, what["x"], what["y"], label) for (_rank, what, text), label in found if isinstance(what, dict) and label
        ]
        return spots, countries

    @property
    def marks(self) -> list[Spot]:
        """What is drawn, the largest first, so that none lies hidden under a larger one."""
        return self._labelled[0]

    @property
    def countries(self) -> list[Country]:
        return self._labelled[1]

    @property
    def beyond(self) -> list[Spot]:
        """Places outside the frame."""
        return [spot for spot in self.spots if spot.has_coordinates and not spot.on_map]

    @property
    def unplaced(self) -> int:
        """Events whose place has no coordinates."""
        return sum(spot.count for spot in self.spots if not spot.has_coordinates)

    @property
    def drawn(self) -> int:
        return sum(spot.count for spot in self.spots if spot.on_map)

    @property
    def key(self) -> list[tuple[int, float]]:
        """(events, radius of the mark)."""
        return [(number, self.radius(number)) for number in KEY]


@dataclass(frozen=True)
class MapPage(Page):
    """The one page of a map."""

    told: Map


def lines(told: Map) -> Iterator[Sequence[object]]:
    """Places with their events as lines; the last is that of the events for which no place is recorded."""
    yield "place", "title", "kind", "within", "latitude", "longitude", "events", "events_with_parts", "first", "last", "page"
    for spot in told.spots:
        place, within = spot.place, spot.place.within
        where = (place.latitude, place.longitude) if spot.has_coordinates else ("", "")
        inside = within.slug if within and within.is_public else ""
        yield (
            place.slug,
            place.local_title,
            place.kind,
            inside,
            *where,
            spot.count,
            spot.total,
            spot.first or "",
            spot.last or "",
            (f"/events/?{spot.query}"),
        )
    if told.nowhere:
        yield "unknown", "", "", "", "", "", told.nowhere, told.nowhere, "", "", f"/events/?{told.nowhere_query}"


CSV = csv_form(lambda telling: lines(Map(telling.question)))


class MapView(CatalogueView):
    """The events of a question by place."""

    model = Event
    filterset_class = MapFilterSet
    serializer_class = EventSerializer
    forms = (CSV,)
    heading = _("Map")
    template_name = "pages/map.html"

    def page(self, question: MapFilterSet) -> Page:
        told = Map(question)
        rows = told.spots or [None] * bool(question.count)  # events without any place are no empty result
        return MapPage(question, 1, max(len(rows), 1), len(rows), rows, told)
