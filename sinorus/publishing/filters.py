"""THE declaration of every filter and facet of the stream of changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from sinorus.facets.fields import SHOWN
from sinorus.facets.filters import ChoiceFacet, Switch
from sinorus.facets.filtersets import Chip, FacetedFilterSet

from .models import Change, record_types


class RecordTypes:
    """The record types as choices, read when they are asked for, since this package knows none of them."""

    @property
    def values(self) -> list[str]:
        return list(record_types())

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(name, str(model._meta.verbose_name).capitalize()) for name, model in record_types().items()]


@dataclass(frozen=True)
class Since:
    """After an edition, or from a moment on."""

    text: str
    edition: int | None = None
    moment: datetime.datetime | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def q(self) -> Q:
        return Q(time__gte=self.moment) if self.edition is None else Q(edition__gt=self.edition)


def read_since(text: str) -> Since:
    """A whole number is an edition; a day or a moment (ISO 8601, UTC unless it says otherwise) is a time."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 15:
        return Since(text, edition=int(text))
    try:
        # In an address a plus sign that was not escaped arrives as a space.
        moment = parse_datetime(text.replace(" ", "+") if "T" in text else text)
        if moment is None and (day := parse_date(text)):
            moment = datetime.datetime.combine(day, datetime.time())
    except ValueError:
        moment = None
    if moment is None or not 1 < moment.year < 9999:
        raise ValidationError(
            _("“%(value)s” is neither an edition (a whole number) nor a time such as 2026-04-25 or 2026-04-25T12:00:00Z."),
            code="since",
            params={"value": text[:SHOWN]},
        )
    return Since(text, moment=moment if timezone.is_aware(moment) else moment.replace(tzinfo=datetime.UTC))


class ChangeFilterSet(FacetedFilterSet):
    """A question about what changed in the published record."""

    sorts = {"-date": ("-edition", "-pk"), "date": ("edition", "pk")}
    default_sort = "-date"

    since = Switch(
        example="1",
        read=read_since,
        label=_("Since"),
        help_text=_("An edition, its own changes left out, or a time: 2026-04-25, 2026-04-25T12:00:00Z. Then the oldest come first."),
    )
    type = ChoiceFacet("record_type", RecordTypes(), label=_("Type"), help_text=_("Type of the record: event, treaty, actor …"))
    action = ChoiceFacet(
        "action", Change.Action, ordered=True, label=_("Action"), help_text=_("created, updated, renamed, merged, withdrawn or deleted.")
    )

    def usual_sort(self, asked: Mapping[str, Any]) -> str:
        """Oldest first for who keeps in step: new entries then come after the last page read, and shift none."""
        return "date" if asked.get("since") else self.default_sort

    def parts(self, options: Mapping[str, Any]) -> dict[str, Q]:
        since = self.asked.get("since")
        return super().parts(options) | ({"since": since.q} if since else {})

    def chips(self) -> list[Chip]:
        since = self.asked.get("since")
        chip = [Chip("since", str(_("Since")), str(since), self.canonical(page=None, since=None))] if since else []
        return super().chips() + chip

    def describe_rest(self) -> list[str]:
        since = self.asked.get("since")
        if not since:
            return []
        return [str(_("since edition %s") if since.edition is not None else _("since %s")) % since]
