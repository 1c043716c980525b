"""The stream of changes for programs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from sinorus.facets.api import QuestionBackend, QuestionPages
from sinorus.facets.filtersets import FacetedFilterSet
from sinorus.facets.problems import BadQuestion, errors_of

from . import editions
from .filters import ChangeFilterSet
from .models import Change
from .serializers import ChangeSerializer


class ChangePages(QuestionPages):
    """Pages that name the edition to ask from next time."""

    def get_paginated_response(self, data: list[Any]) -> Response:
        response = super().get_paginated_response(data)
        response.data = {"edition": self.edition, **response.data}
        return response

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        # Read before the entries: what is published meanwhile is then told again next time, never left out.
        self.edition = getattr(request, "edition", None) or editions.current()
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        told = super().get_paginated_response_schema(schema)
        edition = {"type": "integer", "description": "The present edition: ask `since` it next time."}
        properties = {name: one for name, one in told["properties"].items() if name != "count_certain"}
        return told | {"required": ["edition", *told["required"]], "properties": {"edition": edition, **properties}}


class ChangesView(GenericAPIView):
    """What changed in the published record. With `since` the oldest come first, enough to keep a copy in step."""

    queryset = Change.objects.public()
    filterset_class = ChangeFilterSet
    filter_backends = [QuestionBackend]
    pagination_class = ChangePages
    serializer_class = ChangeSerializer

    def ask(self, request: Request) -> FacetedFilterSet:
        question = ChangeFilterSet(request.query_params, self.get_queryset(), request=request)
        if errors := errors_of(question):
            raise BadQuestion(errors)
        return question

    @extend_schema(filters=True, responses=ChangeSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Entries of the stream: time, edition, action, record, what, why, and which other records it affects."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
