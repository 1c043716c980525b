"""Questions about events."""

from __future__ import annotations

from typing import Self

from django.db.models import Prefetch

from sinorus.publishing.querysets import RecordQuerySet, dated, how_many, named
from sinorus.sources.models import Assessment
from sinorus.vocab.models import Formula
from sinorus.vocab.querysets import ThemedQuerySet


class ParticipationQuerySet(RecordQuerySet):
    """A participation is seen when its actor is."""

    def public(self) -> Self:
        return self.filter(actor__status="published").select_related("actor")


class EventLinkQuerySet(RecordQuerySet):
    """A link is seen when both its ends are."""

    def public(self) -> Self:
        return self.filter(event__status="published", target__status="published").select_related("event", "target")

    def named(self) -> Self:
        """With no more of both ends than a line about them shows."""
        return self.only(*named(self.model, event=dated("date"), target=dated("date")))


class CountClaimQuerySet(RecordQuerySet):
    """A claim is seen when both persons and the source are."""

    def public(self) -> Self:
        seen = {f"{name}__status": "published" for name in ("first", "second", "source")}
        return self.filter(**seen).select_related("first", "second", "source")


class EventQuerySet(ThemedQuerySet):
    """Questions about events."""

    def for_list(self) -> Self:
        """With what a row shows: place, participants, how many instruments and sources."""
        from .models import EventCitation

        counts = {
            "treaty_count": how_many(self._treaties(), "signed_at"),
            "source_count": how_many(EventCitation.objects.public(), "record", "source"),
        }
        return self._who_and_where().annotate(**counts)

    def _who_and_where(self) -> Self:
        from .models import Participation

        return self.select_related("place").prefetch_related(
            Prefetch("participations", Participation.objects.public(), to_attr="public_participations")
        )

    def _treaties(self) -> RecordQuerySet:
        # Instruments live in an app above this one; their own queryset says which are public.
        return self.model._meta.get_field("treaties").related_model.objects.public()

    def for_page(self) -> Self:
        """With everything that the page and the API tell of an event."""
        from .models import EventAccount, EventCitation, EventLink

        return (
            self._who_and_where()
            .with_themes()
            .prefetch_related(
                "public_participations__actor__offices",
                Prefetch("treaties", self._treaties().chronological(), to_attr="public_treaties"),
                Prefetch("formulas", Formula.objects.public(), to_attr="public_formulas"),
                Prefetch("citations", EventCitation.objects.public(), to_attr="public_citations"),
                Prefetch("accounts", EventAccount.objects.public(), to_attr="public_accounts"),
                Prefetch("assessments", Assessment.objects.public().named(), to_attr="public_assessments"),
                Prefetch("links", EventLink.objects.public().named(), to_attr="public_links"),
                Prefetch("links_to", EventLink.objects.public().named(), to_attr="public_links_to"),
            )
        )

    def chronological(self) -> Self:
        return self.order_by("date_earliest", "date_latest", "pk")
