"""Fields that every public record tells, and the small shapes that several of them share."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from .models import Change

_NULL_STRING = {"type": ["string", "null"]}
_NULL_DAY = {"type": ["string", "null"], "format": "date"}


def absolute(context: dict[str, Any], name: str, *args: Any) -> str:
    """The address of a named route, with the host of the request if there is one."""
    return reverse(name, args=args, request=context.get("request"))


@extend_schema_field(
    {
        "type": ["object", "null"],
        "description": "An imprecise date: as written, as EDTF, with its bounds. Null when not recorded.",
        "required": ["text", "edtf", "earliest", "latest", "calendar", "certainty", "note"],
        "properties": {
            "text": {"type": "string", "description": "The date in words, as written where that is kept."},
            "edtf": {"type": "string", "description": "Its meaning in EDTF (ISO 8601-2), Gregorian."},
            "earliest": _NULL_DAY | {"description": "First day it may be; null when open."},
            "latest": _NULL_DAY | {"description": "Last day it may be; null when open."},
            "calendar": {"type": "string", "enum": ["gregorian", "julian"], "description": "Calendar in which it was written."},
            "certainty": {"type": "string", "enum": ["certain", "approximate", "uncertain", "both"]},
            "note": _NULL_STRING,
        },
    }
)
class DateField(serializers.ReadOnlyField):
    """An imprecise date."""

    parts = ("text", "edtf", "earliest", "latest", "calendar", "certainty", "note")

    def get_attribute(self, instance: Any) -> Any:
        return super().get_attribute(instance) or None

    def to_representation(self, value: Any) -> dict[str, Any]:
        return value.as_dict()


@extend_schema_field(
    {
        "type": "object",
        "properties": {"en": {"type": "string"}, "zh": _NULL_STRING, "ru": _NULL_STRING},
        "required": ["en", "zh", "ru"],
        "description": "The title in three languages; null where none is known.",
    }
)
class TitlesField(serializers.ReadOnlyField):
    """The title in three languages."""

    parts = ("en", "zh", "ru")

    def to_representation(self, value: dict[str, str]) -> dict[str, str | None]:
        return {language: title or None for language, title in value.items()}


_REF = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("id", "slug", "title", "url")},
    "required": ["id", "slug", "title", "url"],
}


@extend_schema_field(_REF | {"type": ["object", "null"]})
class RefField(serializers.ReadOnlyField):
    """Another record in short: id, slug, title, its API address."""

    def get_attribute(self, instance: Any) -> Any:
        value = super().get_attribute(instance)
        return value if value is not None and value.is_public else None

    def to_representation(self, value: Any) -> dict[str, str]:
        return ref(value, self.context)


def ref(record: Any, context: dict[str, Any]) -> dict[str, str]:
    """Another record in short."""
    return {
        "id": record.public_id,
        "slug": record.slug,
        "title": record.title,
        "url": absolute(context, f"api:{record._meta.model_name}-detail", record.slug),
    }


@extend_schema_field({"type": "array", "items": _REF})
class RefsField(serializers.ReadOnlyField):
    """Other records in short."""

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        return [ref(record, self.context) for record in value]


THEMES = {
    "type": "array",
    "items": {"type": "object", "properties": {"slug": {"type": "string"}, "name": {"type": "string"}}, "required": ["slug", "name"]},
}


@extend_schema_field(THEMES)
class ThemesField(serializers.ReadOnlyField):
    """Themes by slug and name."""

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        return [{"slug": theme.slug, "name": theme.title} for theme in value]


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class SlugsField(serializers.ReadOnlyField):
    """Records by slug alone."""

    def to_representation(self, value: Any) -> list[str]:
        return [record.slug for record in value]


@extend_schema_field({"type": "array", "items": {"type": "object"}, "maxItems": 0})
class NoneField(serializers.ReadOnlyField):
    """What is told of every record, where this type has no such thing: an empty list, and no column in a table."""

    always_empty = True

    def get_attribute(self, instance: Any) -> list[Any]:
        return []


class RecordSerializer(serializers.Serializer):
    """What every record tells of itself; a type that has themes, citations or accounts declares them anew."""

    id = serializers.CharField(source="public_id", help_text="Permanent id, such as E12; never given to another record.")
    slug = serializers.CharField(help_text="The record's part of its addresses.")
    url = serializers.SerializerMethodField(help_text="This record in the API.")
    page = serializers.SerializerMethodField(help_text="This record for readers.")
    title = serializers.CharField(help_text="Title in English.")
    titles = TitlesField(help_text="Title in the three languages.")
    summary = serializers.CharField(help_text="One to three sentences.")
    published = serializers.DateTimeField(help_text="When it was first published.", allow_null=True)
    updated = serializers.DateTimeField(help_text="When its content last changed.")
    themes = NoneField(help_text="Always empty: such a record stands under no theme.")
    citations = NoneField(help_text="Always empty: such a record cites no source.")
    accounts = NoneField(help_text="Always empty: of such a record no differing accounts are kept.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, record: Any) -> str:
        return absolute(self.context, f"api:{record._meta.model_name}-detail", record.slug)

    @extend_schema_field(OpenApiTypes.URI)
    def get_page(self, record: Any) -> str:
        return absolute(self.context, f"{record._meta.model_name}-detail", record.slug)


class ChangeSerializer(serializers.Serializer):
    """An entry of the stream of changes."""

    time = serializers.DateTimeField(help_text="When the change was made.")
    edition = serializers.IntegerField(help_text="The edition that brought it.")
    action = serializers.ChoiceField(choices=Change.Action.values, help_text="created, updated, renamed, merged, withdrawn or deleted.")
    type = serializers.CharField(source="record_type", help_text="Type of the record: event, treaty, actor …")
    id = serializers.CharField(source="public_id", help_text="Its permanent id.")
    slug = serializers.CharField(help_text="Its slug after the change; its last one when it is gone.")
    title = serializers.CharField(help_text="Its title after the change, in English.")
    former_slug = serializers.CharField(help_text="Its slug before, when it was renamed.")
    into = serializers.CharField(help_text="Permanent id of the record that it was merged into, or null.", allow_null=True)
    into_slug = serializers.CharField(help_text="The slug of that record.")
    url = serializers.SerializerMethodField(help_text="The record in the API, by its id; 404 or 410 when it is gone.")
    what = serializers.ListField(child=serializers.CharField(), help_text="Fields and parts that changed, where that is known.")
    why = serializers.CharField(help_text="The change note.")
    affects = serializers.ListField(
        child=serializers.CharField(),
        help_text="Ids of other records whose answers may have changed with it, since they tell of it or are seen only with it.",
    )

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, change: Change) -> str:
        return absolute(self.context, f"api:{change.record_type}-detail", change.public_id)
