"""Every route, method, role and state of a record: what is answered is decided in tests/access_matrix.yaml, and so it is."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sinorus.publishing.history import Edit
from sinorus.publishing.models import Record, Revision, record_types
from tests import records as make
from tests.matrix import STATES, Entry, disagreements, of_column, others
from tests.often import often
from tests.roles import ROLES, Everybody

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STATUSES = ("draft", "review", "scheduled", "published", "withdrawn", "merged")


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_as_decided(everybody: Everybody, matrix: list[Entry], role: str) -> None:
    assert "\n".join(disagreements(everybody, matrix, role)) == ""


def in_state(model: type[Record], status: str) -> Record:
    """A record of a type in a state, as the workflow would have left it."""
    rows = model.objects.public() if status == "published" else model.objects.exclude(status="published")
    record = rows.first()
    _put(record, status)
    return record


def _put(record: Record, status: str) -> None:
    fields: dict[str, Any] = {"status": status, "withdrawn_reason": "", "publish_at": None}
    fields["published"] = (record.published or make.LONG_AGO) if status == "published" else None
    if status == "scheduled":
        fields["publish_at"] = timezone.now() + datetime.timedelta(days=1)
    elif status == "withdrawn":
        fields |= {"withdrawn_reason": "It was wrong.", "published": timezone.now()}
    type(record).objects.filter(pk=record.pk).update(**fields)
    record.refresh_from_db()


@pytest.mark.parametrize("kind", sorted(record_types()))
def test_readers_routes_in_every_state(everybody: Everybody, kind: str) -> None:
    model, wrong, turn = record_types()[kind], [], sorted(record_types()).index(kind)
    for place, status in enumerate(STATUSES):
        record = in_state(model, status)
        page = record.get_absolute_url()
        api = reverse(f"api:{kind}-detail", args=[record.slug])
        fill = {"page": page, "stem": page.rstrip("/"), "id": record.public_id, "api": api, "type": kind, "slug": record.slug}
        for group in STATES["readers"]:
            if kind in group.get("types", [kind]):
                decided = group["answer"].get(status, 404)
                for number, route in enumerate(group["routes"]):
                    if number and (number + turn + place) % often(2, 4):  # beside the page itself the forms of a record take turns
                        continue
                    asking = ("anonymous", "reader", "superuser") if route in ("{page}", "{api}") else ("anonymous",)
                    for role in asking:
                        wrong += others(everybody, role, "GET", route.format(**fill), decided)
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("role", ROLES)
def test_routes_of_the_desk_in_every_state(everybody: Everybody, role: str) -> None:
    """For one type: the admin of every type is the same class."""
    wrong = []
    for status in STATUSES[ROLES.index(role) % often(1, 3) :: often(1, 3)]:  # of the states the roles take turns
        record = make.actor(f"alone-and-{status}")
        _put(record, status)
        Edit([record])
        revision = Revision.objects.of(record).applied().first()
        for row in STATES["desk"]:
            address = f"/admin/vocab/actor/{record.pk}/{row['route'].format(revision=revision.pk)}"
            decided = of_column(row.get(status, row["any"]), role)
            wrong += others(everybody, role, row["method"], address, decided, row.get("data"))
    assert "\n".join(wrong) == ""


def test_every_state_is_decided() -> None:
    assert set(STATUSES) == set(Record.Status.values)
    for row in STATES["desk"]:
        assert set(row) <= {"method", "route", "data", "any", *STATUSES}
    for group in STATES["readers"]:
        assert set(group["answer"]) <= set(STATUSES)
