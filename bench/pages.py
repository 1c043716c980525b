"""Server time of the pages that readers open most, on the data that is loaded.

    python bench/pages.py [repetitions]

In one process, through the whole middleware, without the network: the median and 95th percentile of the processor's time (on
SQLite that is all there is to wait for), the number of queries and the size. Machines are noisy: compare figures of one run only.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event
from sinorus.vocab.models import Actor
from treaties.models import Treaty


def addresses() -> dict[str, str]:
    """What is measured, by name: of the shipped record, or of what ``generate.py`` made."""
    event = Event.objects.public().filter(importance=3).order_by("-date_earliest").first()
    treaty = Treaty.objects.public().order_by("-signed_earliest").first()
    shipped = Actor.objects.public().filter(slug="china").exists()
    state, party = ("china", "russia") if shipped else ("state-1", "state-2")
    return {
        "home": "/",
        "chronicle": "/events/",
        "chronicle, filtered": f"/events/?state={state}&decade=1990s&kind=summit&date_after=1992&all=state",
        "register": "/treaties/",
        "register, filtered": f"/treaties/?party={party}&succession=1&binding=binding&status=in-force&on=1975-06-01",
        "event": event.get_absolute_url(),
        "treaty": treaty.get_absolute_url(),
        "API list": f"/api/v1/events/?state={state}",
        "API facets": f"/api/v1/events/facets/?state={state}",
        "API record": f"/api/v1/events/{event.slug}/",
    }


def main(repetitions: int) -> None:
    client = Client(SERVER_NAME="localhost")
    print(f"{'':22}{'ms p50':>9}{'ms p95':>9}{'queries':>9}{'kB':>8}{'304 ms':>9}")
    for name, url in addresses().items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        asked = len(queries)
        if response.status_code != 200:
            sys.exit(f"{url} answered {response.status_code}")
        times, unchanged = [], []
        for _ in range(repetitions):
            times.append(_timed(client, url))
            unchanged.append(_timed(client, url, headers={"If-None-Match": response["ETag"]}))
        p95 = statistics.quantiles(times, n=20)[-1]
        size = len(response.getvalue()) / 1000
        print(f"{name:22}{statistics.median(times):9.1f}{p95:9.1f}{asked:9}{size:8.0f}{statistics.median(unchanged):9.2f}")


def _timed(client: Client, url: str, **kwargs: object) -> float:
    started = time.process_time()
    client.get(url, **kwargs)
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
