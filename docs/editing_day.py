"""A site in the middle of an editing day, for the pictures in docs/editors.md: prints as JSON where to look. Run by docs/pictures.py.

Works on the database of the environment, which must hold the shipped data and be thrown away afterwards.
"""

from __future__ import annotations

import copy
import datetime
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")

import django

django.setup()

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from sinorus.publishing import documents, workflow
from sinorus.publishing.history import Edit
from sinorus.publishing.merge import merge
from sinorus.publishing.models import Record, Revision
from sinorus.sources.models import Source
from sinorus.vocab.models import Actor


@transaction.atomic
def edit(record: Record, by: User, why: str, **fields: Any) -> Record:
    """Save fields of a record with a revision."""
    change = Edit([record], by=by, why=why)
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    change.finish([record])
    return record


@transaction.atomic
def move(record: Record, to: str, by: User, **given: Any) -> None:
    change = Edit([record], by=by)
    workflow.move(record, to, by, **given)
    change.finish([record])


def draft(title: str, slug: str, by: User) -> Event:
    """An event that has all that publication takes."""
    fields = {"title": title, "slug": slug, "kind": "economic", "summary": "The first train crosses the Amur by the new bridge."}
    event = edit(Event(status="draft", importance=1), by, "From the railway's announcement", **fields, date="16 November 2022")
    event.citations.create(source=Source.objects.order_by("pk").first(), locator="p. 3")
    return event


def kept_beside(record: Record, by: User, state: str, change: Callable[[dict[str, Any]], None], why: str) -> Revision:
    """A revision that waits: a proposal, or what somebody saved while another did."""
    base = Revision.objects.of(record).applied().first()
    document = copy.deepcopy(base.document if base else documents.of(record))
    change(document["fields"])
    given = {"record_type": record._meta.model_name, "record_id": record.pk, "number": record.version, "status": record.status}
    return Revision.objects.create(**given, state=state, document=document, what=["summary"], why=why, by=by)


def main() -> None:
    chief, wei = User.objects.get(is_superuser=True), User.objects.create_user("wei")
    wei.groups.add(Group.objects.get(name="Contributors"))

    def admin(record: Record, page: str, *more: Any) -> str:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk, *more])

    bridge = draft("Railway bridge opens at Tongjiang", "bridge-at-tongjiang", wei)
    review = draft("Second track of the bridge agreed", "second-track", wei)
    move(review, "review", chief)
    scheduled = draft("Anniversary of the bridge", "bridge-anniversary", wei)
    move(scheduled, "scheduled", chief, publish_at=timezone.now() + datetime.timedelta(days=2))
    withdrawn = draft("A meeting that did not take place", "no-meeting", wei)
    move(withdrawn, "published", chief)
    move(withdrawn, "withdrawn", chief, reason="The meeting was announced and did not take place.")

    visit = edit(Event.objects.get(slug="yeltsin-in-beijing-1996"), chief, "Read again", editor_note="Seen by two.")
    more = f"{visit.summary} The hotline was agreed the same day."
    proposed = kept_beside(visit, wei, "proposed", lambda fields: fields.update(summary=more), "The communiqué names it")
    mine = kept_beside(bridge, chief, "aside", lambda fields: fields.update(summary="The bridge opens.", importance=2), "Shorter")
    edit(bridge, wei, "With the river's name", summary="The first train crosses the Amur (Heilongjiang) by the new bridge.")
    older = Revision.objects.of(bridge).applied().last()

    twin = edit(Actor(kind="person", side="russian"), wei, "", title="B. N. Yeltsin", slug="b-n-yeltsin")
    gone = edit(Actor(kind="person", side="chinese"), wei, "", title="Chiang Tse-min", slug="chiang-tse-min")
    merge(gone, Actor.objects.get(slug="jiang-zemin"), by=chief)
    told = {
        "editing-draft": admin(bridge, "change"),
        "editing-preview": admin(bridge, "preview"),
        "editing-review": reverse("admin:events_event_changelist") + "?queue=review",
        "editing-proposal": admin(visit, "revision", proposed.pk),
        "editing-conflict": admin(bridge, "revision", mine.pk),
        "editing-schedule": admin(scheduled, "change"),
        "editing-history": admin(bridge, "history"),
        "editing-restore": admin(bridge, "revision", older.pk),
        "editing-merge": f"{admin(twin, 'merge')}?into=boris-yeltsin",
        "editing-merge-undone": admin(gone, "merge"),
        "editing-withdrawn": withdrawn.get_absolute_url(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
