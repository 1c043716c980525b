"""The pair of inputs in forms, and the live reading that the script shows beside it."""

import json
from pathlib import Path

import pytest
from django.contrib.admin import AdminSite, ModelAdmin
from django.db import models
from django.forms import modelform_factory
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils import translation

import sinorus.dates.forms as date_forms
from sinorus.dates.fields import editable_column_names
from sinorus.dates.views import read_date

urlpatterns = [path("read-date/", read_date, name="dates-read")]


def form_for(model: type[models.Model], data: dict[str, str] | None = None) -> object:
    return modelform_factory(model, fields=editable_column_names("date"))(data)


@override_settings(ROOT_URLCONF=__name__)
def test_the_inputs_carry_the_hooks_of_the_script(visit: type[models.Model]) -> None:
    form = form_for(visit)
    words, meaning = str(form["date_text"]), str(form["date_edtf"])
    assert 'data-date-reading="text"' in words
    assert 'data-date-reading="edtf"' in meaning
    assert 'data-date-url="/read-date/"' in words
    assert 'data-date-url="/read-date/"' in meaning
    assert '<output class="date-reading" for="id_date_edtf" data-date-reading="output" aria-live="polite">' in meaning
    assert 'maxlength="120"' in words
    assert 'maxlength="64"' in meaning
    assert form.media._js == ["admin/dates.js"]


def test_without_the_view_there_is_no_address(visit: type[models.Model], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(date_forms, "READING_URLS", ("no-such-name",))
    assert "data-date-url" not in str(form_for(visit)["date_text"])


def test_the_admin_uses_the_pair(visit: type[models.Model]) -> None:
    admin = ModelAdmin(visit, AdminSite())
    request = RequestFactory().get("/")
    for column, widget in (("date_text", date_forms.WordsInput), ("date_edtf", date_forms.EdtfInput)):
        field = admin.formfield_for_dbfield(visit._meta.get_field(column), request)
        assert isinstance(field.widget, widget)
        assert field.required is False
    assert "date_earliest" not in admin.get_form(request).base_fields


def test_a_form_reads_the_words_when_the_edtf_is_empty(visit: type[models.Model]) -> None:
    form = form_for(visit, {"date_text": "late 1950s", "date_edtf": "", "date_calendar": "gregorian", "date_note": ""})
    assert form.is_valid(), form.errors
    assert form.save().date.edtf == "1957~/1959~"


@pytest.mark.parametrize(
    ("words", "edtf", "column"),
    [("one fine day", "", "date_text"), ("", "1996-13", "date_edtf"), ("1997", "1996", "date_edtf")],
)
def test_a_form_shows_errors_beside_the_right_input(visit: type[models.Model], words: str, edtf: str, column: str) -> None:
    form = form_for(visit, {"date_text": words, "date_edtf": edtf, "date_calendar": "gregorian"})
    assert list(form.errors) == [column]


def ask(method: str = "get", **query: str) -> tuple[int, dict[str, object], HttpResponse]:
    response = read_date(getattr(RequestFactory(), method)("/read-date/", query))
    return response.status_code, json.loads(response.content or "{}"), response


@pytest.mark.parametrize(
    ("query", "edtf"),
    [
        ({"text": "late 1950s"}, "1957~/1959~"),
        ({"text": " 1996年4月 "}, "1996-04"),
        ({"edtf": "1991/.."}, "1991/.."),
        ({"text": "a month after the crisis", "edtf": "1996-04"}, "1996-04"),
        ({"text": "27 August 1689", "calendar": "julian"}, "1689-09-06"),
    ],
)
def test_the_live_reading(query: dict[str, str], edtf: str) -> None:
    status, answer, response = ask(**query)
    assert (status, answer["edtf"]) == (200, edtf)
    assert list(answer) == ["edtf", "earliest", "latest", "text", "explanation"]
    assert "no-store" in response["Cache-Control"]


def test_the_live_reading_in_full() -> None:
    assert ask(text="late 1950s")[1] == {
        "edtf": "1957~/1959~",
        "earliest": "1957-01-01",
        "latest": "1959-12-31",
        "text": "late 1950s",
        "explanation": "any day from 1 January 1957 to 31 December 1959; approximate",
    }
    with translation.override("ru"):
        assert ask(edtf="1991/..")[1]["text"] == "с 1991 г."
    assert ask(edtf="1991/..")[1]["latest"] is None


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"text": "   "},
        {"text": "one fine day"},
        {"edtf": "1996-13"},
        {"text": "1997", "edtf": "1996"},
        {"text": "1996", "calendar": "lunar"},
        {"edtf": "Y1E99999999"},
        {"text": "1" * 10_000},
        {"text": "1996\0"},
    ],
    ids=lambda query: repr(query)[:40],
)
def test_what_cannot_be_read_is_a_400_with_a_sentence(query: dict[str, str]) -> None:
    status, answer, _response = ask(**query)
    assert status == 400
    assert list(answer) == ["error"]
    assert str(answer["error"]).endswith((".", "..", "1996~"))


def test_only_reading_is_allowed() -> None:
    assert read_date(RequestFactory().post("/read-date/")).status_code == 405


def test_the_script_is_safe_under_a_strict_policy() -> None:
    script = Path(__file__).resolve().parents[2] / "static" / "admin" / "dates.js"
    source = script.read_text()
    for forbidden in ("innerHTML", "eval(", "new Function", "document.write", ".style", "onclick"):
        assert forbidden not in source
    assert len(source.encode()) < 4096
