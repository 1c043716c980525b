"""GeoJSON: every record a feature, its place's point where that is known, null where it is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Event
from tests.catalogues import body_of

geojson = pytest.importorskip("geojson")
pytestmark = pytest.mark.django_db

BEIJING = [116.4074, 39.9042]


def features(reader: Client, address: str) -> dict[str, Any]:
    answer = reader.get(address)
    assert answer["Content-Type"] == "application/geo+json"
    collection = geojson.loads(body_of(answer))
    assert isinstance(collection, geojson.FeatureCollection) and collection.is_valid
    return {one["properties"]["slug"]: one for one in collection["features"]}


def test_events_stand_where_they_happened(reader: Client, world: Any) -> None:
    found = features(reader, "/events.geojson")
    visit = found["yeltsin-in-beijing-1996"]
    assert visit["geometry"] == {"type": "Point", "coordinates": BEIJING}
    assert visit["id"] == world.visit_1996.public_id
    assert visit["properties"]["date_edtf"] == "1996-04-25"
    assert found["zhenbao-1969"]["geometry"] is None  # no place recorded
    assert found["mao-in-moscow-1957"]["geometry"] is None  # a place without coordinates
    assert len(found) == Event.objects.public().count()


def test_properties_are_the_columns_of_the_csv(reader: Client, world: Any) -> None:
    header = body_of(reader.get("/events.csv")).decode().splitlines()[0].split(",")
    for feature in features(reader, "/events.geojson").values():
        assert list(feature["properties"]) == header
        assert not [value for value in feature["properties"].values() if isinstance(value, dict | list)]


def test_a_hidden_place_is_nowhere(reader: Client, world: Any) -> None:
    type(world.draft_place).objects.filter(pk=world.draft_place.pk).update(latitude="39.9", longitude="116.4")
    Event.objects.filter(pk=world.visit_1996.pk).update(place=world.draft_place)
    visit = features(reader, "/events.geojson")["yeltsin-in-beijing-1996"]
    assert visit["geometry"] is None and visit["properties"]["place"] is None


def test_places_and_treaties_too(reader: Client, world: Any) -> None:
    places = features(reader, "/places.geojson")
    assert places["beijing"]["geometry"]["coordinates"] == BEIJING
    assert places["moscow"]["geometry"] is None
    assert features(reader, "/treaties.geojson")["joint-statement-1996"]["geometry"]["coordinates"] == BEIJING


def test_it_names_the_question_and_the_edition(reader: Client, world: Any) -> None:
    answer = reader.get("/events.geojson?state=china")
    about = geojson.loads(body_of(answer))["sinorus"]
    assert about["title"] == "Chronicle: State: China"
    assert about["edition"] == int(answer["X-Edition"])
    assert about["licence"]["name"] == "CC BY 4.0"


def test_an_empty_answer_is_an_empty_collection(reader: Client, world: Any) -> None:
    assert features(reader, "/events.geojson?date_before=1500") == {}
