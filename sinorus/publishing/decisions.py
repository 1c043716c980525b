"""What becomes of revisions that are not in force: accepted as a whole or in part, rejected, or an old one restored."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import differences, documents, restore, workflow
from .differences import Meeting, Slot
from .documents import Document
from .history import Edit
from .models import Record, Revision

State = Revision.State


def base_of(revision: Revision, record: Record) -> Document:
    """The document that a proposal started from."""
    applied = Revision.objects.of(record).applied()
    found = applied.filter(number=revision.number).first() or applied.first()
    return found.document if found else documents.of(record)


def meetings(revision: Revision, record: Record) -> list[Meeting]:
    """What a proposal, or what was set aside, would change of the record as it is now."""
    return differences.meet(type(record), base_of(revision, record), documents.of(record), revision.document)


def may_decide(user: Any, revision: Revision, record: Record) -> bool:
    """Publishers decide proposals; what was set aside is its author's, who may still save the record."""
    if revision.state == State.PROPOSED:
        return workflow.may_publish(user)
    own = revision.by_id == user.pk or workflow.may_publish(user)
    return revision.state == State.ASIDE and own and not workflow.must_propose(user, record)


@transaction.atomic
def accept(revision: Revision, record: Record, taken: Collection[Slot], *, seen: int, by: Any, reply: str = "") -> list[str]:
    """Let the record have what is taken of a proposal; what had to be left out, in words.

    ``seen`` is the version of the record beside which it was looked at. Raises ValidationError when the record changed
    since, or when the outcome would break a rule; then nothing was written.
    """
    record, revision = _locked(revision, record, by)
    if record.version != seen:
        raise ValidationError(_("The record was changed again while you were looking. Look at the differences as they are now."))
    document = differences.put_together(type(record), base_of(revision, record), documents.of(record), revision.document, taken)
    edit = Edit([record], by=revision.by, why=revision.why)
    left_out = restore.write(record, document)
    _require_what_readers_need(record)
    edit.finish([record])
    _decide(revision, State.ACCEPTED, by, reply)
    return left_out


@transaction.atomic
def reject(revision: Revision, record: Record, *, by: Any, reply: str = "") -> None:
    """Put a proposal away, with a word to its author."""
    _record, revision = _locked(revision, record, by)
    _decide(revision, State.REJECTED, by, reply)


@transaction.atomic
def bring_back(revision: Revision, record: Record, *, by: Any, why: str = "") -> tuple[Revision, list[str]]:
    """Restore an old revision: a new one, or, for who may not change what readers see, a proposal; and what was left out."""
    record = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if not workflow.may_change(by, record) or revision.state != State.APPLIED:
        raise PermissionDenied
    why = why or _("Restored from version %(number)s.") % {"number": revision.number}
    edit = Edit([record], by=by, why=why)
    if workflow.must_propose(by, record):
        made = Revision.objects.create(
            record_type=revision.record_type,
            record_id=record.pk,
            number=record.version,
            state=State.PROPOSED,
            status=record.status,
            document=revision.document,
            why=why,
            by=by,
        )
        return made, []
    left_out = restore.write(record, revision.document)
    _require_what_readers_need(record)
    edit.finish([record])
    return Revision.objects.of(record).applied().first(), left_out


def _require_what_readers_need(record: Record) -> None:
    if record.status in workflow.FOR_READERS and (lacking := workflow.lacks(record)):
        raise ValidationError([str(message) for message in lacking.values()])


def _locked(revision: Revision, record: Record, by: Any) -> tuple[Record, Revision]:
    record = type(record)._default_manager.select_for_update().get(pk=record.pk)
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    if revision.state not in (State.PROPOSED, State.ASIDE):
        raise ValidationError(_("This was decided already."))
    if not may_decide(by, revision, record):
        raise PermissionDenied
    return record, revision


def _decide(revision: Revision, state: str, by: Any, reply: str) -> None:
    revision.state, revision.decided_by, revision.decided_at, revision.reply = state, by, timezone.now(), reply[:400]
    revision.save(update_fields=["state", "decided_by", "decided_at", "reply"])
