"""Which index belongs to the edition that is being read: kept, mended after a change, or made.

Every worker process has its own. The newest few editions are kept, since a request that began before a change still reads the one
before. A change is mended in the request that first meets it, in milliseconds; what takes longer than a request should is made in a
thread beside, and until it is there the database answers.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet

from .. import snapshot
from ..hurry import unhurried
from .records import Index

if TYPE_CHECKING:
    from ..filtersets import FacetedFilterSet

EDITIONS = 3  # kept
LARGE = 50_000  # records of which the sets are kept from the garbage collector
logger = logging.getLogger(__name__)


@dataclass
class Catalogue:
    """One catalogue's index at the newest editions; None stands for one that the database had better answer itself."""

    records: QuerySet
    facets: dict[str, Any]
    dated: str
    editions: dict[int, Index | None] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    making: bool = False
    seconds: float = 0.0  # that making it took last

    def at(self, now: snapshot.Snapshot) -> Index | None:
        """The index of the edition that is being read; None while there is none."""
        if now.edition not in self.editions:
            with self.lock:
                if now.edition not in self.editions and not self._mend(now):
                    if self.making:
                        return None
                    if self.seconds > settings.FACETS["INDEX_WAIT"] and self.editions:
                        self._make_beside(now)
                        return None
                    self._make(now)
        return self.editions.get(now.edition)

    def _mend(self, now: snapshot.Snapshot) -> bool:
        """Make the index from that of the edition before, if what changed is known and little."""
        before = max((edition for edition, index in self.editions.items() if index and edition < now.edition), default=None)
        if before is None or (changes := now.changes_since(before)) is None:
            return False
        if (index := self.editions[before].patched(changes)) is None:
            return False
        self._put(now.edition, index)
        return True

    def _make(self, now: snapshot.Snapshot) -> None:
        started = time.monotonic()
        with unhurried(self.records.db):
            small = self.records.order_by().count() < settings.FACETS["INDEX_FROM"]
            index = None if small else Index.of(self.records, self.facets, self.dated)
        self._put(now.edition, index)
        self.seconds = time.monotonic() - started
        if index is not None and len(index.everything) >= LARGE:
            gc.collect()
            gc.freeze()  # thousands of sets that live as long as the edition: the collector need not look at them again and again
        logger.debug("index of %s at edition %s: %.2f s", self.records.model.__name__, now.edition, self.seconds)

    def _make_beside(self, now: snapshot.Snapshot) -> None:
        self.making = True
        threading.Thread(target=self._in_thread, args=(now,), name=f"index-{self.records.model.__name__}", daemon=True).start()

    def _in_thread(self, now: snapshot.Snapshot) -> None:
        try:
            with now.again() as newest:
                self._make(newest)
        except Exception:
            logger.exception("The index of %s could not be made; the database answers.", self.records.model.__name__)
        finally:
            self.making = False
            connections.close_all()

    def _put(self, edition: int, index: Index | None) -> None:
        kept = sorted({**self.editions, edition: index}.items())[-EDITIONS:]
        self.editions = dict(kept)


_catalogues: dict[Any, Catalogue] = {}
_lock = threading.Lock()


def index_for(question: FacetedFilterSet) -> Index | None:
    """The index that answers a question exactly as the database would; None if there is none and the database is to be asked."""
    now = snapshot.current()
    if now is None or not question.is_plain:
        return None
    catalogue = _catalogue_of(question)
    return catalogue.at(now) if catalogue and is_about(question.queryset, catalogue.records) else None


def _catalogue_of(question: FacetedFilterSet) -> Catalogue | None:
    """The catalogue whose facets the question has; a FilterSet that only adds to another shares its index."""
    facets = {name: question.base_filters[name] for name in question.facet_filters}
    key = (question.queryset.model, question.dated, *map(id, facets.values()))
    if key not in _catalogues:
        manager = question.queryset.model._default_manager
        if not hasattr(manager, "public"):
            return None
        with _lock:
            _catalogues.setdefault(key, Catalogue(manager.public(), facets, question.dated))
    return _catalogues[key]


def is_about(asked: QuerySet, indexed: QuerySet) -> bool:
    """Whether a question is about exactly the records that readers see."""
    one, other = asked.query, indexed.query
    return one.where == other.where and not (one.distinct or one.is_sliced or one.combinator or one.extra_tables or one.annotations)


def forget() -> None:
    """Drop every index, as a new process has none."""
    _catalogues.clear()
