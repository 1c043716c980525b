"""Questions about sources and what rests on them."""

from __future__ import annotations

from typing import Self

from django.db.models import Q

from sinorus.publishing.querysets import RecordQuerySet, named


class SourceQuerySet(RecordQuerySet):
    """Questions about sources."""


class EvidenceQuerySet(RecordQuerySet):
    """Citations and accounts have no status of their own: the source must be public."""

    def public(self) -> Self:
        return self.filter(source__status="published").select_related("source")


class AssessmentQuerySet(RecordQuerySet):
    """An assessment is seen when it, its holder and its source are."""

    def public(self) -> Self:
        return super().public().filter(Q(holder__status="published"), Q(source__status="published"))

    def for_list(self) -> Self:
        return self.select_related("holder", "topic", "source")

    def named(self) -> Self:
        """With no more of holder, topic and source than a line about the assessment shows."""
        return self.for_list().only(*named(self.model, holder=("side",), topic=(), source=()))

    def for_page(self) -> Self:
        return self.for_list()
