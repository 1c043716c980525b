"""Records by place as GeoJSON (RFC 7946): a feature each, its properties the columns of the CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings

from sinorus.facets.exports import columns, headers, values
from sinorus.facets.forms import Form, Telling

from .models import Place


def geojson_form(place_of: Callable[[Any], Place | None]) -> Form:
    """Features where ``place_of`` a record is; a record without a place, or whose place has no coordinates, has null geometry."""
    return Form(
        suffix="geojson",
        name="GeoJSON",
        content_type="application/geo+json",
        write=lambda telling: _write(telling, place_of),
        of_records=False,
    )


def _write(telling: Telling, place_of: Callable[[Any], Place | None]) -> Iterator[str]:
    about = {"title": telling.title, "edition": telling.edition, "page": telling.page, "licence": settings.LICENCE}
    yield json.dumps({"type": "FeatureCollection", "sinorus": about}, ensure_ascii=False)[:-1] + ', "features": ['
    layout, names, between = columns(telling.serializer), headers(telling.serializer), "\n"

    def feature(record: Any) -> str:
        properties = dict(zip(names, values(telling.serializer.to_representation(record), layout), strict=True))
        told = {"type": "Feature", "id": record.public_id, "geometry": _point(place_of(record)), "properties": properties}
        return json.dumps(told, ensure_ascii=False, default=str)

    for one in telling.each("geojson", feature):
        yield between + one
        between = ",\n"
    yield "\n]}\n"


def _point(place: Place | None) -> dict[str, Any] | None:
    """Longitude first, as the format wants it; a place that readers may not see is no place."""
    if place is None or not place.is_public or place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]}
