"""``manage.py load_corpus``: the reference data into the database."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sinorus.corpus.files import CorpusError
from sinorus.corpus.load import DATA, Report, check_files, load
from sinorus.corpus.schema import TYPES, RecordType

_WIDTH = 24


class Command(BaseCommand):
    @property
    def help(self) -> str:  # type: ignore[override]  # argparse takes no lazy text
        """What ``--help`` begins with."""
        return _("Load the reference data that comes with the project; what editors changed is left alone.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help=_("Read and validate the files only; touch no database."))
        parser.add_argument("--quiet", action="store_true", help=_("Say nothing unless something is wrong or was left alone."))
        parser.add_argument("--force", action="store_true", help=_("Overwrite what editors changed, and restore what they deleted."))
        parser.add_argument("--folder", type=Path, default=DATA, help=_("Read other files than those that come with the project."))

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet, self.started, self.shown = options["quiet"], time.monotonic(), ""
        try:
            if options["check"]:
                self._checked(len(check_files(options["folder"])))
            else:
                self._loaded(load(options["folder"], force=options["force"], progress=self._progress))
        except CorpusError as error:
            raise CommandError(str(error)) from error

    @property
    def _seconds(self) -> str:
        return f"{time.monotonic() - self.started:.1f}"

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.stdout.write(text)

    def _checked(self, count: int) -> None:
        self._say(
            _("%(count)d records read and validated in %(seconds)s s; nothing is wrong.") % {"count": count, "seconds": self._seconds}
        )

    def _progress(self, type_: RecordType, done: int, total: int) -> None:
        """Percentages that overwrite each other on a terminal; a log gets nothing here but one line a type later."""
        if self.quiet or not total or not self.stdout.isatty():
            return
        shown = f"\r{type_.model._meta.verbose_name_plural!s:<{_WIDTH}}{done * 100 // total:>3} %"
        if shown != self.shown:
            self.stdout.write(shown, ending="\r\033[K" if done == total else "")
            self.stdout.flush()
            self.shown = shown

    def _loaded(self, report: Report) -> None:
        words = {"new": _("new"), "changed": _("changed"), "unchanged": _("unchanged"), "left alone": _("left alone")}
        for name, counts in report.counts.items():
            if told := ", ".join(f"{counts[word]} {label}" for word, label in words.items() if counts[word]):
                self._say(f"{TYPES[name].model._meta.verbose_name_plural!s:<{_WIDTH}}{told}")
        # These are said even when quiet: somebody may have to act on them.
        for line in report.left_alone:
            self.stdout.write(_("left alone: %(record)s") % {"record": line})
        for line in report.left_out:
            self.stdout.write(_("left out: %(what)s, which an editor deleted") % {"what": line})
        for line in report.removed:
            self.stdout.write(_("no longer in the files, still in the database: %(record)s") % {"record": line})
        if report.changed_anything:
            numbers = {"new": report.total("new"), "changed": report.total("changed")}
            told = _("Loaded in %(seconds)s s: %(new)d new, %(changed)d changed. Edition %(edition)d.")
            self._say(told % {**numbers, "seconds": self._seconds, "edition": report.edition})
        else:
            self._say(_("Nothing to load: the database holds what the files say (%(seconds)s s).") % {"seconds": self._seconds})
