"""No form whose words are kept takes a control character: every form of the admin, new rows in it, and readers' own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import Group, User
from django.test import Client

from sinorus.desk.models import Report
from sinorus.publishing.models import Revision
from sinorus.vocab.models import Actor
from tests import forging
from tests.desk.test_readers_reports import send
from tests.roles import Everybody

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NO_TEXT = "Some words\x0b of more than ten letters"


def parts(context: Any) -> Iterator[forms.BaseForm]:
    """The form of a page of the admin and of each row in it, one more row of each kind than there is."""
    yield context["adminform"].form
    for formset in (one.formset for one in context["inline_admin_formsets"]):
        yield from formset.forms


def filled(context: Any) -> dict[str, Any]:
    """What is sent: in every field of words, of new rows too, what is no text."""
    sent: dict[str, Any] = {}
    rows = [*parts(context)]
    for formset in (one.formset for one in context["inline_admin_formsets"]):
        number = len(formset.forms)
        rows.append(formset.management_form)
        sent |= {bound.html_name.replace("__prefix__", str(number)): NO_TEXT for bound in words_of(formset.empty_form)}
        sent[f"{formset.prefix}-TOTAL_FORMS"] = number + 1
    for bound in (bound for form in rows for bound in form):
        if bound.value() is not None and bound.value() is not False:
            sent.setdefault(bound.html_name, getattr(bound.value(), "pk", bound.value()))
    return sent | {bound.html_name: NO_TEXT for form in parts(context) for bound in words_of(form)}


def words_of(form: forms.BaseForm) -> list[Any]:
    return [bound for bound in form if isinstance(bound.field, forms.CharField) and not bound.field.disabled]


def test_no_form_of_the_admin(everybody: Everybody, matrix: Any, world: Any) -> None:
    client, asked, wrong = Client(), set(), []
    client.force_login(everybody.users["superuser"])
    for row in forging.one_of_each():
        for address in (forging.route(type(row), "add"), forging.route(type(row), "change", row.pk)):
            page = client.get(address)
            if page.status_code != 200 or not any(words_of(form) for form in parts(page.context)):
                continue  # nobody writes it
            answer = client.post(address, filled(page.context))
            if answer.status_code != 200:
                wrong.append(f"{address} was taken")
                continue
            for form in parts(answer.context):
                told = {bound.html_name: [error.code for error in form.errors.as_data().get(bound.name, [])] for bound in words_of(form)}
                plain = {bound.html_name for bound in words_of(form) if type(bound.field) is forms.CharField}
                wrong += [
                    f"{address} {name}: {codes}" for name, codes in told.items() if not codes or (name in plain and "text" not in codes)
                ]
            asked.add(type(row))
    assert not wrong, "\n".join(wrong)
    assert len(asked) >= 15 and {Group, User, Report, Actor} <= asked


def test_neither_notes_nor_reasons(everybody: Everybody, matrix: Any, world: Any) -> None:
    client = Client()
    client.force_login(everybody.users["superuser"])
    other = Actor.objects.exclude(pk=world.jiang.pk).filter(kind="person").first()
    merged = client.post(f"/admin/vocab/actor/{world.jiang.pk}/merge/", {"into": f"A{other.pk}", "why": NO_TEXT})
    assert merged.status_code == 200 and merged.context["form"].errors.keys() == {"why"}
    forging.form_of(everybody, "superuser", f"/admin/vocab/actor/{world.jiang.pk}/change/")
    waiting = next(data for data in forging.forms_about(everybody, world.jiang) if data[0] == "reject")
    answer = client.post(waiting[1], waiting[2] | {"note": NO_TEXT}, follow=True)
    assert "unprintable character" in answer.content.decode()
    assert Revision.objects.of(world.jiang).waiting().count() == 2


def test_no_draft_made_in_passing(publisher: Client, world: Any) -> None:
    answer = publisher.post("/admin/create-draft/", {"type": "actor", "kind": "person", "title": "Igor \x01 Rogachev"})
    assert answer.status_code == 400 and "unprintable character" in answer.json()["error"]


def test_no_report_of_a_reader(world: Any) -> None:
    for name in ("text", "source"):
        answer = send(Client(), world, **{name: NO_TEXT})
        assert answer.status_code == 200 and answer.context["form"].errors.keys() == {name}
    assert not Report.objects.filter(text__contains="more than ten letters").exists()


def test_lines_and_tabs_are_text(everybody: Everybody, world: Any) -> None:
    client = Client()
    assert send(client, world, text="Two lines\r\nand\ta tab, as one writes them.").status_code == 302
    client.force_login(everybody.users["superuser"])
    assert client.post("/admin/auth/group/add/", {"name": "Readers of 中文"}).status_code == 302
    assert Group.objects.filter(name="Readers of 中文").exists() and User.objects.exists()
