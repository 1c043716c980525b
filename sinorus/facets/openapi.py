"""The OpenAPI document beyond what drf-spectacular reads off views by itself: errors of every operation, an example for every parameter."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from .filters import Facet
from .problems import CONTENT_TYPE
from .schema import WHOLE

_MEANINGS: Final = {
    "400": "The question was not understood: `errors` says which parameter, what was wrong, and what is allowed.",
    "404": "There is no such record, or no such page of the list.",
    "406": "Only JSON is offered here; lists have other forms at addresses of their own, such as /events.csv.",
    "410": "The record was withdrawn; `detail` says why.",
    "429": "Too many requests of one address; come back after the seconds in `Retry-After`, or fetch the whole list as a file.",
}
_MOVED: Final = {
    "description": "The record was renamed or merged into another, which is at `Location`.",
    "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
}
#: What may be sent for parameters that every view has alike; those of a question stand with its FilterSet.
EXAMPLES: Final = {"fields": "slug,title", "as_of": "2026-11-27", "lang": "en", "q": "partnership", "page": 1, "page_size": 25}


class ProblemErrorSerializer(serializers.Serializer):
    """One thing that is wrong with a question."""

    name = serializers.CharField(help_text="Name of the parameter.")
    message = serializers.CharField(help_text="What was wrong, in the language asked for.")
    allowed = serializers.ListField(child=serializers.CharField(), help_text="What it may be, where that is a short closed list.")


class ProblemSerializer(serializers.Serializer):
    """What went wrong, as a problem document (RFC 9457)."""

    type = serializers.CharField(help_text="about:blank: the status says which problem it is.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What went wrong this time.")
    instance = serializers.CharField(required=False, help_text="The address that it happened at.")
    errors = ProblemErrorSerializer(many=True, required=False, help_text="Everything that is wrong with a question, at once.")


class Schema(AutoSchema):
    """Operations as they really are."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        found = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemSerializer, direction).ref
        is_record = "{slug}" in self.path
        for code, meaning in _MEANINGS.items():
            if code != "410" or is_record:
                found[code] = {"description": meaning, "content": {CONTENT_TYPE: {"schema": problem}}}
        found["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
        return found | ({"301": _MOVED} if is_record else {})

    def _get_parameters(self) -> list[dict[str, Any]]:
        found = super()._get_parameters()
        facets = [name for name, one in self._filters().items() if isinstance(one, Facet)]
        found = [one for one in found if one["name"] != WHOLE or facets]
        for one in found:
            if one["name"] == WHOLE:
                one["schema"]["items"]["enum"] = facets
            if (example := EXAMPLES.get(one["name"], _first(one["schema"]))) is not None:
                one.setdefault("example", [example] if one["schema"].get("type") == "array" and not isinstance(example, list) else example)
        return found

    def _filters(self) -> dict[str, Any]:
        filterset = getattr(self.view, "filterset_class", None)
        return filterset.get_filters() if filterset else {}

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        found = super()._resolve_path_parameters(variables)
        for one in found:
            if one["name"] == "slug" and (prefix := getattr(getattr(self.view, "model", None), "PREFIX", "")):
                one["description"] = f"The record's slug, or its permanent id, such as {prefix}1."
                one["example"] = f"{prefix}1"
        return found


def _first(schema: dict[str, Any]) -> Any:
    """The usual value of a parameter, or else the first of a closed list."""
    values = schema.get("enum") or schema.get("items", {}).get("enum") or [None]
    return schema.get("default", values[0])
