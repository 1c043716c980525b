"""Receipts: what a question was answered with, small enough to stand in an address.

A receipt names the edition, the day, how many records answered, a SHA-256 of their ids, and, unless they are too many, the ids
themselves: a set of bits, compressed. So nothing is kept here for it, it can be opened on any day and at any site that holds the
data, and it says exactly which records came and went since.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from .fields import OnceField, whole_number
from .filtersets import FacetedFilterSet
from .forms import Options

MAX_CODED: Final = 3_000  # characters of an address that ids may take; servers refuse addresses beyond 4,094
_MAX_BYTES: Final = 1_000_000  # of the set of bits, so that no receipt unpacks without end


def ids_of(question: FacetedFilterSet) -> array[int]:
    """Numbers of all records that answer, in their own order."""
    return array("q", question.narrowed().order_by("pk").values_list("pk", flat=True))


def digest(numbers: Iterable[int], prefix: str) -> str:
    """SHA-256 of permanent ids, one a line, in the order of their numbers."""
    return hashlib.sha256("".join(f"{prefix}{number}\n" for number in numbers).encode()).hexdigest()


def coded(numbers: Iterable[int]) -> str:
    """Numbers as text for an address; empty when it would be too long."""
    bits = bytearray()
    for number in numbers:
        place, bit = divmod(number, 8)
        if place >= _MAX_BYTES:
            return ""
        if place >= len(bits):
            bits.extend(bytes(place + 1 - len(bits)))
        bits[place] |= 1 << bit
    packer = zlib.compressobj(9, wbits=-15)
    text = base64.urlsafe_b64encode(packer.compress(bytes(bits)) + packer.flush()).decode().rstrip("=")
    return text if len(text) <= MAX_CODED else ""


def decoded(text: str) -> list[int]:
    """The numbers that `coded` made a text of. Raises ValidationError for any other text."""
    unpacker = zlib.decompressobj(wbits=-15)
    try:
        if len(text) > MAX_CODED or not text.isascii():
            raise ValueError
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        bits = unpacker.decompress(packed, _MAX_BYTES)
        if not unpacker.eof or unpacker.unused_data:
            raise ValueError
    except (ValueError, binascii.Error, zlib.error):
        raise ValidationError(_("This is no list of ids as a receipt has it."), code="ids") from None
    return [8 * place + bit for place, byte in enumerate(bits) if byte for bit in range(8) if byte >> bit & 1]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("“%(value)s” is not a day, such as 2026-04-25."), params={"value": text[:20]}) from None


def _sha256(text: str) -> str:
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise ValidationError(_("A SHA-256 has 64 hexadecimal digits."))
    return text


class ReceiptForm(Options):
    """What a receipt says of the answer at its time. Without any of it, a receipt is asked for."""

    cited_edition = OnceField(read=whole_number(0, 10**12), required=False)
    cited_on = OnceField(read=_day, required=False)
    cited_count = OnceField(read=whole_number(0, 10**9), required=False)
    cited_sha256 = OnceField(read=_sha256, required=False)
    cited_ids = OnceField(read=decoded, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        needed = ("cited_edition", "cited_on", "cited_count", "cited_sha256")
        if not self.errors and any(name in self.data for name in self.fields):
            for name in needed:
                if found.get(name) is None:
                    self.add_error(name, forms.ValidationError(_("A receipt without this is incomplete.")))
        return found


@dataclass(frozen=True)
class Receipt:
    """What a question was answered with. ``numbers`` is None where they were too many for an address."""

    edition: int
    day: date
    count: int
    sha256: str
    numbers: frozenset[int] | None

    @classmethod
    def now(cls, numbers: array[int], prefix: str, edition: int, day: date) -> Receipt:
        """The receipt of an answer given now."""
        return cls(edition, day, len(numbers), digest(numbers, prefix), frozenset(numbers))

    @classmethod
    def of(cls, form: ReceiptForm, prefix: str) -> Receipt | None:
        """The receipt in an address; None where there is none. Raises ValidationError when its parts contradict each other."""
        told = form.cleaned_data
        if told.get("cited_sha256") is None:
            return None
        numbers = told["cited_ids"]
        if numbers is not None and (len(numbers) != told["cited_count"] or digest(numbers, prefix) != told["cited_sha256"]):
            raise ValidationError(_("The parts of this receipt contradict each other: it was changed or cut off on its way."))
        kept = None if numbers is None else frozenset(numbers)
        return cls(told["cited_edition"], told["cited_on"], told["cited_count"], told["cited_sha256"], kept)

    def query(self, question: FacetedFilterSet) -> str:
        """The question and this receipt as a query string."""
        parts = {"cited_edition": self.edition, "cited_on": self.day, "cited_count": self.count, "cited_sha256": self.sha256}
        if ids := coded(sorted(self.numbers)) if self.numbers else "":
            parts["cited_ids"] = ids
        return "&".join(part for part in (question.canonical(page=None, page_size=None, sort=None), urlencode(parts)) if part)


@dataclass(frozen=True)
class Comparison:
    """An answer then and now. ``added`` and ``removed`` are None where the receipt does not hold the ids."""

    same: bool
    added: list[int] | None
    removed: list[int] | None


def compare(then: Receipt, now: Receipt) -> Comparison:
    """What came and what went between two answers to the same question."""
    same = then.sha256 == now.sha256
    if same or then.numbers is None or now.numbers is None:
        return Comparison(same, [] if same else None, [] if same else None)
    return Comparison(False, sorted(now.numbers - then.numbers), sorted(then.numbers - now.numbers))
