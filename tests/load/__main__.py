"""Load on a server and a database of its own: ``python -m tests.load PLAN [--minutes 10] [--postgres] [--nginx] [--events 50000]``.

readers   64 readers without pause, the mix of questions.py: no error; p95 400 ms, p99 1 s; memory grows by less than a tenth after the
          first fifth of the time
editors   16 readers, 4 editors who save, an import of 5,000 rows: no error; readers' p95 at most twice that without editors; no
          lock in the log
together  64 readers, 4 editors, an import of 5,000 rows: no error; p99 1 s; no lock in the log
peak      256 readers of the chronicle: no error; p99 5 s; as fast as on a quiet site 5 s later
slow      200 connections of a byte a second while 8 readers read: no error of the readers
crawler   one that obeys robots.txt, then one that asks thousands of combinations: every record and no combination; 60 ms of
          processor time each
soak      8 readers for an hour: no error; no more files open than before, the write-ahead log below 64 MB

Nothing leaves this machine; everything ends by itself. The exit code is 1 when something that is asked is missed. Without ``--data`` (a
folder with a sinorus.sqlite3, which is copied) the shipped data is loaded, with ``--events`` so many made ones beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .crawler import ignoring, obeying
from .editors import Editors, importing
from .http import Told, drip, readers
from .questions import Mix
from .site import Site, site

Asked = list[tuple[str, bool]]


def run_readers(there: Site, mix: Mix, seconds: float, number: int, told: Told, *, watch: Callable[[], None] | None = None) -> None:
    """Readers until the time is over; ``watch`` is called after the first fifth of it."""
    timer = threading.Timer(seconds / 5, watch) if watch else None
    if timer:
        timer.start()
    asyncio.run(readers(there.port, number, time.monotonic() + seconds, told, mix))
    print(f"{number} readers: {told.line(seconds)}; {told.again} sent again on a new connection")


def faults(told: Told) -> tuple[str, bool]:
    for wrong, number in told.wrong.most_common(20):
        print(f"  wrong, {number} times: {wrong}")
    return "no errors", not told.wrong


def plan_readers(there: Site, facts: dict[str, Any], options: argparse.Namespace) -> Asked:
    told, early = Told(), [0]
    number = options.clients or 64
    run_readers(there, Mix(facts), options.minutes * 60, number, told, watch=lambda: early.__setitem__(0, there.resident()))
    late = there.resident()
    growth = late / early[0] - 1
    print(f"memory of the workers: {early[0] / 1e6:.0f} MB after the first fifth, {late / 1e6:.0f} MB at the end, {growth:+.1%}")
    fast = [("p95 within 400 ms", told.quantile(95) <= 400), ("p99 within a second", told.quantile(99) <= 1000)]
    return [faults(told), *fast, ("memory grows by less than a tenth", growth < 0.1)]


def edited(there: Site, facts: dict[str, Any], options: argparse.Namespace, number: int) -> tuple[Told, Told, Asked]:
    """Readers, first for a while alone, then beside editors and an import."""
    seconds, mix = options.minutes * 60, Mix(facts)
    quiet, busy = Told(), Told()
    print("without editors")
    run_readers(there, mix, max(seconds / 5, 5), number, quiet)
    editors = Editors(there, options.editors, facts["numbers"], time.monotonic() + seconds)
    table = importing(there, options.rows, facts)
    started = time.monotonic()
    editors.start()
    ended: list[float] = []
    threading.Thread(target=lambda: (table.wait(), ended.append(time.monotonic() - started))).start()
    print(f"with {options.editors} editors and an import of {options.rows} rows")
    run_readers(there, mix, seconds, number, busy)
    editors.join()
    said, _nothing = table.communicate()
    print(f"editors: {editors.told.line(seconds)}; {editors.saved} saves")
    print(f"import: code {table.returncode} after {ended[0] if ended else 0:.0f} s; {said.strip().splitlines()[-1:]}")
    return (
        quiet,
        busy,
        [
            faults(quiet),
            faults(busy),
            ("no errors of editors", not (faults(editors.told), editors.told.wrong)[1] and editors.saved > 0),
            ("the import came to its end", table.returncode == 0),
            ("no lock in the log", "database is locked" not in there.log()),
        ],
    )


def plan_editors(there: Site, facts: dict[str, Any], options: argparse.Namespace) -> Asked:
    quiet, busy, asked = edited(there, facts, options, options.clients or 16)
    return [*asked, ("readers' p95 at most twice that without editors", busy.quantile(95) <= 2 * quiet.quantile(95))]


def plan_together(there: Site, facts: dict[str, Any], options: argparse.Namespace) -> Asked:
    _quiet, busy, asked = edited(there, facts, options, options.clients or 64)
    return [*asked, ("readers' p99 within a second", busy.quantile(99) <= 1000)]


def plan_peak(there: Site, facts: dict[str, Any], options: argparse.Namespace) -> Asked:
    seconds, number = options.minutes * 60, options.clients or 256

    def lists(which: int) -> Any:
        return iter(lambda: "/events/", None)

    quiet, peak, after = Told(), Told(), Told()
    asyncio.run(readers(there.port, 1, time.monotonic() + 3, quiet, lists))
    asyncio.run(readers(there.port, number, time.monotonic() + seconds, peak, lists))
    print(f"{number} readers: {peak.line(seconds)}; {peak.again} sent again on a new connection")
    time.sleep(5)
    asyncio.run(readers(there.port, 1, time.monotonic() + 3, after, lists))
    print(f"one reader: p50 {quiet.quantile(50):.1f} ms before, {after.quantile(50):.1f} ms five seconds after")
    calm = after.quantile(50) <= 2 * quiet.quantile(50) + 1
    return [faults(peak), ("p99 within 5 s", peak.quantile(99) <= 5000), ("quiet again after 5 s", calm)]


def plan_slow(there: Site, facts: dict[str, Any], options: argparse.Namespace) -> Asked:
    seconds, told, mix = options.minutes * 60, Told(), Mix(facts)

    async def both() -> int:
        until = time.monotonic() + seconds
        open_, _none = await asyncio.gather(drip(there.port, 200, until), readers(there.port, options.clients or 8, until, told, mix))
        return open_

    open_ = asyncio.run(both())
    print(f"200 slow connections, {open_} open at the end; readers beside them: {told.line(seconds)}")
    return [faults(told), ("they are answered", len(told.times) > seconds)]


def plan_crawler(there: Site, facts: dict[str, Any], options: argparse.Namespace) -> Asked:
    told, records, combinations = asyncio.run(obeying(there))
    requests = len(told.times)
    print(f"obeying: {requests} requests for {records} records and the pages between; {combinations} addresses with a question")
    asked = [faults(told), ("every record in as many requests and 500", facts["records"] <= records and requests <= records + 500)]
    asked.append(("no combination of facets", combinations == 0))
    wild, processor = asyncio.run(ignoring(there, Mix(facts), options.questions))
    print(f"ignoring: {options.questions} combinations, {processor:.1f} ms of processor time each; p99 {wild.quantile(99):.0f} ms")
    return [*asked, faults(wild), ("60 ms of processor time each", processor <= 60)]


def plan_soak(there: Site, facts: dict[str, Any], options: argparse.Namespace) -> Asked:
    told, early = Told(), [0, 0]
    number = options.clients or 8
    run_readers(
        there,
        Mix(facts),
        options.minutes * 60,
        number,
        told,
        watch=lambda: early.__setitem__(slice(0, 2), [there.files(), there.resident()]),
    )
    quiet = Told()
    asyncio.run(readers(there.port, 1, time.monotonic() + 1, quiet, Mix(facts)))
    files, resident, ahead = there.files(), there.resident(), there.log_ahead()
    print(f"open files {early[0]} after the first fifth, {files} at the end; memory {early[1] / 1e6:.0f} and {resident / 1e6:.0f} MB")
    print(f"write-ahead log {ahead / 1e6:.1f} MB")
    grows = ("memory grows by less than a tenth", resident <= 1.1 * early[1])
    return [faults(told), ("no more files open", files <= early[0] + number), grows, ("write-ahead log below 64 MB", ahead < 64e6)]


PLANS = {"readers": (plan_readers, 10), "editors": (plan_editors, 5), "peak": (plan_peak, 1), "slow": (plan_slow, 1)}
PLANS |= {"together": (plan_together, 10), "crawler": (plan_crawler, 0), "soak": (plan_soak, 60)}


def main(options: argparse.Namespace) -> int:
    plan, minutes = PLANS[options.plan]
    options.minutes = options.minutes or minutes
    told = {name: getattr(options, name) for name in ("postgres", "events", "data", "editors", "nginx")}
    with site(**told) as (there, facts):
        print(f"{options.plan} on {'PostgreSQL' if options.postgres else 'SQLite'}, {facts['records']} records", flush=True)
        asked = plan(there, facts, options)
        _before, trace, after = there.log().partition("Traceback")
        if trace:
            print("the first fault in the log:", trace, after.partition("\n20")[0][-2000:])
    print(*(f"{'met   ' if met else 'MISSED'} {what}" for what, met in asked), sep="\n")
    return 0 if all(met for _what, met in asked) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", choices=PLANS)
    parser.add_argument("--minutes", type=float, help="else those of the plan")
    parser.add_argument("--clients", type=int, help="else those of the plan")
    parser.add_argument("--editors", type=int, default=4)
    parser.add_argument("--rows", type=int, default=5_000, help="of the table that is imported")
    parser.add_argument("--questions", type=int, default=20_000, help="of the crawler that obeys nothing")
    parser.add_argument("--events", type=int, default=0, help="made beside the shipped data")
    parser.add_argument("--data", type=Path, help="a folder with a sinorus.sqlite3 to copy")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--nginx", action="store_true", help="in front of it, as docs/deploy.md sets it up")
    sys.exit(main(parser.parse_args()))
