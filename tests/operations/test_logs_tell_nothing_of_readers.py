"""Logs: one line for each thing, which nobody can forge; a reference in line and answer; nothing of who reads or what is asked for."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from sinorus.operations import queries
from sinorus.operations.logs import FORMATS, reference

CANARY = "kanareykakanareyka"
FORGED = f'{CANARY}\n2026-01-01T00:00:00 CRITICAL root forged\r\x1b[2K\u2028\u202e\x00{{"level": "CRITICAL"}}'


class Kept(logging.Handler):
    """Every record of every logger, as each form writes it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: dict[str, list[str]] = {form: [] for form in FORMATS}

    def emit(self, record: logging.LogRecord) -> None:
        for form, formatter in FORMATS.items():
            self.lines[form].append(formatter().format(record))


@pytest.fixture
def log(settings: Any) -> Any:
    settings.LOG_REQUESTS = True
    kept, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    yield kept.lines
    root.removeHandler(kept)
    root.setLevel(level)


@pytest.mark.django_db
def test_a_request_leaves_one_line_with_its_reference(reader: Client, world: Any, log: Any) -> None:
    answer = reader.get("/zh/events/?state=china&q=border")
    [line] = [json.loads(line) for line in log["json"] if '"sinorus.requests"' in line]
    assert line["message"] == "GET event-list 200"
    assert line["request"] == answer["X-Request-ID"] and re.fullmatch("[0-9a-f]{16}", line["request"])
    assert line["parameters"] == 2 and line["ms"] > 0 and line["level"] == "INFO"
    assert f"GET event-list 200 request={line['request']}" in log["line"][-1]


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["0af7651916cd43dd8448eb211c80319c", "6e3f9c1a-8c5e-4a53-9c6b-2f1e5a7d9b10"])
def test_the_reference_of_a_proxy_is_taken(reader: Client, given: str) -> None:
    assert reader.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f g", "12345678\n", "<script>alert", "١٢٣٤٥٦٧٨", "12345678;12345678"])
def test_any_other_is_not(reader: Client, given: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", reader.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"])


@pytest.mark.django_db
def test_nothing_of_a_reader_is_written_down(reader: Client, world: Any, log: Any, settings: Any) -> None:
    settings.SLOW_QUERY_MS = 0.000001
    who = {"REMOTE_ADDR": "198.51.100.77", "HTTP_USER_AGENT": CANARY, "HTTP_REFERER": f"http://testserver/?{CANARY}"}
    for address in (
        f"/events/?q={CANARY}",
        f"/search/?q={CANARY}",
        f"/api/v1/events/?{CANARY}=1",
        f"/api/v1/events/?q={CANARY}",
        "/no-such/",
    ):
        reader.get(address, **who)
    page = reader.get("/admin/login/", **who)
    assert page.status_code == 200
    reader.post("/admin/login/", {"username": CANARY, "password": CANARY}, **who)
    told = "\n".join(line for lines in log.values() for line in lines)
    assert "event-list" in told and "slow query" in told
    assert CANARY not in told and "198.51.100.77" not in told


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("how", ["message", "argument", "told", "exception"])
def test_nobody_writes_lines_of_his_own(form: str, how: str) -> None:
    record = logging.LogRecord("sinorus", logging.WARNING, __file__, 1, "said %s", ("nothing",), None)
    if how == "message":
        record.msg, record.args = FORGED.replace("%", "%%"), ()
    elif how == "argument":
        record.args = (FORGED,)
    elif how == "told":
        record.told = {"path": FORGED}
    else:
        try:
            raise ValueError(FORGED)
        except ValueError:
            record.exc_info = sys.exc_info()
    text = FORMATS[form]().format(record)
    assert CANARY in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", text)
    first, *others = text.split("\n")
    assert " CRITICAL root" not in first.split(CANARY)[0]
    if form == "json":
        assert not others and json.loads(text)["level"] == "WARNING"
    else:
        assert all(line.startswith("    ") for line in others)


def test_what_gunicorn_says_of_a_stranger_names_no_address() -> None:
    record = logging.LogRecord("gunicorn.error", logging.WARNING, __file__, 1, "Invalid request from ip=%s: %s", ("203.0.113.9", "x"), None)
    assert all("203.0.113.9" not in formatter().format(record) for formatter in FORMATS.values())


@pytest.mark.django_db
def test_a_slow_statement_is_told_by_its_shape(log: Any, settings: Any) -> None:
    queries.watch()
    reference.set("0123456789abcdef")
    settings.SLOW_QUERY_MS = 0.000001
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 'secret-{CANARY}', 4711 WHERE %s IN (%s, %s, %s)", [CANARY, "a", "b", "c"])
    [line] = [told for line in log["json"] if "slow query" in (told := json.loads(line))["message"]]
    assert line["sql"] == "SELECT ?, ? WHERE %s IN (%s…)"
    assert line["request"] == "0123456789abcdef" and line["database"] == "default"
    settings.SLOW_QUERY_MS = 60_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert sum("slow query" in line for line in log["json"]) == 1
