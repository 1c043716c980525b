"""What a question should answer, worked out in plain Python over rows read once: no line of it is shared with the code."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from events.models import Event, EventAccount, EventCitation, Participation
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, Formula, Place, Succession, Theme
from treaties.models import Article, FormulaUse, Party, Provision, Signature, Treaty, TreatyAccount, TreatyCitation

Asked = dict[str, list[str]]
Bounds = tuple[datetime.date | None, datetime.date | None] | None  # None: no date at all


def rows(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def public(model: Any) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in rows(model) if row["status"] == "published"}


def tied(model: Any, record: str, value: str) -> dict[int, set[Any]]:
    """The values that each record has."""
    found: dict[int, set[Any]] = {}
    for row in rows(model):
        found.setdefault(row[record], set()).add(row[value])
    return found


def bounds(row: dict[str, Any], name: str) -> Bounds:
    return (row[f"{name}_earliest"], row[f"{name}_latest"]) if row[f"{name}_edtf"] else None


def in_span(when: Bounds, after: datetime.date | None, before: datetime.date | None, certain: bool) -> bool:
    if when is None or when == (None, None):
        return False
    first, last = when
    if certain:
        return first is not None and last is not None and (not after or first >= after) and (not before or last <= before)
    return (not after or last is None or last >= after) and (not before or first is None or first <= before)


def span_of(text: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of "1996", "1996-04" or "1996-04-25"."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return datetime.date(year, month, day), datetime.date(year, month, day)
    if not month:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return datetime.date(year, month, 1), following - datetime.timedelta(days=1)


def below(pairs: Iterable[tuple[int, int]]) -> Callable[[int], set[int]]:
    """From (upper, lower) pairs: a node with everything under it."""
    known = list(pairs)

    def family(top: int) -> set[int]:
        found = {top}
        while more := {low for up, low in known if up in found} - found:
            found |= more
        return found

    return family


@dataclass
class Facet:
    """``values``: what a record matches under which circumstances; ``domain``: every value there is."""

    domain: list[str]
    values: Callable[[dict[str, Any], bool], set[str]]  # (record, certain) -> values


@dataclass
class Answer:
    ids: list[int] = field(default_factory=list)
    certain: int = 0
    buckets: dict[str, dict[str, int]] = field(default_factory=dict)


class Oracle:
    """Knows the rows, and answers questions asked as {name: [values]}."""

    dated: str
    model: Any
    judged_by_date: tuple[str, ...]

    def __init__(self) -> None:
        self.records = public(self.model)
        self._known: dict[tuple, set[str]] = {}
        self._read: dict[tuple, dict[str, Facet]] = {}
        self.actors, self.places = public(Actor), public(Place)
        succession = [(row["successor_id"], row["predecessor_id"]) for row in rows(Succession)]
        self.stands_for = below((up, low) for up, low in succession if up in self.actors and low in self.actors)
        within = [(row["within_id"], row["id"]) for row in self.places.values()]
        self.holds = below((up, low) for up, low in within if up)
        seen = public(Assessment)
        sources = public(Source)
        self.assessments = {pk for pk, row in seen.items() if row["holder_id"] in self.actors and row["source_id"] in sources}
        self.sources = set(sources)
        self.origins = {pk: row["origin"] for pk, row in sources.items()}

    # Facets -------------------------------------------------------------------------------------------------------

    def column(self, name: str, values: Iterable[Any]) -> Facet:
        return Facet([str(value) for value in values], lambda record, certain: {str(record[name])})

    def decades(self) -> Facet:
        domain = [f"{year}s" for year in range(1680, datetime.date.today().year + 1, 10)]

        def values(record: dict[str, Any], certain: bool) -> set[str]:
            when = bounds(record, self.dated)
            spans = {value: (datetime.date(int(value[:4]), 1, 1), datetime.date(int(value[:4]) + 9, 12, 31)) for value in domain}
            return {value for value, (first, last) in spans.items() if in_span(when, first, last, certain)}

        return Facet(domain, values)

    def linked(
        self, vocabulary: dict[int, dict[str, Any]], links: dict[int, set[int]], family: Callable[[int], set[int]] | None = None
    ) -> Facet:
        family = family or (lambda pk: {pk})
        members = {row["slug"]: family(pk) for pk, row in vocabulary.items()}

        def values(record: dict[str, Any], certain: bool) -> set[str]:
            has = links.get(record["id"], set())
            return {slug for slug, of in members.items() if of & has}

        return Facet(list(members), values)

    def where(self) -> Facet:
        """A place and all it lies in; a place that readers cannot see is as good as none."""
        members = {row["slug"]: self.holds(pk) for pk, row in self.places.items()}

        def values(record: dict[str, Any], certain: bool) -> set[str]:
            pk = record["place_id"]
            return {slug for slug, of in members.items() if pk in of} if pk in self.places else {"unknown"}

        return Facet([*members, "unknown"], values)

    def participants(self, links: dict[int, set[int]], kind: str, with_predecessors: bool = False) -> Facet:
        actors = {pk: row for pk, row in self.actors.items() if not kind or row["kind"] == kind}
        return self.linked(actors, links, self.stands_for if with_predecessors else None)

    def evidence(self, cited: dict[int, set[int]]) -> Facet:
        """On whose sources a record rests; what readers cannot see is no source."""

        def values(record: dict[str, Any], certain: bool) -> set[str]:
            seen = cited.get(record["id"], set()) & self.sources
            sides = {self.origins[pk] for pk in seen}
            found = {"one-source"} if len(seen) == 1 else set()
            if {"chinese", "russian"} <= sides:
                return found | {"both-sides"}
            alone = "chinese-side" if "chinese" in sides else "russian-side" if "russian" in sides else "third-only"
            return found | ({alone} if seen else set())

        return Facet(["both-sides", "chinese-side", "russian-side", "third-only", "one-source"], values)

    def facets(self, asked: Asked) -> dict[str, Facet]:
        raise NotImplementedError

    # The answer ---------------------------------------------------------------------------------------------------

    def answer(self, asked: Asked) -> Answer:
        """Ids of the records, how many match for certain, and each facet's values with their counts."""
        facets = self._facets(asked)
        certain = asked.get("date_match") == ["certain"]
        judged = any(asked.get(name) for name in ("date_after", "date_before", *self.judged_by_date))
        fails = {pk: self._failed(pk, facets, asked, certain) for pk in self.records}
        found = Answer([pk for pk in self.records if not fails[pk]])
        found.certain = len(found.ids)
        if judged and not certain:
            found.certain = sum(not self._failed(pk, facets, asked, True) for pk in self.records)
        for name, facet in facets.items():
            aside = set() if name in asked.get("all", []) else {name}
            counts = dict.fromkeys(facet.domain, 0)
            for pk in self.records:
                if fails[pk] <= aside:
                    for value in self._values(name, facet, pk, certain, asked):
                        counts[value] += 1
            chosen = asked.get(name, [])
            found.buckets[name] = {value: number for value, number in counts.items() if number or value in chosen}
        return found

    def _facets(self, asked: Asked) -> dict[str, Facet]:
        """The facets as a question reads them; worked out once for each way of reading them."""
        key = tuple(tuple(asked.get(name, ())) for name in ("succession", "on"))
        if key not in self._read:
            self._read[key] = self.facets(asked)
        return self._read[key]

    def _values(self, name: str, facet: Facet, pk: int, certain: bool, asked: Asked) -> set[str]:
        """What a record matches of a facet; worked out once for each way of reading it."""
        key = (name, pk, certain, *asked.get("succession", [""]), *asked.get("on", [""]))
        if key not in self._known:
            self._known[key] = facet.values(self.records[pk], certain) & set(facet.domain)
        return self._known[key]

    def _failed(self, pk: int, facets: dict[str, Facet], asked: Asked, certain: bool) -> set[str]:
        """The parts of the question that a record does not meet."""
        failed = set()
        for name, facet in facets.items():
            if wanted := set(asked.get(name, [])):
                has = self._values(name, facet, pk, certain, asked)
                if not (wanted <= has if name in asked.get("all", []) else wanted & has):
                    failed.add(name)
        after = span_of(asked["date_after"][0])[0] if asked.get("date_after") else None
        before = span_of(asked["date_before"][0])[1] if asked.get("date_before") else None
        if (after or before) and not in_span(bounds(self.records[pk], self.dated), after, before, certain):
            failed.add("date")
        return failed


class EventOracle(Oracle):
    dated, model, judged_by_date = "date", Event, ("decade",)

    def __init__(self) -> None:
        super().__init__()
        self.took_part = tied(Participation, "event_id", "actor_id")
        self.of = {name: tied(getattr(Event, f"{name}s").through, "event_id", f"{name}_id") for name in ("theme", "formula", "assessment")}
        self.disputed = {row["record_id"] for row in rows(EventAccount) if row["source_id"] in self.sources}
        self.cited = tied(EventCitation, "record_id", "source_id")
        self.vocabulary = {"theme": public(Theme), "formula": public(Formula)}

    def facets(self, asked: Asked) -> dict[str, Facet]:
        with_predecessors = asked.get("succession") == ["1"]
        return {
            "kind": self.column("kind", Event.Kind.values),
            "decade": self.decades(),
            "state": self.participants(self.took_part, "state", with_predecessors),
            "person": self.participants(self.took_part, "person"),
            "organisation": self.participants(self.took_part, "organisation"),
            "place": self.where(),
            "theme": self.linked(self.vocabulary["theme"], self.of["theme"]),
            "formula": self.linked(self.vocabulary["formula"], self.of["formula"]),
            "importance": self.column("importance", (1, 2, 3)),
            "has": Facet(["assessment", "conflict", "text"], self.has),
            "evidence": self.evidence(self.cited),
        }

    def has(self, record: dict[str, Any], certain: bool) -> set[str]:
        pk = record["id"]
        found = {"assessment"} if self.of["assessment"].get(pk, set()) & self.assessments else set()
        return found | ({"conflict"} if pk in self.disputed else set()) | ({"text"} if record["body"] else set())


class TreatyOracle(Oracle):
    dated, model, judged_by_date = "signed", Treaty, ("decade", "status")
    statuses = ("in-force", "not-yet", "expired", "terminated", "superseded", "not-applicable", "unknown")

    def __init__(self) -> None:
        super().__init__()
        self.parties = tied(Party, "treaty_id", "actor_id")
        self.signed_by = tied(Signature, "treaty_id", "actor_id")
        self.of = {name: tied(getattr(Treaty, f"{name}s").through, "treaty_id", f"{name}_id") for name in ("theme", "assessment")}
        self.of["formula"] = tied(FormulaUse, "treaty_id", "formula_id")
        self.disputed = {row["record_id"] for row in rows(TreatyAccount) if row["source_id"] in self.sources}
        self.cited = tied(TreatyCitation, "record_id", "source_id")
        self.articles = tied(Article, "treaty_id", "id")
        self.topics = tied(Provision, "article_id", "topic")
        self.vocabulary = {"theme": public(Theme), "formula": public(Formula)}

    def facets(self, asked: Asked) -> dict[str, Facet]:
        with_predecessors = asked.get("succession") == ["1"]
        on = datetime.date.fromisoformat(asked["on"][0]) if asked.get("on") else datetime.date.today()
        return {
            "kind": self.column("kind", Treaty.Kind.values),
            "binding": self.column("binding", ("binding", "political")),
            "decade": self.decades(),
            "party": self.participants(self.parties, "", with_predecessors),
            "signatory": self.participants(self.signed_by, "person"),
            "place": self.where(),
            "theme": self.linked(self.vocabulary["theme"], self.of["theme"]),
            "formula": self.linked(self.vocabulary["formula"], self.of["formula"]),
            "topic": Facet(self._topic_values(), self.topics_of),
            "status": Facet(list(self.statuses), lambda record, certain: self.status(record, on, certain)),
            "has": Facet(["assessment", "conflict", "text"], self.has),
            "evidence": self.evidence(self.cited),
        }

    @staticmethod
    def _topic_values() -> list[str]:
        return [value for value, _label in Provision._meta.get_field("topic").choices]

    def topics_of(self, record: dict[str, Any], certain: bool) -> set[str]:
        return set().union(*(self.topics.get(article, set()) for article in self.articles.get(record["id"], ())))

    def has(self, record: dict[str, Any], certain: bool) -> set[str]:
        pk = record["id"]
        found = {"assessment"} if self.of["assessment"].get(pk, set()) & self.assessments else set()
        return found | ({"conflict"} if pk in self.disputed else set()) | ({"text"} if self.articles.get(pk) else set())

    def status(self, record: dict[str, Any], on: datetime.date, certain: bool) -> set[str]:
        """Every legal status that some choice of days within the bounds gives; for certain, the one that every choice gives."""
        if record["binding"] == "political":
            return {"not-applicable"}
        found = {
            self._status_of(record, dict(zip(("signed", "in_force", "terminated"), reached, strict=True)), on)
            for reached in product(*(self._reached(record, name, on) for name in ("signed", "in_force", "terminated")))
        }
        return found if not certain or len(found) == 1 else set()

    @staticmethod
    def _reached(record: dict[str, Any], name: str, on: datetime.date) -> list[bool | None]:
        """Whether the day may have reached a date (True) or may lie before it (False); None where no date is recorded."""
        when = bounds(record, name)
        if when is None:
            return [None]
        first, last = when
        return ([True] if first is None or first <= on else []) + ([False] if last is None or last > on else [])

    @staticmethod
    def _status_of(record: dict[str, Any], reached: dict[str, bool | None], on: datetime.date) -> str:
        if reached["terminated"]:
            return record["end"] or "terminated"
        begun = reached["signed"] if reached["in_force"] is None else reached["in_force"]
        if record["unperfected"]:
            begun = False
        if begun is False:
            return "not-yet"
        if reached["in_force"] is None:
            return "unknown"
        return "unknown" if TreatyOracle._lapsed(record, on) else "in-force"

    @staticmethod
    def _lapsed(record: dict[str, Any], on: datetime.date) -> bool:
        if record["terminated_edtf"] or record["renews"]:
            return False
        last = record["term_ends"]
        if not last and record["term_years"] and record["in_force_latest"]:
            start = record["in_force_latest"]
            last = start.replace(year=start.year + record["term_years"], day=min(start.day, 28) if start.month == 2 else start.day)
        return bool(last) and last < on
