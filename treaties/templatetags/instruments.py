"""What templates need to know of instruments: their status on a day, their acts as a table, what refers to an article."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _

from sinorus.publishing.arcs import Drawing

from ..life import Status, possible_statuses
from ..matrix import Matrix, matrix
from ..models import PartyAction, Relation, Treaty

register = template.Library()


@register.simple_tag
def status_word(treaty: Treaty, on: datetime.date | str | None = None) -> str:
    """The legal status today, or on the day that the list was asked for, in a word; "possibly" where dates leave it open."""
    day = on or datetime.date.today()
    statuses = possible_statuses(treaty, day)
    word = str(Status(statuses[0]).label)
    if len(statuses) > 1:
        word = _("possibly %(status)s") % {"status": word.lower()}
    return _("%(status)s on %(day)s") % {"status": word, "day": day.isoformat()} if on else word


@dataclass(frozen=True)
class Acts:
    """Acts of the parties: a column each kind of act, a row each party, in a cell what it did."""

    columns: list[str]
    rows: list[tuple[Any, list[tuple[str, list[PartyAction]]]]]


@register.simple_tag
def acts_of(treaty: Treaty) -> Acts | None:
    """The table of party and act; None where no act is recorded. Wants ``for_page``."""
    done = {act.type for party in treaty.public_parties for act in party.actions.all()}
    columns = [(value, str(label)) for value, label in PartyAction.Type.choices if value in done]
    rows = [
        (party.actor, [(label, [act for act in party.actions.all() if act.type == value]) for value, label in columns])
        for party in treaty.public_parties
    ]
    return Acts([label for _value, label in columns], rows) if columns else None


@register.simple_tag
def relations_of(treaty: Treaty, article: str) -> list[Relation]:
    """Relations that this article of the instrument stands in. Wants ``for_page``."""
    return [one for one in treaty.relations if one.article == article]


@register.simple_tag
def matrix_of(treaties: list[Treaty], question: Any) -> Matrix:
    """The matrix of a page: the topics asked for, or all that one of its instruments deals with."""
    return matrix(treaties, question.chosen.get("topic", []))


@register.simple_tag
def comparable(treaty: Treaty, lineage: Drawing | None) -> list[Treaty]:
    """Instruments that a reader of this one may want beside it: those it hangs together with, by date."""
    found = {one.target.pk: one.target for one in treaty.relations}
    found |= {node.record.pk: node.record for node in (lineage.nodes if lineage else []) if not node.is_self}
    return sorted(found.values(), key=lambda one: (one.signed.earliest or datetime.date.min, one.pk))
