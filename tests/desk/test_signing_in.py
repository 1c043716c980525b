"""Signing in: locked after wrong passwords, noted, with a second factor where there is one; sessions end."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from sinorus.publishing import roles
from tests.cast import member
from tests.headers import faults_in

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-word"


def sign_in(client: Client, password: str = PASSWORD, name: str = "anna") -> Any:
    return client.post("/admin/login/?next=/admin/", {"username": name, "password": password})


def code_of(device: TOTPDevice) -> str:
    device.refresh_from_db()
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)  # a code counts once, and no test waits half a minute
    totp = TOTP(device.bin_key)
    totp.time = time.time()
    return f"{totp.token():06d}"


@pytest.fixture
def anna(db: None) -> User:
    return member("anna", roles.EDITORS, PASSWORD)


@pytest.fixture
def device(anna: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=anna, name="TOTP")


def test_wrong_passwords_lock_a_name_and_an_address_and_nobody_else(anna: User) -> None:
    client = Client()
    for _try in range(4):
        assert sign_in(client, "wrong").status_code == 200
    locked = sign_in(client, "wrong")
    assert locked.status_code == 429 and "Locked for a while" in locked.content.decode() and not faults_in(locked)
    assert sign_in(client).status_code == 429, "the right password does not help either"
    assert sign_in(Client(REMOTE_ADDR="10.1.2.3")).status_code == 302
    User.objects.create_user("boris", password=PASSWORD, is_staff=True)
    assert sign_in(Client(), name="boris").status_code == 302


def test_a_forwarded_address_is_not_believed_unless_there_is_a_proxy(anna: User) -> None:
    for number in range(5):
        Client().post("/admin/login/", {"username": "anna", "password": "wrong"}, headers={"X-Forwarded-For": f"10.0.0.{number}"})
    assert sign_in(Client()).status_code == 429


def test_sign_ins_and_failures_stand_in_the_admin(anna: User, publisher: Client) -> None:
    sign_in(Client(REMOTE_ADDR="10.1.2.3"))
    sign_in(Client(REMOTE_ADDR="10.9.9.9"), "wrong")
    assert "10.1.2.3" in publisher.get("/admin/axes/accesslog/").content.decode()
    failures = publisher.get("/admin/axes/accessfailurelog/").content.decode()
    assert "10.9.9.9" in failures and "wrong" not in failures.replace("wrong password", "")
    assert Client().get("/admin/axes/accesslog/").status_code == 302


@pytest.mark.parametrize("password", ["short", "elevenchars", "password1234", "123456789012", "anna-petrova"])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(username="anna-petrova"))


def test_setting_up_a_second_factor(anna: User) -> None:
    client = Client()
    sign_in(client)
    page = client.get("/admin/second-factor/").content.decode()
    device = TOTPDevice.objects.get()
    assert not device.confirmed and 'src="data:image/svg+xml' in page
    assert "not the code of now" in client.post("/admin/second-factor/", {"code": "000000"}).content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert "six digits" in client.post("/admin/second-factor/", {"code": "abc"}).content.decode()
    assert client.post("/admin/second-factor/", {"code": code_of(device)}).status_code == 302
    assert TOTPDevice.objects.get().confirmed
    assert client.get("/admin/").status_code == 200


def test_who_has_a_device_gives_a_code_before_anything_else(anna: User, device: TOTPDevice, world: Any) -> None:
    client = Client()
    sign_in(client)
    for address in ("/admin/", "/admin/events/event/", "/admin/dates/read?text=1996", f"/admin/events/event/{world.visit_1996.pk}/change/"):
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/admin/second-factor/?next="), address
    page = client.get("/admin/second-factor/").content.decode()
    assert "Secret:" not in page and "data:image" not in page, "who knows the password alone does not learn the secret"
    answer = client.post("/admin/second-factor/", {"code": code_of(device), "next": "/admin/events/event/"})
    assert answer["Location"] == "/admin/events/event/"
    assert client.get("/admin/events/event/").status_code == 200
    fresh = Client()
    sign_in(fresh)
    assert fresh.get("/admin/").status_code == 302


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_the_code_leads_nowhere_else(anna: User, device: TOTPDevice, target: str) -> None:
    client = Client()
    sign_in(client)
    assert client.post("/admin/second-factor/", {"code": code_of(device), "next": target})["Location"] == "/admin/"


def test_codes_cannot_be_tried_one_after_another(anna: User, device: TOTPDevice) -> None:
    client = Client()
    sign_in(client)
    for _try in range(3):
        client.post("/admin/second-factor/", {"code": "000000"})
    assert "Too many codes were wrong" in client.post("/admin/second-factor/", {"code": code_of(device)}).content.decode()


def test_a_code_counts_once(anna: User, device: TOTPDevice) -> None:
    code = code_of(device)
    for expected in (302, 200):
        client = Client()
        sign_in(client)
        assert client.post("/admin/second-factor/", {"code": code}).status_code == expected


def test_it_can_be_required_of_publishers_and_then_not_removed(anna: User, settings: Any) -> None:
    settings.SECOND_FACTOR_FOR_PUBLISHERS = True
    client = Client()
    sign_in(client)
    assert client.get("/admin/").status_code == 200, "an editor needs none"
    anna.groups.set([Group.objects.get(name=roles.PUBLISHERS)])
    assert client.get("/admin/")["Location"].startswith("/admin/second-factor/")
    client.get("/admin/second-factor/")
    client.post("/admin/second-factor/", {"code": code_of(TOTPDevice.objects.get())})
    assert client.get("/admin/").status_code == 200
    client.post("/admin/second-factor/", {"action": "remove"})
    assert TOTPDevice.objects.exists()
    settings.SECOND_FACTOR_FOR_PUBLISHERS = False
    client.post("/admin/second-factor/", {"action": "remove"})
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize(
    ("began", "seen", "alive"),
    [
        (0, 0, True),
        (3600, 3000, True),
        (3600, 3700, False),
        (13 * 3600, 0, False),
        (-30, -30, True),
        (-3600, -3600, False),
    ],  # of the future
)
def test_sessions_end_when_idle_and_when_old(anna: User, began: int, seen: int, alive: bool) -> None:
    client = Client()
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    session, now = client.session, int(time.time())
    session["began"], session["seen"] = now - began, now - seen
    session.save()
    answer = client.get("/admin/awake/")
    assert answer.status_code == (204 if alive else 302)
    if alive:
        assert int(time.time()) - client.session["seen"] < 100
    else:
        assert answer["Location"].startswith("/admin/login/") and client.get("/admin/")["Location"].startswith("/admin/login/")
