"""The supply chain: every file by its hash, nothing below its least safe version, every package with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sinorus.operations import checks
from sinorus.operations.floors import FILE, floors, installed, pinned, unsafe

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")


def wanted(name: str) -> list[Requirement]:
    """What people wrote into a requirements file."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


@pytest.fixture(scope="module")
def asked() -> list[tuple[Requirement, str]]:
    return floors(FILE.read_text())


@pytest.mark.parametrize(
    ("name", "version"),
    [("Django", "5.2.0"), ("django", "5.2.18"), ("Pillow", "12.2.0"), ("orjson", "3.11.5"), ("bleach", "6.2.0"), ("PyYAML", "5.3.1")],
)
def test_a_planted_version_that_is_not_safe_is_found(asked: list[tuple[Requirement, str]], name: str, version: str) -> None:
    planted = pinned(f"asgiref==3.13.0 \\\n    --hash=sha256:00\n{name}=={version} ; python_version > '3' \\\n    --hash=sha256:00\n")
    [told] = unsafe(planted, asked)
    assert version in told


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_pinned_is_safe(asked: list[tuple[Requirement, str]], name: str) -> None:
    assert unsafe(pinned((ROOT / name).read_text()), asked) == []


def test_what_is_installed_is_safe_and_is_what_is_pinned(asked: list[tuple[Requirement, str]]) -> None:
    there, pins = installed(), pinned((ROOT / "requirements-dev.txt").read_text())
    assert unsafe(there, asked) == []
    assert {name: there[name] for name in pins if name in there} == {name: version for name, version in pins.items() if name in there}


def test_every_floor_has_its_reason(asked: list[tuple[Requirement, str]]) -> None:
    assert len(asked) > 10
    assert all(why and len(one.specifier) == 1 for one, why in asked)


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes_and_no_file_says_where_from(name: str) -> None:
    text = (ROOT / name).read_text()
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pinned(text)) > 40
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", block) for block in blocks)
    assert not re.search(r"://|^\s*-{1,2}(i|f|index|extra|find|trusted)\b", text, re.MULTILINE)


def test_the_locks_are_made_of_what_people_wrote() -> None:
    """Else the *.in files were changed and `make lock` was forgotten."""
    running, all_ = (pinned((ROOT / name).read_text()) for name in LOCKS)
    for pins, written in ((running, wanted("requirements.in")), (all_, wanted("requirements-dev.in"))):
        assert [str(one) for one in written if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))] == []
    assert running.items() <= all_.items()


def test_every_package_that_the_site_runs_on_has_its_reason() -> None:
    paper = (ROOT / "docs/decisions/0003-dependencies.md").read_text()
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", paper, re.MULTILINE)
    told = {canonicalize_name(name.strip()): why for names, why in rows for name in names.split(",")}
    written = {canonicalize_name(one.name) for one in wanted("requirements.in")}
    assert written == told.keys() - {"package"}


def test_the_check_of_a_deployment_fails_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(checks.versions()) == []
    monkeypatch.setattr(checks, "installed", lambda: installed() | {"django": "5.2.0"})
    [told] = checks.versions()
    assert told.id == "operations.E001" and "django 5.2.0" in told.msg and "pip install" in told.hint
