"""What a stranger's program may ask of the API, made up from its schema, and whether the answers are what the schema says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import negative_data_rejection, response_schema_conformance
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from sinorus.api import router
from sinorus.facets.api import CatalogueViewSet

SCHEMA = "/api/v1/schema/?format=json"
#: All checks are on. One needs to be told that a question may follow the schema and still be refused, with a problem document: a
#: slug that is nobody's, a span that ends before it begins. That the examples of the schema are accepted has a test of its own.
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", 400, 404, 406, 410, 429]}}}

#: The catalogues beside events and treaties.
ALIKE = tuple(
    f"/api/v1/{prefix}/"
    for prefix, viewset, _name in router.registry
    if issubclass(viewset, CatalogueViewSet) and prefix not in ("events", "treaties")
)


def operations() -> list[Any]:
    """Every operation that the schema describes."""
    schema = schemathesis.openapi.from_wsgi(SCHEMA, get_wsgi_application(), config=SchemathesisConfig.from_dict(CONFIG))
    return [result.ok() for result in schema.get_all_operations()]


def check(examples: int, *, of_the_same: int | None = None, mode: GenerationMode = GenerationMode.POSITIVE) -> int:
    """Ask every operation so many things that are as described, or that are not; hold each answer against all checks. How many were asked.

    Nine catalogues answer by the same code: beside events and treaties, which have most parameters, they may be asked less often.
    """

    def ask(operation: Any, judge: Callable[[Any], None]) -> None:
        less = of_the_same is not None and operation.path.startswith(ALIKE)
        effort = settings(
            max_examples=of_the_same if less else examples,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )
        with suppress(Unsatisfiable):  # where nothing can be asked, nothing can be asked amiss
            effort(given(case=operation.as_strategy(generation_mode=mode))(lambda case: judge(case)))()

    return _each(ask)


def check_edges() -> int:
    """Ask what stands at the edges of the schema: for every parameter the least, the longest and one beyond, none, two; other methods."""

    def ask(operation: Any, judge: Callable[[Any], None]) -> None:
        schema, modes = operation.schema, list(GenerationMode)
        effort = schema.config.generation_for(operation=operation, phase="coverage")
        for case in schema.iter_coverage_cases(operation, generation_modes=modes, generation_config=effort):
            judge(case)

    return _each(ask)


def _each(ask: Callable[[Any, Callable[[Any], None]], None]) -> int:
    asked, found = 0, {}

    def judge(case: Any) -> None:
        nonlocal asked
        asked += 1
        answer = case.call(headers={"Accept-Encoding": "identity"})
        # A trimmed record lacks what the schema rightly calls required of a whole one; tests/api/test_records_and_lists.py looks at those.
        left_out = [response_schema_conformance] if "fields" in (case.query or {}) else []
        # A parameter with nothing in it is one that is not given, as forms of pages send it.
        left_out += [negative_data_rejection] if "=&" in f"{answer.request.url}&" else []
        case.validate_response(answer, excluded_checks=left_out)

    for operation in operations():
        try:
            ask(operation, judge)
        except BaseExceptionGroup as error:  # of Schemathesis' failures
            found[operation.label] = error
    assert not found, "\n\n".join(f"{label}: {error}\n{error.exceptions}" for label, error in found.items())
    return asked
