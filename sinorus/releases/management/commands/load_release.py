"""``manage.py load_release``: an empty site becomes the one that a release was made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sinorus.releases.load import Refused, load


class Command(BaseCommand):
    help = "Loads a release, its folder or its .zip, into a site without records: the same ids, slugs and edition. All or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", type=Path, help="folder or archive of a release")

    def handle(self, *args: Any, release: Path, verbosity: int, **options: Any) -> None:
        try:
            edition = load(release, self.stdout.write if verbosity > 1 else str)
        except Refused as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(f"Nothing was loaded, since a value is not allowed: {error}") from error
        if verbosity:
            self.stdout.write(f"Edition {edition} is loaded.")
