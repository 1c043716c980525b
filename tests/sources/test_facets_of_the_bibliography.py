"""The bibliography by language: the facet counts what there is, and a text of unknown language is no value of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sinorus.sources.languages import name_of
from tests import records as make

pytestmark = pytest.mark.django_db


def test_languages_are_counted_and_narrowed_to(reader: Client, world: Any) -> None:
    for number, language in enumerate(("zh", "zh", "ru", "")):
        make.source(f"text-{number}", language=language)
    facets = reader.get("/api/v1/sources/facets/").json()["facets"]
    buckets = {one["value"]: (one["label"], one["count"]) for one in next(one for one in facets if one["name"] == "language")["buckets"]}
    assert buckets == {"zh": ("Chinese", 2), "ru": ("Russian", 1)}
    assert {one["slug"] for one in reader.get("/api/v1/sources/?language=zh").json()["results"]} == {"text-0", "text-1"}
    assert reader.get("/api/v1/sources/?language=tlh").status_code == 400


def test_a_rare_language_is_shown_by_its_code() -> None:
    assert (name_of("ja"), name_of("nan")) == ("Japanese", "nan")
