"""What the OpenAPI document says of the answers of search and suggestions."""

from __future__ import annotations

from rest_framework import serializers


class PieceSerializer(serializers.Serializer):
    """A piece of a text."""

    text = serializers.CharField(help_text="Plain text.")
    match = serializers.BooleanField(help_text="Whether it is what was searched for.")


class OtherNameSerializer(serializers.Serializer):
    """A name of a record."""

    text = serializers.CharField(help_text="As written.")
    language = serializers.CharField(help_text="As a lang attribute; may be empty.")


class PartSerializer(serializers.Serializer):
    """A part of a record with an address of its own."""

    anchor = serializers.CharField(help_text="Where it stands on the record's page, such as article-9.")
    label = serializers.CharField(help_text="What it is called.")


class FoundRecordSerializer(serializers.Serializer):
    """A record in short."""

    type = serializers.CharField(help_text="Name of the type: event, treaty, actor …")
    type_label = serializers.CharField(help_text="The type for readers.")
    id = serializers.CharField(help_text="Permanent id.")
    slug = serializers.CharField(help_text="Its part of the address.")
    title = serializers.CharField(help_text="In the language asked for, or else in English.")
    url = serializers.CharField(help_text="Address in the API.")
    page = serializers.CharField(help_text="Address of the page; of the article, when the hit is in one.")


class HitSerializer(FoundRecordSerializer):
    """A record that was found, and why."""

    titles = serializers.DictField(child=serializers.CharField(allow_null=True), help_text="The title in three languages.")
    snippet = PieceSerializer(many=True, help_text="Of the text that matched best; of the summary when only a name matched.")
    also_known_as = OtherNameSerializer(allow_null=True, help_text="The other name or title through which it was found.")
    part = PartSerializer(allow_null=True, help_text="The article that the snippet is of.")


class GroupSerializer(serializers.Serializer):
    """What was found of one record type."""

    type = serializers.CharField(help_text="Name of the type.")
    label = serializers.CharField(help_text="The type for readers.")
    count = serializers.IntegerField(help_text="How many records of it match.")
    url = serializers.CharField(help_text="All of them, in the API.")
    page = serializers.CharField(help_text="All of them, as a page.")
    results = HitSerializer(many=True, help_text="The best of them.")


class FoundSerializer(serializers.Serializer):
    """Everything that was found, the group with the best hit first."""

    query = serializers.CharField(help_text="As understood.")
    count = serializers.IntegerField(help_text="Records of all types that match.")
    best = HitSerializer(allow_null=True, help_text="The best hit of all.")
    groups = GroupSerializer(many=True, help_text="By record type.")
    did_you_mean = serializers.CharField(allow_null=True, help_text="When nothing was found: the nearest query that finds something.")


class SuggestionSerializer(FoundRecordSerializer):
    """A record whose title or name begins so."""

    label = PieceSerializer(many=True, help_text="The title or name that fits.")
    language = serializers.CharField(help_text="Of the label, as a lang attribute; may be empty.")


class SuggestionsSerializer(serializers.Serializer):
    """What may be meant."""

    query = serializers.CharField(help_text="As given.")
    suggestions = SuggestionSerializer(many=True, help_text="Best first.")
