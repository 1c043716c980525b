"""The access matrix, read: who gets what at every route (tests/access_matrix.yaml says how it is written)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from events.models import CountClaim, Event
from sinorus.desk.models import Import, Report
from tests.headers import faults_in
from tests.roles import COLUMNS, METHODS, Everybody, column_of

MATRIX: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "access_matrix.yaml").read_text())
STATES: dict[str, Any] = MATRIX["record states"]
_SLUGS = ("<slug:slug>", "(?P<slug>[A-Za-z0-9-]+)")


@dataclass
class Entry:
    """A route, an address that fits it, what each method answers, and what is sent with POST."""

    route: str
    address: str
    answer: dict[str, int | list[int]]
    data: dict[str, str] | None = None
    turn: int = 0  # its place among those that are declared alike
    besides: dict[str, int] = field(default_factory=dict)  # by role, what GET answers otherwise than in its column

    def expected(self, method: str, role: str) -> int:
        if method in ("GET", "HEAD") and role in self.besides:
            return self.besides[role]
        return of_column(self.answer.get("GET" if method == "HEAD" else method, 405), role)


def asked(entry: Entry, role: str, *, whole: bool) -> tuple[str, ...]:
    """The methods by which a role asks a route: all of them, or in the fast run those whose answer could depend on the role.

    There nobody's requests try every method, of what is declared alike at the first; every role tries what the admin does by GET and
    POST; and public routes, which are the same code for all, are read by nobody, a reader who is signed in, and a superuser. Of what
    is declared alike, such as the admin of each record type, the roles take turns.
    """
    if whole or (role == "anonymous" and not entry.turn):
        return METHODS
    if role == "anonymous":
        return ("GET", "POST")
    if (entry.turn + column_of(role)) % 8:
        return ()
    own = entry.address.startswith("/admin/") or set(entry.answer) - {"GET", "OPTIONS"}
    return ("GET", "POST") if own else ("GET",) if role in ("reader", "superuser") else ()


def disagreements(everybody: Everybody, matrix: list[Entry], role: str, *, whole: bool = False) -> list[str]:
    """Where what a role is answered is not what was decided, or its headers are not."""
    wrong = []
    for entry in matrix:
        for method in asked(entry, role, whole=whole):
            wrong += others(everybody, role, method, entry.address, entry.expected(method, role), entry.data)
    return wrong


def others(everybody: Everybody, role: str, method: str, address: str, decided: int, data: dict[str, str] | None = None) -> list[str]:
    """What of one answer is not as decided: its status, its headers."""
    answer = everybody.answer(role, method, address, data)
    status = [] if answer.status_code == decided else [f"{role} {method} {address}: {answer.status_code}, decided {decided}"]
    return status + faults_in(answer)


def of_column(told: int | list[int], role: str) -> int:
    return told if isinstance(told, int) else told[column_of(role)]


def entries(world: Any) -> Iterator[Entry]:
    """The whole matrix. Makes what the small world lacks, so that behind every address stands something."""
    fill = _filled(world)
    for group in MATRIX["routes"]:
        each = group.get("each", [""])
        for turn, one in enumerate(each):
            slug = each[one] if isinstance(each, dict) else ""
            for given in group["routes"]:
                ((route, address),) = given.items() if isinstance(given, dict) else [(given, given)]
                route, address = route.replace("{each}", one), address.replace("{each}", one)
                for pattern in _SLUGS:
                    address = address.replace(pattern, slug)
                address = _of_row(route, address.replace("^", "").replace("$", ""))
                for name, value in fill.items():
                    address = address.replace(f"{{{name}}}", str(value))
                yield Entry(route, f"/{address}", group["answer"], group.get("data"), turn, group.get("besides", {}))


def _of_row(route: str, address: str) -> str:
    """An address of the admin with the first row of its model."""
    if not ("<path:object_id>" in address or "<int:pk>" in address or "<id>" in address) or not route.startswith("admin/"):
        return address
    _admin, app, model = route.split("/")[:3]
    if (app, model) == ("r", "<path:content_type_id>"):
        return address
    row = apps.get_model(app, model)._default_manager.order_by("pk").first()
    assert row, f"nothing stands behind {route}"
    for pattern in ("<path:object_id>", "<int:pk>", "<id>"):
        address = address.replace(pattern, str(row.pk))
    return address.replace("<int:revision>", "0")


def _filled(world: Any) -> dict[str, Any]:
    report = Report.objects.create(text="There is an error in it.")
    somebody = User.objects.create_user("somebody")
    Import.objects.create(name="table.csv", digest="0" * 64, records="events", user=somebody)
    CountClaim.objects.create(first=world.jiang, second=world.yeltsin, number=5, source=world.study)
    apps.get_model("otp_totp", "TOTPDevice").objects.create(user=somebody, name="TOTP", confirmed=False)
    for name, more in (("AccessAttempt", {"failures_since_start": 1}), ("AccessLog", {}), ("AccessFailureLog", {})):
        apps.get_model("axes", name).objects.create(username="somebody", ip_address="127.0.0.1", path_info="/admin/login/", **more)
    return {
        "event": world.visit_1996.pk,
        "event_type": ContentType.objects.get_for_model(Event).pk,
        "report": report.number,
    }


def is_well_formed() -> list[str]:
    """What is wrong with the file itself."""
    wrong = [] if MATRIX["columns"] == list(COLUMNS) else ["the columns are others than tests/roles.py knows"]
    wrong += [] if MATRIX["methods"] == list(METHODS) else ["the methods are others than tests/roles.py knows"]
    for group in MATRIX["routes"]:
        wrong += [f"{method}: no method" for method in group["answer"] if method not in METHODS or method == "HEAD"]
        for told in group["answer"].values():
            if not isinstance(told, int) and len(told) != len(COLUMNS):
                wrong.append(f"{group['routes'][0]}: {len(told)} columns")
    return wrong
