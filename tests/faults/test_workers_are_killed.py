"""kill -9 of every worker while editors save: nothing acknowledged is lost, nothing is half there, readers are answered again."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from tests.faults.writing import children, editors
from tests.operations.sites import Site

pytestmark = [pytest.mark.once, pytest.mark.long]

DICE = random.Random(5)


def kill_and_wait(site: Site, rounds: int) -> list[float]:
    """Seconds from the death of all workers to the first page, for each round."""
    waited = []
    with site.serving(workers=2) as server, editors(site).at_work() as working:
        for _round in range(rounds):
            working.until_saved(2)
            time.sleep(DICE.uniform(0, 0.5))
            dead, killed = set(children(server.pid)), time.monotonic()
            for pid in dead:
                os.kill(pid, signal.SIGKILL)
            while dead & set(children(server.pid)):  # on a busy machine the first new one answers before all old ones are buried
                assert time.monotonic() < killed + 60
                time.sleep(0.02)
            site.wait(200, 60, "/events/")
            waited.append(time.monotonic() - killed)
    working.nothing_is_lost()
    assert set(working.answers) <= {0, 302}
    assert "integrity" not in site.manage("backup")  # which checks all of it
    return waited


def test_five_times(site: Site) -> None:
    kill_and_wait(site, 5)
