"""Whether what is installed is safe by the list that we keep: the least versions of requirements-floors.txt.

A scanner that asks a database of advisories says that all is well when it cannot reach it; this list says what it knows, anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILE: Final = Path(settings.BASE_DIR) / "requirements-floors.txt"


def floors(text: str) -> list[tuple[Requirement, str]]:
    """The lines of the list: what is asked of which package, and why."""
    lines = (line.partition("#") for line in text.splitlines())
    return [(Requirement(asked), why.strip()) for asked, _, why in lines if asked.strip()]


def pinned(text: str) -> dict[str, str]:
    """The versions that a requirements file with hashes pins, by canonical name."""
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


@cache
def installed() -> dict[str, str]:
    """The versions that this process would import, by canonical name."""
    return {canonicalize_name(one.metadata["Name"]): one.version for one in distributions()}


def unsafe(versions: Mapping[str, str], asked: list[tuple[Requirement, str]]) -> list[str]:
    """A sentence for each version that is not safe."""
    return [
        f"{one.name} {version} is not {one.specifier}: {why}"
        for one, why in asked
        if (version := versions.get(canonicalize_name(one.name))) and not one.specifier.contains(version, prereleases=True)
    ]
