"""Our site and two peers, on the same data, in the same run, over HTTP on this machine.

    DATA_DIR=/tmp/bench-100k python bench/sidebyside.py [--requests 200] [--without-words] [--peer-requests 40] [--port 8180] [--seconds 5]

The data is what ``generate.py`` made. Peers: Datasette with facets (installed by this script into an environment of its own, from a
file that it makes of the same events), and the design that one writes first, django-filter with a GROUP BY for each facet
(``bench/naive``). Every question of the workload is put to each site in turn on a connection that is kept; each is asked twice, and
the better time counts. "ours" makes each answer anew (its indexes and rows are kept); "kept" is the same site as it is set up, which
still has the answer at the second time. Totals, and the counts of facets that the question does not choose from, must be the same
everywhere, or the run fails. Sites that take seconds are asked as many questions as ``--peer-requests`` says, from the beginning of the
same list.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinorus.settings")

import django

django.setup()

from django.conf import settings

from bench.datasette import COMPARED, address, make_file
from bench.workload import Question, questions

PEER = "datasette~=0.65.1"
OURS_PAGE, OURS_FACETS, OURS_LIST = "ours, page", "ours, facets as JSON", "ours, list as JSON"
KEPT_PAGE, KEPT_FACETS = "kept, page", "kept, facets as JSON"
OURS = (OURS_PAGE, OURS_FACETS, OURS_LIST, KEPT_PAGE, KEPT_FACETS)


class Site:
    """A server that was started: asks it, and knows its processes."""

    def __init__(self, port: int, process: subprocess.Popen) -> None:
        self.port, self.process = port, process
        self.connection = HTTPConnection("127.0.0.1", port, timeout=600)

    def ask(self, path: str) -> tuple[float, bytes]:
        """Milliseconds until the whole answer is there, and the answer."""
        try:
            started = time.perf_counter()
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
        except (ConnectionError, HTTPException):  # closed while others were asked
            self.connection.close()
            started = time.perf_counter()
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - started) * 1000
        if answer.status not in (200, 404):
            sys.exit(f"{path} answered {answer.status}: {body[:300]!r}")
        return took, body

    def memory(self) -> list[float]:
        """Megabytes of each process that serves, what it shares with others divided among them."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False).stdout.split()
        return [_pss(int(pid)) for pid in found or [self.process.pid]]


def _pss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def served(port: int, *command: str, **environment: str) -> Iterator[Site]:
    """A server on a port, until the end of the block."""
    quiet = {"stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=HERE.parent, env={**os.environ, **environment}, **quiet)
    try:
        site = Site(port, process)
        for _ in range(600):
            try:
                site.connection.connect()
                break
            except OSError:
                time.sleep(0.1)
        yield site
    finally:
        process.terminate()
        process.wait()


def gunicorn(port: int) -> list[str]:
    return [sys.executable, "-m", "gunicorn", "sinorus.wsgi", "-c", "gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "--workers", "2"]


# What is measured ---------------------------------------------------------------------------------------------------


def addresses(question: Question) -> dict[str, str]:
    """The question to each site."""
    query = urlencode(question.pairs())
    page, facets = f"/events/?{query}", f"/api/v1/events/facets/?{urlencode([pair for pair in question.pairs() if pair[0] != 'page'])}"
    return {
        OURS_PAGE: page,
        OURS_FACETS: facets,
        OURS_LIST: f"/api/v1/events/?{query}",
        KEPT_PAGE: page,
        KEPT_FACETS: facets,
        "naive, page": f"/events/?{query}",
        "naive, JSON": f"/events.json?{query}",
        "Datasette, page": address(question, ""),
        "Datasette, JSON": address(question, ".json"),
    }


def compare(question: Question, answers: dict[str, bytes]) -> None:
    """The same totals, and the same counts of the facets that are not chosen from."""
    told = json.loads(answers[OURS_FACETS])
    ours = {facet["name"]: {bucket["value"]: bucket["count"] for bucket in facet["buckets"]} for facet in told["facets"]}
    others = {}
    if body := answers.get("naive, JSON"):
        found = json.loads(body)
        others["naive"] = (
            found["count"],
            {name: dict(values) for name, values in found["facets"].items() if name not in ("decade", "place")},
        )
    if body := answers.get("Datasette, JSON"):
        found = json.loads(body)
        results = found["facet_results"]
        counts = {COMPARED[name]: {one["value"]: one["count"] for one in results[name]["results"]} for name in results if name in COMPARED}
        others["Datasette"] = found["filtered_table_rows_count"], counts
    for name, (count, facets) in others.items():
        if count != told["count"]:
            sys.exit(f"{name} counts {count}, ours {told['count']}: {question}")
        for facet, values in facets.items():
            least = min(ours[facet].values(), default=0)  # of values that as many records have, another may be left out here
            wrong = {value: (number, ours[facet].get(str(value), least)) for value, number in values.items()}
            wrong = {value: pair for value, pair in wrong.items() if pair[0] != pair[1]}
            if facet not in question.facets and wrong:
                sys.exit(f"{name} counts {facet} otherwise: {dict(list(wrong.items())[:5])}: {question}")


def measure(sites: dict[str, Site], asked: list[Question], few: int) -> dict[str, list[float]]:
    """Milliseconds of each kind of answer, question by question."""
    times: dict[str, list[float]] = {name: [] for name in addresses(asked[0])}
    for number, question in enumerate(asked):
        answers: dict[str, bytes] = {}
        for name, path in addresses(question).items():
            if number < few or name in OURS:
                tries = [sites[name.split(",")[0]].ask(path) for _ in range(2)]
                times[name].append(min(took for took, _body in tries))
                answers[name] = tries[-1][1]
        compare(question, answers)
        print(f"\r{number + 1} of {len(asked)} questions", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return times


def throughput(port: int, paths: list[str], seconds: float, clients: int = 2) -> float:
    """Answers a second, with some clients asking one question after the other."""
    done, until = [0] * clients, time.monotonic() + seconds

    def ask(client: int) -> None:
        site = Site(port, None)  # type: ignore[arg-type]
        for number in range(10**9):
            if time.monotonic() > until:
                return
            site.ask(paths[(number * clients + client) % len(paths)])
            done[client] += 1

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


def refresh(site: Site) -> list[float]:
    """Milliseconds of the first request after an edit, several times."""
    from django.db import connection, transaction

    from events.models import Event
    from sinorus.publishing.changes import Watch

    found = []
    for number in range(5):
        with transaction.atomic():
            event = Event.objects.public().order_by("pk")[number * 3]
            watch = Watch([event])
            event.importance = event.importance % 3 + 1
            event.touch()
            event.save()
            watch.tell([event])
        found.append(max(site.ask("/api/v1/events/facets/")[0] for _ in range(4)))
    connection.close()
    return found


# The table ----------------------------------------------------------------------------------------------------------


def show(times: dict[str, list[float]], rates: dict[str, float]) -> None:
    """Times in milliseconds, answers a second, and how many times slower than ours, on the questions that both were asked."""
    head = ["answer", "asked", "p50", "p95", "p99", "mean", "a second", "p50 / ours", "mean / ours", "p50 / kept", "mean / kept"]
    print(f"\n| {' | '.join(head)} |\n|---|{'--:|' * (len(head) - 1)}")
    for name, took in times.items():
        if len(took) > 1:
            points = statistics.quantiles(took, n=100, method="inclusive")
            numbers = [f"{one:.1f}" for one in (statistics.median(took), points[94], points[98], statistics.mean(took))]
            rate = f"{rates[name]:.0f}" if name in rates else f"{1000 / statistics.mean(took):.1f}"
            print(f"| {' | '.join([name, str(len(took)), *numbers, rate, *_ratios(name, took, times)])} |")


def _ratios(name: str, took: list[float], times: dict[str, list[float]]) -> list[str]:
    if name in OURS:
        return [""] * 4
    pair = (OURS_PAGE, KEPT_PAGE) if "page" in name else (OURS_FACETS, KEPT_FACETS)
    ours = [times[one][: len(took)] for one in pair]
    return [f"{average(took) / average(one):.0f}" for one in ours for average in (statistics.median, statistics.mean)]


def main(options: argparse.Namespace) -> None:
    asked = [one for one in questions(options.requests) if not (one.words and options.without_words)]
    folder = Path(tempfile.mkdtemp(prefix="sinorus-bench-"))
    quiet = {"API_RATE": "100000000/min", "LOG_LEVEL": "ERROR"}
    try:
        with ExitStack() as stack:
            started = time.monotonic()
            ours = stack.enter_context(served(options.port, *gunicorn(options.port), ANSWERS_KEPT="0", **quiet))
            first = ours.ask("/events/")[0]
            print(f"ours: {time.monotonic() - started:.1f} s from the start to the first answer, which took {first:.0f} ms")
            sites = {"ours": ours, "kept": stack.enter_context(served(options.port + 3, *gunicorn(options.port + 3), **quiet))}
            if options.peer_requests:
                started = time.monotonic()
                make_file(folder / "events.db")
                print(f"Datasette's file: made in {time.monotonic() - started:.0f} s")
                sites["naive"] = stack.enter_context(
                    served(options.port + 1, *gunicorn(options.port + 1), DJANGO_SETTINGS_MODULE="bench.naive.settings", **quiet)
                )
                sites["Datasette"] = stack.enter_context(served(options.port + 2, *datasette(folder, options.port + 2)))
            times = measure(sites, asked, options.peer_requests)
            ports = {name: sites[name.split(",")[0]].port for name in OURS}
            rates = {name: throughput(ports[name], [addresses(one)[name] for one in asked], options.seconds) for name in OURS}
            show(times, rates)
            for name, site in sites.items():
                print(f"{name}: {', '.join(f'{size:.0f}' for size in site.memory())} MB a process")
            print("first request after an edit, ms:", ", ".join(f"{took:.0f}" for took in refresh(ours)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def datasette(folder: Path, port: int) -> list[str]:
    """Install it, and the command that serves the file, with its limits of time out of the way."""
    venv.create(folder / "env", with_pip=True)
    python = str(folder / "env" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", PEER, "setuptools<81"], check=True, stderr=subprocess.DEVNULL)
    limits = {
        "facet_time_limit_ms": 600_000,
        "sql_time_limit_ms": 600_000,
        "suggest_facets": 0,
        "default_page_size": 25,
        "default_facet_size": 50,
    }
    words = [word for name, value in limits.items() for word in ("--setting", name, str(value))]
    return [python, "-m", "datasette", "serve", "-i", str(folder / "events.db"), "-p", str(port), *words]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--peer-requests", type=int, default=40)
    parser.add_argument("--without-words", action="store_true", help="for data that was made without search")
    parser.add_argument("--port", type=int, default=8180)
    parser.add_argument("--seconds", type=float, default=5)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        main(parser.parse_args())
    else:
        sys.exit("Datasette reads SQLite: give a DATA_DIR.")
