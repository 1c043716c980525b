"""The one name of visibility."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final, Self

from django.db import models

NAMED: Final = ("slug", "status", "title", "title_zh", "title_ru")  # the columns by which a record is named and addressed


def dated(name: str) -> tuple[str, ...]:
    """The columns of a date."""
    return tuple(f"{name}_{part}" for part in ("text", "edtf", "earliest", "latest", "calendar", "note"))


def named(model: type[models.Model], **ends: Iterable[str]) -> list[str]:
    """For ``only``: all own columns, and of the records at its ends those by which they are named, with the further ones of each.

    A record has some forty columns, long texts among them; putting them all into a statement costs more than its answer.
    """
    own = [field.name for field in model._meta.concrete_fields]
    return own + [f"{end}__{name}" for end, more in ends.items() for name in (*NAMED, *more)]


def how_many(rows: models.QuerySet, owner: str, different: str = "pk") -> models.Subquery:
    """For ``annotate``: how many rows have a record as their ``owner``, those alike in ``different`` counted once; None when none has."""
    own = rows.filter(**{owner: models.OuterRef("pk")}).order_by().values(owner)
    return models.Subquery(own.annotate(how_many=models.Count(different, distinct=different != "pk")).values("how_many"))


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

    def for_feed(self) -> Self:
        """With what an entry of a feed tells."""
        return self

    def whole(self, **key: Any) -> Any:
        """The record with such a key, and what this queryset fetches beside it; for one record cheaper than ``get``."""
        from . import parts

        return parts.whole(self, **key)

    def each_whole(self) -> list[Any]:
        """The records, and what this queryset fetches beside them; for the few of a page cheaper than to go through it."""
        from . import parts

        return parts.each_whole(self)

    def as_it_stood(self, pk: int, day: datetime.date) -> Any:
        """The record as readers saw it when a day (UTC) ended, saved nowhere; None when they did not see it, or it is not known.

        It has what this queryset fetches beside it: ask the one of a page.
        """
        from . import restore
        from .models import Revision

        revision = Revision.objects.filter(record_type=self.model._meta.model_name, record_id=pk).on(day).first()
        if revision is None or revision.status != "published":
            return None
        record = restore.shown(self, pk, revision.document)
        record.updated, record.version, record.stood_on = revision.at, revision.number, day
        record.created, record.published = self.model.objects.filter(pk=pk).values_list("created", "published").get()
        return record

    def successor(self, **key: Any) -> Any:
        """The public record that one with this slug or number has become, if it was renamed or merged."""
        from . import former

        return former.successor(self.model, **key)

    def withdrawal(self, **key: Any) -> str | None:
        """Why the record with this slug or number was withdrawn; None when it was not."""
        from . import former

        return former.withdrawal(self.model, **key)

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

    def for_feed(self) -> Self:
        return self.all()

    def each_whole(self) -> list[Any]:
        return list(self)
