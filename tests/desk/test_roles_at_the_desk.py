"""Editors and publishers import tables and answer readers; contributors and others do neither."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sinorus.desk.models import Report

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
