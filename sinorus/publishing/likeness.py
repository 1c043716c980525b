"""Records that may be the same as one just saved: by title or other name in any script, or by the day and who took part."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from sinorus.dates.fields import historical_dates
from sinorus.search.models import Label

from .links import beside, key
from .models import Record

SHOWN = 5
SHARED = 2  # records that two of the same day must both point at


def like(record: Record) -> list[tuple[Record, str]]:
    """(record, why) of up to five others of its type, the surest first; those merged away are left out."""
    others = type(record)._default_manager.exclude(pk=record.pk).exclude(status=Record.Status.MERGED)
    found: dict[int, tuple[Record, str]] = {}
    for other, name in _namesakes(record, others):
        found.setdefault(other.pk, (other, _("it is called “%(name)s”") % {"name": name}))
    for other, day in _same_day(record, others):
        found.setdefault(other.pk, (other, _("the same day (%(day)s) and the same participants") % {"day": day}))
    return list(found.values())[:SHOWN]


def _namesakes(record: Record, others: models.QuerySet) -> list[tuple[Record, str]]:
    """Those with a title or a name that the search takes for the same: folded alike, or of the same words."""
    labels = Label.objects.filter(entry__record_type=record._meta.model_name)
    own = list(labels.filter(entry__record_id=record.pk).values_list("key", "stems"))
    keys, stems = {one for one, _stems in own if one}, {one for _key, one in own if " " in one}
    same = labels.filter(models.Q(key__in=keys) | models.Q(stems__in=stems)).exclude(entry__record_id=record.pk)
    names = dict(same.order_by("-is_title").values_list("entry__record_id", "text")[:50])
    found = others.in_bulk(list(names))
    return [(found[pk], name) for pk, name in names.items() if pk in found]


def _same_day(record: Record, others: models.QuerySet) -> list[tuple[Record, Any]]:
    """Those of the same exact day that point at two or more of the same records."""
    date = next(iter(historical_dates(record)), None)
    earliest, latest = (getattr(record, f"{date.name}_{end}", None) if date else None for end in ("earliest", "latest"))
    if earliest is None or earliest != latest:
        return []
    same = list(others.filter(**{f"{date.name}_earliest": earliest, f"{date.name}_latest": latest})[:50])
    around = beside([key(one) for one in (record, *same)])
    own: dict[Any, set[Any]] = defaultdict(set, around)
    return [(other, earliest) for other in same if len(_people(own[key(record)]) & _people(own[key(other)])) >= SHARED]


def _people(around: set[Any]) -> set[Any]:
    """Of what stands beside a record, who took part: actors; places and sources are shared by what is not the same."""
    return {one for one in around if one[0]._meta.model_name == "actor"}
