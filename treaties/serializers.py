"""THE declaration of every public field of an instrument."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sinorus.publishing.serializers import DateField, RecordSerializer, RefField, RefsField, ThemesField, absolute, ref
from sinorus.sources.serializers import AccountsField, CitationsField

from .life import Status
from .models import Treaty


class ActionSerializer(serializers.Serializer):
    """What a party did."""

    type = serializers.CharField(help_text="signed, ratified, denounced …")
    date = DateField(help_text="When.")
    note = serializers.CharField(help_text="The organ that acted, or what else matters.")


class PartySerializer(serializers.Serializer):
    """A party and what it did."""

    actor = RefField(help_text="Who.")
    actions = ActionSerializer(source="actions.all", many=True, help_text="Its acts, in order.")


class SignatorySerializer(serializers.Serializer):
    """A person who signed."""

    actor = RefField(help_text="Who.")
    party = RefField(help_text="For whom.")
    office = serializers.CharField(help_text="In which office.")


class RegistrationSerializer(serializers.Serializer):
    """Where it is registered."""

    register = serializers.CharField(help_text="UNTS, LNTS, UN document …")
    number = serializers.CharField(help_text="Its number there.")


class LanguageSerializer(serializers.Serializer):
    """A language of the text."""

    code = serializers.CharField(help_text="ISO 639 code.")
    authentic = serializers.BooleanField(help_text="Whether the text in it is authentic; null when not seen.", allow_null=True)


class ArticleSerializer(serializers.Serializer):
    """An article."""

    number = serializers.CharField(help_text="As in the instrument; empty when not seen.")
    heading = serializers.CharField(help_text="In our words unless the instrument has one.")
    summary = serializers.CharField(help_text="What it says, in our words.")
    quotation = serializers.CharField(help_text="Its words, where they matter.")
    quotation_language = serializers.CharField(help_text="ISO 639 code.")
    topics = serializers.SerializerMethodField(help_text="What it is about.")
    page = serializers.SerializerMethodField(help_text="Its address for readers.")

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_topics(self, article: Any) -> list[str]:
        return [provision.topic for provision in article.provisions.all()]

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_page(self, article: Any) -> str:
        return f"{absolute(self.context, 'treaty-detail', article.treaty.slug)}#{article.anchor}"


class TreatySerializer(RecordSerializer):
    """An instrument."""

    kind = serializers.ChoiceField(choices=Treaty.Kind.values, help_text="The form of the instrument.")
    binding = serializers.ChoiceField(choices=Treaty.Binding.values, help_text="binding in law, or political.")
    signed = DateField(help_text="When it was signed or adopted.")
    place = RefField(help_text="Where; null when not recorded.")
    place_note = serializers.CharField(help_text="More on the place.")
    in_force = DateField(help_text="Entry into force; null when not seen.")
    terminated = DateField(help_text="End of force; null when not seen or none.")
    term_years = serializers.IntegerField(help_text="Years it was concluded for.", allow_null=True)
    renewal = serializers.CharField(help_text="How it may be prolonged, in our words.")
    status = serializers.SerializerMethodField(help_text="Legal status as of today or of `on`, with the reason; and its working life.")
    status_note = serializers.CharField(help_text="What sources say of its legal life.")
    parties = PartySerializer(source="public_parties", many=True, help_text="Who is bound, or speaks.")
    signatories = SignatorySerializer(source="public_signatures", many=True, help_text="Who signed.")
    registrations = RegistrationSerializer(source="registrations.all", many=True, help_text="Where it is registered.")
    languages = LanguageSerializer(source="languages.all", many=True, help_text="Languages of the text.")
    formula = serializers.SerializerMethodField(help_text="Formulas of the relation that it uses.")
    themes = ThemesField(source="public_themes", help_text="What it is about.")
    body = serializers.CharField(help_text="More than the summary, in Markdown.")
    articles = ArticleSerializer(source="articles.all", many=True, help_text="Its articles, as far as seen.")
    relations = serializers.SerializerMethodField(help_text="How it stands to other instruments.")
    signed_at = RefField(source="public_signed_at", help_text="The event at which it was signed.")
    assessments = RefsField(source="public_assessments", help_text="What was held of it.")
    citations = CitationsField(source="public_citations", help_text="What it rests on.")
    accounts = AccountsField(source="public_accounts", help_text="Where sources disagree.")

    @extend_schema_field(
        {
            "type": "object",
            "required": ["de_jure", "possible", "on", "reason", "de_facto"],
            "properties": {
                "de_jure": {"type": "string", "enum": Status.values},
                "possible": {
                    "type": "array",
                    "items": {"type": "string"},
                    "description": "Other statuses that imprecise dates leave open.",
                },
                "on": {"type": "string", "format": "date"},
                "reason": {"type": "string"},
                "de_facto": {"type": "array", "items": {"type": "object"}, "description": "What named sources say of its working life."},
            },
        }
    )
    def get_status(self, treaty: Treaty) -> dict[str, Any]:
        found = treaty.status_on(self.context.get("on"))
        return {
            "de_jure": found.status,
            "possible": list(found.possible),
            "on": found.on.isoformat(),
            "reason": found.reason,
            "de_facto": [
                {
                    "text": row.text,
                    "holder": row.holder.slug if row.holder and row.holder.is_public else None,
                    "from": row.start.as_dict() if row.start else None,
                    "to": row.end.as_dict() if row.end else None,
                    "citations": [{"source": row.source.slug, "title": row.source.title, "locator": row.locator, "note": row.note}],
                }
                for row in treaty.public_working_life
            ],
        }

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_formula(self, treaty: Treaty) -> list[dict[str, Any]]:
        return [{"slug": use.formula.slug, "first": use.first, "wording": use.wording} for use in treaty.public_formula_uses]

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_relations(self, treaty: Treaty) -> list[dict[str, Any]]:
        return [{"type": type_, "label": label, "target": ref(target, self.context)} for type_, label, target in treaty.relations]
