"""``manage.py restore FOLDER``: put a backup in the place of the present database, which is kept beside."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sinorus.operations.faults import Refused
from sinorus.operations.restore import restore, verify


class Command(BaseCommand):
    help = "Verifies a backup and puts it in the place of the present database, which is kept beside. The site must be stopped."
    requires_system_checks = []  # they would ask the database that may be damaged

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the backup")
        parser.add_argument("--yes", action="store_true", help="replace a database that has something in it")
        parser.add_argument("--check", action="store_true", help="only verify the backup; touches nothing")

    def handle(self, *args: Any, folder: Path, yes: bool, check: bool, verbosity: int, **options: Any) -> None:
        say = self.stdout.write if verbosity else str
        try:
            if check:
                said = verify(folder)
                say(f"The backup is whole: edition {said['edition']}, last written {said['last_write'] or 'never'}.")
                return
            former = restore(folder, yes=yes, say=say)
        except (Refused, OSError, EOFError, sqlite3.Error, psycopg.Error) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        say(f"Restored. {f'What was there is kept as {former}; remove it when all is well. ' if former else ''}Start the site.")
