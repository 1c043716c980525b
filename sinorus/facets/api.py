"""What hangs the one question on DRF: a filter backend, pages, and the viewset of a record type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from .answers import kept
from .filtersets import FacetedFilterSet
from .forms import RecordOptions
from .kept import tell, variant
from .pages import Records, page_of
from .problems import BadQuestion, Gone, errors_of
from .schema import AS_OF, TRIMMED, WHOLE, WHOLE_FACETS, FacetsSerializer, parameters

FIELDS = "fields"


class QuestionBackend(BaseFilterBackend):
    """Asks the FilterSet of the view; what it does not understand is an error, never ignored."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        view.question = view.ask(request)
        return view.question.results()

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return parameters(view.filterset_class)


class QuestionPages(BasePagination):
    """``count``, ``next``, ``previous``, ``results``; ``count_certain`` where imprecise dates are read as possible."""

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> Records:
        self.request = request
        try:
            self.page = page_of(view.question, lambda records: records.for_page().each_whole())
        except Http404 as error:
            raise NotFound(*error.args) from None
        return self.page.records

    def get_paginated_response(self, data: list[Any]) -> Response:
        page, question = self.page, self.page.question
        here = self.request.build_absolute_uri(self.request.path)
        links = {
            rel: None if query is None else f"{here}?{query}" if query else here
            for rel, query in (("next", page.next_query), ("previous", page.previous_query))
        }
        body: dict[str, Any] = {"count": page.count}
        if question.asked.get("date_match") == "possible":
            body["count_certain"] = question.count_certain
        header = ", ".join(f'<{url}>; rel="{"prev" if rel == "previous" else rel}"' for rel, url in links.items() if url)
        return Response({**body, **links, "results": data}, headers={"Link": header} if header else None)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        url = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Records that match."},
                "count_certain": {"type": "integer", "description": "Those that match whatever imprecise dates turn out to be."},
                "next": url,
                "previous": url,
                "results": schema,
            },
        }


class RecordQuestion(RecordOptions):
    """The parameters of one record in the API."""

    known = (FIELDS, "as_of")
    lang = None


class CatalogueViewSet(ReadOnlyModelViewSet):
    """List, record by slug or permanent id, and facets of one record type."""

    model: ClassVar[Any]
    filterset_class: ClassVar[type[FacetedFilterSet]]
    filter_backends = [QuestionBackend]
    pagination_class = QuestionPages
    lookup_field = "slug"
    lookup_value_regex = "[A-Za-z0-9-]+"

    def get_queryset(self) -> QuerySet:
        return self.model.objects.public()

    def ask(self, request: Request, also: Iterable[str] = (FIELDS,)) -> FacetedFilterSet:
        question = self.filterset_class(request.query_params, self.get_queryset(), also=also, request=request)
        if errors := errors_of(question) + self._bad_fields(request):
            raise BadQuestion(errors)
        return question

    def get_object(self) -> Any:
        asked = RecordQuestion(self.request.query_params)
        if errors := asked.problems + self._bad_fields(self.request):
            raise BadQuestion(errors)
        records, key = self.get_queryset(), self._key()
        try:
            if not (day := asked.cleaned_data["as_of"]):
                return records.for_page().whole(**key)
            if record := records.for_page().as_it_stood(records.values_list("pk", flat=True).get(**key), day):
                return record
            raise NotFound(_("It is not known to have been published on %(day)s.") % {"day": day})
        except self.model.DoesNotExist:
            if (reason := self.model.objects.withdrawal(**key)) is not None:
                raise Gone(reason) from None
            raise NotFound(_("There is no published record “%(slug)s” here.") % {"slug": self.kwargs["slug"][:100]}) from None

    def _key(self) -> dict[str, Any]:
        """The record that is asked for, by slug or by permanent id."""
        slug = self.kwargs["slug"]
        number = slug[len(self.model.PREFIX) :] if slug.upper().startswith(self.model.PREFIX) else ""
        return {"pk": int(number)} if number.isdigit() and len(number) < 19 else {"slug": slug}

    @extend_schema(parameters=[TRIMMED, AS_OF])
    @kept
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One record; what was renamed or merged into another leads there."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except NotFound:
            record = self.model.objects.successor(**self._key())
            if record is None or record.slug == kwargs["slug"] or str(record.pk) == kwargs["slug"][len(self.model.PREFIX) :]:
                raise
            query = request.META.get("QUERY_STRING", "")
            address = self.reverse_action("detail", args=[record.slug]) + (f"?{query}" if query else "")
            return Response(status=301, headers={"Location": address})

    def _wanted(self, request: Request) -> list[str]:
        return [name for value in request.query_params.getlist(FIELDS) for name in value.split(",") if name]

    def _bad_fields(self, request: Request) -> list[dict[str, Any]]:
        if not (wanted := self._wanted(request)):
            return []
        known = list(self.get_serializer_class()().fields)
        wrong = [name for name in wanted if name not in known]
        message = _("Not a field of these records: %(names)s.")
        return [{"name": FIELDS, "message": message % {"names": ", ".join(wrong)[:200]}, "allowed": known}] if wrong else []

    @extend_schema(parameters=[TRIMMED])
    @kept
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Records that answer a question, page by page."""
        records = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        context = tuple(self.question.context().items())
        told = variant(request, self.get_serializer_class(), context, tuple(self._wanted(request)))
        return self.get_paginated_response(tell(self.model, records.keys, told, lambda keys: self._told(records.some(keys))))

    def _told(self, records: dict[int, Any]) -> dict[int, Any]:
        return dict(zip(records, self.get_serializer(records.values(), many=True).data, strict=True))

    def get_serializer_context(self) -> dict[str, Any]:
        question = getattr(self, "question", None)
        return super().get_serializer_context() | (question.context() if question else {})

    def get_serializer(self, *args: Any, **kwargs: Any) -> serializers.BaseSerializer:
        serializer = super().get_serializer(*args, **kwargs)
        if wanted := self._wanted(self.request) if getattr(self, "request", None) else []:
            fields = getattr(serializer, "child", serializer).fields
            for name in set(fields) - set(wanted):
                fields.pop(name)
        return serializer

    @extend_schema(filters=True, responses=FacetsSerializer, parameters=[WHOLE_FACETS])
    @action(detail=False, url_path="facets", pagination_class=None)
    @kept
    def facets(self, request: Request) -> Response:
        """Counts of every facet under the question; ``url`` chooses the value, or gives it up."""
        question = self.ask(request, also=[FIELDS, WHOLE])
        whole, known = request.query_params.getlist(WHOLE), list(question.facet_filters)
        if strange := sorted({*whole} - {*known}):
            message = _("There is no facet of this name: %(names)s.") % {"names": ", ".join(strange)[:200]}
            raise BadQuestion([{"name": WHOLE, "message": message, "allowed": known}])
        here = request.build_absolute_uri(request.path.removesuffix("facets/"))
        found = [
            {
                "name": facet.name,
                "label": facet.label,
                "complete": facet.complete,
                "buckets": [
                    {
                        "value": value,
                        "label": label,
                        "count": count,
                        "selected": selected,
                        "url": f"{here}?{query}" if (query := link(value)) else here,
                    }
                    for value, label, count, selected, link in facet.buckets
                ],
            }
            for facet in question.facets(whole)
        ]
        return Response({"count": question.count, "facets": found, "histogram": question.histogram()})
