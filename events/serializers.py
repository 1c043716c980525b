"""THE declaration of every public field of an event."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sinorus.publishing.serializers import DateField, RecordSerializer, RefField, RefsField, SlugsField, ThemesField, absolute, ref
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


class NearSerializer(serializers.Serializer):
    """An event near a date."""

    event = RefField(help_text="Which.")
    date = DateField(source="event.date", help_text="When.")
    days = serializers.IntegerField(help_text="The most days that may lie between the two dates.")


class RingSerializer(serializers.Serializer):
    """Events within so many days of a record, whatever its imprecise date and theirs turn out to be."""

    name = serializers.ChoiceField(choices=["days", "month", "year"], help_text="Which ring; an event stands in the narrowest.")
    days = serializers.IntegerField(help_text="The most days of the ring.")
    inside = NearSerializer(many=True, help_text="Events in which both sides took part, in order of time.")
    outside = NearSerializer(many=True, help_text="Events of the wider world, in order of time.")


class PairSerializer(serializers.Serializer):
    """Two persons and how often they met."""

    chinese = RefField(help_text="The person of the Chinese side.")
    russian = RefField(help_text="The person of the Russian side.")
    count = serializers.IntegerField(help_text="Meetings; with a span of dates, those that may fall in it.")
    count_certain = serializers.IntegerField(source="certain", help_text="Meetings that must fall in the span.")
    years = serializers.SerializerMethodField(help_text="Meetings by year, by the first day that each may have been.")
    events = serializers.SerializerMethodField(help_text="The events that were counted, in the API.")
    page = serializers.SerializerMethodField(help_text="The same for readers.")

    @extend_schema_field(
        {"type": "array", "items": {"type": "object", "properties": {"year": {"type": "integer"}, "count": {"type": "integer"}}}}
    )
    def get_years(self, pair: Any) -> list[dict[str, int]]:
        return [{"year": year, "count": number} for year, number in pair.years]

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_events(self, pair: Any) -> str:
        return f"{absolute(self.context, 'api:event-list')}?{pair.query}"

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_page(self, pair: Any) -> str:
        return f"{absolute(self.context, 'event-list')}?{pair.query}"


class CheckedSerializer(serializers.Serializer):
    """A number that a source claims, beside that of the record."""

    first = RefField(source="claim.first", help_text="One of the two persons.")
    second = RefField(source="claim.second", help_text="The other.")
    since = serializers.CharField(source="claim.since", help_text="A year, a month or a day; empty: from ever.")
    until = serializers.CharField(source="claim.until", help_text="The same, all of it included; empty: open.")
    words = serializers.CharField(source="claim.words", help_text="What the source says, in our words.")
    claimed = serializers.IntegerField(source="claim.number", help_text="The number that the source gives.")
    count = serializers.IntegerField(help_text="Meetings on record that may fall in that time.")
    count_certain = serializers.IntegerField(source="certain", help_text="Those that must.")
    verdict = serializers.ChoiceField(choices=["agrees", "differs"], help_text="agrees: the claim lies between the two counts.")
    note = serializers.CharField(source="claim.note", help_text="Why the counts differ, if that can be told.")
    source = RefField(source="claim.source", help_text="Who counts so.")
    locator = serializers.CharField(source="claim.locator", help_text="Where in the source.")
    events = serializers.SerializerMethodField(help_text="The events that were counted, in the API.")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_events(self, checked: Any) -> str:
        return f"{absolute(self.context, 'api:event-list')}?{checked.query}"


class MeetingsSerializer(serializers.Serializer):
    """Who met whom."""

    rule = serializers.CharField(help_text="What is counted.")
    count = serializers.IntegerField(help_text="Pairs of persons.")
    pairs = PairSerializer(many=True, help_text="In the order asked for.")
    claims = CheckedSerializer(many=True, help_text="What sources count; these are never narrowed by the question.")
