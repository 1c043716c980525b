"""Who met whom, how often: counted by one rule, which a filter of the chronicle expresses.

The rule: two persons, one of the Chinese side and one of the Russian, met once at each published event of the kinds summit,
visit or meeting in which both are recorded as taking part. One record is one meeting, however many days it took. So the link
``/events/?kind=meeting&kind=summit&kind=visit&person=…&person=…&all=person`` shows exactly the events that were counted.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinorus.dates.filters import parse_partial
from sinorus.facets.exports import csv_form
from sinorus.facets.pages import Page, place_of
from sinorus.vocab.models import Actor

from .filters import EventFilterSet, MeetingFilterSet, MeetingPages
from .models import CountClaim, Event, MeetingKind, Participation

RULE: Final = gettext_lazy(
    "Two persons, one of the Chinese side and one of the Russian, met once at each published event of the kinds summit, visit or "
    "meeting in which both are recorded as taking part. One record is one meeting, however many days it took."
)
SHOWN: Final = 12  # persons of each side in the matrix
AGREES, DIFFERS = "agrees", "differs"


def meetings() -> Any:
    """The events that can be counted."""
    return Event.objects.public().filter(kind__in=MeetingKind.values)


@dataclass(frozen=True)
class Met:
    """One meeting of a pair."""

    event: int
    earliest: datetime.date | None
    latest: datetime.date | None

    def within(self, after: datetime.date | None, before: datetime.date | None) -> tuple[bool, bool]:
        """(may it, must it) have been in a span; the rule of ``sinorus.dates.filters.overlap``."""
        may = (not before or not self.earliest or self.earliest <= before) and (not after or not self.latest or self.latest >= after)
        known = self.earliest is not None and self.latest is not None
        must = known and (not after or self.earliest >= after) and (not before or self.latest <= before)
        return may and (known or self.earliest is not None or self.latest is not None), bool(must)


@dataclass
class Pair:
    """Two persons and their meetings, in order; ``query`` asks the chronicle for exactly these."""

    chinese: Actor
    russian: Actor
    query: str
    met: list[Met] = field(default_factory=list)
    certain: int = 0

    @property
    def count(self) -> int:
        return len(self.met)

    @property
    def years(self) -> list[tuple[int, int]]:
        """(year, meetings) by the first day that each may have been."""
        return sorted(Counter(one.earliest.year for one in self.met if one.earliest).items())

    @property
    def first_day(self) -> datetime.date:
        return min((one.earliest for one in self.met if one.earliest), default=datetime.date.max)


@dataclass(frozen=True)
class Checked:
    """A claimed number beside the number of the record."""

    claim: CountClaim
    count: int
    certain: int
    query: str

    @property
    def verdict(self) -> str:
        return AGREES if self.certain <= self.claim.number <= self.count else DIFFERS

    @property
    def words(self) -> str:
        if self.verdict == AGREES:
            return _("agrees")
        more = self.claim.number - self.count
        return (
            _("differs: the source counts %(number)s more") % {"number": more}
            if more > 0
            else _("differs: the source counts %(number)s fewer") % {"number": self.certain - self.claim.number}
        )


class Count:
    """All that is told of a question: pairs, the matrix of those who met most, claims."""

    def __init__(self, question: MeetingFilterSet) -> None:
        self.question = question
        self._events = EventFilterSet(None, Event.objects.none())
        self._all = self._pairs()
        dated = question.asked.get("date_after") or question.asked.get("date_before")
        shown = set(question.narrowed().order_by().values_list("pk", flat=True))
        certain = set(question.narrowed(date_match="certain").order_by().values_list("pk", flat=True)) if dated else shown
        self.pairs = [found for pair in self._all.values() if (found := self._narrowed(pair, shown, certain))]
        self.pairs.sort(key=_orders()[question.asked.get("sort") or question.default_sort])

    def _pairs(self) -> dict[tuple[int, int], Pair]:
        """Every pair that ever met, with all their meetings."""
        rows = Participation.objects.public().filter(
            event__in=meetings(), actor__kind=Actor.Kind.PERSON, actor__side__in=("chinese", "russian")
        )
        told = rows.order_by("event__date_earliest", "event_id", "position", "pk").values_list(
            "actor_id", "event_id", "event__date_earliest", "event__date_latest"
        )
        persons = Actor.objects.in_bulk(rows.order_by().values_list("actor_id", flat=True).distinct())
        present: dict[int, dict[str, list[Actor]]] = defaultdict(lambda: {"chinese": [], "russian": []})
        events: dict[int, Met] = {}
        for person, event, earliest, latest in told:
            events[event] = Met(event, earliest, latest)
            present[event][persons[person].side].append(persons[person])
        found: dict[tuple[int, int], Pair] = {}
        for key, sides in present.items():
            for chinese in sides["chinese"]:
                for russian in sides["russian"]:
                    pair = found.setdefault((chinese.pk, russian.pk), Pair(chinese, russian, ""))
                    pair.met.append(events[key])
        return found

    def query(self, *persons: Actor, **asked: Any) -> str:
        """The question to the chronicle that shows exactly the meetings of some persons."""
        kinds = asked.pop("kind", None) or list(MeetingKind.values)
        return self._events.canonical(kind=kinds, person=[one.slug for one in persons], all=["person"], **asked)

    def _narrowed(self, pair: Pair, shown: set[int], certain: set[int]) -> Pair | None:
        met = [one for one in pair.met if one.event in shown]
        if not met:
            return None
        names = ("kind", "place", "date_after", "date_before", "date_match")
        query = self.query(pair.chinese, pair.russian, **{name: self.question.asked.get(name) for name in names})
        return Pair(pair.chinese, pair.russian, query, met, sum(one.event in certain for one in met))

    @property
    def rule(self) -> str:
        return str(RULE)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of the axis."""
        days = [one.earliest for pair in self.pairs for one in pair.met if one.earliest]
        return (min(days).year, max(days).year) if days else (1949, 1949)

    @property
    def matrix(self) -> tuple[list[Actor], list[tuple[Actor, list[Pair | None]]]]:
        """(Russian side, rows of the Chinese side): those who met most, in the order of their first meetings."""
        totals: Counter[Actor] = Counter()
        first: dict[Actor, datetime.date] = {}
        for pair in self.pairs:
            for person in (pair.chinese, pair.russian):
                totals[person] += pair.count
                first[person] = min(first.get(person, datetime.date.max), pair.first_day)

        def side(name: str) -> list[Actor]:
            most = [person for person, _number in totals.most_common() if person.side == name][:SHOWN]
            return sorted(most, key=lambda person: (first[person], person.pk))

        by_key = {(pair.chinese, pair.russian): pair for pair in self.pairs}
        columns = side("russian")
        return columns, [(person, [by_key.get((person, other)) for other in columns]) for person in side("chinese")]

    @property
    def claims(self) -> list[Checked]:
        """What sources count, each beside what the record holds for the same persons and time."""
        return [self._check(claim) for claim in CountClaim.objects.public()]

    def _check(self, claim: CountClaim) -> Checked:
        pair = self._all.get((claim.first_id, claim.second_id)) or self._all.get((claim.second_id, claim.first_id))
        after, before = (parse_partial(text) if text else None for text in (claim.since, claim.until))
        judged = [one.within(after and after.earliest, before and before.latest) for one in (pair.met if pair else [])]
        query = self.query(claim.first, claim.second, date_after=claim.since or None, date_before=claim.until or None)
        return Checked(claim, sum(may for may, _must in judged), sum(must for _may, must in judged), query)


def _orders() -> dict[str, Any]:
    return {
        "-count": lambda pair: (-pair.count, pair.first_day, pair.chinese.sort_name, pair.russian.sort_name),
        "date": lambda pair: (pair.first_day, -pair.count, pair.chinese.pk, pair.russian.pk),
        "title": lambda pair: (pair.chinese.sort_name or pair.chinese.title, pair.russian.sort_name or pair.russian.title),
    }


@dataclass(frozen=True)
class MeetingPage(Page):
    """A page of the pairs of a count; matrix, picture and claims are of them all."""

    told: Count


@dataclass(frozen=True)
class NetworkPage(MeetingPage):
    """The same page with the picture of the meetings."""

    story: Any


def page_of(question: MeetingPages) -> MeetingPage:
    """The page of pairs that is asked for, with the count that it belongs to. Raises Http404 past the last one."""
    told = Count(question)
    number, size = place_of(question, len(told.pairs))
    return MeetingPage(question, number, size, len(told.pairs), told.pairs[(number - 1) * size : number * size], told)


def lines(count: Count) -> Iterator[Sequence[str]]:
    """Pairs as lines."""
    yield "chinese", "russian", "count", "count_certain", "first", "last", "years", "events"
    for pair in count.pairs:
        days = sorted(one.earliest for one in pair.met if one.earliest)
        years = "|".join(f"{year}:{number}" for year, number in pair.years)
        ends = (days[0].isoformat(), days[-1].isoformat()) if days else ("", "")
        yield pair.chinese.slug, pair.russian.slug, str(pair.count), str(pair.certain), *ends, years, f"/events/?{pair.query}"


#: Who met whom as CSV.
CSV = csv_form(lambda telling: lines(Count(telling.question)))
