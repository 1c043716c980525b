"""System checks of a deployment, asked for with ``manage.py check --deploy``: what works, and should not be left so.

Django's own checks come with them (cookies, redirect and HSTS behind TLS, a weak key); these say what it cannot know.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseFault

from .floors import FILE, floors, installed, unsafe
from .health import sqlite_file

HERE: Final = {"127.0.0.1", "localhost", "[::1]", "::1"}
#: File systems on which SQLite's locks do not hold between machines.
REMOTE: Final = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph", "lustre", "afs")
SAFE_MODES: Final = ("require", "verify-ca", "verify-full")
Check = Callable[[], Iterator[CheckMessage]]


def _deployed(check: Check) -> Check:
    register("operations", deploy=True)(lambda app_configs=None, **kwargs: list(check()))
    return check


@_deployed
def versions() -> Iterator[CheckMessage]:
    """Nothing that is installed is below its least safe version."""
    hint = "Install requirements.txt as it is: pip install --require-hashes -r requirements.txt"
    yield from (Error(sentence, hint=hint, id="operations.E001") for sentence in unsafe(installed(), floors(FILE.read_text())))


@_deployed
def hosts() -> Iterator[CheckMessage]:
    """The names that the site answers to, and what it says to strangers."""
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        yield Error("ALLOWED_HOSTS takes any name: links may name another site.", hint="Name the hosts.", id="operations.E002")
    if settings.DEBUG and set(settings.ALLOWED_HOSTS) - HERE:
        yield Error("DEBUG is on, and the site answers to more than this machine: faults show settings and data.", id="operations.E003")
    if bad := [one for one in settings.CSRF_TRUSTED_ORIGINS if "*" in one or (settings.HTTPS and one.startswith("http:"))]:
        yield Warning(f"CSRF_TRUSTED_ORIGINS takes forms from {bad[0]}.", hint="Name each origin, with https.", id="operations.W004")


@_deployed
def proxies() -> Iterator[CheckMessage]:
    """Whose word is taken for where a request comes from."""
    believed = settings.REST_FRAMEWORK["NUM_PROXIES"]
    if settings.BEHIND_PROXY and not settings.HTTPS:
        yield Warning("BEHIND_PROXY does nothing without HTTPS.", hint="HTTPS=true", id="operations.W005")
    if settings.BEHIND_PROXY and not believed:
        yield Warning("Behind a proxy every reader has its address: all are throttled as one.", hint="NUM_PROXIES=1", id="operations.W006")
    if believed and not settings.BEHIND_PROXY:
        hint = "NUM_PROXIES=0, or BEHIND_PROXY=true behind a proxy that sets X-Forwarded-For itself."
        yield Warning("X-Forwarded-For is believed of whoever sends it, so nobody is throttled.", hint=hint, id="operations.W007")


@_deployed
def limits() -> Iterator[CheckMessage]:
    """Limits that are switched off, or so wide that they are none."""
    token, wait = settings.METRICS_TOKEN, settings.LOCK_WAIT
    wrong = [
        (token and len(token) < 24, "W008", "METRICS_TOKEN can be guessed.", "At least 24 characters."),
        (not 0 <= settings.SHARED_MAX_AGE <= 3600, "W009", "What was withdrawn is shown for hours: SHARED_MAX_AGE.", "60"),
        (not 0 < settings.DATABASE_TIMEOUT <= 600_000, "W010", "A statement may take for ever: DATABASE_TIMEOUT.", "0 is for migrations."),
        (not 0 < settings.READING_TIMEOUT <= 30_000, "W010", "A reader may ask for ever: DATABASE_READING_TIMEOUT.", "2"),
        (not 1 <= settings.AXES_FAILURE_LIMIT <= 20, "W011", "Passwords can be guessed: SIGN_IN_TRIES.", "5"),
        (settings.SESSION_COOKIE_AGE > 7 * 86400, "W012", "A session lasts over a week: SESSION_HOURS.", "12"),
        (settings.PREVIEW_HOURS > 31 * 24, "W013", "A link to a draft opens for over a month: PREVIEW_HOURS.", "72"),
        (_a_minute(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["anon"]) > 6_000, "W020", "Nobody is throttled: API_RATE.", "600/min"),
        (not 60 <= settings.SESSION_IDLE <= 86_400, "W021", "An open session stays so, or none lasts: SESSION_IDLE_MINUTES.", "60"),
        (not 1 <= wait <= 59, "W022", "Writers are refused at once, or wait longer than proxies do: DATABASE_LOCK_WAIT.", "20"),
        (0 < settings.DATABASE_TIMEOUT <= wait * 1000, "W022", "DATABASE_TIMEOUT ends before DATABASE_LOCK_WAIT.", "30 and 20"),
        (not 0 <= settings.ANSWERS_KEPT <= 500_000_000, "W023", "Each worker may fill the memory with answers: ANSWERS_KEPT.", "12"),
        (not 0 <= settings.RECORDS_KEPT <= 20_000_000_000, "W023", "What is kept of records may fill the disk: RECORDS_KEPT.", "200"),
    ]
    for group, usual in settings.LIMITS.items():
        for name, most in usual.items():
            told = f"{group}_{name} is below 1, or over ten times what was tried."
            wrong.append((not 1 <= getattr(settings, group)[name] <= 10 * most, "W019", told, str(most)))
    yield from (Warning(sentence, hint=hint, id=f"operations.{name}") for bad, name, sentence, hint in wrong if bad)


def _a_minute(rate: str) -> float:
    """The requests of a rate; sinorus/settings.py takes none that is not understood."""
    number, _slash, time = rate.partition("/")
    return int(number) * 60 / {"s": 1, "m": 60, "h": 3_600, "d": 86_400}[time[0]]


@_deployed
def cache() -> Iterator[CheckMessage]:
    """Whether what throttling counts by, the addresses of readers, is told to nobody on the way."""
    told = settings.CACHES["default"]
    places = told.get("LOCATION", "")
    for place in [places] if isinstance(places, str) else places:
        asked = urlsplit(place if "://" in place else f"memcached://{place}")
        remote = any(name in told["BACKEND"].lower() for name in ("redis", "memcache"))
        if remote and asked.scheme not in ("rediss", "unix") and asked.hostname not in (None, *HERE):
            hint = "CACHE_URL=rediss://…"
            yield Warning("Readers' addresses go to the cache over a network in the clear: CACHE_URL.", hint=hint, id="operations.W024")


@_deployed
def folders() -> Iterator[CheckMessage]:
    """Whether what is for nobody's eyes lies where everybody is offered files."""
    for name in ("DATA_DIR", "BACKUPS_DIR"):
        for served in ("RELEASES_DIR", "STATIC_ROOT"):
            if Path(getattr(settings, name)).resolve().is_relative_to(Path(getattr(settings, served)).resolve()):
                yield Error(f"{name} lies in {served}, which is for everybody.", hint="A folder of its own.", id="operations.E025")


@_deployed
def files() -> Iterator[CheckMessage]:
    """Who may read what is not for everybody, and whether the disk keeps SQLite's promises."""
    try:
        file = sqlite_file(connections[DEFAULT_DB_ALIAS])
    except DatabaseFault:
        file = None  # told of below
    for path in filter(None, (Path(settings.DATA_DIR) / "secret-key", file)):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & (stat.S_IROTH | stat.S_IWOTH) and _is_open(path.parent):
            yield Warning(f"Every account of this machine can read {path}.", hint=f"chmod o-rwx {path.parent}", id="operations.W014")
    if file and (kind := filesystem(file)).startswith(REMOTE):
        hint = "Put DATA_DIR on a disk of this machine, or take PostgreSQL."
        yield Error(f"The database lies on {kind}, where SQLite's locks do not hold: it will be damaged.", hint=hint, id="operations.E015")


def _is_open(folder: Path) -> bool:
    return bool(folder.stat().st_mode & stat.S_IXOTH)


def filesystem(path: Path, mounts: str | None = None) -> str:
    """The kind of file system that a path lies on, by the longest mount point that it begins with."""
    told = Path("/proc/mounts").read_text() if mounts is None else mounts
    points = {fields[1]: fields[2] for line in told.splitlines() if len(fields := line.split()) > 2}
    whole = os.path.realpath(path)
    return points.get(max((one for one in points if f"{whole}/".startswith(f"{one.rstrip('/')}/")), key=len, default=""), "")


@_deployed
def database() -> Iterator[CheckMessage]:
    """Whether the database is set up as docs/settings.md promises: by asking it, since an option at the wrong place does nothing."""
    for alias, told in settings.DATABASES.items():
        host = str(told.get("HOST") or "/")
        safe = host.startswith("/") or host in HERE or told.get("OPTIONS", {}).get("sslmode") in SAFE_MODES
        if told["ENGINE"].endswith("postgresql") and not safe:
            hint = f"{'DATABASE_URL' if alias == DEFAULT_DB_ALIAS else 'DATABASE_REPLICA_URL'}=…?sslmode=verify-full"
            yield Warning(f"The database {alias!r} is asked over a network in the clear.", hint=hint, id="operations.W016")
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        with connection.cursor() as cursor:
            for asked, least in WANTED[connection.vendor].items():
                cursor.execute(asked)
                if (told := cursor.fetchone()[0]) not in least:
                    yield Error(f"{asked} says {told!r}, not {least[0]!r}: saved edits may be lost or refused.", id="operations.E017")
    except DatabaseFault:
        yield Warning("The database does not answer, so its settings were not looked at.", id="operations.W018")


#: What a database is asked about itself, and the answers that will do; in memory it is a test's.
WANTED: Final[dict[str, dict[str, Sequence[Any]]]] = {
    "sqlite": {
        "PRAGMA journal_mode": ("wal", "memory"),
        "PRAGMA synchronous": (2, 3),
        "PRAGMA foreign_keys": (1,),
        "PRAGMA busy_timeout": range(1_000, 120_001),
    },
    "postgresql": {
        "SHOW synchronous_commit": ("on", "remote_apply", "remote_write"),
        "SHOW fsync": ("on",),
        "SHOW full_page_writes": ("on",),
    },
}
