"""The OpenAPI document is valid, and what the API answers is what it says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

pytestmark = [pytest.mark.django_db, pytest.mark.once]
jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, Any], bool]:
    """The document, and whether something could not be described."""
    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        return SchemaGenerator().get_schema(request=None, public=True), bool(GENERATOR_STATS)


@pytest.fixture
def schema(made: tuple[dict[str, Any], bool]) -> dict[str, Any]:
    return made[0]


def test_it_is_openapi(schema: dict[str, Any]) -> None:
    validate_schema(schema)


def test_making_it_warns_of_nothing(made: tuple[dict[str, Any], bool]) -> None:
    assert not made[1], "something could not be described: run manage.py spectacular --validate"


def test_every_operation_is_described(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert method == "get", f"{path} offers {method}"
            assert operation.get("description") or operation.get("summary"), path


def test_every_parameter_is_described_and_has_an_example(schema: dict[str, Any]) -> None:
    bare = [
        (path, one["name"])
        for path, operations in schema["paths"].items()
        for one in operations["get"].get("parameters", [])
        if not one.get("description") or one.get("example", one["schema"].get("default")) is None
    ]
    assert not bare


def test_every_error_is_described(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        answers = operations["get"]["responses"]
        wanted = {"400", "404", "406", "429"} | ({"301", "410"} if "{slug}" in path else set())
        assert wanted <= set(answers), path
        assert all("application/problem+json" in answers[code]["content"] for code in wanted - {"301"}), path
    assert set(schema["components"]["schemas"]["Problem"]["properties"]) >= {"type", "title", "status", "detail", "errors"}


def test_every_example_is_accepted(reader: Client, world: Any, schema: dict[str, Any]) -> None:
    """Each example of a list alone, on the small world, whose slugs are those of the shipped data."""
    asked = 0
    for path, operations in schema["paths"].items():
        if "{slug}" in path:
            continue
        needed = {one["name"]: one["example"] for one in operations["get"].get("parameters", []) if one.get("required")}
        paged = "page_size" in {one["name"] for one in operations["get"].get("parameters", [])}
        for one in operations["get"].get("parameters", []):
            short = {"page_size": 1} if paged and one["name"] != "page" else {}  # what is in the list is not looked at
            answer = reader.get(f"{path}?{urlencode(needed | short | {one['name']: one['example']}, doseq=True)}")
            assert answer.status_code == 200, f"{path} {one['name']}={one['example']}: {answer.content[:300]}"
            asked += 1
    assert asked > 100


def test_answers_are_as_described(reader: Client, world: Any, schema: dict[str, Any]) -> None:
    """Every list, record and count of the small world, held against the schema of its operation."""
    checked = 0
    for path, operations in schema["paths"].items():
        content = operations["get"]["responses"]["200"]["content"].get("application/json")
        if path.endswith("/schema/") or content is None:
            continue
        validator = jsonschema.Draft202012Validator({"components": schema["components"], **content["schema"]})
        for address in addresses(reader, path):
            answer = reader.get(address)
            assert answer.status_code == 200, address
            errors = [f"{address} {list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(answer.json())]
            assert not errors
            checked += 1
    assert checked > 40


def addresses(reader: Client, path: str) -> list[str]:
    if path in ("/api/v1/search/", "/api/v1/suggest/"):
        return [f"{path}?q=china"]
    if "{slug}" not in path:
        return [path]
    here, _slug, rest = path.partition("{slug}/")
    return [record["url"] + rest for record in reader.get(here).json()["results"]]


def test_every_field_is_required_or_said_to_be_empty(reader: Client, world: Any, schema: dict[str, Any]) -> None:
    """A program may rely on every field of a record being there."""
    for name in ("Event", "Treaty", "Actor", "Source"):
        component = schema["components"]["schemas"][name]
        assert set(component["required"]) == set(component["properties"]), name
