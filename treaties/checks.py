"""Whether the record contradicts itself: loops of relations, relations against dates, force before signature.

Run by ``manage.py check --database default``, and by ``migrate``. Each finding is a warning: history may hold exceptions, and an
editor decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.db.models import Q

from sinorus.dates.value import HistoricalDate

from .models import PartyAction, Treaty, TreatyLink

#: Relations to something that must have been there first. An annex may be older or younger than what it is annexed to.
TO_EARLIER: Final = frozenset(TreatyLink.Type.values) - {TreatyLink.Type.ANNEXED_TO}
#: Acts that a party can do only once there is a text.
AFTER_SIGNATURE: Final = ("ratified", "approved", "exchanged", "in-force", "denounced", "extended", "expired")


@register(Tags.database)
def check_record(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every contradiction in what is recorded of instruments, drafts included."""
    if not databases:
        return []
    try:
        return [*_loops(), *_links_against_dates(), *_lives_against_dates(), *_acts_against_dates(), *_ends(), *_missing_articles()]
    except DatabaseError:
        return []  # The tables are not there yet, or not yet as the models say.


def certainly_before(one: HistoricalDate, other: HistoricalDate) -> bool:
    """Whether whatever day the one may mean lies before whatever day the other may mean."""
    return bool(one.latest and other.earliest and one.latest < other.earliest)


def _warning(number: int, message: str, hint: str, about: Any) -> CheckMessage:
    return Warning(message, hint=hint, obj=about, id=f"sinorus.W04{number}")


def _links() -> Any:
    return TreatyLink.objects.select_related("treaty", "target").order_by("pk")


def _loops() -> Iterator[CheckMessage]:
    """Instruments that stand, over one or more steps, in a relation to themselves."""
    below: dict[int, set[int]] = defaultdict(set)
    names: dict[int, str] = {}
    for link in _links().filter(type__in=TO_EARLIER):
        below[link.treaty_id].add(link.target_id)
        names |= {link.treaty_id: link.treaty.slug, link.target_id: link.target.slug}
    for loop in loops(below):
        path = " → ".join(names[key] for key in (*loop, loop[0]))
        yield _warning(
            1, f"Relations go round in a loop: {path}", "One of them must point the other way, or is of another type.", names[loop[0]]
        )


def loops(below: dict[int, set[int]]) -> list[list[int]]:
    """Loops in a directed graph, at least one through each part that has one, each told once from its smallest member."""
    found: dict[frozenset[int], list[int]] = {}
    done: set[int] = set()
    for start in sorted(below):
        path, on_path, todo = [], set(), [iter([start])]
        while todo:
            step = next(todo[-1], None)
            if step is None:
                todo.pop()
                if path:
                    on_path.discard(path[-1])
                    done.add(path.pop())
            elif step in on_path:
                loop = path[path.index(step) :]
                least = loop.index(min(loop))
                found.setdefault(frozenset(loop), loop[least:] + loop[:least])
            elif step not in done:
                path.append(step)
                on_path.add(step)
                todo.append(iter(sorted(below.get(step, ()))))
    return list(found.values())


def _links_against_dates() -> Iterator[CheckMessage]:
    for link in _links().filter(type__in=TO_EARLIER):
        if certainly_before(link.treaty.signed, link.target.signed):
            message = (
                f"{link.treaty.slug} ({link.treaty.signed}) {link.type} {link.target.slug}, which was signed later ({link.target.signed})"
            )
            yield _warning(2, message, "Turn the relation round, choose another, or mend the dates.", link.treaty)


def _lives_against_dates() -> Iterator[CheckMessage]:
    for one in Treaty.objects.exclude(in_force_edtf="", terminated_edtf="").order_by("pk"):
        if certainly_before(one.in_force, one.signed):
            yield _warning(
                3,
                f"{one.slug} is in force ({one.in_force}) before it is signed ({one.signed})",
                "If it was applied before signature, say so in the note of the date.",
                one,
            )
        if certainly_before(one.terminated, one.in_force or one.signed):
            yield _warning(4, f"{one.slug} ends ({one.terminated}) before it begins", "Mend one of the dates.", one)


def _acts_against_dates() -> Iterator[CheckMessage]:
    acts = PartyAction.objects.filter(type__in=AFTER_SIGNATURE).exclude(date_edtf="").select_related("party__treaty", "party__actor")
    for act in acts.order_by("pk"):
        treaty = act.party.treaty
        if certainly_before(act.date, treaty.signed):
            yield _warning(5, f"{treaty.slug}: {act} ({act.date}) before it is signed ({treaty.signed})", "Mend one of the dates.", treaty)


def _ends() -> Iterator[CheckMessage]:
    """What ended an instrument must have been there when it ended."""
    for one in Treaty.objects.filter(ended_by__isnull=False).select_related("ended_by").order_by("pk"):
        if certainly_before(one.terminated, one.ended_by.signed):
            message = f"{one.slug} ended ({one.terminated}) before {one.ended_by.slug}, which ended it, was signed ({one.ended_by.signed})"
            yield _warning(6, message, "Mend one of the dates, or leave “ended by” empty.", one)


def _missing_articles() -> Iterator[CheckMessage]:
    pointing = _links().exclude(Q(article="") & Q(target_article=""))
    there = set(Treaty.objects.filter(articles__isnull=False).values_list("pk", "articles__key")) if pointing else set()
    for link in pointing:
        for key, whole in ((link.article, link.treaty), (link.target_article, link.target)):
            if key and (whole.pk, key) not in there:
                message = f"{link.treaty.slug} {link.type} {link.target.slug}: {whole.slug} has no article “{key}”"
                yield _warning(7, message, "Write the key of an article of that instrument, or none.", link.treaty)
