"""``manage.py check --deploy`` tells of every dangerous setting, and of none where all is well."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

from sinorus.operations import checks
from sinorus.operations.checks import filesystem

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "SECRET_KEY": "k3Y-" * 5 + "0123456789abcdefghijKLMNOP!?%&/()" * 2,
    "ALLOWED_HOSTS": ["sinorus.example.org"],
    "HTTPS": True,
    "BEHIND_PROXY": True,
    "DEBUG": False,
    "METRICS_TOKEN": "a-token-that-is-long-enough-to-keep",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
}
LIMITS = settings.LIMITS


def cached(location: str | list[str], backend: str = "sinorus.operations.redis.RedisCache") -> dict[str, Any]:
    return {"CACHES": {"default": {"BACKEND": backend, "LOCATION": location}}}


DANGEROUS: list[tuple[str, dict[str, Any]]] = [
    ("security.W009", {"SECRET_KEY": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}),
    ("security.W012", {"SESSION_COOKIE_SECURE": False}),
    ("security.W016", {"CSRF_COOKIE_SECURE": False}),
    ("security.W008", {"SECURE_SSL_REDIRECT": False}),
    ("security.W004", {"SECURE_HSTS_SECONDS": 0}),
    ("security.W018", {"DEBUG": True}),
    ("operations.E002", {"ALLOWED_HOSTS": ["*"]}),
    ("operations.E002", {"ALLOWED_HOSTS": ["*.example.org"]}),
    ("operations.E003", {"DEBUG": True}),
    ("operations.W004", {"CSRF_TRUSTED_ORIGINS": ["https://*.example.org"]}),
    ("operations.W004", {"CSRF_TRUSTED_ORIGINS": ["http://sinorus.example.org"]}),
    ("operations.W005", {"HTTPS": False}),
    ("operations.W006", {"NUM_PROXIES": 0}),
    ("operations.W007", {"BEHIND_PROXY": False}),
    ("operations.W008", {"METRICS_TOKEN": "short"}),
    ("operations.W009", {"SHARED_MAX_AGE": 86_400}),
    ("operations.W009", {"SHARED_MAX_AGE": -1}),
    ("operations.W010", {"READING_TIMEOUT": 0}),
    ("operations.W010", {"DATABASE_TIMEOUT": 0}),
    ("operations.W011", {"AXES_FAILURE_LIMIT": 0}),
    ("operations.W011", {"AXES_FAILURE_LIMIT": 1000}),
    ("operations.W012", {"SESSION_COOKIE_AGE": 30 * 86_400}),
    ("operations.W013", {"PREVIEW_HOURS": 10_000}),
    ("operations.W010", {"READING_TIMEOUT": 3_600_000}),
    ("operations.W010", {"DATABASE_TIMEOUT": 3_600_000}),
    ("operations.W019", {"SEARCH": LIMITS["SEARCH"] | {"MAX_TERMS": 0}}),
    ("operations.W019", {"UPLOADS": LIMITS["UPLOADS"] | {"MAX_BYTES": 10_000_000_000}}),
    ("operations.W020", {"API_RATE": "1000000/min"}),
    ("operations.W020", {"API_RATE": "101/sec"}),
    ("operations.W021", {"SESSION_IDLE": 0}),
    ("operations.W021", {"SESSION_IDLE": 7 * 86_400}),
    ("operations.W022", {"LOCK_WAIT": 0}),
    ("operations.W022", {"LOCK_WAIT": 120}),
    ("operations.W022", {"LOCK_WAIT": 20, "DATABASE_TIMEOUT": 20_000}),
    ("operations.W023", {"ANSWERS_KEPT": 10_000_000_000}),
    ("operations.W023", {"ANSWERS_KEPT": -1}),
    ("operations.W023", {"RECORDS_KEPT": 100_000_000_000}),
    ("operations.W024", cached("redis://cache.example.org:6379/0")),
    ("operations.W024", cached(["redis://127.0.0.1:6379/0", "redis://10.0.0.2:6379/0"])),
    ("operations.W024", cached("10.0.0.2:11211", "django.core.cache.backends.memcached.PyMemcacheCache")),
    ("operations.E025", {"BACKUPS_DIR": Path(settings.RELEASES_DIR) / "backups"}),
    ("operations.E025", {"RELEASES_DIR": settings.DATA_DIR}),
]
SAFE_CACHES = ["rediss://cache.example.org:6379/0", "redis://127.0.0.1:6379/0", "redis://[::1]:6379/0", "unix:///run/redis.sock"]


@pytest.fixture
def told(settings: Any) -> Callable[..., set[str]]:
    """The ids of what is told of good settings, some of them changed."""

    def check(**changed: Any) -> set[str]:
        rates = {"anon": changed.pop("API_RATE", "600/min")}
        throttling = settings.REST_FRAMEWORK | {"NUM_PROXIES": changed.pop("NUM_PROXIES", 1), "DEFAULT_THROTTLE_RATES": rates}
        for name, value in {**GOOD, "REST_FRAMEWORK": throttling, **changed}.items():
            setattr(settings, name, value)
        return {str(one.id) for one in run_checks(tags=["security", "operations"], include_deployment_checks=True)} - {"security.W021"}

    return check


@pytest.mark.django_db
def test_good_settings_are_told_nothing(told: Callable[..., set[str]]) -> None:
    # The databases of the tests keep nothing when the power fails, which is told of rightly.
    assert told() - {"operations.E017"} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "changed"), DANGEROUS, ids=lambda value: value if isinstance(value, str) else next(iter(value)))
def test_a_dangerous_one_is_told(told: Callable[..., set[str]], name: str, changed: dict[str, Any]) -> None:
    assert name in told(**changed)


@pytest.mark.django_db
def test_a_replica_that_is_asked_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    far = {"ENGINE": "django.db.backends.postgresql", "HOST": "replica.example.org"}
    for options, told in (({}, True), ({"sslmode": "verify-full"}, False)):
        monkeypatch.setitem(settings.DATABASES, "replica1", far | {"OPTIONS": options})
        assert ("operations.W016" in {one.id for one in checks.database()}) is told


@pytest.mark.parametrize("location", SAFE_CACHES)
def test_a_cache_that_nobody_overhears(settings: Any, location: str) -> None:
    settings.CACHES = cached(location)["CACHES"]
    assert not list(checks.cache())


@pytest.mark.django_db
def test_a_database_that_is_not_set_up_as_promised(told: Callable[..., set[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = next(iter(checks.WANTED[connection.vendor]))
    monkeypatch.setitem(checks.WANTED[connection.vendor], asked, ("something else",))
    assert "operations.E017" in told()


@pytest.mark.django_db
def test_a_secret_that_everybody_can_read(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    secret = tmp_path / "secret-key"
    secret.write_text("x")
    for folder, file, wrong in ((0o755, 0o644, True), (0o755, 0o600, False), (0o700, 0o644, False)):
        tmp_path.chmod(folder)
        secret.chmod(file)
        assert any(str(secret) in one.msg for one in checks.files()) is wrong


def test_a_disk_of_another_machine() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/data /srv/data nfs4 rw 0 0\ntmpfs /srv/data/near tmpfs rw 0 0\n"
    assert filesystem(Path("/srv/data/sinorus.sqlite3"), mounts) == "nfs4"
    assert filesystem(Path("/srv/data/near/sinorus.sqlite3"), mounts) == "tmpfs"
    assert filesystem(Path("/srv/database/sinorus.sqlite3"), mounts) == "ext4"
    assert filesystem(Path("/srv/data/x"), mounts).startswith(checks.REMOTE)
    assert filesystem(ROOT)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too short"),
        ("DEBUG", "perhaps"),
        ("HTTPS", "2"),
        ("LOG_FORMAT", "xml"),
        ("DATABASE_URL", "mysql://x/y"),
        ("SHARED_MAX_AGE", "soon"),
        ("SEARCH_MAX_TERMS", "many"),
        ("API_RATE", "none"),
        ("API_RATE", "0/min"),
        ("DATABASE_LOCK_WAIT", "long"),
    ],
)
def test_nonsense_keeps_the_process_from_starting(name: str, value: str, tmp_path: Path) -> None:
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "sinorus.settings", name: value}
    started = subprocess.run([sys.executable, "-c", "import sinorus.settings"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert started.returncode != 0
    assert name in started.stderr or value in started.stderr
