"""THE declaration of every public field of actors, places and themes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sinorus.publishing.serializers import DateField, RecordSerializer, RefField, ref

from .models import Actor, Place


class NameSerializer(serializers.Serializer):
    """Another name."""

    text = serializers.CharField(help_text="As written.")
    language = serializers.CharField(help_text="ISO 639 code; empty when it belongs to none.")
    script = serializers.CharField(help_text="ISO 15924 code.")
    type = serializers.CharField(help_text="official, short, romanisation, former, exonym, birth or other.")
    system = serializers.CharField(help_text="Of a romanisation.")
    period = DateField(help_text="When the name was in use; null when that does not matter.")


class OfficeSerializer(serializers.Serializer):
    """An office held."""

    title = serializers.CharField(help_text="Name of the office.")
    of = serializers.SerializerMethodField(help_text="The state or body.")
    ongoing = serializers.BooleanField(help_text="Whether it is still held.")

    def get_fields(self) -> dict[str, Any]:
        # "from" is a word of the language, so it cannot be declared as an attribute.
        return super().get_fields() | {
            "from": DateField(source="start", help_text="When it was taken."),
            "to": DateField(source="end", help_text="When it was left."),
        }

    @extend_schema_field({"type": ["string", "null"], "description": "Slug of the actor."})
    def get_of(self, office: Any) -> str | None:
        return office.of.slug if office.of and office.of.is_public else None


class CitedSerializer(RecordSerializer):
    """A record of the vocabulary with what it rests on, its names in other languages among it."""

    citations = serializers.SerializerMethodField(help_text="What the record rests on, beside the records that name it.")

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_citations(self, record: Any) -> list[dict[str, Any]]:
        return [
            {"source": one.source.slug, "locator": one.locator, "note": one.note, "supports": one.supports}
            for one in record.public_citations
        ]


class ActorSerializer(CitedSerializer):
    """A state, an organisation or a person."""

    kind = serializers.ChoiceField(choices=Actor.Kind.values, help_text="state, organisation or person.")
    side = serializers.CharField(help_text="chinese, russian or third.")
    name = serializers.CharField(source="title", help_text="Usual name in English.")
    names = NameSerializer(source="names.all", many=True, help_text="Other names.")
    life = DateField(help_text="Life of a person, existence of a state or body.")
    offices = OfficeSerializer(source="offices.all", many=True, help_text="Offices held, in order.")
    succeeds = serializers.SerializerMethodField(help_text="Whom it succeeded.")
    succeeded_by = serializers.SerializerMethodField(help_text="Who succeeded it.")

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_succeeds(self, actor: Any) -> list[dict[str, str]]:
        return [ref(link.predecessor, self.context) for link in actor.succeeds_links.all()]

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_succeeded_by(self, actor: Any) -> list[dict[str, str]]:
        return [ref(link.successor, self.context) for link in actor.succeeded_by_links.all()]


class PlaceSerializer(CitedSerializer):
    """A place."""

    kind = serializers.ChoiceField(choices=Place.Kind.values, help_text="What sort of place.")
    name = serializers.CharField(source="title", help_text="Usual name in English.")
    names = NameSerializer(source="names.all", many=True, help_text="Other names.")
    within = RefField(help_text="The place it lies in today.")
    latitude = serializers.FloatField(help_text="Degrees north, WGS 84.", allow_null=True)
    longitude = serializers.FloatField(help_text="Degrees east, WGS 84.", allow_null=True)


class ThemeSerializer(RecordSerializer):
    """A theme; its summary is its definition."""

    name = serializers.CharField(source="title", help_text="Name in English.")
