"""The one name of visibility."""

from __future__ import annotations

from typing import Self

from django.db import models


class RecordQuerySet(models.QuerySet):
    """Queries that every record type has."""

    def public(self) -> Self:
        """What readers and programs may see. Everything they can reach starts here."""
        return self.filter(status="published")

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self

    def for_page(self) -> Self:
        """With what the record's own page shows."""
        return self

    def by_title(self) -> Self:
        return self.order_by("title", "pk")


class ChangeQuerySet(models.QuerySet):
    """The stream of changes. All of it is public: what was never public is not in it."""

    def public(self) -> Self:
        return self.all()

    def for_list(self) -> Self:
        return self.all()

    def for_page(self) -> Self:
        return self.all()
