"""``manage.py export_records TYPE FILE``: all records of a type, drafts included, in the columns that the import reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sinorus.desk.export import export
from sinorus.desk.shape import TABLES
from sinorus.desk.tables import TableError, kind_of


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]  # argparse takes no lazy text
        """What ``--help`` begins with."""
        return _("Export all records of a type, drafts included, as CSV, XLSX or JSON.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("records", choices=[*TABLES], help=_("Which records."))
        parser.add_argument("file", type=Path, help=_("Where to; its ending says the format."))

    def handle(self, *args: Any, **options: Any) -> None:
        type_, path = TABLES[options["records"]], options["file"]
        ids = type_.model._default_manager.order_by("pk").values_list("pk", flat=True)
        try:
            with path.open("wb") as file:
                file.writelines(export(type_, ids, kind_of(path.name)))
        except (TableError, OSError) as error:
            raise CommandError(str(error)) from error
