"""What was counted is given again for the same records, and for no others; few of it is kept."""

from __future__ import annotations

import random

import pytest
from pyroaring import BitMap

from sinorus.facets.bitmaps import numbers
from sinorus.facets.bitmaps.numbers import Numbers, mark_of

EVERYTHING = range(5_000)


def some(dice: random.Random) -> BitMap:
    return BitMap(dice.sample(EVERYTHING, dice.choice([0, 1, 30, 800, 4_000])))


def sets_of(dice: random.Random, number: int) -> dict[str, BitMap]:
    """The largest first."""
    return dict(sorted(((f"v{one}", some(dice)) for one in range(number)), key=lambda one: -len(one[1])))


def test_every_value_with_records_has_their_number() -> None:
    dice = random.Random(1896)
    kept, sets = Numbers(), [sets_of(dice, number) for number in (0, 5, 60)]
    bases = [some(dice) for _ in range(40)]
    for base in bases + bases[::-1]:
        for one in sets:
            expected = {name: len(set(base) & set(records)) for name, records in one.items()}
            assert dict(kept.of(base, mark_of(base), one)) == {name: number for name, number in expected.items() if number}


@pytest.mark.parametrize("most", [1, 7, 100])
def test_of_the_largest_none_is_left_out(most: int) -> None:
    """So many and one, so that one can say whether there are more, and all that have no fewer records than the last of these."""
    dice = random.Random(1927)
    kept, sets = Numbers(), sets_of(dice, 60)
    for base in [some(dice) for _ in range(20)] * 2:
        every = {name: number for name, records in sets.items() if (number := len(set(base) & set(records)))}
        least = min(sorted(every.values(), reverse=True)[: most + 1], default=0)
        assert dict(kept.of(base, mark_of(base), sets, most)) == {name: number for name, number in every.items() if number >= least}


def test_other_sets_are_counted_anew() -> None:
    """Though they may come to lie where others lay, which are gone."""
    kept, base = Numbers(), BitMap(range(100))
    for number in range(1, 300):
        sets = {"one": BitMap(range(number))}
        assert dict(kept.of(base, mark_of(base), sets)) == {"one": min(number, 100)}
        del sets


def test_few_are_kept_and_those_that_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "KEPT", 10)
    kept, usual, sets = Numbers(), BitMap(EVERYTHING), {"one": BitMap([1, 2, 3])}
    for number in range(50):
        for base in (usual, BitMap([number])):
            kept.of(base, mark_of(base), sets)
        assert len(kept._kept) <= 10
        assert (mark_of(usual), id(sets)) in kept._kept
