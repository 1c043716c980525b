"""Who asks for every number and every name learns nothing: what is hidden is answered as what never was, byte by byte, query by query.

It is queries that take longer for one than for the other, if anything does; seconds tell nothing on a machine that others use too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from django.core.cache import cache as shared
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinorus.facets import kept
from sinorus.facets.answers import answers
from sinorus.publishing.models import Record, record_types
from sinorus.search import index
from tests import forging
from tests.crawling import told
from tests.naming import addresses_of, narrowed_by
from tests.often import AT_LENGTH

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HIDDEN = ("draft", "review", "scheduled", "withdrawn", "merged")
#: Names and numbers that stand nowhere else, so that they can be told from everything else in an answer.
UNSEEN, NUMBER = "unseenqz", 900_001
NEVER, NO_NUMBER = "neverwqz", 900_002


def hide(record: Record, status: str) -> None:
    """A record that no reader ever saw, in a status."""
    forging.put(record, status)
    type(record).objects.filter(pk=record.pk).update(published=None)


def without_names(slug: str, number: int, answer: tuple[dict[str, str], bytes]) -> list[str]:
    """An answer with the names that the question brought along made the same, and without what is of the moment or of the address."""
    head, body = answer
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|name="opened" value="[^"]+"', "", body.decode("utf-8", "replace"))
    kept = [f"{name}: {value}" for name, value in sorted(head.items()) if name not in ("ETag", "Content-Length", "Expires")]
    return [re.sub(f"{slug}|{number}", "NAME", line, flags=re.IGNORECASE) for line in (*kept, *text.split("\n"))]


def asked_for(address: str, slug: str, number: int) -> tuple[list[str], list[str]]:
    """The answer to who asks first, without names, and the statements that it took, without values."""
    for one in (answers.clear, kept.forget, shared.clear):
        one()
    with CaptureQueriesContext(connection) as queries:
        answer = told(Client(), address)
    return without_names(slug, number, answer), [re.sub(r"'[^']*'|\b\d+\b|SAVEPOINT .*", "VALUE", one["sql"]) for one in queries]


@pytest.mark.parametrize("kind", sorted(record_types()))
def test_what_is_hidden_is_as_what_never_was(world: Any, kind: str) -> None:
    model = record_types()[kind]
    record = model.objects.filter(status="draft").order_by("pk").first()
    record.pk, record.slug, record.title, record._state.adding = NUMBER, UNSEEN, UNSEEN, True
    record.save(force_insert=True)
    index.update([record])
    turn, asked, found = sorted(record_types()).index(kind), 0, []
    was_never = cache(lambda address: asked_for(address, NEVER, NO_NUMBER))
    for place, status in enumerate(HIDDEN if AT_LENGTH else HIDDEN[turn % 5 :][:1]):
        hide(record, status)
        pairs = list(zip(addresses_of(model, UNSEEN, NUMBER), addresses_of(model, NEVER, NO_NUMBER), strict=True))
        pairs += list(zip(narrowed_by(UNSEEN), narrowed_by(NEVER), strict=True))[place::5]
        for address, same in pairs if AT_LENGTH else pairs[turn % 8 :: 8]:
            (nothing, as_many), (hidden, queries) = was_never(same), asked_for(address, UNSEEN, NUMBER)
            asked += 1
            if hidden != nothing:
                other = [one for one in zip(hidden, nothing, strict=False) if one[0] != one[1]]
                found.append(f"{status} {address}: {other[:2]}")
            searched = any("search_" in one for one in (*queries, *as_many))  # the index tells of drafts too, which are then left out
            if (
                not searched and queries != as_many and queries != asked_for(same, NEVER, NO_NUMBER)[1]
            ):  # what a process asks but once is not told
                found.append(f"{status} {address}: {len(queries)} and {len(as_many)} queries, {sorted({*queries} ^ {*as_many})[:3]}")
    assert "\n".join(found) == ""
    assert asked > (200 if AT_LENGTH else 5)
