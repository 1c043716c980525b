"""A backup on disk: a folder with a manifest and with SHA256SUMS, which ``sha256sum -c`` also reads.

It is written under another name and renamed at last, so what bears the name of a backup is whole.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from .faults import Refused

FORMAT: Final = 1  # raised when an older software could not restore what is written
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
_NAME: Final = "sinorus-[0-9]*Z"
_HALF: Final = ".half"


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sums(folder: Path) -> dict[str, str]:
    """The sums of all files in a folder but that of the sums."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {name: _sum(folder / name) for name in sorted(str(path.relative_to(folder)) for path in files) if name != SUMS}


def _sync(folder: Path) -> None:
    """Have everything in a folder on the disk, whatever happens to the power then."""
    for path in (*folder.rglob("*"), folder, folder.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def enough_room(where: Path, needed: int) -> None:
    """Raises :class:`Refused` unless so many bytes fit there, and a tenth more."""
    if (free := shutil.disk_usage(where).free) < needed * 1.1:
        raise Refused(f"{where} has {free / 1e6:,.0f} MB free; {needed * 1.1 / 1e6:,.0f} MB are needed.")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else writes backups there meanwhile; what one that was killed left behind is removed."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(f"Another backup is being written to {folder}.") from error
        for half in folder.glob(f"{_NAME}{_HALF}"):
            shutil.rmtree(half)
        yield


def write(folder: Path, fill: Callable[[Path], dict[str, Any]]) -> Path:
    """A new backup in a folder of backups; ``fill`` writes its files and gives what the manifest shall say."""
    made = datetime.now(UTC)
    whole = folder / f"sinorus-{made:%Y%m%dT%H%M%S%f}Z"
    half = whole.with_name(whole.name + _HALF)
    half.mkdir(mode=0o700)  # accounts are in it
    try:
        manifest = {"format": FORMAT, "made": made.isoformat(timespec="seconds"), **fill(half)}
        (half / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
        (half / SUMS).write_text(_text(_sums(half)))
        _sync(half)
        half.rename(whole)
        _sync(whole)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return whole


def _text(sums: dict[str, str]) -> str:
    return "".join(f"{summed}  {name}\n" for name, summed in sums.items())


def backups(folder: Path) -> list[Path]:
    """The whole backups in a folder, the newest first."""
    return sorted((path for path in folder.glob(_NAME) if path.is_dir()), reverse=True)


def keep(folder: Path, number: int) -> list[Path]:
    """Remove all but the newest; gives those that went."""
    gone = backups(folder)[number:]
    for path in gone:
        half = path.with_name(path.name + _HALF)
        path.rename(half)  # so that one that is half removed is not taken for a whole one either
        shutil.rmtree(half)
    return gone


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a backup whose every byte is as it was written. Raises :class:`Refused` for any other."""
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder. A backup is one, with {MANIFEST} and {SUMS} in it.")
    try:
        told, found = (folder / SUMS).read_bytes(), _sums(folder)
    except OSError as error:
        raise Refused(f"{folder} cannot be read: {error}.") from error
    if told != _text(found).encode():
        lines = set(told.decode(errors="replace").splitlines())
        differ = [name for name, summed in found.items() if f"{summed}  {name}" not in lines]
        raise Refused(f"The backup is damaged: {', '.join(differ[:5]) or SUMS} is not as it was written. Nothing was restored.")
    manifest = json.loads((folder / MANIFEST).read_text())
    if manifest["format"] > FORMAT:
        raise Refused(f"The backup has format {manifest['format']}, made by version {manifest['software']}; this is {FORMAT} at most.")
    return manifest
