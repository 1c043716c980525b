"""``manage.py check_dossiers``: references that readers cannot follow, and sentences that rest on nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sinorus.dossiers.facts import unsupported
from sinorus.dossiers.models import Dossier
from sinorus.publishing.changes import Watch
from sinorus.publishing.links import key


class Command(BaseCommand):
    help = gettext_lazy("List the references of dossiers that readers cannot follow; fails when there are any.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help=_("Slugs of the dossiers to check; all of them without."))
        parser.add_argument("--facts", action="store_true", help=_("List sentences of fact without a record or a note too."))
        parser.add_argument(
            "--mend", action="store_true", help=_("First look up all references anew, such as those to records made since.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dossiers = Dossier.objects.filter(slug__in=options["slugs"]) if options["slugs"] else Dossier.objects.all()
        if missing := set(options["slugs"]) - set(dossiers.values_list("slug", flat=True)):
            raise CommandError(_("There is no dossier %(slugs)s.") % {"slugs": ", ".join(sorted(missing))})
        if options["mend"]:
            self._mend(dossiers)
        found = 0
        for dossier in dossiers.order_by("slug"):
            for problem in dossier.problems():
                self.stdout.write(f"{dossier.slug}: {problem}")
                found += 1
            for line, sentence in unsupported(dossier.body) if options["facts"] else ():
                self.stdout.write(
                    _("%(slug)s: line %(line)d rests on nothing: %(sentence)s") % {"slug": dossier.slug, "line": line, "sentence": sentence}
                )
                found += 1
        if found:
            raise CommandError(ngettext("%(count)d thing to mend.", "%(count)d things to mend.", found) % {"count": found})
        self.stdout.write(_("Nothing to mend."))

    @transaction.atomic
    def _mend(self, dossiers: Any) -> None:
        """Save each again: the text stays, what is made of it follows the records of today."""
        dossiers = list(dossiers)
        watch, what = Watch(dossiers), {}
        for dossier in dossiers:
            before = (dossier.body_html, dossier.marks, dossier.notes)
            dossier.save()
            after = (dossier.body_html, dossier.marks, dossier.notes)
            what[key(dossier)] = [] if before == after else ["references"]
        watch.tell(what=what)
