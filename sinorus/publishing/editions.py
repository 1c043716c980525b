"""The edition: a number raised once in each transaction that changes what readers see, the root of every ETag."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .models import Edition


def current() -> int:
    """The number of the present edition; 0 before anything was published."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def raise_edition() -> int:
    """Raise the edition by one and return it. Call once, last, inside the transaction of the change.

    The row stays locked until the transaction ends, so editions are numbered in the order in which they are committed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An edition is raised inside the transaction that it belongs to.")
    if not Edition.objects.filter(pk=1).update(number=F("number") + 1, at=timezone.now()):
        Edition.objects.create(pk=1, number=1)
    return current()
