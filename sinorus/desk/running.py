"""Whether a job is running, and how far it is: told by a file that the process holds locked, since a lock ends with its process.

A transaction that is not committed can tell nobody how far it is, and a row that says “running” goes on saying so after
the process was killed. The lock does neither. It is of this machine: a job is judged where it runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection


class AlreadyRunning(Exception):
    """Another process is at it."""


def _path(job: int) -> Path:
    folder = Path(settings.DATA_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    database = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:8]
    return folder / f"{database}-{job}.running"


class Sign:
    """What the running process writes for others to read: a word, how many are done, how many there are."""

    def __init__(self, file: IO[str]) -> None:
        self._file, self._said = file, ""

    def say(self, word: str, done: int, total: int) -> None:
        """Say how far it is; a hundred times at most."""
        percent = done * 100 // total if total else 100
        said = f"{word} {percent}\n"
        if said != self._said:
            os.pwrite(self._file.fileno(), f"{said:<40}".encode(), 0)
            self._said = said


@contextmanager
def running(job: int) -> Iterator[Sign]:
    """Hold the lock of a job. Raises :class:`AlreadyRunning`."""
    path = _path(job)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning from error
        file.truncate(0)
        try:
            yield Sign(file)
        finally:  # which a process that is killed does not come to
            path.unlink(missing_ok=True)


def left_behind(job: int) -> bool:
    """Whether a process began the job, did not end it, and is no more."""
    return _path(job).exists() and progress(job) is None


def progress(job: int) -> tuple[str, int] | None:
    """(word, percent) of a job that is running; None when no process is at it."""
    try:
        with _path(job).open("r") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                word, _, percent = file.read().strip().partition(" ")
                return word or "begin", int(percent or 0)
    except FileNotFoundError:
        pass
    return None


def forget(job: int) -> None:
    """Take away what a dead process left. Raises :class:`AlreadyRunning` when one is alive."""
    with running(job):
        pass
