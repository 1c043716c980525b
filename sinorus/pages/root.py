"""The root of the API: what it offers, the edition, the licence."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

ENDPOINTS: Final = ("events", "treaties", "actors", "places", "themes", "formulas", "sources", "assessments", "dossiers")


class LicenceSerializer(serializers.Serializer):
    """What may be done with the data."""

    data = serializers.CharField(help_text="Short name of the licence.")
    url = serializers.URLField(help_text="Its text.")


class RootSerializer(serializers.Serializer):
    """What the API offers."""

    endpoints = serializers.DictField(child=serializers.URLField(), help_text="Lists of records by name.")
    facets = serializers.DictField(child=serializers.URLField(), help_text="Counts of the same questions by name.")
    search = serializers.CharField(help_text="Across all records; the query follows.")
    suggest = serializers.CharField(help_text="Records whose name begins so; the beginning follows.")
    changes = serializers.CharField(help_text="What changed in the record.")
    schema = serializers.CharField(help_text="The OpenAPI document.")
    docs = serializers.CharField(help_text="A page to try it.")
    edition = serializers.IntegerField(help_text="The present edition.")
    licence = LicenceSerializer(help_text="What may be done with the data.")


class Root(APIView):
    """What the API offers, the edition and the licence."""

    @extend_schema(responses=RootSerializer, operation_id="root")
    def get(self, request: Request) -> Response:
        here = request.build_absolute_uri(request.path)
        body = {
            "endpoints": {name: f"{here}{name}/" for name in ENDPOINTS},
            "facets": {name: f"{here}{name}/facets/" for name in ENDPOINTS},
            "search": f"{here}search/?q=",
            "suggest": f"{here}suggest/?q=",
            "changes": f"{here}changes/",
            "schema": f"{here}schema/",
            "docs": request.build_absolute_uri(reverse("api-docs")),
            "edition": getattr(request, "edition", 0),
            "licence": {"data": settings.LICENCE["name"], "url": settings.LICENCE["url"]},
        }
        return Response(body)
