"""``manage.py backup``: everything that cannot be made again, verified, in a folder of its own; the site goes on meanwhile."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sinorus.operations import folders
from sinorus.operations.backup import back_up
from sinorus.operations.faults import Refused


class Command(BaseCommand):
    help = "Writes a verified backup of the database and the releases; the site goes on meanwhile. Prints the folder."
    requires_system_checks = []  # a site that is set up wrongly is backed up all the same

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUPS_DIR, help="folder of backups; BACKUPS_DIR unless given")
        parser.add_argument("--keep", type=int, default=0, help="afterwards remove all but so many of the newest there; 0 keeps all")
        parser.add_argument("--portable", action="store_true", help="rows as lines of JSON, to move between SQLite and PostgreSQL")

    def handle(self, *args: Any, to: Path, keep: int, portable: bool, verbosity: int, **options: Any) -> None:
        if keep < 0:
            raise CommandError("--keep takes 0 or more.")
        try:
            with folders.alone(to):
                folder = back_up(to, portable=portable)
                gone = folders.keep(to, keep) if keep else []
        except (Refused, OSError, sqlite3.Error, psycopg.Error) as error:
            raise CommandError(f"No backup was made. {error}") from error
        if verbosity:
            self.stdout.write(str(folder))
            said = folders.read(folder)
            self.stderr.write(f"Edition {said['edition']}, last written {said['last_write'] or 'never'}, {len(gone)} older removed.")
