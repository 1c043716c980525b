"""Everybody who may come to the site, signed in and out, and what an address answers to each: fast, since tests ask thousands of times."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import clear_script_prefix

from sinorus.publishing import roles
from tests.cast import roles_made

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT")
#: The columns of tests/access_matrix.yaml, and who stands in each.
COLUMNS = {
    "signed out": ("anonymous", "deactivated", "expired"),
    "reader": ("reader",),
    "staff": ("staff",),
    "contributor": ("contributor",),
    "editor": ("editor",),
    "publisher": ("publisher",),
    "superuser": ("superuser",),
}
ROLES = tuple(role for roles_there in COLUMNS.values() for role in roles_there)
_GROUPS = {"contributor": roles.CONTRIBUTORS, "editor": roles.EDITORS, "publisher": roles.PUBLISHERS}


def column_of(role: str) -> int:
    return next(number for number, there in enumerate(COLUMNS.values()) if role in there)


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing is noted of refusals, which are what is asked for."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


class Everybody:
    """All roles, each with a session as the site itself makes it."""

    def __init__(self) -> None:
        roles_made()
        self.users: dict[str, User] = {}
        self.cookies = {role: self._signed_in(role) for role in ROLES}
        self.handler = BaseHandler()
        self.handler.load_middleware()
        self.factory = RequestFactory()

    def _signed_in(self, role: str) -> str:
        if role == "anonymous":
            return ""
        root = role in ("superuser", "deactivated", "expired")
        user = User.objects.create_user(f"the-{role}", password="a-long-enough-word", is_staff=role != "reader", is_superuser=root)
        if role in _GROUPS:
            user.groups.add(Group.objects.get(name=_GROUPS[role]))
        self.users[role] = user
        client = Client()
        client.force_login(user)
        session, began = client.session, int(time.time()) - (60 * 60 * 24 if role == "expired" else 0)
        session["began"], session["seen"] = began, began
        session.save()
        if role == "deactivated":
            User.objects.filter(pk=user.pk).update(is_active=False)
        return f"sessionid={client.cookies['sessionid'].value}"

    def actions(self, role: str, model_admin: Any) -> set[str]:
        """The names of the actions on a list that a role is offered."""
        request = self.factory.get("/admin/")
        request.user = self.users[role]
        return set(model_admin.get_actions(request))

    @contextmanager
    def asking(
        self,
        role: str,
        method: str,
        address: str,
        data: Mapping[str, Any] | None = None,
        *,
        headers: dict[str, str] | None = None,
        strict: bool = False,
        secure: bool = False,
    ) -> Iterator[Any]:
        """The answer to one request, with all that the site does for it; what it wrote is there until the block ends.

        ``strict`` asks for the token of a form, as for everybody but tests.
        """
        cookies = "; ".join(filter(None, (self.cookies[role], (headers or {}).get("cookie"))))
        headers = {**(headers or {}), **({"cookie": cookies} if cookies else {})}
        if method == "POST":
            request = self.factory.post(address, data or {}, headers=headers, secure=secure)
        else:
            request = self.factory.generic(method, address, headers=headers, secure=secure)
        request._dont_enforce_csrf_checks = not strict
        try:
            with transaction.atomic():
                response = self.handler.get_response(request)
                response.wsgi_request = request  # as Django's own client tells it
                yield response
                transaction.set_rollback(True)
        finally:
            clear_script_prefix()

    def answer(self, role: str, method: str, address: str, data: Mapping[str, Any] | None = None) -> Any:
        """The answer alone, over TLS, and nothing noted of it; the database is afterwards as it was."""
        with _quiet(), self.asking(role, method, address, data, secure=True) as response:
            if hasattr(response, "file_to_stream"):
                response.file_to_stream.close()  # no more: who closes an answer tells Django to close its connections too
            return response

    def status(self, role: str, method: str, address: str, data: dict[str, str] | None = None) -> int:
        return int(self.answer(role, method, address, data).status_code)
