"""A database that is away, locked, full or not ready yet: what serves says so, makes no file, and goes on by itself afterwards."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError, InternalError, NotSupportedError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from . import errors, queries

RETRY: Final = 10  # seconds
#: PostgreSQL's words for tables and columns that are not there (yet): migrations are on their way.
_NOT_YET: Final = ("42P01", "42703")
_READ_ONLY: Final = "25006"  # and for a database that may only be read, as a replica may before it is promoted


def is_outage(error: BaseException | None) -> bool:
    """Whether a failure is the database's and may be gone in a moment; a mistake of ours is not."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    if isinstance(error, ProgrammingError):
        return getattr(error.__cause__, "sqlstate", None) in _NOT_YET
    if isinstance(error, NotSupportedError):
        return queries.is_outdated(error)
    if isinstance(error, InternalError):
        return is_read_only(error)
    return type(error) is DatabaseError  # SQLite's word for a file that is damaged, or none of its own


def is_read_only(error: BaseException | None) -> bool:
    """Whether the database may be read but not be written to."""
    return getattr(getattr(error, "__cause__", None), "sqlstate", None) == _READ_ONLY or "readonly database" in str(error)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is the database that is away: a page that needs none, or a problem document."""
    if not is_outage(sys.exc_info()[1]):
        return errors.server_error(request)
    text = _("The database does not answer just now. Nothing is lost; please try again in a moment.")
    if is_read_only(sys.exc_info()[1]):
        text = _("Nothing can be saved just now; all that is here can still be read.")
    response = errors.error_page(request, 503, _("We are away for a moment"), text)
    response["Retry-After"] = str(RETRY)
    return response


def open_only_what_is_there() -> None:
    """Have this process open no file of SQLite but one that is there: left to itself, SQLite makes an empty one."""
    for told in settings.DATABASES.values():
        if told["ENGINE"].endswith("sqlite3") and told["NAME"] != ":memory:":
            told["OPTIONS"]["database"] = f"{Path(told['NAME']).absolute().as_uri()}?mode=rw"
