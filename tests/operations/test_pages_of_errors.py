"""What is shown when a request fails: in the reader's language, as a problem document for programs, without the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.test import Client
from django.utils import translation

from events.views import EventList
from tests.headers import faults_in

ADDRESSES = {"en": "/events/", "zh-Hans": "/zh/events/", "ru": "/ru/events/"}
TITLES = {
    500: "Something went wrong on our side",
    400: "The request was not understood",
    413: "Too much at once",
    403: "This is not open to you",
}
RAISED = {
    500: ZeroDivisionError("secret"),
    400: SuspiciousOperation("secret"),
    413: RequestDataTooBig("secret"),
    403: PermissionDenied("secret"),
}


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Has the list of events fail with an exception."""

    def fail(error: Exception) -> Client:
        def get(*args: Any, **kwargs: Any) -> None:
            raise error

        monkeypatch.setattr(EventList, "get", get)
        return Client(raise_request_exception=False)

    return fail


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("lang", ADDRESSES)
@pytest.mark.parametrize("status", RAISED)
def test_a_page_in_the_language_of_the_address(failing: Any, status: int, lang: str) -> None:
    answer = failing(RAISED[status]).get(ADDRESSES[lang])
    page = answer.content.decode()
    with translation.override(lang.lower()):
        title = translation.gettext(TITLES[status])
    assert answer.status_code == status
    assert f'<html lang="{lang}">' in page and f"<h1>{title}</h1>" in page
    assert answer["X-Request-ID"] in page
    assert f'href="{ADDRESSES[lang].removesuffix("events/")}"' in page
    assert "secret" not in page and "Traceback" not in page
    assert not faults_in(answer)
    assert not answer.cookies and "ETag" not in answer


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("status", [500, 400, 413])  # the API words its own refusals
def test_a_problem_document_for_programs(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from events.api import EventViewSet

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RAISED[status]

    monkeypatch.setattr(EventViewSet, "initial", fail)
    answer = Client(raise_request_exception=False).get("/api/v1/events/")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert "secret" not in answer.content.decode()
    assert answer.json()["reference"] == answer["X-Request-ID"]
    assert not faults_in(answer)


@pytest.mark.django_db
@pytest.mark.once
def test_a_wrong_host_gets_a_page_too() -> None:
    answer = Client().get("/events/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400 and b"<h1>" in answer.content and b"elsewhere" not in answer.content
    assert not faults_in(answer)


@pytest.mark.django_db
@pytest.mark.once
def test_a_form_from_elsewhere_is_not_taken(world: Any) -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 403 and "The form was not taken" in answer.content.decode() and not faults_in(answer)


def test_no_database_is_needed(failing: Any) -> None:
    """Without the mark of a database, asking it fails the test: here the whole of it does not answer."""
    answer = failing(ZeroDivisionError()).get("/ru/events/")
    assert answer.status_code >= 500 and b"<h1>" in answer.content
