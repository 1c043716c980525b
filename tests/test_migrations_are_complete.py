"""The migrations make the tables that the models describe, and the settings pass Django's own checks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_system_checks_find_nothing() -> None:
    call_command("check", fail_level="WARNING")


def test_a_deployed_site_passes_the_deployment_checks(tmp_path: Path) -> None:
    own = {"HTTPS": "true", "SECRET_KEY": "aB3$xY7!" * 8, "ALLOWED_HOSTS": "sinorus.example", "DATA_DIR": str(tmp_path)}
    # Not the cluster of the tests, which does not wait for the disk, nor their rate: the checks of a deployment refuse both.
    env = {name: value for name, value in os.environ.items() if name not in ("DJANGO_ALLOW_ASYNC_UNSAFE", "DATABASE_URL", "API_RATE")} | own
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    found = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECRET_KEY", "short"), ("DATABASE_URL", "mysql://u:p@h/n"), ("DEBUG", "perhaps"), ("DATABASE_CONN_MAX_AGE", "soon")],
)
def test_nonsense_in_the_environment_is_refused(tmp_path: Path, name: str, value: str) -> None:
    env = {**os.environ, "DATA_DIR": str(tmp_path), name: value}
    found = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert found.returncode != 0, f"{name}={value} was taken"
