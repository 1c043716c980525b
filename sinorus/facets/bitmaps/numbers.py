"""How many records of a question each value has: counted once for all that narrow alike, whatever page, order or form they ask for."""

from __future__ import annotations

import hashlib
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from heapq import heappush, heappushpop
from typing import Any

from pyroaring import BitMap

KEPT = 3_000  # of a catalogue: some 250 questions with a dozen facets each

Counted = tuple[list[Any], array]  # names of sets, and how many records of each


class Numbers:
    """What was counted last. It belongs to an index, whose sets never change."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[bytes, int], tuple[Mapping[Any, BitMap], Counted]] = OrderedDict()

    def of(self, base: BitMap, mark: bytes, sets: Mapping[Any, BitMap], most: int = 0) -> Iterable[tuple[Any, int]]:
        """The sets that have records in ``base``, by their names, with how many; ``mark`` tells the base from others.

        With ``most``, where the largest sets come first, only those that are among so many and one with the largest numbers, and
        those that have no less.
        """
        key = mark, id(sets)
        kept = self._kept.pop(key, None)  # and put in again, so that the first are those that nobody asked for again
        if kept is None:
            # With the sets, so that none others come to have their id.
            kept = sets, _counted(sets, *(_largest(base, sets.values(), most) if most else _all(base, sets.values())))
        self._kept[key] = kept
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return zip(*kept[1], strict=True)


def _counted(sets: Iterable[Any], numbers: list[int], least: int) -> Counted:
    names = [name for name, number in zip(sets, numbers, strict=False) if number >= least]
    return names, array("I", [number for number in numbers if number >= least])


def mark_of(base: BitMap) -> bytes:
    """What tells it from all others; the same records may have two of them, which costs no more than counting twice."""
    return hashlib.blake2b(base.serialize(), digest_size=16).digest()


def _all(base: BitMap, sets: Iterable[BitMap]) -> tuple[list[int], int]:
    return list(map(base.intersection_cardinality, sets)), 1


def _largest(base: BitMap, by_size: Iterable[BitMap], most: int) -> tuple[list[int], int]:
    """The numbers of the first sets, until none that follows can be among those with the largest numbers; and the least that is.

    The largest sets come first, and a set cannot give more than it has: when it has less than the last that is wanted, so have
    all that follow.
    """
    numbers: list[int] = []
    best: list[int] = []
    for records in by_size:
        if len(best) > most and len(records) < best[0]:
            break
        number = base.intersection_cardinality(records)
        numbers.append(number)
        if number:
            heappush(best, number) if len(best) <= most else heappushpop(best, number)
    return numbers, best[0] if len(best) > most else 1
