"""THE declaration of every public field of an instrument."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sinorus.publishing.serializers import DateField, RecordSerializer, RefField, RefsField, ThemesField, absolute, ref
from sinorus.sources.serializers import AccountsField, CitationsField
from sinorus.vocab.serializers import NameSerializer

from .life import End, Status
from .models import Treaty, TreatyLink

_RELATION = {
    "type": "object",
    "required": ["type", "label", "article", "target", "target_article"],
    "properties": {
        "type": {"type": "string", "enum": TreatyLink.Type.values},
        "label": {"type": "string", "description": "The relation read from this instrument: “Supplemented by”."},
        "article": {"type": "string", "description": "Key of the article of this instrument; empty for the whole."},
        "target": {"type": "object", "description": "id, slug, title, url."},
        "target_article": {"type": "string", "description": "Key of the article of the other; empty for the whole."},
    },
}


class ActionSerializer(serializers.Serializer):
    """What a party did."""

    type = serializers.CharField(help_text="signed, ratified, denounced …")
    date = DateField(help_text="When.")
    note = serializers.CharField(help_text="The organ that acted, or what else matters.")
    source = RefField(help_text="What the date rests on; null: the citations of the instrument.")
    locator = serializers.CharField(help_text="Where in the source.")


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

    key = serializers.CharField(help_text="Its part of the address: article-<key>.")
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
    names = NameSerializer(source="names.all", many=True, help_text="Other names.")
    binding = serializers.ChoiceField(choices=Treaty.Binding.values, help_text="binding in law, or political.")
    signed = DateField(help_text="When it was signed or adopted.")
    place = RefField(help_text="Where; null when not recorded.")
    place_note = serializers.CharField(help_text="More on the place.")
    in_force = DateField(help_text="Entry into force; null when not seen.")
    terminated = DateField(help_text="End of force; null when not seen or none.")
    term_years = serializers.IntegerField(help_text="Years it was concluded for.", allow_null=True)
    end = serializers.ChoiceField(choices=["", *End.values], help_text="How it ended: expired, terminated or superseded; empty: not known.")
    ended_by = RefField(help_text="The instrument that superseded or terminated it.")
    unperfected = serializers.BooleanField(help_text="Whether it is known never to have entered into force.")
    renews = serializers.BooleanField(help_text="Whether it is prolonged of itself unless a party gives notice.")
    term_ends = serializers.DateField(help_text="End of the last known term, prolongations included.", allow_null=True)
    coded = serializers.ChoiceField(
        choices=Treaty.Coded.values, help_text="How much of its text the articles cover; only in full can a topic be called absent."
    )
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

    @extend_schema_field({"type": "array", "items": _RELATION})
    def get_relations(self, treaty: Treaty) -> list[dict[str, Any]]:
        return [
            {
                "type": one.type,
                "label": one.label,
                "article": one.article,
                "target": ref(one.target, self.context),
                "target_article": one.target_article,
            }
            for one in treaty.relations
        ]
