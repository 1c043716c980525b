"""The roles of the desk, whole in every test, and its forms."""

from __future__ import annotations

import importlib
from contextlib import AbstractContextManager
from unittest import mock

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.template.response import SimpleTemplateResponse

from sinorus.publishing import roles


def roles_made() -> None:
    """Make the groups with their permissions again where a test with transactions of its own has emptied every table."""
    if not Group.objects.filter(name=roles.PUBLISHERS).exists():
        roles.grant(apps)
        importlib.import_module("sinorus.desk.migrations.0003_roles").grant(apps, None)


def member(name: str, group: str, password: str = "a-long-enough-word") -> User:
    """Somebody of a group of the desk."""
    roles_made()
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def undrawn() -> AbstractContextManager[object]:
    """Pages meanwhile have their context and no text: for whoever wants what a form holds, which takes half the time then."""
    return mock.patch.object(SimpleTemplateResponse, "rendered_content", "")
