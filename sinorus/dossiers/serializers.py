"""THE declaration of every public field of a dossier."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sinorus.publishing.serializers import RecordSerializer, ThemesField, ref
from sinorus.sources.serializers import CITATION, citation

from .models import Dossier
from .showing import Shown, public_body, show

_REF = {"type": "object", "properties": {name: {"type": "string"} for name in ("type", "id", "slug", "title", "url")}}
_CITATION = {"type": "object", "properties": {name: {"type": "string"} for name in ("source", "title", "locator")}}
_NOTE = {"type": "object", "properties": {"number": {"type": "integer"}, "citations": {"type": "array", "items": _CITATION}}}


class DossierSerializer(RecordSerializer):
    """A dossier."""

    themes = ThemesField(source="public_themes", help_text="What it is about.")
    body = serializers.SerializerMethodField(help_text="The text in Markdown, with its references as the editors wrote them.")
    html = serializers.SerializerMethodField(help_text="The text in HTML, references as links; notes are in `notes`.")
    notes = serializers.SerializerMethodField(help_text="The numbered notes with the sources cited in them.")
    citations = serializers.SerializerMethodField(help_text="The sources of the notes, each with its places once, as of other records.")
    mentions = serializers.SerializerMethodField(help_text="The records that it names, in the order of the text.")

    def to_representation(self, instance: Dossier) -> dict[str, Any]:
        request = self.context.get("request")
        address = request.build_absolute_uri if request else str
        self._shown: Shown = show(instance, address, page=False)
        return super().to_representation(instance)

    @extend_schema_field({"type": "string"})
    def get_body(self, dossier: Dossier) -> str:
        return public_body(dossier)

    @extend_schema_field({"type": "string"})
    def get_html(self, dossier: Dossier) -> str:
        return self._shown.html

    @extend_schema_field({"type": "array", "items": _NOTE})
    def get_notes(self, dossier: Dossier) -> list[dict[str, Any]]:
        return [
            {
                "number": note.number,
                "citations": [
                    {"source": one["source"].slug, "title": one["source"].title, "locator": one["locator"]} for one in note.citations
                ],
            }
            for note in self._shown.notes
        ]

    @extend_schema_field({"type": "array", "items": CITATION})
    def get_citations(self, dossier: Dossier) -> list[dict[str, str]]:
        cited = {(one["source"].slug, one["locator"]): one for note in self._shown.notes for one in note.citations}
        return [citation(one["source"], one["locator"]) for one in cited.values()]

    @extend_schema_field({"type": "array", "items": _REF})
    def get_mentions(self, dossier: Dossier) -> list[dict[str, Any]]:
        return [{"type": type_, **ref(record, self.context)} for type_, record in self._shown.records]
