"""What the index keeps of one record, worked out from its declared texts."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.db import models

from .analyze import GAP, SURFACE, VERSION, analyze, key, stems, words
from .fields import WEIGHTS, Value, declared
from .models import Label

MAX_TERMS = 16_000  # of a record; PostgreSQL tells no places apart beyond 16,383
MAX_SAME = 250  # places of one term in a record; PostgreSQL keeps 255


@dataclass(frozen=True)
class Document:
    """A record as the index has it: terms by weight, labels, and the words of the labels."""

    record_id: int
    terms: dict[str, list[str]]
    labels: list[tuple[str, str, str, bool]]

    @property
    def digest(self) -> str:
        """Another one means that the index has to be written anew."""
        told = "\n".join([VERSION, *(" ".join(self.terms[weight]) for weight in WEIGHTS), repr(self.labels)])
        return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()

    @property
    def words(self) -> set[str]:
        return {word for text, *_rest in self.labels for word in words(text)}

    def label_rows(self, entry_id: int) -> list[Label]:
        return [
            Label(entry_id=entry_id, text=text, key=one, stems=stems(text), language=language, is_title=is_title)
            for text, one, language, is_title in self.labels
        ]


def document(record: models.Model) -> Document:
    """What the index is to keep of a record. Both engines are given this, so limits cut the same from both."""
    terms: dict[str, list[str]] = {weight: [] for weight in WEIGHTS}
    beside: dict[str, dict[str, None]] = {weight: {} for weight in WEIGHTS}
    labels: dict[tuple[str, str, str, bool], None] = {}
    for field in declared(type(record)):
        for value in field.values(record):
            stream = analyze(value.text)
            terms[field.weight] += [GAP, *stream.terms]
            beside[field.weight] |= dict.fromkeys(term for term, _span in stream.beside)
            beside[field.weight] |= dict.fromkeys(SURFACE + word for word, _span in stream.surfaces)
            if field.is_label and (label := _label(value)):
                labels[label] = None
    return Document(record.pk, _limited(terms, beside), list(labels))


def _limited(terms: dict[str, list[str]], beside: dict[str, dict[str, None]]) -> dict[str, list[str]]:
    seen: Counter[str] = Counter()
    found: dict[str, list[str]] = {}
    left = MAX_TERMS
    for weight in WEIGHTS:
        # A gap before each term that stands beside the order: two of them in a row would look like a phrase.
        column = [*terms[weight], *(one for term in beside[weight] for one in (GAP, term))][:left]
        left -= len(column)
        for place, term in enumerate(column):
            if term != GAP:
                seen[term] += 1
                if seen[term] > MAX_SAME:
                    column[place] = GAP
        found[weight] = column
    return found


def _label(value: Value) -> tuple[str, str, str, bool] | None:
    one = key(value.text)
    return (value.text[:400], one, value.language[:16], value.field.kind == "title") if one else None


def grams(word: str) -> set[str]:
    """The letters of a word in threes, its ends marked; of Chinese each character. Empty for what is too short to misspell."""
    if not word.isalpha():
        return set()
    if ord(word[0]) > 0x2FFF:
        return set(word) if len(word) > 1 else set()
    padded = f"^{word}$"
    return {padded[i : i + 3] for i in range(len(padded) - 2)} if len(word) > 2 else set()
