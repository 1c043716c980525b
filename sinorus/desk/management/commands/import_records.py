"""``manage.py import_records FILE``: a table into the database, after a look at what it would do."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sinorus.corpus.files import CorpusError
from sinorus.desk import jobs
from sinorus.desk.encodings import ENCODINGS
from sinorus.desk.mapping import Mapping
from sinorus.desk.models import Import
from sinorus.desk.plan import CREATE, REFUSED, UNCHANGED, UPDATE, Plan, plan
from sinorus.desk.shape import TABLES
from sinorus.desk.tables import OF_THE_COMMAND, TableError, read
from sinorus.desk.write import write


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]  # argparse takes no lazy text
        """What ``--help`` begins with."""
        return _("Import events, treaties, actors, sources or places from CSV, XLSX or JSON: all rows or none.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help=_("The table."))
        parser.add_argument("--records", choices=[*TABLES], help=_("What its rows are, when its columns are ours."))
        parser.add_argument("--mapping", type=Path, help=_("A file that says which column goes where (docs/import.md)."))
        parser.add_argument("--encoding", choices=[*ENCODINGS], default="", help=_("Of the file, when it cannot be recognised."))
        parser.add_argument("--user", default="", help=_("Name of the account in whose name it is imported."))
        parser.add_argument("--dry-run", action="store_true", help=_("Say what would be done, and do nothing."))
        parser.add_argument("--leave-out-refused", action="store_true", help=_("Import the other rows when some are refused."))
        parser.add_argument("--job", type=int, help=_("An import that was uploaded in the admin."))
        parser.add_argument("--look", action="store_true", help=_("With --job: look at it."))
        parser.add_argument("--import", action="store_true", dest="carry_out", help=_("With --job: carry it out."))

    def handle(self, *args: Any, **options: Any) -> None:
        self.verbose, started = options["verbosity"] > 1, time.monotonic()
        try:
            if options["job"]:
                self._job(options["job"], options["carry_out"])
                return
            made, user = self._plan(options), self._user(options)
            self._tell(made)
            if made.refused and not options["leave_out_refused"]:
                raise CommandError(
                    _("Nothing was imported. Mend the file or the mapping, or leave out what is refused (--leave-out-refused).")
                )
            if options["dry_run"]:
                self.stdout.write(_("A dry run: nothing was imported (%(seconds).1f s).") % {"seconds": time.monotonic() - started})
                return
            write(made, user, _("Imported from %(name)s") % {"name": options["file"].name})
        except (TableError, CorpusError) as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - started
        told = {"count": len(made.tasks), "seconds": seconds, "rate": len(made.tasks) / seconds}
        self.stdout.write(_("%(count)d records written in %(seconds).1f s, %(rate).0f a second.") % told)

    def _job(self, number: int, carry_out: bool) -> None:
        job = Import.objects.select_related("user").get(pk=number)
        (jobs.carry_out if carry_out else jobs.look)(job)
        self.stdout.write(f"{job}: {job.get_state_display()}")

    def _plan(self, options: dict[str, Any]) -> Plan:
        path, mapping = options["file"], options["mapping"]
        if not path or not (mapping or options["records"]):
            raise CommandError(_("Give a file, and --mapping or --records."))
        try:
            content = path.read_bytes()
            rules = Mapping(mapping.name, mapping.read_text(encoding="utf-8")) if mapping else None
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        table = read(path.name, content, OF_THE_COMMAND, options["encoding"])
        records = rules.type.name if rules else options["records"]
        return plan(path.name, table, records, rules, user=self._user(options))

    @staticmethod
    def _user(options: dict[str, Any]) -> Any:
        if not options["user"]:
            if options["dry_run"]:
                return None
            raise CommandError(_("Say in whose name: --user NAME."))
        user = get_user_model().objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(_("There is no account called %(name)s.") % {"name": options["user"]})
        return user

    def _tell(self, made: Plan) -> None:
        counts = made.counts
        words = {CREATE: _("to create"), UPDATE: _("to update"), UNCHANGED: _("unchanged"), REFUSED: _("refused")}
        if made.encoding:
            self.stdout.write(_("Encoding: %(name)s") % {"name": made.encoding})
        for one in made.all_troubles():
            self.stdout.write(str(one))
        if self.verbose:
            for line in made.lines:
                self.stdout.write(f"{line.row} {line.action} {line.type}/{line.slug} {line.title}")
                for name, was, now in line.differences:
                    self.stdout.write(f"    {name}: {was!r} → {now!r}")
        self.stdout.write("; ".join(f"{counts[action]} {word}" for action, word in words.items()))
