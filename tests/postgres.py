"""Runs the suite on PostgreSQL: ``python -m tests.postgres [arguments of pytest]``.

Starts a cluster of its own in a temporary folder, on a free port of this machine, and takes it away again. Where PostgreSQL is not
installed it says so loudly and succeeds, except in CI (``CI=true``), where that is a failure. Tests that need a browser ran
on SQLite already and are left out; so are those marked `once`, which ``make test-long`` runs here.
"""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = """
!!! The suite does NOT run on PostgreSQL: no initdb is found under /usr/lib/postgresql or on the path.
!!! On Debian: apt-get install postgresql
"""


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version first."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]), reverse=True)
    path = found[0] if found else shutil.which("initdb")
    return Path(path).parent if path else None


def as_server(*command: str | Path) -> list[str]:
    """A command as the user that may run a server: root must not."""
    words = [str(word) for word in command]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A running cluster in a folder; gives the DATABASE_URL. What a crash would lose matters to nobody here."""
    bin_, data = programs(), folder / "data"
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(as_server(bin_ / "initdb", "-D", data, "-U", user, "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8"), **quiet)
    port = free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off"
    control = (bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log")
    subprocess.run(as_server(*control, "-o", options, "start"), **quiet)
    try:
        yield f"postgres://{user}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(as_server(*control, "-m", "immediate", "stop"), **quiet)


def control(data: Path, *words: str) -> None:
    """pg_ctl on a cluster."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(
        as_server(programs() / "pg_ctl", "-D", data, "-w", "-l", data.parent / "log", *words), cwd=data.parent, check=True, **quiet
    )


@contextmanager
def replica(folder: Path, primary: str) -> Iterator[tuple[str, Path]]:
    """A streaming replica of a cluster; gives its URL and its folder of data, which ``control`` stops and starts."""
    data, port = folder / "replica", free_port()
    backup = as_server(programs() / "pg_basebackup", "-d", primary, "-D", data, "-R", "-c", "fast", "-X", "stream")
    subprocess.run(backup, check=True, cwd=folder)
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n")
    control(data, "start")
    try:
        yield primary.rpartition(":")[0] + f":{port}/postgres", data
    finally:
        control(data, "-m", "immediate", "stop")


def main(arguments: list[str]) -> int:
    if programs() is None:
        print(MISSING, file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    folder = Path(tempfile.mkdtemp(prefix="sinorus-pg-"))
    try:
        with cluster(folder) as url:
            command = [sys.executable, "-m", "pytest", "-m", "not browser and not long and not once", *arguments]
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
