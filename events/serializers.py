"""THE declaration of every public field of an event."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sinorus.publishing.serializers import DateField, RecordSerializer, RefField, RefsField, SlugsField, ThemesField, ref
from sinorus.sources.serializers import AccountsField, CitationsField

from .models import Event


class ParticipantSerializer(serializers.Serializer):
    """Somebody who takes part."""

    actor = serializers.SerializerMethodField(help_text="Who.")
    role = serializers.CharField(help_text="As what.")
    office = serializers.CharField(source="office_that_day", help_text="Office that day: as the source gives it, else from dated offices.")

    @extend_schema_field(
        {"type": "object", "properties": {"slug": {"type": "string"}, "name": {"type": "string"}, "kind": {"type": "string"}}}
    )
    def get_actor(self, row: Any) -> dict[str, str]:
        return {"slug": row.actor.slug, "name": row.actor.title, "kind": row.actor.kind}


class EventSerializer(RecordSerializer):
    """An event."""

    kind = serializers.ChoiceField(choices=Event.Kind.values, help_text="What sort of event.")
    date = DateField(help_text="When.")
    place = RefField(help_text="Where; null when not recorded.")
    place_note = serializers.CharField(help_text="More on the place.")
    importance = serializers.IntegerField(help_text="1 to 3, 3 the greatest.")
    participants = ParticipantSerializer(source="public_participations", many=True, help_text="Who took part.")
    themes = ThemesField(source="public_themes", help_text="What it is about.")
    formulas = SlugsField(source="public_formulas", help_text="Formulas proposed, used or changed.")
    body = serializers.CharField(help_text="More than the summary, in Markdown.")
    treaties = RefsField(source="public_treaties", help_text="Instruments signed or adopted at it.")
    relations = serializers.SerializerMethodField(help_text="How it stands to other events.")
    assessments = RefsField(source="public_assessments", help_text="What was held of it.")
    citations = CitationsField(source="public_citations", help_text="What it rests on.")
    accounts = AccountsField(source="public_accounts", help_text="Where sources disagree.")

    @extend_schema_field(
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"type": {"type": "string"}, "label": {"type": "string"}, "target": {"type": "object"}},
            },
        }
    )
    def get_relations(self, event: Event) -> list[dict[str, Any]]:
        return [{"type": type_, "label": label, "target": ref(target, self.context)} for type_, label, target in event.relations]
