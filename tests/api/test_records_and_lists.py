"""What a program gets: lists with their links, records by slug and id, trimmed fields, cross-origin reading."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from events.models import Event

pytestmark = pytest.mark.django_db

ENDPOINTS = ("events", "treaties", "actors", "places", "themes", "formulas", "sources", "assessments", "dossiers")


def test_the_root_lists_what_there_is(reader: Client, world: object) -> None:
    root = reader.get("/api/v1/").json()
    assert set(root["endpoints"]) >= set(ENDPOINTS)
    assert root["licence"]["data"] == "CC BY 4.0"
    assert isinstance(root["edition"], int)
    for url in [*root["endpoints"].values(), *root["facets"].values(), root["schema"]]:
        assert reader.get(url).status_code == 200, url


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_record_is_the_same_by_slug_by_id_and_in_the_list(reader: Client, world: object, endpoint: str) -> None:
    listed = reader.get(f"/api/v1/{endpoint}/").json()["results"][0]
    assert reader.get(f"/api/v1/{endpoint}/{listed['slug']}/").json() == listed
    assert reader.get(f"/api/v1/{endpoint}/{listed['id']}/").json() == listed
    assert reader.get(f"/api/v1/{endpoint}/{listed['id'].lower()}/").json() == listed
    assert reader.get(listed["url"]).status_code == 200
    assert {"id", "slug", "url", "page", "title", "titles", "summary", "published", "updated"} <= set(listed)
    for name, parts in (("themes", {"slug", "name"}), ("citations", {"source", "locator", "note", "supports"}), ("accounts", set())):
        assert all(parts <= set(one) for one in listed[name]), f"interface.md promises {name} of every record"


def test_what_a_record_names_in_its_own_way_is_told_as_of_others_too(reader: Client, world: object) -> None:
    claim = reader.get("/api/v1/assessments/").json()["results"][0]
    assert [one["slug"] for one in claim["themes"]] == [claim["topic"]["slug"]]
    assert [(one["source"], one["locator"]) for one in claim["citations"]] == [(claim["source"]["slug"], claim["locator"])]
    dossier = next(one for one in reader.get("/api/v1/dossiers/").json()["results"] if one["notes"])
    noted = {(one["source"], one["locator"]) for note in dossier["notes"] for one in note["citations"]}
    assert {(one["source"], one["locator"]) for one in dossier["citations"]} == noted
    header = reader.get("/themes.csv").getvalue().decode().splitlines()[0].split(",")
    assert "titles_en" in header and not {"themes", "citations", "accounts"} & set(header), "no column is empty for ever"


def test_pages_link_to_each_other(reader: Client, world: object) -> None:
    count = Event.objects.public().count()
    seen, url = [], "/api/v1/events/?page_size=2&sort=date"
    while url:
        response = reader.get(url)
        body = response.json()
        assert body["count"] == count
        links = dict(re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers.get("Link", "")))
        assert {rel: href for href, rel in links.items()} == {
            rel: body[name] for rel, name in (("next", "next"), ("prev", "previous")) if body[name]
        }
        seen += [record["id"] for record in body["results"]]
        url = body["next"]
    assert len(seen) == len(set(seen)) == count


def test_fields_are_trimmed_in_lists_and_records(reader: Client, world: object) -> None:
    listed = reader.get("/api/v1/events/?fields=slug,title,date").json()["results"]
    assert all(set(record) == {"slug", "title", "date"} for record in listed)
    assert set(reader.get(f"/api/v1/events/{listed[0]['slug']}/?fields=id").json()) == {"id"}
    refused = reader.get("/api/v1/events/?fields=slug,password").json()
    assert refused["errors"][0]["name"] == "fields"
    assert "slug" in refused["errors"][0]["allowed"]


def test_a_date_has_always_the_same_seven_parts(reader: Client, world: object) -> None:
    for record in reader.get("/api/v1/events/").json()["results"]:
        assert set(record["date"]) == {"text", "edtf", "earliest", "latest", "calendar", "certainty", "note"}


def test_count_certain_is_told_where_dates_are_read_as_possible(reader: Client, world: object) -> None:
    possible = reader.get("/api/v1/events/?date_after=1957&date_before=1957").json()
    certain = reader.get("/api/v1/events/?date_after=1957&date_before=1957&date_match=certain").json()
    assert possible["count_certain"] == certain["count"] < possible["count"]
    assert "count_certain" not in certain


@pytest.mark.parametrize("url", ["/api/v1/", "/api/v1/events/", "/api/v1/events/facets/", "/api/v1/events/nothing/"])
def test_any_origin_may_read(reader: Client, world: object, url: str) -> None:
    assert reader.get(url, headers={"Origin": "https://example.org"})["Access-Control-Allow-Origin"] == "*"
    preflight = reader.options(url, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
    assert preflight.status_code < 300
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert "GET" in preflight["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in preflight


def test_labels_come_in_the_language_asked_for(reader: Client, world: object) -> None:
    china = next(
        b
        for f in reader.get("/api/v1/events/facets/?lang=zh").json()["facets"]
        if f["name"] == "state"
        for b in f["buckets"]
        if b["value"] == "china"
    )
    assert china["label"] == world.china.title_zh
    assert reader.get("/api/v1/events/?lang=tlh").status_code == 400
