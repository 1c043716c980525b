"""Long downloads fetch what many records point at once: what they tell is what a record's own page tells."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from events.models import Event
from sinorus.facets.gathering import Gathering
from sinorus.facets.views import CatalogueView
from sinorus.publishing.models import Change
from tests.catalogues import routes
from tests.facets.generated import generate
from treaties.models import Treaty

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def serializers() -> dict[Any, Any]:
    """How each record type with a list is told."""
    views = [getattr(pattern.callback, "view_class", None) for _route, pattern in routes()]
    return {view.model: view.serializer_class for view in views if isinstance(view, type) and issubclass(view, CatalogueView)}


@pytest.fixture
def thousand(world: Any) -> None:
    generate(events=60, treaties=60)


@pytest.mark.parametrize("model", serializers(), ids=lambda model: model.__name__)
def test_what_is_told_is_the_same(thousand: None, model: Any) -> None:
    serializer = serializers()[model](context={"request": RequestFactory().get("/")})
    alone = {one.pk: serializer.to_representation(one) for one in model.objects.public().for_page()}
    assert alone or model is Change
    gathering, keys = Gathering(model), list(alone)
    for part in (keys[: len(keys) // 2], keys[len(keys) // 2 :]):  # the second finds some of what it needs there
        found = gathering.fetch(model.objects.public().filter(pk__in=part).for_page())
        with CaptureQueriesContext(connection) as queries:
            told = {one.pk: serializer.to_representation(one) for one in found}
        assert told == {pk: alone[pk] for pk in part}
        assert not queries.captured_queries, "something was not fetched beside the records"


@pytest.mark.parametrize(
    ("model", "part", "end"), [(Event, "participations", "actor"), (Treaty, "parties", "actor"), (Event, "citations", "source")]
)
def test_what_many_point_at_is_one_object(thousand: None, model: Any, part: str, end: str) -> None:
    gathering, half = Gathering(model), model.objects.public().order_by("pk")
    pages = [gathering.fetch(rows.for_page()) for rows in (half.filter(pk__in=list(half.values_list("pk", flat=True)[:30])), half)]
    ends = [getattr(row, end) for page in pages for record in page for row in getattr(record, f"public_{part}")]
    assert len({id(one) for one in ends}) == len({one.pk for one in ends}) < len(ends)
