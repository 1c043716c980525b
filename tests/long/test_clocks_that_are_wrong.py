"""Runs ``under_a_clock.py`` in a process whose clock libfaketime sets: no part of the code can tell it from a clock that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


@pytest.mark.skipif(FAKETIME is None, reason="no libfaketime is installed; on Debian: apt-get install faketime")
def test_what_rests_on_time_is_right_by_any_clock(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("+0")
    faked = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    environment = os.environ | faked | {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "Europe/Berlin", "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-m", "long", "-q", "-p", "no:cacheprovider", "tests/long/under_a_clock.py"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:]
