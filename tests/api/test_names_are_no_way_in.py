"""A question is asked by the names that there are: no lookup, no way along relations, no name of Django's own narrows or leaks anything."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.catalogues import catalogues
from tests.often import often

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# fmt: off
ENDINGS = ["__in", "__exact", "__iexact", "__contains", "__icontains", "__startswith", "__regex", "__iregex",
        "__gt", "__lte", "__range", "__isnull", "__search", "__year__gt", "__password__startswith", "__editor_note__contains",
        "__participations__actor__slug", "__pk", "__class__", "__0", "[]", "]", '"', ";", "."]
# fmt: on
NAMES = [(one.forms["api"], name) for one in catalogues().values() for name in sorted(one.filterset.get_filters())]
# fmt: off
ALONE = ["id", "pk", "pk__gt", "status", "status__in", "editor_note", "editor_note__startswith",
        "created_by__password", "_connector", "_negated", "__class__", "__init__", "_state", "objects", "self", "args",
        "kwargs", "search", "ordering", "limit", "offset", "cursor", "fields__in", "withdrawn_reason", "publish_at",
        "version", "search_vector"]
# fmt: on
PAGES = ("0", "-1", "1.5", "1e9", "9" * 40, "NaN", "١", "１", "+1", " 1", "1 ", "0x1", "1_0", "", "null", "1;2", "1,2", "-0", "²", "∞")


def refused(reader: Client, address: str, name: str, value: str = "1") -> bool:
    answer = reader.get(f"{address}?{quote(name)}={quote(value)}")
    return answer.status_code == 400 and name[:80] in {error["name"] for error in answer.json()["errors"]}


def test_no_ending_makes_another_question(world: Any, reader: Client) -> None:
    """Each name with each ending, some 3,000; in the fast run every 20th."""
    asked = [(address, name + ending) for address, name in NAMES for ending in ENDINGS][:: often(1, 20)]
    assert len(asked) >= often(2_500, 100)
    assert [(address, name) for address, name in asked if not refused(reader, address, name)] == []


def test_no_name_of_ours_or_of_django_is_one(world: Any, reader: Client) -> None:
    for number, address in enumerate(one.forms["api"] for one in catalogues().values()):
        for name in ALONE[number % 5 :: often(1, 5)]:
            assert refused(reader, address, name), (address, name)


@pytest.mark.parametrize("name", ["page", "page_size"])
def test_pages_have_whole_numbers_in_ascii(world: Any, reader: Client, name: str) -> None:
    """What is none is refused by name in data, and on a page with a message; nothing is read as if it were one."""
    for address in ("/api/v1/events/", "/api/v1/treaties/", "/events.atom", "/events/", "/sources/"):
        for value in PAGES:
            answer = reader.get(f"{address}?{name}={quote(value)}")
            assert answer.status_code == (200 if value == "" else 400), (address, value)
    for name_of_others in ("offset", "limit", "cursor", "start", "count", "per_page", "p"):
        assert refused(reader, "/api/v1/events/", name_of_others, "1")
