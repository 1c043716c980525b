"""The record types of a release, told as the API tells them: a file of JSON Lines each."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import override

from events.views import EventList
from sinorus.dossiers.views import DossierList
from sinorus.facets.forms import records
from sinorus.facets.views import CatalogueView
from sinorus.pages.catalogues import ActorList, PlaceList, ThemeList
from sinorus.pages.ladder import FormulaList
from sinorus.sources.views import AssessmentList, SourceList
from treaties.views import TreatyList

#: Name in the API and of the file → the list that declares question and answer.
LISTS: Final[dict[str, type[CatalogueView]]] = {
    "events": EventList,
    "treaties": TreatyList,
    "actors": ActorList,
    "places": PlaceList,
    "themes": ThemeList,
    "formulas": FormulaList,
    "sources": SourceList,
    "assessments": AssessmentList,
    "dossiers": DossierList,
}


def lines(name: str, day: datetime.date) -> Iterator[str]:
    """Every public record of a type in canonical JSON, as on a day: names in order, nothing between, addresses without a host."""
    view = LISTS[name]
    filters = view.filterset_class.get_filters()
    question = view.filterset_class(QueryDict(f"on={day}" if "on" in filters else ""), view.model.objects.public().order_by())
    serializer = view.serializer_class(context=question.context())
    with override("en"):
        for record in records(question):
            yield canonical(serializer.to_representation(record)) + "\n"


def canonical(told: dict[str, Any]) -> str:
    """One spelling of a record: what is equal is spelt alike."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
