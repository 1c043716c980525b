"""Records that no reader may see, of every type, with a token in all that they say, tied in every way to what readers see."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from sinorus.desk.models import Import, Report
from sinorus.dossiers.models import DossierMention
from sinorus.publishing.history import Edit
from sinorus.publishing.models import OldSlug, Record, Revision, record_types
from sinorus.search import index
from sinorus.sources.models import Assessment
from tests.filling import new_row

STATUSES = ("draft", "withdrawn", "scheduled")
#: A day of each type, so that it would stand in lists by date, in calendars and on timelines.
DAYS = {
    "event": ("date", "1996-04-25"),
    "treaty": ("signed", "1996-04-25"),
    "assessment": ("date", "1996-04-25"),
    "source": ("issued", "1996"),
}


def token(status: str) -> str:
    """Of 24 characters, and a slug as well."""
    return f"qx7{status[:5]}kanareyka9zkv3m5n8"[:24]


def hidden_records(status: str, shown: dict[type[Record], Record]) -> dict[type[Record], Record]:
    """A record of each type in a status, that points at what readers see."""
    word, found = token(status), {}
    for kind, model in record_types().items():
        record = new_row(model, word, shown, status=status, slug=f"{word}-{kind}")
        if kind in DAYS:
            setattr(record, *DAYS[kind])
        if kind == "dossier":
            record.body = f"{word} [[event:{shown[record_types()['event']].slug}]]"
        record.publish_at = timezone.now() + datetime.timedelta(days=2) if status == "scheduled" else None
        record.published = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC) if status == "withdrawn" else None
        record.withdrawn_reason = "It was wrong." if status == "withdrawn" else ""
        record.save()
        OldSlug.objects.create(record_type=kind, slug=f"{word}-{kind}-before", record_id=record.pk)
        found[model] = record
    return found


def tie(hidden: dict[type[Record], Record], shown: dict[type[Record], Record], word: str) -> int:
    """A row of every table that points at records, once with what is hidden in each place; how many rows."""
    made = 0
    for table in apps.get_models(include_auto_created=True):
        if issubclass(table, Record) or table is DossierMention:
            continue
        pointers = [
            one for one in table._meta.concrete_fields if isinstance(one, models.ForeignKey) and issubclass(one.related_model, Record)
        ]
        for one in pointers:
            if one.null:  # what names nothing there names what is hidden, and says the rest as before
                empty = table._default_manager.filter(**{f"{one.name}__isnull": True}).order_by("pk").first()
                table._default_manager.filter(pk=empty and empty.pk).update(**{one.name: hidden[one.related_model]})
                continue
            row = new_row(table, word, shown, **{one.name: hidden[one.related_model]})
            _apart(row, pointers, one)
            for other in table._meta.concrete_fields:
                if isinstance(other, models.ForeignKey) and not issubclass(other.related_model, Record) and not other.null:
                    setattr(row, other.name, other.related_model._default_manager.order_by("pk").first())
            row.save()
            made += 1
    return made


def _apart(row: Any, pointers: list[Any], hidden: Any) -> None:
    """Let a row point at different records of a type."""
    used = {(hidden.related_model, getattr(row, hidden.attname))}
    for other in pointers:
        model = other.related_model
        if other is not hidden and (model, getattr(row, other.attname)) in used:
            taken = [pk for one, pk in used if one is model]
            setattr(row, other.name, model.objects.public().exclude(pk__in=taken).order_by("pk").first())
        used.add((model, getattr(row, other.attname)))


def point_at(hidden: dict[type[Record], Record], word: str, shown: dict[type[Record], Record]) -> None:
    """Let public records that name nothing in a place name there what is hidden; and be hidden where they cannot be without it."""
    for model in record_types().values():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.null:
                empty = model.objects.public().filter(**{f"{field.name}__isnull": True}).order_by("pk").first()
                if empty:
                    model.objects.filter(pk=empty.pk).update(**{field.name: hidden[field.related_model]})
    for name in ("holder", "source"):
        model = Assessment._meta.get_field(name).related_model
        given = {name: hidden[model], "status": "published", "slug": f"{word}-{name}", "date": "1996-04-25"}
        new_row(Assessment, word, shown, **given).save()


def write_aside(record: Record, word: str) -> None:
    """What was proposed, put aside or rejected of a public record, and what it said as a draft; reports and imports of the desk."""
    Edit([record])
    base = Revision.objects.of(record).applied().first()
    said = {**base.document, "fields": {**base.document["fields"], "title": word, "summary": word}}
    told = {"record_type": base.record_type, "record_id": record.pk, "document": said, "what": ["title"], "why": word}
    for state in ("proposed", "aside", "rejected"):
        Revision.objects.create(**told, state=state, number=base.number, status="published")
    Report.objects.create(text=word, source=word, email=f"{word}@{word}.example", answer=word, editor_note=word)
    user = User.objects.create_user(f"user-{word}", email=f"{word}@{word}.example", first_name=word, last_name=word)
    Import.objects.create(name=f"{word}.csv", digest="0" * 64, records="events", user=user)
    type(record).objects.filter(pk=record.pk).update(editor_note=word)


@transaction.atomic
def hide_everything(status: str) -> int:
    """All of it in one status; how many rows it is."""
    word = token(status)
    shown = {model: model.objects.public().order_by("pk").first() for model in record_types().values()}
    hidden = hidden_records(status, shown)
    made = tie(hidden, shown, word)
    point_at(hidden, word, shown)
    write_aside(shown[record_types()["event"]], word)
    index.update(hidden.values())
    return made + len(hidden)
