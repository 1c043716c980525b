"""Every odd file is read as it was meant, or refused with what is wrong and where; nothing of it is written anywhere."""

from __future__ import annotations

import os
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from events.models import Event
from sinorus.desk import jobs
from sinorus.desk.models import Import
from sinorus.desk.plan import plan
from sinorus.desk.tables import TableError, of_the_admin, read
from tests.desk.odd_files import ALL, PLAIN, Odd, archive, content_of
from tests.desk.test_importing_in_the_admin import importer, page, upload  # noqa: F401
from tests.often import often


def told(odd: Odd) -> list[list[str]] | str:
    """The rows of a file, or all that is said against it."""
    name, _content, _expected, encoding = odd
    try:
        table = read(name, content_of(odd), encoding=encoding)
        if table.troubles:
            raise TableError(*table.troubles)
        if isinstance(odd[2], str):
            return "\n".join(map(str, plan(name, table, "events").all_troubles()))
    except TableError as error:
        return str(error)
    return [table.columns, *[list(row.cells.values()) for row in table.rows]]


def test_there_are_as_many_as_were_promised() -> None:
    assert len(ALL) >= 90


@pytest.mark.once
@pytest.mark.filterwarnings("ignore:Cell B2 is marked as a date")
@pytest.mark.django_db
@pytest.mark.parametrize("name", ALL)
def test_it_is_read_or_refused(name: str) -> None:
    start = time.process_time()
    found, expected = told(ALL[name]), ALL[name][2]
    assert found == expected if isinstance(expected, list) else expected in found
    assert time.process_time() - start < 5


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(ALL)[:: often(1, 8)])
def test_the_page_says_so_and_nothing_is_written(world: Any, importer: Client, name: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(jobs, "AT_ONCE", 10**9)
    odd, before = ALL[name], list(Event.objects.order_by("pk").values())
    answer = upload(importer, content_of(odd), odd[0], encoding=odd[3])
    assert answer.status_code == 200
    job = Import.objects.first()
    if isinstance(odd[2], str):
        said = "\n".join(message for _row, _column, message in job.report["troubles"]) if job else page(answer)
        assert odd[2].split(": ", 1)[-1] in said or escape(odd[2]) in said
    assert list(Event.objects.order_by("pk").values()) == before


def test_no_part_is_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "here"
    inner.mkdir()
    monkeypatch.chdir(inner)
    names = "../escaped", "escaped", f"{tmp_path}/escaped", "..\\escaped", "xl/../../escaped"
    assert read("a.xlsx", archive(*((name, b"x") for name in names), beside=PLAIN)).rows
    assert [*os.walk(tmp_path)] == [(str(tmp_path), ["here"], []), (str(inner), [], [])]


@pytest.mark.parametrize("name", [name for name in ALL if "bomb" in name])
def test_no_bomb_goes_off(name: str) -> None:
    content = content_of(ALL[name])
    assert len(content) < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(TableError):
            read("a.xlsx", content)
        assert tracemalloc.get_traced_memory()[1] < of_the_admin().unpacked / 10
    finally:
        tracemalloc.stop()


def test_parts_that_are_never_asked_for_are_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    opening = zipfile.ZipFile.open

    def noted(self: zipfile.ZipFile, name: Any, *given: Any, **more: Any) -> Any:
        opened.append(getattr(name, "filename", name))
        return opening(self, name, *given, **more)

    extra = "xl/vbaProject.bin", "xl/embeddings/a.zip", "xl/externalLinks/externalLink1.xml", "../escaped"
    content = archive(*((name, b"x") for name in extra), beside=PLAIN)
    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    assert read("a.xlsx", content).rows
    assert "xl/workbook.xml" in opened and not set(extra) & set(opened)
