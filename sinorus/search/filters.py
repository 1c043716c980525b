"""``q``: free text as a parameter of a FilterSet, combined with every facet and counted with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sinorus.facets.filters import Condition
from sinorus.facets.pages import Records

from . import relevance
from .query import Query, parse
from .snippets import hits_of_page


class SearchFilter(Condition):
    """Declare it as ``q`` in the FilterSet of a model that has ``search_fields``."""

    sort = "relevance"

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Words in English, Chinese or Russian, in any form; “exact phrase”, -excluded, prefix*.")
        super().__init__(read=parse, label=_("Search"), help_text=help_text, **kwargs)

    def q(self, value: Query, records: QuerySet) -> Q:
        return relevance.matching(value, records.model)

    def explain(self, value: Query, records: Records, language: str) -> list[Any]:
        return hits_of_page(value, records, language)

    def order(self, value: Query, records: QuerySet) -> tuple:
        return relevance.order(value, records.model)

    def steps(self, value: Query, records: QuerySet, number: Callable[[Q], int]) -> tuple[list[Q], tuple[str, ...]] | None:
        return relevance.steps(value, records.model, number)
