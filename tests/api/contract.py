"""What a stranger's program may ask of the API, made up from its schema, and whether the answers are what the schema says."""

from __future__ import annotations

from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import response_schema_conformance
from schemathesis.config import SchemathesisConfig

from sinorus.api import router
from sinorus.facets.api import CatalogueViewSet
from tests import records as make

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


def check(examples: int, *, of_the_same: int | None = None) -> None:
    """Ask every operation so many things, sensible and not, and hold every answer against all checks there are.

    Nine catalogues answer by the same code: beside events and treaties, which have most parameters, they may be asked less often.
    """
    make.small_world()  # committed, since the server answers from a connection of its own
    found = {}
    for operation in operations():
        less = of_the_same is not None and operation.path.startswith(ALIKE)
        try:
            _check(operation, of_the_same if less else examples)
        except BaseExceptionGroup as error:  # of Schemathesis' failures
            found[operation.label] = error
    assert not found, "\n\n".join(f"{label}: {error}\n{error.exceptions}" for label, error in found.items())


def _check(operation: Any, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        # A trimmed record lacks what the schema rightly calls required of a whole one; tests/api/test_records_and_lists.py looks at those.
        trimmed = [response_schema_conformance] if "fields" in (case.query or {}) else []
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=trimmed)

    ask()
