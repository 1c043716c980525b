"""A reader reports a problem without an account and finds the answer; programs and floods are kept out; nobody is recorded."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from sinorus.desk.models import Report
from sinorus.desk.reports import A_DAY, AN_HOUR
from tests.headers import faults_in

pytestmark = pytest.mark.django_db
TEXT = "The date is wrong: it was 24 April, see Renmin ribao, p. 1."


def opened(seconds: int) -> str:
    """The stamp of a form that was opened so many seconds ago."""
    signer = signing.TimestampSigner(salt="sinorus.desk.report")
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - seconds)  # type: ignore[method-assign]
    return signer.sign("form")


def send(client: Client, world: Any, **given: Any) -> Any:
    data = {"kind": "error", "text": TEXT, "source": "", "email": "", "website": "", "opened": opened(60), **given}
    return client.post(f"/report/?record=E{world.visit_1996.pk}", data)


def test_every_record_leads_to_its_form(reader: Client, world: Any) -> None:
    for record in (
        world.visit_1996,
        world.alliance,
        world.jiang,
        world.beijing,
        world.border,
        world.study,
        world.strategic,
        world.mao_says,
    ):
        page = reader.get(record.get_absolute_url()).content.decode()
        assert f'href="/report/?record={record.public_id}"' in page, record
        form = reader.get(f"/report/?record={record.public_id}").content.decode()
        assert record.title in form.replace("&#x27;", "'")
    assert 'href="/zh/report/' in reader.get(f"/zh{world.visit_1996.get_absolute_url()}").content.decode()


def test_a_report_its_receipt_and_its_answer(reader: Client, publisher: Client, world: Any) -> None:
    answer = send(reader, world, email="reader@example.org")
    report = Report.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/report/{report.number}/"
    receipt = reader.get(answer["Location"])
    assert report.number in receipt.content.decode() and "24 April" in receipt.content.decode()
    assert "reader@example.org" not in receipt.content.decode()
    assert report.record == world.visit_1996

    queue = publisher.get("/admin/desk/report/").content.decode()
    assert "The date is wrong" in queue and f"/admin/events/event/{world.visit_1996.pk}/change/" in queue
    publisher.post(f"/admin/desk/report/{report.pk}/change/", {"state": "done", "answer": "It was. Mended.", "editor_note": "a secret"})
    report.refresh_from_db()
    assert (report.email, report.answered_by.username) == ("", "publisher")
    seen = reader.get(answer["Location"]).content.decode()
    assert "It was. Mended." in seen and "a secret" not in seen and "has been answered" in seen


def test_the_address_can_be_deleted_by_its_owner(reader: Client, world: Any) -> None:
    address = send(reader, world, email="reader@example.org")["Location"]
    reader.post(address)
    assert Report.objects.get().email == ""


def test_it_is_private_and_guarded_against_forgery(world: Any) -> None:
    reader = Client(enforce_csrf_checks=True)
    page = reader.get("/report/")
    assert "no-store" in page["Cache-Control"] and "ETag" not in page and 'content="noindex"' in page.content.decode()
    assert "no-store" in reader.get("/ru/report/")["Cache-Control"]
    assert send(reader, world).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    assert send(reader, world, csrfmiddlewaretoken=token).status_code == 302


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"website": "http://spam.example"}, "for programs that fill in everything"),
        ({"opened": "nonsense"}, "came incomplete"),
        ({"opened": ""}, "came incomplete"),
        ({"text": ""}, "required"),
        ({"text": "bad"}, "Say a little more"),
        ({"text": "x " * 2_500}, "at most 4000 characters"),
        ({"text": "see http://a http://b http://c https://d http://e http://f"}, "At most 5 links"),
        ({"email": "nobody"}, "valid email"),
        ({"kind": "praise"}, "not one of the available choices"),
        ({"text": "nul \0 byte"}, "Null characters"),
    ],
)
def test_what_is_refused_says_why_and_keeps_the_words(reader: Client, world: Any, given: dict[str, str], told: str) -> None:
    answer = send(reader, world, **given)
    page = answer.content.decode()
    assert answer.status_code == 200 and told in page and "was not sent" in page
    if "text" not in given:
        assert TEXT in page
    assert not Report.objects.exists()


def test_neither_at_once_nor_a_day_later(reader: Client, world: Any) -> None:
    early = opened(0)
    page = send(reader, world, opened=early).content.decode()
    assert "very quick" in page and early in page, "the same stamp, so that waiting helps"
    page = send(reader, world, opened=opened(25 * 3600)).content.decode()
    assert "more than a day" in page and TEXT in page
    assert not Report.objects.exists()


def test_floods_from_one_address_and_from_all(reader: Client, world: Any) -> None:
    for _number in range(AN_HOUR):
        assert send(reader, world).status_code == 302
    refused = send(reader, world, headers={"X-Forwarded-For": "10.9.8.7"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600") and TEXT in refused.content.decode()
    assert not faults_in(refused)
    other = Client(REMOTE_ADDR="10.1.2.3")
    assert send(other, world).status_code == 302
    Report.objects.bulk_create([Report(text="x", sender=str(number)) for number in range(A_DAY)])
    assert send(Client(REMOTE_ADDR="10.1.2.4"), world).status_code == 429
    Report.objects.update(created=timezone.now() + timezone.timedelta(days=900))  # noted by a clock that was early
    assert send(Client(REMOTE_ADDR="10.1.2.4"), world).status_code == 302


def test_the_address_on_the_network_is_not_kept(reader: Client, world: Any) -> None:
    send(Client(REMOTE_ADDR="10.1.2.3"), world)
    kept = str(list(Report.objects.values()))
    assert "10.1.2.3" not in kept and len(Report.objects.get().sender) == 32


@pytest.mark.parametrize("name", ["E999999", "Z1", "x", "E1; drop", "E%00"])
def test_records_that_are_not_public_have_no_form(reader: Client, world: Any, name: str) -> None:
    assert reader.get(f"/report/?record={name}").status_code == 404
    assert reader.get(f"/report/?record=E{world.draft_event.pk}").status_code == 404


def test_a_report_outlives_its_record_and_names_no_draft(reader: Client, publisher: Client, world: Any) -> None:
    address = send(reader, world)["Location"]
    type(world.visit_1996).objects.filter(pk=world.visit_1996.pk).update(status="draft", title="Secret title")
    assert "Secret title" not in reader.get(address).content.decode()
    Report.objects.update(record_id=999_999)
    assert reader.get(address).status_code == 200
    assert publisher.get("/admin/desk/report/").status_code == 200


def test_spam_leaves_the_queue_and_its_receipt_is_gone(reader: Client, publisher: Client, world: Any) -> None:
    address = send(reader, world)["Location"]
    publisher.post("/admin/desk/report/", {"action": "not_reports", "_selected_action": [Report.objects.get().pk]})
    assert reader.get(address).status_code == 404
    assert reader.get("/report/2222-2222-2222-2222/").status_code == 404
