"""A client that openapi-python-client makes of the schema reads every endpoint, with typed results; what is refused is typed too."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import openapi_python_client
import pytest
from drf_spectacular.generators import SchemaGenerator
from pytest_django.live_server_helper import LiveServer

from tests import records as make

pytestmark = pytest.mark.once

assert openapi_python_client  # so that this file is left out, loudly, where it is not installed
NAME = "sinorus_client_of_tests"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package that is made of the schema."""
    folder = tmp_path_factory.mktemp("client")
    schema, config = folder / "schema.json", folder / "config.json"
    schema.write_text(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
    config.write_text(json.dumps({"post_hooks": []}))
    options = ["--path", schema, "--config", config, "--output-path", folder / NAME, "--meta", "none", "--fail-on-warning"]
    command = [str(Path(sys.executable).parent / "openapi-python-client"), "generate", *map(str, options)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module(NAME)
    sys.path.remove(str(folder))


def operations(generated: ModuleType) -> list[ModuleType]:
    """A module for each operation of the schema."""
    root = importlib.import_module(f"{NAME}.api.v1")
    return [importlib.import_module(f"{NAME}.api.v1.{one.name}") for one in pkgutil.iter_modules(root.__path__)]


@pytest.mark.django_db(transaction=True)
def test_every_endpoint_is_read_with_typed_results(generated: ModuleType, live_server: LiveServer) -> None:
    make.small_world()
    client = generated.Client(base_url=live_server.url)
    models = importlib.import_module(f"{NAME}.models")
    slugs = {"event": "yeltsin-in-beijing-1996", "treaty": "alliance-1950"}
    read = 0
    for operation in operations(generated):
        needed = inspect.signature(operation.sync_detailed).parameters
        given: dict[str, Any] = {"q": "china"} if "q" in needed and needed["q"].default is inspect.Parameter.empty else {}
        if "slug" in needed:
            name = operation.__name__.rsplit(".", 1)[1].split("_")[1]
            listed = importlib.import_module(f"{NAME}.api.v1.v1_{name}_list").sync(client=client)
            given["slug"] = slugs.get(name, listed.results[0].slug)
        answer = operation.sync_detailed(client=client, **given)
        assert answer.status_code == 200, f"{operation.__name__}: {answer.content[:300]!r}"
        parsed = answer.parsed if isinstance(answer.parsed, list) else [answer.parsed]
        assert all(type(one).__module__.startswith(models.__name__) for one in parsed), operation.__name__
        assert not isinstance(answer.parsed, models.Problem)
        read += 1
    assert read > 25
    _have_types_within(client, models)


def _have_types_within(client: Any, models: ModuleType) -> None:
    events = importlib.import_module(f"{NAME}.api.v1.v1_events_list")
    page = events.sync(client=client, state=["china"], sort=models.V1EventsListSort.DATE)
    assert page.count == len(page.results) > 5
    assert all(isinstance(event, models.Event) and isinstance(event.kind, models.EventKindEnum) for event in page.results)
    visit = next(event for event in page.results if event.slug == "yeltsin-in-beijing-1996")
    assert visit.importance == 3 and visit.date.edtf == "1996-04-25" and visit.place.title == "Beijing"
    assert visit.updated.year == 2020
    refused = events.sync_detailed(client=client, state=["atlantis"])
    assert isinstance(refused.parsed, models.Problem) and refused.parsed.errors[0].name == "state"
