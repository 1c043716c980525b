"""Every form of a word has one stem, and words that mean different things do not share it."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sinorus.search.analyze import analyze
from sinorus.search.fold import fold
from sinorus.search.stem import stem

RUSSIAN = [
    line.split() for line in (Path(__file__).parent / "russian_forms.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"
]
ENGLISH = """
treaty treaties treaty's
crisis crises
normalise normalize normalised normalisation normalization normalising
neighbour neighbor neighbours neighbourly
defence defense
cooperation cooperate cooperated
ally allies allied
communiqué communique communiqués
visit visits visited visiting
border borders bordering
embassy embassies
sign signed signing signs
withdraw withdrew withdrawn withdrawing withdraws
memorandum memoranda
meet met meeting meetings
policy policies
"""
APART = [("визит", "виза"), ("партия", "партнёр"), ("совет", "советник"), ("treaty", "treatment"), ("мир", "мера"), ("порт", "портной")]


def test_there_are_enough_words() -> None:
    assert len(RUSSIAN) >= 80


@pytest.mark.parametrize("forms", RUSSIAN, ids=[forms[0] for forms in RUSSIAN])
def test_all_forms_of_a_russian_word_meet(forms: list[str]) -> None:
    assert len({stem(fold(form)) for form in forms}) == 1


@pytest.mark.parametrize("line", ENGLISH.strip().splitlines())
def test_all_forms_of_an_english_word_meet(line: str) -> None:
    assert len({analyze(form).terms[0] for form in line.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(fold(one)) != stem(fold(other))


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("ДОГОВОР", "договор"), ("ещё", "еще"), ("догово\u0301р", "договор"), ("Łódź", "lodz"), ("Lü", "lu"), ("Ｃｈｉｎａ", "china"),
        ("條約", "条约"), ("江沢民", "江泽民"), ("臺灣", "台湾"), ("Straße", "strasse"), ("T’ai", "t'ai"),
    ],
)  # fmt: skip
def test_spellings_that_readers_take_for_the_same_are_folded_into_one(written: str, same: str) -> None:
    assert fold(written) == fold(same)


def test_short_i_is_a_letter() -> None:
    assert fold("Китай") == "китай"


@pytest.mark.parametrize("text", ["ﬁne Jiang", "e\u0301x Jiang", "ß Jiang", "㍿ Jiang", "江澤民 Jiang", "Ｊ Jiang"])
def test_places_are_those_of_the_text_as_written(text: str) -> None:
    stream = analyze(text)
    start, end = stream.spans[stream.terms.index("jiang")]
    assert text[start:end] == "Jiang"


def test_threads_do_not_stem_into_each_others_words() -> None:
    """The threads of a worker share what stems; what it keeps of one word must not end up in the next."""
    words = [fold(form) for forms in RUSSIAN for form in forms] + ENGLISH.split()
    alone = {word: stem(word) for word in words}
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            for _round in range(3):
                stem.cache_clear()
                orders = [random.Random(number).sample(words, len(words)) for number in range(4)]
                for order, found in zip(orders, threads.map(lambda order: [stem(word) for word in order], orders), strict=True):
                    assert found == [alone[word] for word in order]
    finally:
        sys.setswitchinterval(before)
