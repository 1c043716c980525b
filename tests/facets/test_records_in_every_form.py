"""One registry of forms: each list and each record answers in all that its type declares, labelled, and leads back to its page."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from sinorus.publishing.models import OldSlug
from tests.catalogues import body_of, catalogues, routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]

RECORD = "/events/yeltsin-in-beijing-1996"


def declared() -> list[Any]:
    """(name of the route, form, whether of a list) of everything that the routes offer."""
    kept = [(pattern.name, getattr(pattern.callback, "view_initkwargs", {}).get("form")) for _route, pattern in routes()]
    return [(name, form, "-detail-" not in name) for name, form in kept if form]


def test_a_record_in_json_is_the_record_of_the_api(reader: Client, world: Any) -> None:
    for name, catalogue in catalogues().items():
        for record in catalogue.model.objects.public()[:3]:
            told = reader.get(reverse(f"{name}-detail-json", args=[record.slug]))
            assert told.json() == reader.get(reverse(f"api:{name}-detail", args=[record.slug])).json()


def test_pages_offer_what_there_is_and_nothing_else(reader: Client, world: Any) -> None:
    for name, catalogue in catalogues().items():
        here = catalogue.forms["html"].rstrip("/")
        record = catalogue.model.objects.public().first().get_absolute_url()
        for page, of_list in ((f"{here}/", True), (record, False)):
            body = body_of(reader.get(page)).decode()
            head, _, main = body.partition("<main")
            names = {form.suffix for route, form, is_list in declared() if is_list == of_list and route.startswith(f"{name}-")}
            wanted = {f"{page.rstrip('/')}.{suffix}" for suffix in names}
            assert wanted, page
            for part in (head, main):
                tags = [tag for tag in re.findall(r"<(?:a|link) [^>]*>", part) if 'type="' in tag]
                found = {re.search(r'href="([^"?]+)', tag)[1] for tag in tags}
                found = {address for address in found if not address.startswith(("/api/", "/static/")) and not address.endswith("/oembed")}
                assert found == wanted, page
            for address in wanted:
                assert reader.get(address).status_code == 200, address


def test_a_file_says_what_it_is(reader: Client, world: Any) -> None:
    answer = reader.get("/events.csv?state=china&date_after=1990")
    assert unquote(answer["X-Question"]) == "Chronicle: State: China; from 1990"
    assert '<http://testserver/events/?date_after=1990&state=china>; rel="alternate"; type="text/html"' in answer["Link"]
    assert 'creativecommons.org/licenses/by/4.0/>; rel="license"' in answer["Link"]
    assert answer["Content-Disposition"] == f'inline; filename="sinorus-events-edition-{answer["X-Edition"]}.csv"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    record = reader.get(f"{RECORD}.json")
    assert record["Content-Disposition"] == 'inline; filename="sinorus-yeltsin-in-beijing-1996.json"'
    assert f"<http://testserver{RECORD}/>" in record["Link"]


def test_files_speak_the_language_asked_for(reader: Client, world: Any) -> None:
    answer = reader.get("/events.csv?lang=zh")
    assert "/zh/events/>" in answer["Link"]
    page = body_of(reader.get("/zh/events/")).decode()
    assert 'href="/events.csv?lang=zh"' in page
    assert f'href="{RECORD}.json?lang=ru"' in body_of(reader.get(f"/ru{RECORD}/")).decode()


def test_what_a_record_cannot_be_asked_is_refused(reader: Client, world: Any) -> None:
    for query, name in (("colour=red", "colour"), ("lang=tlh", "lang"), ("lang=en&lang=zh", "lang")):
        answer = reader.get(f"{RECORD}.json?{query}")
        assert answer.status_code == 400
        assert [error["name"] for error in answer.json()["errors"]] == [name]
    (error,) = reader.get("/events.csv?bom=2").json()["errors"]
    assert error["name"] == "bom" and error["allowed"] == ["1"]


def test_an_old_slug_leads_on_in_every_form(reader: Client, world: Any) -> None:
    OldSlug.objects.create(record_type="event", slug="once-called-so", record_id=world.visit_1996.pk)
    answer = reader.get("/events/once-called-so.json?lang=zh")
    assert answer.status_code == 301
    assert answer["Location"] == f"{RECORD}.json?lang=zh"
    assert reader.get("/events/never-was.json").status_code == 404


def test_a_draft_is_in_no_form(reader: Client, world: Any) -> None:
    for name, form, of_list in declared():
        if not of_list and name.startswith("event-"):
            assert reader.get(f"/events/{world.draft_event.slug}.{form.suffix}").status_code == 404
