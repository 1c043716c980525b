"""A site of its own for the load: a database made for it, gunicorn as docs/deploy.md starts it, and what the processes take."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import cluster, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "a-long-enough-word-for-load"
#: Editors, and what readers ask for, from the records that are there.
PREPARE = """
from django.contrib.auth.models import User
for number in range({editors}):
    user, _ = User.objects.get_or_create(username=f"load-{{number}}", defaults={{"is_staff": True, "is_superuser": True}})
    user.set_password({password!r})
    user.save()
from events.models import Event
from treaties.models import Treaty
from sinorus.sources.models import Source
from sinorus.vocab.models import Actor, Theme
import json
def some(model, field, number): return list(model.objects.public().order_by("pk").values_list(field, flat=True)[:number])
def whole(model): return model.objects.public().count()
print("LOAD" + json.dumps({{
    "numbers": some(Event, "pk", 200), "events": some(Event, "slug", 2000), "treaties": some(Treaty, "slug", 1000),
    "actors": some(Actor, "slug", 300), "sources": some(Source, "slug", 300), "themes": some(Theme, "slug", 50),
    "records": sum(map(whole, (Event, Treaty, Source, Actor, Theme))),
}}))
"""


@dataclass
class Site:
    """A server that runs."""

    port: int
    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    folder: Path

    def workers(self) -> list[int]:
        """The processes of the server, the first one and its workers."""
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, told)]

    def resident(self) -> int:
        """Memory of the workers together, in bytes; what several share is counted once."""
        told = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.workers()[1:])
        return sum(int(one.partition("\nPss:")[2].split()[0]) * 1024 for one in told)

    def files(self) -> int:
        """Files and connections that the workers have open."""
        return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in self.workers()[1:])

    def processor(self) -> float:
        """Seconds of processor time that the server took so far."""
        ticks = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in self.workers())
        return sum(int(one) + int(other) for one, other in ticks) / os.sysconf("SC_CLK_TCK")

    def log_ahead(self) -> int:
        """Size of SQLite's write-ahead log in bytes; 0 on PostgreSQL."""
        path = self.folder / "sinorus.sqlite3-wal"
        return path.stat().st_size if path.exists() else 0

    def log(self) -> str:
        """What the server wrote down."""
        return (self.folder / "server.log").read_text(errors="replace")


def behind_nginx(stack: ExitStack, folder: Path, port: int, *, certificate: str = "") -> int:
    """nginx as docs/deploy.md sets it up, in front of a port; gives its own.

    With a ``certificate`` (the lines that name one and its key) it serves TLS at 443 and sends who comes to 80 there, else neither.
    """
    at, text = 443 if certificate else free_port(), (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    told = text.partition("```nginx\n")[2].partition("```")[0]
    for there, here in {
        "listen 80;": f"listen 127.0.0.1:{80 if certificate else free_port()};",
        "listen 443 ssl;": f"listen 127.0.0.1:{at} ssl; {certificate}" if certificate else f"listen 127.0.0.1:{at};",
        "http2 on;": "",
        "sinorus.example.org": "_",
        "127.0.0.1:8000": f"127.0.0.1:{port}",
        "/var/cache/nginx/sinorus": str(folder / "nginx"),
    }.items():
        assert there in told, f"docs/deploy.md has no {there} any more"
        told = told.replace(there, here)
    user = "user root;" if os.geteuid() == 0 else ""
    kept = f"pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}"
    (folder / "nginx.conf").write_text(f"daemon off; {kept} events {{}} http {{ access_log off; {told} }}")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        raise SystemExit("nginx is not installed; on Debian: apt-get install nginx-light")
    process = subprocess.Popen([program, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    stack.callback(process.wait, 60)
    stack.callback(process.terminate)
    return at


def manage(environment: dict[str, str], *words: str) -> str:
    """manage.py, and what it says."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def site(*, postgres: bool, events: int, data: Path | None, editors: int = 4, nginx: bool = False) -> Iterator[tuple[Site, dict]]:
    """A server with the shipped data, with so many made events, or with a copy of the SQLite database of a folder; and what is in it."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="sinorus-load-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        environment = {**os.environ, "DATA_DIR": str(folder), "API_RATE": "100000000/min", "LOG_LEVEL": "WARNING", "DEBUG": ""}
        environment.pop("DATABASE_URL", None)
        if postgres:
            (folder / "cluster").mkdir()
            folder.chmod(0o755)
            environment["DATABASE_URL"] = stack.enter_context(cluster(folder / "cluster"))
        elif data:
            shutil.copyfile(data / "sinorus.sqlite3", folder / "sinorus.sqlite3")
        manage(environment, "migrate", "-v0")
        if events:  # first, since it numbers its records itself; as many instruments to them as in the plan of the tests
            made = ["bench/generate.py", str(events), "--instruments", str(events * 3 // 10)]
            subprocess.run([sys.executable, *made], cwd=ROOT, env=environment, check=True)
        if postgres or not data:
            manage(environment, "load_corpus", "--quiet")
        manage(environment, "collectstatic", "--noinput", "-v0", "--ignore", "redoc*")

        told = manage(environment, "shell", "-v0", "-c", PREPARE.format(editors=editors, password=PASSWORD))
        there = json.loads(next(line for line in told.splitlines() if line.startswith("LOAD"))[4:])
        port = free_port()
        told = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8").partition("bin/gunicorn ")[2].partition("\n")[0]
        words = ["-m", "gunicorn", *told.split(), "--bind", f"127.0.0.1:{port}"]
        log = stack.enter_context((folder / "server.log").open("wb"))
        process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, stdout=log, stderr=log)
        stack.callback(process.wait, 60)
        stack.callback(process.terminate)
        _wait(port)
        if nginx:
            _wait(port := behind_nginx(stack, folder, port))
        yield Site(port, process, environment, folder), there


def _wait(port: int) -> None:
    for _ in range(600):
        with suppress(OSError):
            if urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).status == 200:
                return
        time.sleep(0.2)
    raise SystemExit("The server did not get ready.")
