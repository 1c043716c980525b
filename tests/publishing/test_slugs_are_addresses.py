"""A slug can stay an address for ever: plain letters, no word that a route uses, nothing that looks like an id."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from sinorus.publishing.slugs import validate_slug
from sinorus.publishing.views import record_models
from tests.catalogues import routes


@pytest.mark.parametrize("slug", ["china", "a", "beijing-joint-statement-1996", "1996", "20-year-crisis", "e12b", "sco-2001"])
def test_allowed(slug: str) -> None:
    validate_slug(slug)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "China",
        "-a",
        "a-",
        "a--b",
        "a_b",
        "a b",
        "a.csv",
        "китай",
        "中国",
        "a\n",
        "é",
        "e12",
        "t7",
        "a0",
        "ab1",
        "compare",
        "provisions",
        "facets",
    ],
)
def test_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        validate_slug(slug)


def test_no_prefix_of_an_id_can_be_a_slug() -> None:
    for prefix in record_models():
        with pytest.raises(ValidationError):
            validate_slug(f"{prefix.lower()}1")


def test_no_slug_hides_behind_a_route() -> None:
    """Every fixed word that stands where a slug could is refused as a slug."""
    lists = {route.split("<slug:slug>")[0] for route, _pattern in routes() if "<slug:slug>" in route}
    lists |= {route.split("(?P<slug>")[0].replace("^", "") for route, _pattern in routes() if "(?P<slug>" in route}
    words = set()
    for route, _pattern in routes():
        plain = route.replace("^", "").replace("$", "")
        words |= {
            plain.removeprefix(start).strip("/") for start in lists if plain.startswith(start) and plain != start and "<" not in plain
        }
    assert {"compare", "provisions", "facets"} <= words
    for word in words:
        if "/" not in word and "." not in word:
            with pytest.raises(ValidationError):
                validate_slug(word)


def test_the_routes_are_what_this_test_thinks() -> None:
    assert resolve("/treaties/compare/").url_name == "treaty-compare"
    with pytest.raises(Resolver404):
        resolve("/events/a_b!/")
