"""``manage.py make_release``: the whole public data set of the present edition as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sinorus.releases.make import NothingToRelease, make


class Command(BaseCommand):
    help = "Writes the present edition as CSV, JSON Lines, SQLite and a Frictionless package, with checksums; /data/ then offers it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=None, help="folder of releases; that of the site unless given")

    def handle(self, *args: Any, to: Path | None, verbosity: int, **options: Any) -> None:
        try:
            folder = make(to or settings.RELEASES_DIR, self.stdout.write if verbosity > 1 else str)
        except NothingToRelease as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(f"{folder}")
