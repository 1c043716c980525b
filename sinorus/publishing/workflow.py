"""The way of a record from draft to readers and back. This module alone writes its status.

A scheduled record is one with a status of its own and an hour. The present edition knows the next such hour, which every
public request reads with the edition's number; the first request after it publishes what is due, before it is answered.
So no clock is needed, and a record, its entry in the stream, the edition and every ETag change in one transaction.
"""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import roles
from .history import Edit
from .models import Edition, Record, record_types

PATIENCE: Final = 0.2  # seconds that a request waits for its turn to publish what is due
REST: Final = 5.0  # seconds before this process tries again

_rests_until = 0.0
log = logging.getLogger(__name__)
Status = Record.Status

#: What readers see or shall see: changed only by who may publish, proposed by everybody else.
FOR_READERS: Final = frozenset({Status.SCHEDULED, Status.PUBLISHED})
#: From a status to each that may follow it, with the permission that takes; "" is that of changing the record.
MOVES: Final[dict[str, dict[str, str]]] = {
    Status.DRAFT: {Status.REVIEW: "", Status.SCHEDULED: roles.PUBLISH, Status.PUBLISHED: roles.PUBLISH},
    Status.REVIEW: {Status.DRAFT: roles.REVIEW, Status.SCHEDULED: roles.PUBLISH, Status.PUBLISHED: roles.PUBLISH},
    Status.SCHEDULED: {Status.DRAFT: roles.PUBLISH, Status.REVIEW: roles.PUBLISH, Status.PUBLISHED: roles.PUBLISH},
    Status.PUBLISHED: {Status.DRAFT: roles.PUBLISH, Status.WITHDRAWN: roles.PUBLISH},
    Status.WITHDRAWN: {Status.DRAFT: roles.PUBLISH, Status.PUBLISHED: roles.PUBLISH},
    Status.MERGED: {Status.DRAFT: roles.PUBLISH},
}
#: What it takes to change a record of a status at all; in the others that of changing records is enough.
CHANGES: Final = {Status.REVIEW: roles.REVIEW, Status.WITHDRAWN: roles.PUBLISH, Status.MERGED: roles.PUBLISH}


def may_publish(user: Any) -> bool:
    return bool(user.has_perm(roles.PUBLISH))


def may_change(user: Any, record: Record) -> bool:
    """Whether the user may change the record, or propose a change of it, beside the permission for its type."""
    needed = CHANGES.get(Status(record.status))
    return needed is None or user.has_perm(needed)


def must_propose(user: Any, record: Record) -> bool:
    """Whether a change by the user is kept as a proposal."""
    return record.status in FOR_READERS and not may_publish(user)


def next_statuses(user: Any, status: str) -> list[str]:
    """The statuses that the user may give to a record of a status: its own first."""
    return [status, *(to for to, needed in MOVES[status].items() if not needed or user.has_perm(needed))]


def lacks(record: Record) -> dict[str, Any]:
    """What a record needs to be published and does not have in the database."""
    found = dict(record.lacks())
    if record.NEEDS_SOURCE and not record.citations.exists():
        found["citations"] = _("it rests on no source yet")
    return found


def move(record: Record, to: str, by: Any, *, publish_at: datetime.datetime | None = None, reason: str = "") -> None:
    """Give a record another status. Call it inside an ``Edit`` of the record.

    Raises ValidationError, naming what is in the way: no such step for this user, nothing to rest on, no hour, no reason.
    """
    if to != record.status and to not in next_statuses(by, record.status):
        raise ValidationError(_("You may not make it “%(status)s”.") % {"status": Status(to).label})
    if to in FOR_READERS and (lacking := lacks(record)):
        raise ValidationError([str(message) for message in lacking.values()])
    if to == Status.SCHEDULED and not (publish_at and publish_at > timezone.now()):
        raise ValidationError({"publish_at": _("Say when, in the future (UTC).")})
    if to == Status.WITHDRAWN and not reason.strip():
        raise ValidationError({"withdrawn_reason": _("Say why, for readers.")})
    was = record.status
    record.publish_at = publish_at if to == Status.SCHEDULED else None
    record.withdrawn_reason = reason.strip() if to == Status.WITHDRAWN else ""
    _write(record, to)
    if Status.SCHEDULED in (was, to):
        _note_next()


def merged(record: Record) -> None:
    """Mark a record as merged away; ``merge`` says into which."""
    record.publish_at, record.withdrawn_reason = None, ""
    _write(record, Status.MERGED)


def unmerged(record: Record, status: str, publish_at: datetime.datetime | None, reason: str) -> None:
    """Give a record that was merged away the status that it had; ``unmerge`` puts its links back."""
    record.publish_at, record.withdrawn_reason = publish_at, reason
    _write(record, status)
    if status == Status.SCHEDULED:
        _note_next()


def _write(record: Record, status: str) -> None:
    record.status = status
    # Not ``save``: what was made of the other columns stands as it is, and no other column of an old instance is written.
    type(record)._default_manager.filter(pk=record.pk).update(
        status=status, publish_at=record.publish_at, withdrawn_reason=record.withdrawn_reason
    )


def _note_next() -> None:
    """Let the edition know the next hour at which something is due."""
    hours = [
        hour
        for model in record_types().values()
        if (
            hour := model._default_manager.filter(status=Status.SCHEDULED)
            .order_by("publish_at")
            .values_list("publish_at", flat=True)
            .first()
        )
    ]
    Edition.objects.update_or_create(pk=1, defaults={"next_publication": min(hours, default=None)})


def publish_due() -> int:
    """Publish what was scheduled for now or before; how many records. Safe to be called by several at once."""
    with transaction.atomic():
        edition = Edition.objects.select_for_update().filter(pk=1).first()
        now = timezone.now()
        if edition is None or edition.next_publication is None or edition.next_publication > now:
            return 0
        due = [
            record
            for model in record_types().values()
            for record in model._default_manager.select_for_update().filter(status=Status.SCHEDULED, publish_at__lte=now)
        ]
        edit = Edit(due, why="")
        for record in due:
            # What it rests on may have gone since it was scheduled: then it goes back for somebody to look at.
            record.publish_at = None
            _write(record, Status.REVIEW if lacks(record) else Status.PUBLISHED)
        edit.finish(due)
        _note_next()
        return len(due)


def publish_due_if_possible() -> None:
    """For the way of a request: readers are answered from what is there when nothing can be written just now.

    Another process may hold the database for long (an import): then this one asks again only after some seconds.
    """
    global _rests_until
    if time.monotonic() < _rests_until:
        return
    try:
        with _impatient():
            publish_due()
    except DatabaseError:
        _rests_until = time.monotonic() + REST
        log.warning("what is due could not be published now; a later request tries again", exc_info=True)


@contextmanager
def _impatient() -> Iterator[None]:
    """Wait for a lock no longer than a reader does not notice."""
    vendor, patience = connection.vendor, int(PATIENCE * 1000)
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    before, after = {
        "sqlite": (f"PRAGMA busy_timeout = {patience}", f"PRAGMA busy_timeout = {usual}"),
        "postgresql": (f"SET lock_timeout = {patience}", "RESET lock_timeout"),
    }[vendor]
    with connection.cursor() as cursor:
        cursor.execute(before)
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(after)
