"""Editors and publishers import tables and answer readers; contributors and others do neither."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from sinorus.desk.models import Report
from sinorus.publishing import roles
from tests.cast import roles_made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "status"), [("reader", 302), ("staff", 403), ("contributor", 403), ("editor", 200), ("publisher", 200)])
def test_who_imports_and_who_answers(request: pytest.FixtureRequest, role: str, status: int) -> None:
    client: Client = request.getfixturevalue(role)
    report = Report.objects.create(text="The date is wrong.")
    for address in ("import/", "import/add/", "report/", f"report/{report.pk}/change/"):
        assert client.get(f"/admin/desk/{address}").status_code == status, address


def test_a_report_is_answered_and_never_deleted_by_editors(editor: Client, world: Any) -> None:
    report = Report.objects.create(text="The date is wrong.")
    editor.post(f"/admin/desk/report/{report.pk}/change/", {"state": "done", "answer": "Mended.", "editor_note": ""})
    assert Report.objects.get().answered_by.username == "editor"
    assert editor.get(f"/admin/desk/report/{report.pk}/delete/").status_code == 403
    assert '/admin/desk/report/?state__exact=new"' in editor.get("/admin/").content.decode()


@pytest.mark.parametrize("name", [roles.CONTRIBUTORS, roles.EDITORS, roles.PUBLISHERS])
def test_who_writes_records_writes_all_that_hangs_on_them(name: str) -> None:
    """Also what was added after the groups were made: a migration that adds a model of the desk grants it."""
    roles_made()
    models = [model._meta for app in roles.APPS for model in apps.get_app_config(app).get_models()]
    wanted = {f"{action}_{model.model_name}" for model in models for action in ("add", "change", "view")}
    granted = set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))
    assert sorted(wanted - granted) == []
