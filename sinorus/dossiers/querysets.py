"""Questions about dossiers."""

from __future__ import annotations

from typing import Self

from django.apps import apps
from django.db.models import Prefetch

from sinorus.publishing.models import Record
from sinorus.vocab.querysets import ThemedQuerySet

from .resolving import MODELS


class DossierQuerySet(ThemedQuerySet):
    """Questions about dossiers."""

    def for_list(self) -> Self:
        return self.with_themes()

    def for_page(self) -> Self:
        """With the records that they name, as far as those are public: one query a type, however many there are."""
        named = [Prefetch(f"mentions__{name}", apps.get_model(label).objects.public()) for name, label in MODELS.items()]
        return self.for_list().prefetch_related("mentions", *named)

    def mentioning(self, record: Record) -> Self:
        """Dossiers that name a record, in the text or in a note; none for a type that they cannot name."""
        if record._meta.model_name not in MODELS:
            return self.none()
        through = self.model._meta.get_field("mentions").related_model
        return self.filter(pk__in=through.objects.filter(**{record._meta.model_name: record}).values("dossier"))
