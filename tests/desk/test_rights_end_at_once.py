"""Rights, passwords and accounts that are taken away: what was signed in is refused at its next request."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.test import Client

from sinorus.publishing import roles
from tests import forging
from tests.cast import member
from tests.often import AT_LENGTH, often
from tests.roles import Everybody

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORD, OTHER = "a-long-enough-word", "another-long-enough-word"
GROUPS = {"contributor": roles.CONTRIBUTORS, "editor": roles.EDITORS, "publisher": roles.PUBLISHERS}


def signed_in(user: User, word: str = WORD) -> Client:
    """A browser in which somebody signed in by the page."""
    client = Client()
    answer = client.post("/admin/login/", {"username": user.username, "password": word, "next": "/admin/"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    return client


@pytest.fixture
def anna(world: Any) -> User:
    return member("anna", roles.PUBLISHERS, WORD)


@pytest.mark.parametrize("role", GROUPS if AT_LENGTH else ["editor"])
@pytest.mark.parametrize("taken", ["the group", "all that the group may"])
def test_what_a_group_gave_is_gone_with_it(everybody: Everybody, world: Any, role: str, taken: str) -> None:
    """At every address of the desk that the role was let in to, read or written."""
    models = [model for model in forging.models_of_the_admin() if model._meta.app_label != "desk"][:: often(1, 5)]
    addresses = [forging.route(model, "changelist") for model in models]
    addresses += [forging.route(model, "change", model._default_manager.first().pk) for model in models if model._default_manager.first()]
    open_ = [address for address in addresses if everybody.status(role, "GET", address) == 200]
    assert open_
    if taken == "the group":
        everybody.users[role].groups.clear()
    else:
        Group.objects.get(name=GROUPS[role]).permissions.clear()
    for address in open_:
        assert everybody.status(role, "GET", address) == 403, address
        sent = forging.send(everybody, role, address, {"title": "Forged", "action": "publish", "_selected_action": [1]})
        assert (sent.status, sent.wrote) == (403, []), address


def test_one_permission_less_closes_what_it_opened_and_no_more(anna: User, world: Any) -> None:
    client = signed_in(anna)
    publish = Permission.objects.get(content_type__app_label="publishing", codename="publish")
    Group.objects.get(name=roles.PUBLISHERS).permissions.remove(publish)
    action = {"action": "withdraw_to_draft", "_selected_action": [world.split.pk]}
    client.post("/admin/events/event/", action)
    assert type(world.split).objects.get(pk=world.split.pk).status == "published"
    assert client.post("/admin/events/event/", action | {"action": "publish"}).status_code == 403
    assert client.get(f"/admin/events/event/{world.split.pk}/merge/").status_code == 403
    assert client.get(f"/admin/events/event/{world.split.pk}/change/").status_code == 200


def test_a_new_password_ends_every_other_session(anna: User) -> None:
    here, there, idle = signed_in(anna), signed_in(anna), signed_in(anna)
    answer = here.post("/admin/password_change/", {"old_password": WORD, "new_password1": OTHER, "new_password2": OTHER})
    assert answer.status_code == 302
    assert here.get("/admin/").status_code == 200, "who changed it stays"
    for client in (there, idle):
        answer = client.get("/admin/")
        assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
    old = Client().post("/admin/login/", {"username": "anna", "password": WORD})
    assert old.status_code == 200, "the old one opens nothing"
    signed_in(anna, OTHER)


def test_a_password_that_somebody_else_sets_ends_all_of_them(anna: User, publisher: Client) -> None:
    clients = signed_in(anna), signed_in(anna)
    word = {"password1": OTHER, "password2": OTHER, "usable_password": "true", "set-password": "1"}
    assert publisher.post(f"/admin/auth/user/{anna.pk}/password/", word).status_code == 302
    assert [client.get("/admin/").status_code for client in clients] == [302, 302]


@pytest.mark.parametrize("taken", ["is_active", "is_staff"])
def test_an_account_that_is_closed_is_shut_out_at_once(anna: User, publisher: Client, world: Any, taken: str) -> None:
    """By the form of the admin; what was open is refused too when it is sent."""
    client, address = signed_in(anna), f"/admin/auth/user/{anna.pk}/change/"
    whole = {"username": "anna", "is_active": "on", "is_staff": "on", "groups": [group.pk for group in anna.groups.all()]}
    whole |= {"date_joined_0": "2020-01-01", "date_joined_1": "00:00:00"}
    assert publisher.post(address, {name: value for name, value in whole.items() if name != taken}).status_code == 302
    before = type(world.split).objects.filter(pk=world.split.pk).values().get()
    for answer in (client.get("/admin/"), client.post(f"/admin/events/event/{world.split.pk}/change/", {"title": "Forged"})):
        assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
    assert type(world.split).objects.filter(pk=world.split.pk).values().get() == before
    answer = Client().post("/admin/login/", {"username": "anna", "password": WORD})
    assert answer.status_code == 200, "nor is it let in anew"


def test_who_signs_out_is_out_with_that_cookie(anna: User) -> None:
    client = signed_in(anna)
    cookie = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    stolen = Client()
    stolen.cookies["sessionid"] = cookie
    assert stolen.get("/admin/").status_code == 302
    assert not Session.objects.filter(session_key=cookie).exists()
