"""What stands at an address that leads to no public record: another record that took its place, or the reason for its absence."""

from __future__ import annotations

from typing import Any

from .models import Merger, OldSlug, Record

_STEPS = 10  # mergers of mergers that are followed


def successor(model: type[Record], **key: Any) -> Record | None:
    """The public record that one with this slug or number has become: renamed, merged into another, or both."""
    pk = _number(model, key)
    for _step in range(_STEPS):
        if pk is None:
            return None
        if record := model.objects.public().filter(pk=pk).first():
            return record
        pk = Merger.objects.filter(record_type=model._meta.model_name, record_id=pk).values_list("into_id", flat=True).first()
    return None


def withdrawal(model: type[Record], **key: Any) -> str | None:
    """Why the record with this slug or number was withdrawn; None when it was not, never was public, or is not known."""
    pk = _number(model, key)
    gone = model._default_manager.filter(pk=pk, status=Record.Status.WITHDRAWN, published__isnull=False)
    return gone.values_list("withdrawn_reason", flat=True).first() if pk else None


def _number(model: type[Record], key: dict[str, Any]) -> int | None:
    if "pk" in key:
        return key["pk"]
    # One that readers never saw is looked up like one that never was, in as many queries.
    seen = model._default_manager.filter(slug=key["slug"], published__isnull=False)
    if pk := seen.values_list("pk", flat=True).first():
        return pk
    return OldSlug.objects.filter(record_type=model._meta.model_name, slug=key["slug"]).values_list("record_id", flat=True).first()
