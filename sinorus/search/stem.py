"""Stems: one form for all inflections of a word.

English: Snowball, with British and American spellings joined and a few irregular words. Russian: Snowball *until nothing
more comes off*, since it takes the bare nominative of many nouns for a longer form (визит → виз, but визита → визит; so
for кредит, остров, режим, обмен, Хрущёв …). A second pass takes the same off the others. Fleeting vowels follow.
Measured on all forms of 198 words of the field: 48 were split by Snowball alone, none is here (tests/search/test_inflection.py).
"""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

_english = snowballstemmer.stemmer("english").stemWord
_russian = snowballstemmer.stemmer("russian").stemWord
_one_at_a_time = Lock()  # a stemmer keeps the word it works on in itself: two threads would get stems of each other's, or an IndexError

# -ise and -ize, -our and -or; both spellings of every word meet, whatever the word is.
_ISE = re.compile(r"(?<=..)is(e|ed|es|er|ers|ing|ation|ations)$")
_OUR = re.compile(r"^(neighb|lab|fav|hon|harb|endeav|behavi|col|arm|rum|vig)our")
_ENGLISH = {
    "crises": "crisis",
    "bases": "basis",
    "analyses": "analysis",
    "theses": "thesis",
    "memoranda": "memorandum",
    "men": "man",
    "women": "woman",
    "met": "meet",
    "held": "hold",
    "fought": "fight",
    "sought": "seek",
    "led": "lead",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "broke": "break",
    "broken": "break",
    "defence": "defense",
    "defences": "defense",
    "programmes": "program",
    "programme": "program",
    "centre": "center",
    "centres": "center",
    "communiques": "communique",
}

_FLEETING = ((re.compile(r"(?<=..[^аеиоуыэюя])[ое]к$"), "к"), (re.compile(r"(?<=[аеиоуыэюя])ец$"), "йц"), (re.compile(r"лец$"), "льц"),
             (re.compile(r"(?<=[^аеиоуыэюя])ец$"), "ц"))  # fmt: skip
_RUSSIAN_FORMS = {
    "день": "день дня дню днем дне дни дней дням днями днях",
    "имя": "имя имени именем имена имен именам именами именах",
    "идея": "идея идеи идее идею идеей идеею идей идеям идеями идеях",
    "земля": "земля земли земле землю землей землею земель землям землями землях",
    "лед": "лед льда льду льдом льде льды льдов льдам льдами льдах",
    "угол": "угол угла углу углом угле углы углов углам углами углах",
    "виза": "виза визы визе визу визой визою виз визам визами визах",
    "визит": "визит визита визиту визитом визите визиты визитов визитам визитами визитах",
    "год": "год года году годом годе годы годов годам годами годах",
    "человек": "человек человека человеку человеком человеке люди людей людям людьми людях",
}
_RUSSIAN_WORDS = {form: word for word, forms in _RUSSIAN_FORMS.items() for form in forms.split()} | {
    "заем": "займ",
    "посол": "посл",
    "уровень": "уровн",
    "камень": "камн",
    "корень": "корн",
    "торговель": "торговл",
}


@lru_cache(100_000)
def stem(word: str) -> str:
    """The stem of a folded word by its script; a word with digits, or in another script, is its own stem."""
    if not word.isalpha():
        return word
    with _one_at_a_time:
        if word.isascii():
            return _stem_english(word)
        return _stem_russian(word) if "\u0400" <= word[0] <= "\u04ff" else word


def _stem_english(word: str) -> str:
    word = _ENGLISH.get(word, word)
    return _english(_OUR.sub(r"\1or", _ISE.sub(r"iz\1", word)))


def _stem_russian(word: str) -> str:
    if word in _RUSSIAN_WORDS:
        return _RUSSIAN_WORDS[word]
    while len(shorter := _russian(word)) < len(word) and len(shorter) > 2:
        word = shorter
    for pattern, replacement in _FLEETING:
        word = pattern.sub(replacement, word)
    return word
