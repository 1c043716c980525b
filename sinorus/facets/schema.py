"""What the OpenAPI document says of questions and their counts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from .filters import Choice, Condition, Facet, FacetNames, RelatedFacet, Switch
from .filtersets import FacetedFilterSet

WHOLE = "whole"
WHOLE_FACETS = OpenApiParameter(WHOLE, str, many=True, description="Names of facets of which every value is told, however many there are.")


class BucketSerializer(serializers.Serializer):
    """One value of a facet."""

    value = serializers.CharField(help_text="What to send as the parameter's value.")
    label = serializers.CharField(help_text="The value for readers.")
    count = serializers.IntegerField(help_text="Distinct records that it would give.")
    selected = serializers.BooleanField(help_text="Whether the question chooses it.")
    url = serializers.CharField(help_text="The list with this value chosen, or given up.")


class FacetSerializer(serializers.Serializer):
    """One facet."""

    name = serializers.CharField(help_text="Name of the parameter.")
    label = serializers.CharField(help_text="The facet for readers.")
    complete = serializers.BooleanField(help_text="Whether every value is here, or only those that most records have.")
    buckets = BucketSerializer(many=True, help_text="Values that some of the records have, and those chosen.")


class YearSerializer(serializers.Serializer):
    """A year and how many records may fall in it."""

    year = serializers.IntegerField(help_text="Gregorian year.")
    count = serializers.IntegerField(help_text="Records whose date may fall in it.")
    certain = serializers.IntegerField(help_text="Those of them whose date must.")


class FacetsSerializer(serializers.Serializer):
    """The counts of a question."""

    count = serializers.IntegerField(help_text="Records that match.")
    facets = FacetSerializer(many=True, help_text="In the order of the page.")
    histogram = YearSerializer(many=True, help_text="By year, in order; years without a record are left out.")


TRIMMED = OpenApiParameter("fields", str, description="Names of the fields to be told, joined by commas; the others are then left out.")
AS_OF = OpenApiParameter("as_of", OpenApiTypes.DATE, description="A day: the record as it stood when that day ended (UTC).")


def parameters(filterset_class: type[FacetedFilterSet]) -> list[dict[str, Any]]:
    """The parameters of a question, for OpenAPI."""
    found = []
    for name, filter_ in filterset_class.get_filters().items():
        schema: dict[str, Any] = {"type": "string"}
        if name in ("page", "page_size"):
            schema = {"type": "integer", "minimum": 1, "default": filter_.default}
            schema |= {"maximum": settings.FACETS["MAX_PAGE_SIZE"]} if name == "page_size" else {}
        elif isinstance(filter_, Choice):
            schema |= {"enum": filter_.allowed, "default": filter_.default}
        elif isinstance(filter_, Condition):
            schema |= {"maxLength": settings.SEARCH["MAX_LENGTH"]}
        elif isinstance(filter_, Switch) and filter_.allowed:
            schema |= {"enum": filter_.allowed}
        elif isinstance(filter_, FacetNames):
            schema = {"type": "array", "items": {"type": "string", "enum": filter_.allowed}}
        elif isinstance(filter_, Facet):
            closed = [] if isinstance(filter_, RelatedFacet) else filter_.allowed()
            schema = {"type": "array", "items": {"type": "string"} | ({"enum": closed} if closed else {})}
        example = getattr(filter_, "example", "")
        more = {"example": [example] if schema["type"] == "array" else example} if example else {}
        explode = {"explode": True, "style": "form"} if schema["type"] == "array" else {}
        told = {"name": name, "in": "query", "required": False, "description": str(filter_.extra["help_text"]), "schema": schema}
        found.append(told | explode | more)
    return found
