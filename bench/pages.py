"""Server time of the pages that readers open most, on the data that is loaded.

    python bench/pages.py [--repetitions 30]
    DATA_DIR=/tmp/bench-100k python bench/pages.py --workload

In one process, through the whole middleware, without the network: the median and 95th percentile of the processor's time (on
SQLite that is all there is to wait for), the number of queries and the size. The second asks the 200 questions of the workload, each
for a page, its facets and its list as JSON, while no answer is kept: the first time, and again, when rows and what was counted are
kept; those with words apart. Machines are noisy: compare figures of one run only.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")
os.environ.setdefault("API_RATE", "100000000/min")

import django

django.setup()

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.workload import Question, questions
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


@override_settings(ANSWERS_KEPT=0)
def workload() -> None:
    """The questions that ``sidebyside.py`` asks over HTTP."""
    client, asked = Client(SERVER_NAME="localhost"), questions()
    client.get("/events/")  # makes the index
    print(f"{'':22}{'ms p50':>9}{'ms p95':>9}{'ms p99':>9}{'again p50':>11}{'again p95':>11}{'again p99':>11}")
    for name, path in (("page", "/events/"), ("facets as JSON", "/api/v1/events/facets/"), ("list as JSON", "/api/v1/events/")):
        tries = [[_timed(client, _address(path, one)) for _ in range(3)] for one in asked]
        for words in (False, True):
            own = [(first, min(again)) for one, (first, *again) in zip(asked, tries, strict=True) if bool(one.words) is words]
            points = [statistics.quantiles(some, n=100, method="inclusive") for some in zip(*own, strict=True)]
            numbers = [f"{one[place]:{width}.1f}" for one, width in zip(points, (9, 11), strict=True) for place in (49, 94, 98)]
            print(f"{name + (', words' if words else ''):22}{''.join(numbers)}")


def _address(path: str, question: Question) -> str:
    return f"{path}?{urlencode([pair for pair in question.pairs() if pair[0] != 'page' or 'facets' not in path])}"


def _timed(client: Client, url: str, **kwargs: object) -> float:
    started = time.process_time()
    client.get(url, **kwargs)
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=30)
    parser.add_argument("--workload", action="store_true")
    options = parser.parse_args()
    workload() if options.workload else main(options.repetitions)
