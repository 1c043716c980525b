"""Questions about instruments."""

from __future__ import annotations

import datetime
from typing import Self

from django.db.models import Prefetch

from sinorus.publishing.querysets import RecordQuerySet, dated, how_many, named
from sinorus.sources.models import Assessment
from sinorus.vocab.querysets import ThemedQuerySet


class PartQuerySet(RecordQuerySet):
    """Parties and signatories are seen when their actor is."""

    def public(self) -> Self:
        return self.filter(actor__status="published").select_related("actor")


class TreatyLinkQuerySet(RecordQuerySet):
    """A link is seen when both its ends are."""

    def public(self) -> Self:
        return self.filter(treaty__status="published", target__status="published").select_related("treaty", "target")

    def named(self) -> Self:
        """With no more of both ends than a line about them shows."""
        return self.only(*named(self.model, treaty=dated("signed"), target=dated("signed")))


class FormulaUseQuerySet(RecordQuerySet):
    """A use is seen when the formula and the instrument are."""

    def public(self) -> Self:
        return self.filter(formula__status="published", treaty__status="published").select_related("formula", "treaty")


class TreatyQuerySet(ThemedQuerySet):
    """Questions about instruments."""

    def for_list(self) -> Self:
        """With what a row shows: place, parties, how many sources."""
        from .models import TreatyCitation

        return self._who_and_where().annotate(source_count=how_many(TreatyCitation.objects.public(), "record", "source"))

    def _who_and_where(self) -> Self:
        from .models import Party

        return self.select_related("place", "ended_by").prefetch_related(
            Prefetch("party_links", Party.objects.public(), to_attr="public_parties")
        )

    def for_matrix(self) -> Self:
        """With what a column of the matrix of provisions shows."""
        return self.prefetch_related("articles__provisions")

    def for_page(self) -> Self:
        """With everything that the page and the API tell of an instrument."""
        from .models import FormulaUse, Signature, TreatyAccount, TreatyCitation, TreatyLink, WorkingLife

        working_life = WorkingLife.objects.public().select_related("holder", "source")
        working_life = working_life.only(*named(WorkingLife, holder=("side",), source=()))
        formula_uses = FormulaUse.objects.public().only(*named(FormulaUse, formula=(), treaty=()))
        return (
            self._who_and_where()
            .select_related("signed_at")
            .with_themes()
            .prefetch_related(
                "public_parties__actions__source",
                Prefetch("working_life", working_life, to_attr="public_working_life"),
                "names",
                "registrations",
                "languages",
                "articles__provisions",
                Prefetch("signatures", Signature.objects.public().select_related("party"), to_attr="public_signatures"),
                Prefetch("formula_uses", formula_uses, to_attr="public_formula_uses"),
                Prefetch("citations", TreatyCitation.objects.public(), to_attr="public_citations"),
                Prefetch("accounts", TreatyAccount.objects.public(), to_attr="public_accounts"),
                Prefetch("assessments", Assessment.objects.public().named(), to_attr="public_assessments"),
                Prefetch("links", TreatyLink.objects.public().named(), to_attr="public_links"),
                Prefetch("links_to", TreatyLink.objects.public().named(), to_attr="public_links_to"),
            )
        )

    def in_force_on(self, on: datetime.date, match: str = "certain") -> Self:
        """Instruments in force on a day: for certain, or as far as imprecise dates leave it open (match="possible")."""
        from .life import Status

        return self.with_status(Status.IN_FORCE, on, match)

    def with_status(self, status: str, on: datetime.date, match: str = "certain") -> Self:
        """Instruments that have a legal status on a day, for certain or possibly."""
        from .life import status_q

        return self.filter(status_q(status, on, match))

    def chronological(self) -> Self:
        return self.order_by("signed_earliest", "signed_latest", "pk")
