"""What needs work, each sort declared once: as a count on the start page and as a filter of the admin's lists."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache as kept
from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from sinorus.dossiers.models import Dossier
from sinorus.publishing import editions
from sinorus.publishing.models import Record, Revision
from sinorus.sources.models import Source
from sinorus.sources.named import attested
from sinorus.vocab.models import Actor, Formula, Place, Side
from treaties.models import Treaty

#: Citations of these alone want a better source beside them.
WEAK = (Source.Standing.MIRROR, Source.Standing.OTHER)
KEPT = 24 * 3600  # seconds
LONG_IN_REVIEW = datetime.timedelta(days=7)
_DATES = {Event: "date", Treaty: "signed"}
_DEAD = (Record.Status.WITHDRAWN, Record.Status.MERGED)

Condition = Callable[[type[Model]], Any]


@dataclass(frozen=True, slots=True)
class Queue:
    """One sort of work: the records of ``models`` for which ``condition`` holds."""

    name: str
    label: Any
    models: tuple[type[Record], ...]
    condition: Condition

    def of(self, model: type[Record]) -> Q:
        """The condition, for records that are still alive."""
        return ~Q(status__in=_DEAD) & Q(self.condition(model))


def _citations(model: type[Model], **given: Any) -> Any:
    return model._meta.get_field("citations").related_model._default_manager.filter(record=OuterRef("pk"), **given)


def _no_source(model: type[Model]) -> Any:
    return ~Exists(_citations(model))


def _one_sided(side: str) -> Condition:
    return lambda model: Q(Exists(_citations(model))) & ~Q(Exists(_citations(model).exclude(source__origin=side)))


def _weak(model: type[Model]) -> Any:
    return Q(Exists(_citations(model))) & ~Q(Exists(_citations(model).exclude(source__standing__in=WEAK)))


def _imprecise(model: type[Model]) -> Any:
    """A span of days, and a cited source that is dated to one of them: it may well say which."""
    name = _DATES[model]
    within = _citations(
        model,
        source__issued_earliest=F("source__issued_latest"),
        source__issued_earliest__gte=OuterRef(f"{name}_earliest"),
        source__issued_earliest__lte=OuterRef(f"{name}_latest"),
    )
    return Q(**{f"{name}_earliest__lt": F(f"{name}_latest")}) & Q(Exists(within))


def _undecided(model: type[Model]) -> Any:
    accounts = model._meta.get_field("accounts").related_model._default_manager
    same = accounts.filter(record=OuterRef("record"), field=OuterRef("field"))
    rivals = accounts.filter(record=OuterRef("pk")).filter(Exists(same.exclude(value=OuterRef("value"))))
    return Exists(rivals.exclude(Exists(same.filter(preferred=True))))


def _unsourced(language: str) -> Condition:
    """A name that rests on usage alone. Titles of lesser events describe them in our words and want no source."""

    def condition(model: type[Model]) -> Any:
        named = ~Q(**{f"title_{language}": ""}) & ~attested(model, language)
        return named & Q(importance=3) if model is Event else named

    return condition


def _broken(model: type[Model]) -> Any:
    """Dossiers are few and long: each is asked, once after every change of one of them or of what readers see."""
    alive = Dossier.objects.exclude(status__in=_DEAD)
    stand = alive.order_by().aggregate(Count("pk"), Sum("version"), Max("updated"))
    key = f"broken-references:{editions.current()}:{':'.join(map(str, stand.values()))}".replace(" ", "-")
    return Q(pk__in=kept.get_or_set(key, lambda: [dossier.pk for dossier in alive if dossier.problems()], KEPT))


def _proposed(model: type[Model]) -> Any:
    return Q(pk__in=Revision.objects.waiting().filter(record_type=model._meta.model_name).values("record_id"))


def _long_in_review(model: type[Model]) -> Any:
    return Q(status=Record.Status.REVIEW, updated__lt=timezone.now() - LONG_IN_REVIEW)


_SOURCED, _NAMED = (Event, Treaty), (Event, Treaty, Actor, Place)
TYPES = (Event, Treaty, Actor, Place, Source, Formula, Dossier)
QUEUES = (
    Queue("proposed", _("A change is proposed"), TYPES, _proposed),
    Queue("review", _("In review"), TYPES, lambda model: Q(status=Record.Status.REVIEW)),
    Queue("long-in-review", _("In review for more than a week"), TYPES, _long_in_review),
    Queue("no-source", _("No source"), _SOURCED, _no_source),
    Queue("only-chinese", _("Chinese sources alone"), _SOURCED, _one_sided(Side.CHINESE)),
    Queue("only-russian", _("Russian sources alone"), _SOURCED, _one_sided(Side.RUSSIAN)),
    Queue("only-third", _("Third parties’ sources alone"), _SOURCED, _one_sided(Side.THIRD)),
    Queue("weak-sources", _("Mirrors and sources of no standing alone"), _SOURCED, _weak),
    Queue("imprecise-date", _("A date that a cited source could sharpen"), _SOURCED, _imprecise),
    Queue("undecided", _("Sources disagree, none is preferred"), _SOURCED, _undecided),
    Queue("no-chinese", _("No name in Chinese"), _NAMED, lambda model: Q(title_zh="")),
    Queue("no-russian", _("No name in Russian"), _NAMED, lambda model: Q(title_ru="")),
    Queue("chinese-unsourced", _("Name in Chinese without a source"), (*_NAMED, Formula), _unsourced("zh")),
    Queue("russian-unsourced", _("Name in Russian without a source"), (*_NAMED, Formula), _unsourced("ru")),
    Queue("broken-reference", _("A reference that leads nowhere"), (Dossier,), _broken),
)


def of_model(model: type[Model]) -> Iterator[Queue]:
    """The queues that a type of records may stand in."""
    return (queue for queue in QUEUES if model in queue.models)


def counts(models: list[type[Record]]) -> dict[tuple[str, type[Record]], int]:
    """How many records of each type stand in each queue; one query a type."""
    found = {}
    for model in models:
        wanted = {f"n{place}": Count("pk", filter=queue.of(model)) for place, queue in enumerate(QUEUES) if model in queue.models}
        row = model._default_manager.order_by().aggregate(**wanted) if wanted else {}
        found |= {(QUEUES[int(name[1:])].name, model): number for name, number in row.items()}
    return found


def work_of_editors(days: int = 30) -> list[dict[str, Any]]:
    """Who changed how many records in the last days, how many of them new, and when last."""
    since = timezone.now() - datetime.timedelta(days=days)
    done = Revision.objects.applied().filter(at__gte=since, by__isnull=False).order_by()
    rows = done.values("by__username").annotate(revisions=Count("pk"), new=Count("pk", filter=Q(number=1)))
    return sorted(rows, key=lambda row: (-row["revisions"], row["by__username"]))
