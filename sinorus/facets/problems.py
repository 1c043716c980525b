"""Errors of the API and of downloads as RFC 9457 problem documents."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .filtersets import FacetedFilterSet

CONTENT_TYPE = "application/problem+json"
_TITLES = {
    400: "Bad request",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    410: "Gone",
    413: "Content too large",
    429: "Too many requests",
    500: "Server error",
    503: "Unavailable",
}


class BadQuestion(exceptions.APIException):
    """A question that cannot be answered; ``errors`` says which parameter, what was wrong, what is allowed."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        self.errors = errors
        super().__init__(_("The question was not understood."))


class Gone(exceptions.APIException):
    """A record that was withdrawn, with the reason that readers are given."""

    status_code = status.HTTP_410_GONE

    def __init__(self, reason: str) -> None:
        super().__init__(reason or _("This record was withdrawn."))


def errors_of(question: FacetedFilterSet) -> list[dict[str, Any]]:
    """Everything wrong with a question, unknown names included."""
    known = sorted({*question.filters, *question.also})
    unknown = [{"name": name[:80], "message": _("There is no parameter of this name."), "allowed": known} for name in question.unknown[:20]]
    wrong = [{"name": name, "message": " ".join(messages), "allowed": question.allowed(name)} for name, messages in question.errors.items()]
    return wrong + unknown


def problem(code: int, detail: str, **more: Any) -> dict[str, Any]:
    """A problem document. ``type`` is about:blank: the status says which it is."""
    return {"type": "about:blank", "title": _TITLES.get(code, "Error"), "status": code, "detail": detail, **more}


def problem_page(code: int, detail: str, **more: Any) -> HttpResponse:
    """A problem document as an answer outside DRF."""
    return JsonResponse(problem(code, detail, **more), status=code, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler."""
    if isinstance(error, Http404):
        error = exceptions.NotFound(*error.args)
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(*error.args)
    if not isinstance(error, exceptions.APIException):
        return None
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait) + 1)
    detail = error.detail if isinstance(error.detail, str) else json.dumps(error.detail, default=str)
    more = {"errors": error.errors} if isinstance(error, BadQuestion) else {}
    set_rollback()
    return Response(problem(error.status_code, str(detail), **more), status=error.status_code, headers=headers, content_type=CONTENT_TYPE)
