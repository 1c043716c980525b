"""What the tests of the import share: a table, planned and written."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.contrib.auth.models import User

from sinorus.desk.mapping import Mapping
from sinorus.desk.plan import Plan, plan
from sinorus.desk.tables import read
from sinorus.desk.write import write


def table(*rows: dict[str, str]) -> bytes:
    """A CSV file of rows; columns in the order in which they are first named."""
    made = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(made, names)
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def records(*rows: dict[str, str]) -> bytes:
    """A JSON file of rows, each with its own columns: those that it does not name are left as they are."""
    return json.dumps(rows).encode()


def a_publisher() -> User:
    return User.objects.get_or_create(username="importer", defaults={"is_superuser": True})[0]


def planned(content: bytes, records: str = "events", mapping: str = "", name: str = "", **given: Any) -> Plan:
    """The dry run of a file, by a publisher unless said otherwise."""
    rules = Mapping("mapping.yaml", mapping) if mapping else None
    name = name or ("a.json" if content.startswith(b"[") else "a.csv")
    return plan(name, read(name, content), records, rules, **{"user": a_publisher(), **given})


def imported(content: bytes, records: str = "events", mapping: str = "", **given: Any) -> Plan:
    """The same, carried out."""
    made = planned(content, records, mapping, **given)
    assert not made.refused, [str(one) for one in made.all_troubles()]
    write(made, a_publisher(), "Imported from a.csv")
    return made


def told(made: Plan) -> list[str]:
    """Everything that is wrong, as an editor reads it."""
    return [str(one) for one in made.all_troubles()]
