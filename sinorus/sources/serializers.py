"""THE declaration of every public field of sources, citations, accounts, assessments and formulas."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sinorus.publishing.serializers import THEMES, DateField, RecordSerializer, RefField

from .models import Assessment, Source

CITATION = {
    "type": "object",
    "required": ["source", "title", "locator", "note", "supports"],
    "properties": {
        "source": {"type": "string", "description": "Slug of the source."},
        "title": {"type": "string", "description": "Its title."},
        "locator": {"type": "string", "description": "Where in the source."},
        "note": {"type": "string"},
        "supports": {"type": "string", "description": "The part of the record; empty for the whole."},
        "quotation": {"type": "string"},
        "quotation_language": {"type": "string"},
    },
}


def citation(source: Source, locator: str, row: Any = None) -> dict[str, str]:
    """A citation: a row of one, or a source that a record names in another way."""
    told = {name: getattr(row, name, "") for name in ("note", "supports", "quotation", "quotation_language")}
    return {"source": source.slug, "title": source.title, "locator": locator, **told}


@extend_schema_field({"type": "array", "items": CITATION})
class CitationsField(serializers.ReadOnlyField):
    """What a record rests on."""

    def to_representation(self, value: Iterable[Any]) -> list[dict[str, str]]:
        return [citation(one.source, one.locator, one) for one in value]


def grouped(accounts: Iterable[Any]) -> list[dict[str, Any]]:
    """Accounts with the same field and value as one: [{field, value, preferred, reason, accounts}]."""
    rows = sorted(accounts, key=lambda row: row.position)
    order = {(row.field, row.value): number for number, row in reversed(list(enumerate(rows)))}
    fields = {row.field: number for number, row in reversed(list(enumerate(rows)))}
    rows.sort(key=lambda row: (fields[row.field], order[row.field, row.value]))
    found = []
    for (field, value), group in groupby(rows, key=lambda row: (row.field, row.value)):
        members = list(group)
        reason = next((row.reason for row in members if row.reason), "")
        found.append(
            {"field": field, "value": value, "preferred": any(row.preferred for row in members), "reason": reason, "accounts": members}
        )
    return found


@extend_schema_field(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["field", "value", "preferred", "citations"],
            "properties": {
                "field": {"type": "string", "description": "What the sources disagree on."},
                "value": {"type": "string", "description": "What these sources say."},
                "preferred": {"type": "boolean", "description": "Whether the record follows it."},
                "reason": {"type": "string", "description": "Why."},
                "citations": {"type": "array", "items": {"type": "object"}},
            },
        },
    }
)
class AccountsField(serializers.ReadOnlyField):
    """Where sources disagree."""

    def to_representation(self, value: Iterable[Any]) -> list[dict[str, Any]]:
        return [
            {name: group[name] for name in ("field", "value", "preferred", "reason")}
            | {
                "citations": [
                    {"source": row.source.slug, "title": row.source.title, "locator": row.locator, "note": row.note}
                    for row in group["accounts"]
                ]
            }
            for group in grouped(value)
        ]


class SourceSerializer(RecordSerializer):
    """A source, described as CSL describes it."""

    kind = serializers.CharField(help_text="Item type of CSL.")
    standing = serializers.CharField(help_text="official, archive, scholarship, memoir, press, reference, mirror or other.")
    origin = serializers.CharField(help_text="chinese, russian or third.")
    language = serializers.CharField(help_text="ISO 639 code of the text.")
    authors = serializers.ListField(source="author_names", child=serializers.CharField(), help_text="Authors.")
    original_title = serializers.CharField(help_text="As printed, when the title is a translation.")
    container = serializers.CharField(help_text="Newspaper, journal, book or site.")
    publisher = serializers.CharField(help_text="Who published it.")
    publisher_place = serializers.CharField(help_text="Where.")
    issued = DateField(help_text="When it was published.")
    number = serializers.CharField(help_text="Volume, issue or document symbol.")
    pages = serializers.CharField(help_text="Of a chapter or an article.")
    link = serializers.CharField(source="url", help_text="Address of the text, if it has one.")
    archive_link = serializers.CharField(source="archive_url", help_text="Address of an archived copy.")
    accessed = serializers.DateField(help_text="The day on which it was read.", allow_null=True)
    link_state = serializers.SerializerMethodField(help_text="What was found at the address; empty: not asked.")

    @extend_schema_field({"type": "string", "enum": ["", *Source.LinkState.values]})
    def get_link_state(self, source: Source) -> str:
        return source.link_state if source.link_address == source.url else ""


class AssessmentSerializer(RecordSerializer):
    """What somebody held of something; its summary is the claim in our words."""

    holder = RefField(help_text="Who held it.")
    side = serializers.CharField(source="holder.side", help_text="Whose side the holder stands on.")
    office = serializers.CharField(help_text="The holder's office that day.")
    date = DateField(help_text="When it was said.")
    stance = serializers.CharField(help_text="What the holder does towards the matter.")
    topic = RefField(help_text="The theme it is about.")
    source = RefField(help_text="Where it is reported.")
    locator = serializers.CharField(help_text="Where in the source.")
    themes = serializers.SerializerMethodField(help_text="Its topic, as of other records.")
    citations = serializers.SerializerMethodField(help_text="Its source, as of other records.")

    @extend_schema_field(THEMES)
    def get_themes(self, assessment: Assessment) -> list[dict[str, str]]:
        topic = assessment.topic
        return [{"slug": topic.slug, "name": topic.title}] if topic and topic.is_public else []

    @extend_schema_field({"type": "array", "items": CITATION})
    def get_citations(self, assessment: Assessment) -> list[dict[str, str]]:
        return [citation(assessment.source, assessment.locator)]


class FormulaSerializer(RecordSerializer):
    """A formula of the relation; its summary says what the words mean."""

    type = serializers.CharField(help_text="prelude, rung, variant or slogan.")
    position = serializers.IntegerField(help_text="Place on the ladder.")
    proposer = RefField(help_text="Who brought it in; null when not seen, or when accounts differ and none is followed.")
    proposal = serializers.CharField(help_text="How and when it was proposed, in our words.")
    change = serializers.CharField(help_text="What it says that the step before it did not.")
    citations = CitationsField(source="public_citations", help_text="What it rests on; a quotation attests a wording.")
    accounts = AccountsField(source="public_accounts", help_text="Where sources disagree.")
