"""Loading a release: an empty site becomes the one that the release was made of, with the same ids, slugs, edition and changes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils.dateparse import parse_datetime

from sinorus.dossiers.models import Dossier
from sinorus.publishing.markdown import render
from sinorus.publishing.models import Change, Edition, OldSlug, Record, record_types
from sinorus.search import index, planner

from . import papers, sqlite
from .make import SUMS, digest
from .tables import Table, tables

MAX_SIZE = 4_000_000_000  # bytes of an archive unpacked


class Refused(Exception):
    """The release cannot be loaded here; the message says why."""


def load(path: Path, say: Callable[[str], object] = str) -> int:
    """Load the release in a folder or archive into this site, all or nothing; the edition that it is now at.

    Raises `Refused` when a file is missing or changed, when the format is another, or when there are records already.
    """
    if path.is_dir():
        return _load(path, say)
    if not zipfile.is_zipfile(path):
        raise Refused(f"{path} is neither the folder of a release nor its archive.")
    with TemporaryDirectory(prefix="sinorus-release-") as name, zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_SIZE:
            raise Refused(f"{path} unpacks to more than {MAX_SIZE} bytes.")
        archive.extractall(name)  # keeps every file within the folder, whatever its name
        inside = next(Path(name).glob(f"*/{SUMS}"), None)
        if inside is None:
            raise Refused(f"{path} has no {SUMS}.")
        return _load(inside.parent, say)


def _load(folder: Path, say: Callable[[str], object]) -> int:
    check(folder)
    about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    database = folder / f"{papers.NAME}.sqlite"
    with transaction.atomic():
        if full := [model._meta.verbose_name_plural for model in record_types().values() if model.objects.exists()]:
            raise Refused(f"A release is loaded into an empty site; here there are {', '.join(map(str, full))} already.")
        Change.objects.all().delete()
        for table in tables():
            say(table.name)
            _rows(table, database)
        _numbers()
        _addresses()
        for dossier in Dossier.objects.all():
            dossier.save()  # makes its page and mentions from the text
        edition = int(about["version"])
        Edition.objects.update_or_create(pk=1, defaults={"number": edition, "at": parse_datetime(about["created"])})
        say("search index")
        index.refresh(everything=True)
        planner.learn()
    return edition


def check(folder: Path) -> None:
    """Raise `Refused` unless every file is there and as it was made."""
    sums = folder / SUMS
    if not sums.is_file():
        raise Refused(f"{folder} has no {SUMS}: it is no release.")
    for line in sums.read_text(encoding="utf-8").splitlines():
        wanted, _, name = line.partition("  ")
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            raise Refused(f"{name} is missing.")
        if digest(path) != wanted:
            raise Refused(f"{name} is not as it was made: its SHA-256 differs.")
    database = folder / f"{papers.NAME}.sqlite"
    if not database.is_file():
        raise Refused(f"{database.name} is missing.")


def _rows(table: Table, database: Path) -> None:
    """Write the rows of a table with their numbers, each field checked for its type, length and choices."""
    many: list[models.Model] = []
    for row in sqlite.read(database, table):
        instance = _instance(table, row)
        instance.clean_fields(exclude=[field.name for field in table.model._meta.concrete_fields if field.is_relation])
        many.append(instance)
    table.model._base_manager.bulk_create(many, batch_size=200)


def _instance(table: Table, row: dict[str, Any]) -> models.Model:
    kinds = {column.name: column.type for column in table.columns}
    values = {name: _python(row[name], kinds[name]) for name in kinds}
    if issubclass(table.model, Record):
        values |= {"status": Record.Status.PUBLISHED, "created": values["published"] or values["updated"]}
        if any(field.name == "body_html" for field in table.model._meta.concrete_fields) and table.model is not Dossier:
            values["body_html"] = render(values["body"]) if values["body"] else ""
    return table.model(**values)


def _python(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "boolean":
        return bool(value)
    if kind == "number":
        return Decimal(str(value))  # as it was written, and not the binary number nearest to it
    return json.loads(value) if kind == "array" else parse_datetime(value) if kind == "datetime" else value


def _addresses() -> None:
    """Let the addresses of records that were merged away lead on: the stream of changes knows their slugs."""
    merged = Change.objects.filter(action=Change.Action.MERGED).values_list("record_type", "slug", "record_id")
    OldSlug.objects.bulk_create([OldSlug(record_type=kind, slug=slug, record_id=pk) for kind, slug, pk in merged], ignore_conflicts=True)


def _numbers() -> None:
    """Let new records be numbered after all that there ever were, those that are gone included."""
    gone = dict(Change.objects.order_by().values_list("record_type").annotate(Max("record_id")))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables()]):
                cursor.execute(statement)
        for name, model in record_types().items():
            last = max(gone.get(name, 0), model.objects.aggregate(last=Max("pk"))["last"] or 0)
            if not last:
                continue
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, last])
