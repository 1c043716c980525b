"""What ``manage.py load_corpus`` says on a terminal and in a log, and what its options do."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, execute_from_command_line

from events.models import Event
from sinorus.corpus.models import LoadedRecord


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(folder: Path, out: io.StringIO | None = None, **options: bool) -> str:
    out = out or io.StringIO()
    call_command("load_corpus", folder=folder, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_a_log_gets_one_line_a_type(folder: Path) -> None:
    lines = run(folder).splitlines()
    assert len(lines) == 9
    assert lines[0].split(maxsplit=1) == ["sources", "2 new"]
    assert lines[-1].startswith("Loaded in ") and lines[-1].endswith(" s: 14 new, 0 changed. Edition 1.")
    lines = run(folder).splitlines()
    assert lines[0].split(maxsplit=1) == ["sources", "2 unchanged"]
    assert lines[-1].startswith("Nothing to load: the database holds what the files say")


@pytest.mark.django_db
def test_a_terminal_gets_percentages_that_give_way(folder: Path) -> None:
    out = run(folder, Terminal())
    assert "\rsources" in out and " 50 %" in out and "\r\x1b[K" in out


@pytest.mark.django_db
def test_quiet_says_only_what_was_left_alone(folder: Path) -> None:
    assert run(folder, quiet=True) == ""
    Event.objects.filter(slug="visit-1996").update(title="An editor's title")
    assert run(folder, quiet=True) == "left alone: events/visit-1996 (changed by an editor)\n"
    assert run(folder, quiet=True, force=True) == ""


def test_help_names_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        execute_from_command_line(["manage.py", "load_corpus", "--help"])
    said = capsys.readouterr().out
    assert "Load the reference data that comes with the project" in said
    assert all(option in said for option in ("--check", "--quiet", "--force", "--folder"))


def test_check_touches_no_database(folder: Path, edit: Callable[..., int]) -> None:
    # Without the django_db mark any query is an error.
    assert run(folder, check=True).startswith("14 records read and validated in ")
    edit("events/all.yaml", "kind: clash", "kind: fight")
    with pytest.raises(CommandError, match=r"events/all\.yaml:\d+: crisis-1969 kind: “fight” is not allowed"):
        run(folder, check=True)


@pytest.mark.django_db
def test_records_that_left_the_files_are_named(folder: Path) -> None:
    run(folder)
    (folder / "assessments.yaml").unlink()
    assert "no longer in the files, still in the database: assessments/yeltsin-on-partnership" in run(folder)
    assert LoadedRecord.objects.filter(record_type="assessments").exists()
