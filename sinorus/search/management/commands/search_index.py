"""``manage.py search_index``: build the index anew, or with ``--verify`` say how it differs from the records."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sinorus.search import index

SHOWN = 20  # names shown of each kind of difference


class Command(BaseCommand):
    """Exits with 1 when ``--verify`` finds a difference."""

    help = "Build the search index anew from the records, or compare it with them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", help="Only compare; say what is missing, stale or superfluous.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["verify"]:
            self.stdout.write(f"{index.refresh(everything=True)} records indexed.")
            return
        found = index.verify()
        for word in ("missing", "stale", "superfluous"):
            names = getattr(found, word)
            if names:
                more = f" … and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
                self.stdout.write(f"{word}: {len(names)}: {', '.join(names[:SHOWN])}{more}")
        if found:
            raise CommandError("The index differs from the records. Build it anew: manage.py search_index", returncode=1)
        self.stdout.write("The index agrees with the records.")
