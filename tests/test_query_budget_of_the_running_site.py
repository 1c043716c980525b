"""What the running site asks of its database: its indexes are made, and of what was asked before it keeps rows and texts.

``test_query_budget`` measures inside a transaction, where nothing is kept from one request to the next; here a process with a
database of its own is asked, whole answers aside, which cost one query.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.catalogues import body_of
from tests.operations.sites import Site

pytestmark = [pytest.mark.once]

Costs = dict[str, list[int]]

#: Addresses of the same kinds, asked before: the indexes are then made, and what only the database can judge is known.
BEFORE: Final = [
    "/events/",
    "/events/?state=china&decade=1990s&kind=meeting&all=state",
    "/treaties/",
    "/treaties/?party=china&kind=treaty&binding=binding&topic=trade",
    "/api/v1/events/",
    "/api/v1/treaties/",
    "/events.atom",
    "/treaties.atom",
    "/search/?q=study",
]
#: Address → the most queries that it may take when it is asked for the first time, none of its rows being kept yet.
BUDGET: Final = {
    "/events/volume-event-50/": 12,
    "/treaties/volume-treaty-50/": 12,
    "/events/yeltsin-in-beijing-1996/": 12,
    "/treaties/alliance-1950/": 12,
    "/actors/boris-yeltsin/": 12,
    "/places/beijing/": 12,
    "/themes/border/": 12,
    "/partnership/strategic-partnership/": 12,
    "/sources/a-study/": 12,
    "/api/v1/events/volume-event-50/": 12,
    "/api/v1/treaties/volume-treaty-50/": 12,
    "/search/?q=volume": 12,
    "/events/?page=3": 15,
    "/events/?state=china&decade=1990s&kind=meeting&all=state&page=4": 15,
    "/treaties/?page=3": 15,
    "/treaties/?party=china&kind=treaty&binding=binding&topic=trade&page=4": 15,
    "/api/v1/events/?page=3": 8,
    "/api/v1/treaties/?page=3": 8,
    "/api/v1/events/?sort=date": 10,  # a query for each kind of part that any record of the page has, and here they have most
    "/api/v1/treaties/?sort=date": 9,  # as above
    "/api/v1/events/facets/?kind=meeting": 8,
    "/api/v1/treaties/facets/?kind=treaty": 8,
    "/events.atom?page=3": 4,
    "/treaties.atom?page=3": 4,
    "/changes.atom": 4,
}
#: When they are asked again: the edition, and the value that was chosen of each facet that is a record.
KEPT: Final = {address: 1 + ("state=" in address or "party=" in address) for address in BUDGET if "page=" in address or "sort=" in address}


def grown(number: int) -> Costs:
    """What each address costs with so many records, the first time and again. Runs in the process of the site."""
    from django.db import transaction

    from sinorus.publishing.editions import raise_edition
    from sinorus.sources.models import Source
    from sinorus.vocab.models import Actor, Place, Theme
    from tests.test_query_budget import volume

    of = {"china": Actor, "boris-yeltsin": Actor, "beijing": Place, "border": Theme, "a-study": Source}
    world = SimpleNamespace(**{slug.split("-")[-1]: model.objects.get(slug=slug) for slug, model in of.items()})
    with transaction.atomic():
        volume(world, number)
        raise_edition()
    reader = Client(SERVER_NAME="localhost")
    for address in BEFORE:
        cost(reader, address)
    return {address: [cost(reader, address), cost(reader, address)] for address in BUDGET}


def cost(reader: Client, address: str) -> int:
    """How many queries, beside the words around them that make them one reading."""
    with CaptureQueriesContext(connection) as queries:
        answer = reader.get(address)
        assert answer.status_code == 200, address
        body_of(answer)
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in queries)


@pytest.fixture
def costs(site: Site, monkeypatch: pytest.MonkeyPatch) -> tuple[Costs, Costs]:
    """With hundreds of records, and with a thousand."""
    monkeypatch.setenv("ANSWERS_KEPT", "0")
    monkeypatch.setenv("FACETS_INDEX_FROM", "100")
    few, many = json.loads(site.python(f"from {__name__} import grown, json; print(json.dumps([grown(190), grown(1000)]))"))
    return few, many


def test_pages_cost_what_was_agreed_and_the_same_at_a_thousand_rows(costs: tuple[Costs, Costs]) -> None:
    few, many = costs
    assert many == few
    assert not {address: first for address, (first, _again) in few.items() if first > BUDGET[address]}
    assert {address: few[address][1] for address in KEPT} == KEPT
