"""Logs that a program can read, that nobody can write into, and that say nothing of who reads.

Every line of a request bears its reference, which the answer bears too (``X-Request-ID``). Told are the name of the route, the number
of parameters, status and time: no address, no account, nothing that was asked for. Imported by gunicorn's settings as
well, so nothing here needs Django's.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

#: The reference of the request that is being answered; empty outside of one.
reference: ContextVar[str] = ContextVar("reference", default="")
_ADDRESS: Final = re.compile(r" ?\bip=\S+")  # gunicorn names who sent what is no HTTP
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Line(logging.Formatter):
    """For people: one line; what else a record brings along, a traceback above all, is indented, so it cannot pass for another line."""

    def format(self, record: logging.LogRecord) -> str:
        told = f"{_time(record)} {record.levelname} {record.name} {_message(record)}"
        more = [f"request={reference.get()}"] if reference.get() else []
        more += [f"{name}={value}" for name, value in getattr(record, "told", {}).items()]
        text = " ".join([told, *more, *filter(None, ["\n" + _exception(self, record) if record.exc_info else ""])])
        return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text).replace("\n", "\n    ")


class Json(logging.Formatter):
    """For programs: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            "request": reference.get() or None,
            **getattr(record, "told", {}),
            "exception": _exception(self, record) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in told.items() if value is not None}, default=str)


FORMATS: Final[dict[str, Any]] = {"line": Line, "json": Json}


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _message(record: logging.LogRecord) -> str:
    return _ADDRESS.sub("", record.getMessage())


def _exception(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""
