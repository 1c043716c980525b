"""What each route of a record answers, for every record type in every state, to every role: as tests/access_matrix.yaml decides."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinorus.publishing.history import Edit
from sinorus.publishing.models import Record, Revision, record_types
from tests.test_public_boundary import STATES

pytestmark = pytest.mark.django_db

ROLES = ("reader", "staff", "contributor", "editor", "chief", "publisher")
STATUSES = ("draft", "review", "scheduled", "published", "withdrawn", "merged")


def in_state(model: type[Record], status: str) -> Record:
    """A record of a type in a state, as the workflow would have left it."""
    rows = model.objects.public() if status == "published" else model.objects.exclude(status="published")
    record = rows.first()
    fields = {
        "status": status,
        "withdrawn_reason": "",
        "publish_at": None,
        "published": record.published if status == "published" else None,
    }
    if status == "scheduled":
        fields["publish_at"] = timezone.now() + datetime.timedelta(days=1)
    elif status == "withdrawn":
        fields |= {"withdrawn_reason": "It was wrong.", "published": timezone.now()}
    model.objects.filter(pk=record.pk).update(**fields)
    record.refresh_from_db()
    return record


@pytest.mark.parametrize("kind", sorted(record_types()))
def test_readers_routes(reader: Client, publisher: Client, world: Any, kind: str) -> None:
    model, wrong = record_types()[kind], []
    for status in STATUSES:
        record = in_state(model, status)
        page = record.get_absolute_url()
        fill = {
            "page": page,
            "json": f"{page.rstrip('/')}.json",
            "id": record.public_id,
            "api": reverse(f"api:{kind}-detail", args=[record.slug]),
        }
        for route, expected in STATES["readers"].items():
            address = route.format(**fill)
            for client in (reader, publisher) if route in ("{page}", "{api}") else (reader,):
                if (answer := client.get(address).status_code) != expected[status]:
                    wrong.append(f"{status} {address}: {answer}, decided {expected[status]}")
    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_routes_of_the_desk(request: pytest.FixtureRequest, world: Any, role: str) -> None:
    """For one type: the admin of every type is the same class."""
    model, client, wrong = record_types()["actor"], request.getfixturevalue(role), []
    for status in STATUSES:
        record = in_state(model, status)
        Edit([record])
        revision = Revision.objects.of(record).applied().first()
        for route, expected in STATES["desk"].items():
            method, rest = route.split(" ")
            address = f"/admin/{model._meta.app_label}/actor/{record.pk}/{rest.format(revision=revision.pk)}"
            answer = getattr(client, method.lower())(address, {"action": "restore"} if "revisions" in rest else {}).status_code
            if answer != expected[status][ROLES.index(role)]:
                wrong.append(f"{status} {route}: {answer}, decided {expected[status][ROLES.index(role)]}")
    assert not wrong


def test_every_state_and_role_is_decided() -> None:
    assert set(STATUSES) == set(Record.Status.values)
    for expected in [*STATES["readers"].values(), *STATES["desk"].values()]:
        assert set(expected) == set(STATUSES)
    assert all(len(row) == len(ROLES) for expected in STATES["desk"].values() for row in expected.values())
