"""Making a release: all files of one edition in a folder of its own, and the folder as one archive."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from sinorus.facets.exports import csv_lines
from sinorus.facets.hurry import unhurried
from sinorus.publishing import editions
from sinorus.publishing.models import Edition

from . import papers, sqlite
from .answers import LISTS, lines
from .tables import tables

SUMS = "SHA256SUMS"


class NothingToRelease(Exception):
    """Nothing was published yet."""


def make(folder: Path, say: Callable[[str], object] = str) -> Path:
    """Write the release of the present edition into ``folder`` and return its own folder; one that is there is replaced whole.

    All of it is read as of one edition, so that it is of one edition whatever is published meanwhile. Everything that could differ
    between two runs is left out of the files: the same edition gives the same bytes, the SQLite file with the same version of SQLite.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".release-", dir=folder))
    try:
        with editions.reading() as now, unhurried(now.using):
            edition = Edition.objects.filter(pk=1).first()
            if edition is None or not edition.number:
                raise NothingToRelease("Nothing is published yet: there is no edition to release.")
            _write(draft, edition, say)
        target = folder / str(edition.number)
        draft.chmod(0o755)
        _archive(draft, f"{papers.NAME}-edition-{edition.number}")
        if target.exists():
            shutil.rmtree(target)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _write(folder: Path, edition: Edition, say: Callable[[str], object]) -> None:
    day, counts = edition.at.date().isoformat(), {}
    (folder / "csv").mkdir()
    (folder / "jsonl").mkdir()
    for table in tables():
        say(f"csv/{table.name}.csv")
        header = [column.name for column in table.columns]
        rows = ([sqlite.plain(value) for value in row] for row in table.rows())
        truths = [number for number, column in enumerate(table.columns) if column.type == "boolean"]
        _lines(folder / f"csv/{table.name}.csv", csv_lines(_with_header(header, rows, truths)))
    for name in LISTS:
        say(f"jsonl/{name}.jsonl")
        counts[name] = _lines(folder / f"jsonl/{name}.jsonl", lines(name, edition.at.date()))
    say(f"{papers.NAME}.sqlite")
    sqlite.write(folder / f"{papers.NAME}.sqlite", tables(), papers.about(edition.number, day))
    for name, text in {
        "datapackage.json": papers.datapackage(edition.number, day),
        "datasette.json": papers.datasette(),
        "CITATION.cff": papers.citation(edition.number, day),
        "README.md": papers.readme(edition.number, day, counts),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / SUMS).write_text("".join(f"{digest(path)}  {path.relative_to(folder)}\n" for path in files(folder)), encoding="utf-8")


def _with_header(header: list[str], rows: object, truths: list[int]) -> object:
    yield header
    for row in rows:
        for number in truths:
            row[number] = None if row[number] is None else bool(row[number])
        yield row


def _lines(path: Path, texts: object) -> int:
    """Write texts as they come; how many there were."""
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for text in texts:
            file.write(text)
            number += 1
    return number


def files(folder: Path) -> list[Path]:
    """The files of a release in order, without the sums and the archive, which are made of them."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS and path.suffix != ".zip")


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _archive(folder: Path, name: str) -> None:
    with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in [*files(folder), folder / SUMS]:
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder)}")  # with the zip format's first day, not that of writing
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
