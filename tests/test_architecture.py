"""The floors: imports point down, files stay small, and what was decided against does not creep in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GROUND = {"sinorus.dates", "sinorus.facets", "sinorus.search"}
#: What each package may import of ours, beside itself. The roof may import everything and is not listed.
MAY_IMPORT = {
    "sinorus.dates": set(),
    "sinorus.facets": {"sinorus.dates"},
    "sinorus.search": {"sinorus.dates", "sinorus.facets"},
    "sinorus.publishing": GROUND,
    "sinorus.operations": GROUND | {"sinorus.publishing"},
    "sinorus.vocab": GROUND | {"sinorus.publishing"},
    "sinorus.sources": GROUND | {"sinorus.publishing", "sinorus.vocab"},
    "events": GROUND | {"sinorus.publishing", "sinorus.vocab", "sinorus.sources"},
    "treaties": GROUND | {"sinorus.publishing", "sinorus.vocab", "sinorus.sources", "events"},
}
UPPER = {"sinorus.dossiers", "sinorus.pages", "sinorus.corpus", "sinorus.desk", "sinorus.releases"}
for package in UPPER:
    MAY_IMPORT[package] = set(MAY_IMPORT["treaties"]) | {"treaties", "sinorus.operations"} | UPPER
ROOF = {"sinorus.urls", "sinorus.api", "sinorus.settings", "sinorus.wsgi"}
PACKAGES = sorted(MAY_IMPORT)
FORBIDDEN_NAMES = {"common", "core", "lib", "utils", "helpers", "services", "signals"}


def sources() -> list[Path]:
    return [
        path for folder in ("sinorus", "events", "treaties") for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    ]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def package_of(module: str) -> str | None:
    """The package of ours that a module belongs to; None for what is not ours."""
    return next((one for one in [*PACKAGES, *sorted(ROOF)] if module == one or module.startswith(f"{one}.")), None)


def imported(path: Path) -> Iterator[str]:
    """Modules that a file imports, anywhere in it."""
    own = module_of(path).split(".")
    base = own if path.name == "__init__.py" else own[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(base[: len(base) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (start, node.module or "") if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_down(package: str) -> None:
    for path in sources():
        if package_of(module_of(path)) == package:
            for module in imported(path):
                target = package_of(module)
                allowed = target is None or target == package or target in MAY_IMPORT[package]
                assert allowed, f"{path.relative_to(ROOT)} imports {module}, which stands above it"


def test_every_file_belongs_to_a_package_of_the_house() -> None:
    outside = {path for path in sources() if package_of(module_of(path)) is None}
    assert {module_of(path) for path in outside} <= {"sinorus"}


def test_a_table_that_forbids_nothing_would_be_noticed() -> None:
    assert package_of("events.models") == "events"
    assert "treaties" not in MAY_IMPORT["events"]
    assert "treaties" in set(imported(ROOT / "sinorus/pages/views.py")) | {
        one.split(".")[0] for one in imported(ROOT / "sinorus/pages/views.py")
    }


def test_no_python_file_is_over_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): n
        for path in [*sources(), *(ROOT / "tests").rglob("*.py")]
        if (n := len(path.read_text().splitlines())) > 400
    }
    assert not long


def test_no_template_is_over_120_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in (ROOT / "templates").rglob("*.html") if (n := len(path.read_text().splitlines())) > 120
    }
    assert not long


def test_no_view_class_is_over_15_lines() -> None:
    """A list, detail or API view says what is shown; how is in the querysets, filters and serializers."""
    long = {}
    for path in sources():
        if path.name in ("views.py", "api.py", "catalogues.py") and package_of(module_of(path)) not in GROUND | {"sinorus.publishing"}:
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef) and (lines := node.end_lineno - node.lineno + 1) > 25:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert not long


def test_nothing_is_called_after_nothing() -> None:
    named = {path for path in sources() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES}
    assert not named


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"request\.(GET|query_params)\.get\(", "the FilterSet reads parameters"),
        (r"signals import|\b(post_save|m2m_changed|post_delete)\b|@receiver", "no signals: what happens together is called together"),
        (r"GenericForeignKey", "citations and the like have real foreign keys"),
        (r"mark_safe\(|format_html\(f[\"']", "escaping defeated"),
        (r"\bif (self\.)?queryset\b(?! is)", "an empty queryset is falsy: ask `is None`"),
    ],
)
def test_what_was_decided_against(pattern: str, why: str) -> None:
    # The language of data and the live reading of a date are no questions about records.
    exempt = {"sinorus/publishing/language.py", "sinorus/dates/views.py"} if "query_params" in pattern else set()
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        if str(path.relative_to(ROOT)) not in exempt
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found, why


def test_templates_load_nothing_from_elsewhere() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(
            r"""(src|href)=["']https?://[^"']*\.(js|css|woff2?)|<style|\sstyle=|\son(click|change|load|submit|input|key\w+|focus|blur)=""",
            path.read_text(),
        )
    ]
    assert not found
