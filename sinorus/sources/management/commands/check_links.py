"""``manage.py check_links``: ask the addresses of sources whether they still answer, and note what was found."""

from __future__ import annotations

import datetime
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinorus.publishing.changes import Watch
from sinorus.publishing.links import key
from sinorus.sources.links import Found, Rules, look
from sinorus.sources.models import Source

HOSTS_AT_ONCE = 8
FIELDS = ("link_state", "link_since", "link_checked", "link_address")


class Command(BaseCommand):
    help = gettext_lazy("Ask the addresses of sources whether they still answer, each host one request at a time, and note what was found.")
    rules: Rules | None = None  # tests alone set others than the usual

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help=_("Slugs of the sources to ask for; without, all whose turn it is."))
        parser.add_argument("--older-than", type=int, default=30, metavar="DAYS", help=_("Ask again what was asked this many days ago."))
        parser.add_argument("--limit", type=int, default=500, help=_("The most addresses in one run."))
        parser.add_argument("--pause", type=float, default=1.0, metavar="SECONDS", help=_("Between two requests to the same host."))
        parser.add_argument("--dry-run", action="store_true", help=_("Ask and tell, and note nothing."))

    def handle(self, *args: Any, **options: Any) -> None:
        sources = self._chosen(options)
        found: dict[Source, Found] = {}
        try:
            for source, answer in self._asked(sources, options["pause"]):
                found[source] = answer
                if answer.state != Source.LinkState.ALIVE:
                    self.stdout.write(f"{source.slug}: {answer.state}, {answer.detail}: {source.url}")
        finally:  # what was found before an interruption is not asked again
            if not options["dry_run"]:
                note(found)
        states = [answer.state for answer in found.values()]
        counts = ", ".join(f"{state}: {states.count(state)}" for state in Source.LinkState if state in states)
        self.stdout.write(_("%(count)d asked. %(counts)s") % {"count": len(found), "counts": counts})

    def _chosen(self, options: dict[str, Any]) -> list[Source]:
        """The sources asked for, or those never asked and then those asked longest ago."""
        sources = Source.objects.exclude(url="")
        if slugs := set(options["slugs"]):
            sources = sources.filter(slug__in=slugs)
            if missing := slugs - {source.slug for source in sources}:
                raise CommandError(_("There is no source with an address called %(slugs)s.") % {"slugs": ", ".join(sorted(missing))})
            return list(sources)
        before = localdate() - datetime.timedelta(days=options["older_than"])
        due = Q(link_checked__isnull=True) | Q(link_checked__lte=before) | ~Q(link_address=F("url"))
        return list(sources.filter(due).order_by(F("link_checked").asc(nulls_first=True), "pk")[: options["limit"]])

    def _asked(self, sources: list[Source], pause: float) -> Iterator[tuple[Source, Found]]:
        """Each source with what was found, several hosts at once and each host one after another."""
        hosts: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            hosts[urlsplit(source.url).netloc.lower()].append(source)
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as workers:
            for done in as_completed([workers.submit(self._host, some, pause) for some in hosts.values()]):
                yield from done.result()

    def _host(self, sources: list[Source], pause: float) -> list[tuple[Source, Found]]:
        found = []
        for number, source in enumerate(sources):
            time.sleep(pause if number else 0)
            found.append((source, look(source.url, self.rules)))
        return found


@transaction.atomic
def note(found: dict[Source, Found]) -> None:
    """Keep what was found; where readers see a difference, in a new edition."""
    today, watch, what = localdate(), Watch(found), {}
    for source, answer in found.items():
        same = source.link_state == answer.state and source.link_address == source.url
        source.link_since = source.link_since if same else today
        source.link_state, source.link_checked, source.link_address = answer.state, today, source.url
        what[key(source)] = [] if same else ["link_state"]
    Source.objects.bulk_update(list(found), FIELDS, batch_size=200)
    watch.tell(what=what)
