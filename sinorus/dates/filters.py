"""Partial dates in query strings, and which records may, or must, fall in a span of time.

``date_after=1996-04&date_before=1998`` means from 1 April 1996 to 31 December 1998: a partial date stands for its whole
span, both ends included. A record whose own date is imprecise falls in it *possibly* when any of its possible days
does, and *certainly* when both its bounds are known and lie inside. A record without a date never matches.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from .errors import DateError, quoted

POSSIBLE, CERTAIN = "possible", "certain"
#: Values of the parameter ``date_match``.
MATCHES = [(POSSIBLE, _("may fall in the span")), (CERTAIN, _("must fall in the span"))]
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; ``earliest`` and ``latest`` are its first and last day. ``str()`` is what was typed."""

    text: str
    earliest: date
    latest: date

    def __str__(self) -> str:
        return self.text


def parse_partial(text: str) -> PartialDate:
    """Read ``1996``, ``1996-04`` or ``1996-04-25``, in ASCII digits; spaces around it are dropped.

    Raises :class:`DateError` for anything else, for years outside 0001 to 9999 and for days that never were.
    """
    text = text.strip(" \t\r\n") if len(text) <= 64 else text
    match = _PARTIAL.fullmatch(text) if len(text) <= 10 else None
    if not match:
        raise DateError(
            _("“%(text)s” is not a date. Write a year, a month or a day: 1996, 1996-04 or 1996-04-25."),
            text=quoted(text),
        )
    year, month, day = (int(group) if group else None for group in match.groups())
    if not year:
        raise DateError(_("There is no year 0000; years run from 0001 to 9999."))
    if month is not None and not 1 <= month <= 12:
        raise DateError(_("“%(text)s”: there is no such month; months are 01 to 12."), text=quoted(text))
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise DateError(_("“%(text)s”: there is no such day in that month."), text=quoted(text))
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return PartialDate(text, date(year, month or 1, day or 1), date(year, last_month, last_day))


class PartialDateField(forms.CharField):
    """A form field whose clean value is a :class:`PartialDate`, or ``None`` when it is left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("A year, a month or a day: 1996, 1996-04 or 1996-04-25."))
        super().__init__(**{"empty_value": None, **kwargs})

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        """Read what was typed; a message that says what is allowed goes beside the field."""
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        if text is None:
            return None
        try:
            return parse_partial(text)
        except DateError as error:
            raise ValidationError(error.message, code="invalid", params=error.params) from None

    def prepare_value(self, value: Any) -> Any:
        """What the input shows: the text as typed."""
        return str(value) if isinstance(value, PartialDate) else value


class PartialDateFilter(django_filters.Filter):
    """One end of a span, for a FilterSet: ``PartialDateFilter(field_name="date", bound="after")``.

    ``field_name`` is the name of the ``HistoricalDateField`` (or a path to one); ``bound`` is "after" or "before". How
    strictly is asked by the filter that ``match_filter`` names, "possible" when there is none.
    """

    field_class = PartialDateField

    def __init__(self, *args: Any, bound: str, match_filter: str = "date_match", **kwargs: Any) -> None:
        if bound not in ("after", "before"):
            raise ValueError("bound is 'after' or 'before'")
        super().__init__(*args, **kwargs)
        self.bound, self.match_filter = bound, match_filter

    def filter(self, queryset: QuerySet, value: PartialDate | None) -> QuerySet:
        """Narrow the queryset; an empty value leaves it as it is."""
        if value is None:
            return queryset
        parent = getattr(self, "parent", None)
        asked = parent.form.cleaned_data.get(self.match_filter) if parent is not None else ""
        match = asked or POSSIBLE
        if self.bound == "after":
            return overlapping(queryset, self.field_name, after=value.earliest, match=match)
        return overlapping(queryset, self.field_name, before=value.latest, match=match)


@dataclass(frozen=True, slots=True)
class DateRange:
    """What the three parameters ``…_after``, ``…_before`` and ``…_match`` ask together."""

    after: PartialDate | None = None
    before: PartialDate | None = None
    match: str = POSSIBLE

    @classmethod
    def from_cleaned(cls, cleaned: Mapping[str, Any], prefix: str = "date") -> "DateRange":
        """Take the three from a form's ``cleaned_data``; what is missing or failed there counts as not asked."""
        return cls(
            cleaned.get(f"{prefix}_after"),
            cleaned.get(f"{prefix}_before"),
            cleaned.get(f"{prefix}_match") or POSSIBLE,
        )

    def __bool__(self) -> bool:
        return self.after is not None or self.before is not None

    @property
    def earliest(self) -> date | None:
        """The first day of the span; ``None`` when it is open."""
        return self.after.earliest if self.after else None

    @property
    def latest(self) -> date | None:
        """The last day of the span; ``None`` when it is open."""
        return self.before.latest if self.before else None

    def check(self) -> None:
        """Raise ``ValidationError`` when the span ends before it begins."""
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValidationError(
                _("The span ends (%(before)s) before it begins (%(after)s)."),
                code="span",
                params={"after": self.after, "before": self.before},
            )

    def apply(self, queryset: QuerySet, name: str) -> QuerySet:
        """The records whose date ``name`` falls in the span."""
        return overlapping(queryset, name, after=self.earliest, before=self.latest, match=self.match)


def overlap(name: str, after: date | None = None, before: date | None = None, match: str = POSSIBLE) -> Q:
    """The condition behind :func:`overlapping`, for use in annotations and in conditional counts."""
    if match not in (POSSIBLE, CERTAIN):
        raise ValueError(f"match is {POSSIBLE!r} or {CERTAIN!r}, not {match!r}")
    earliest, latest = f"{name}_earliest", f"{name}_latest"
    if match == CERTAIN:
        condition = Q(**{f"{earliest}__isnull": False, f"{latest}__isnull": False})
        if after is not None:
            condition &= Q(**{f"{earliest}__gte": after})
        if before is not None:
            condition &= Q(**{f"{latest}__lte": before})
        return condition
    condition = Q(**{f"{earliest}__isnull": False}) | Q(**{f"{latest}__isnull": False})
    if after is not None:
        condition &= Q(**{f"{latest}__gte": after}) | Q(**{f"{latest}__isnull": True})
    if before is not None:
        condition &= Q(**{f"{earliest}__lte": before}) | Q(**{f"{earliest}__isnull": True})
    return condition


def overlapping(
    queryset: QuerySet, name: str, after: date | None = None, before: date | None = None, match: str = POSSIBLE
) -> QuerySet:
    """The records whose historical date ``name`` falls in the days from ``after`` to ``before``, both included.

    ``name`` is that of the ``HistoricalDateField``, or a path to one. ``None`` leaves an end of the span open; with
    both ends open nothing is asked and the queryset comes back unchanged. ``match`` is "possible" (any possible day
    of the record's date lies inside; an open or unknown end of it counts as unbounded) or "certain" (both its bounds
    are known and inside). A record without a date never matches. Along a to-many path a record may come twice; use a
    subquery.
    """
    if after is None and before is None:
        return queryset
    return queryset.filter(overlap(name, after, before, match))
