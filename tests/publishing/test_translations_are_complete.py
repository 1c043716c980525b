"""Every word of the interface is there in Chinese and Russian: gathered, translated, checked, compiled."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import to_locale

ROOT = settings.BASE_DIR
CODE = ("sinorus", "events", "treaties")
LOCALES = [to_locale(code) for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|%%|\{\w*\}|<[^>]+>")
CHINESE = re.compile(r"[；\u4e00-\u9fff]")  # which puts no space between words
ENDS = {".": ".。", "?": "?？", ":": ":："}
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}


def folder(locale: str, root: Path = ROOT) -> Path:
    return root / "sinorus" / "locale" / locale / "LC_MESSAGES"


def messages(locale: str, root: Path = ROOT) -> polib.POFile:
    return polib.pofile(str(folder(locale, root) / "django.po"))


def key(entry: polib.POEntry | polib.MOEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def forms(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


def wrong(entry: polib.POEntry, plurals: int) -> Iterator[str]:
    """What is wrong with a message, in words."""
    texts = forms(entry)
    if entry.fuzzy or entry.obsolete:
        yield "fuzzy or out of use"
    if not all(texts) or len(texts) != (plurals if entry.msgid_plural else 1):
        yield "not translated"
    for text in texts:
        if Counter(PLACEHOLDER.findall(text)) != Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)):
            yield "other placeholders or tags"
        if CHINESE.search(text) is None and [text[:1].isspace(), text[-1:].isspace()] != [
            entry.msgid[:1].isspace(),
            entry.msgid[-1:].isspace(),
        ]:
            yield "other space around it"
        if entry.msgid[-1] in ENDS and text[-1:] not in ENDS[entry.msgid[-1]]:
            yield "no sentence any more, or no question"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_translated(locale):
    found = messages(locale)
    plurals = int(re.search(r"nplurals=(\d)", found.metadata["Plural-Forms"])[1])
    assert [f"{entry.msgid!r}: {fault}" for entry in found for fault in wrong(entry, plurals)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_compiled_is_what_is_written(locale):
    compiled = {key(entry): forms(entry) for entry in polib.mofile(str(folder(locale) / "django.mo"))}
    assert compiled == {key(entry): forms(entry) for entry in messages(locale)}, "Run “make messages”."


@pytest.mark.skipif(shutil.which("xgettext") is None and not os.environ.get("CI"), reason="gettext is not installed")
def test_every_string_of_the_code_has_been_gathered(tmp_path):
    for name in (*CODE, "templates", "manage.py"):
        source = ROOT / name
        shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("data", "__pycache__")) if source.is_dir() else shutil.copy(
            source, tmp_path
        )
    command = [sys.executable, "manage.py", "makemessages", "-v", "0"]
    subprocess.run(command, cwd=tmp_path, check=True, env=os.environ | {"DATA_DIR": str(tmp_path / "var"), "PYTHONPATH": ""})
    for locale in LOCALES:
        assert {key(entry) for entry in messages(locale, tmp_path)} == {key(entry) for entry in messages(locale)}, "Run “make messages”."


def calls() -> Iterator[tuple[Path, int, str, ast.Call]]:
    for path in (path for name in CODE for path in (ROOT / name).rglob("*.py")):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
                yield path, node.lineno, node.func.id, node


def test_no_string_hides_from_the_gathering():
    """Only constant strings are gathered, under the names that are known, and written without escapes."""
    hidden = [f"{path}:{line}" for path, line, _name, call in calls() if not all(map(is_plain, call.args[: arguments(_name)]))]
    renamed = [
        f"{path}: {alias.name} as {alias.asname}"
        for path in (path for name in CODE for path in (ROOT / name).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname not in (None, "_")
    ]
    variable = [f"{path}" for path in (ROOT / "templates").rglob("*.html") if re.search(r"{% translate [^\"]", path.read_text())]
    escaped = [entry.msgid for entry in messages("ru") if "\\" in entry.msgid]
    known = {text for entry in messages("ru") for text in (entry.msgid, entry.msgid_plural)}
    overlooked = [f"{path}:{line}" for path, line, name, call in calls() if message(name, call) not in known]  # those within f-strings
    assert hidden + renamed + variable + escaped + overlooked == []


def message(name: str, call: ast.Call) -> str:
    """The message of a call, after its context if it has one."""
    argument = call.args[int("pgettext" in name)]
    return argument.value if isinstance(argument, ast.Constant) else ""


def arguments(name: str) -> int:
    return 1 + name.startswith(("n", "p")) + name.startswith("np")


def is_plain(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
