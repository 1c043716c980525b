"""What a page costs does not grow with the data: the same queries at 10 rows as at 1,000, and never more than agreed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from events.models import Event, EventCitation, Participation
from sinorus.search import index, planner
from tests.catalogues import body_of
from tests.records import World
from treaties.models import Article, Party, Provision, Treaty, TreatyCitation

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: Address → the most queries it may take, and why.
BUDGET = {
    # edition, count, keys, rows and what hangs on a row 2; facets: columns together 1, conditions 1, participants 3,
    # place with its countries 3, theme, formula
    "/events/": 16,
    "/events/?state=china&decade=1990s&kind=meeting&all=state": 28,  # each facet with a choice is counted apart
    "/treaties/": 18,  # as above, with party, signatory, topic
    "/events/volume-event-1/": 12,  # one for each kind of row that hangs on an event; causes and effects, one a step
    "/treaties/volume-treaty-1/": 12,  # articles with topics, acts, lineage of two steps besides
    "/events/?q=volume": 24,  # what matches and how common it is, its steps; why each was found
    "/zh/events/?q=volume": 24,  # a language costs nothing
    "/ru/treaties/?q=volume": 24,
    "/ru/treaties/": 18,
    "/search/?q=volume": 30,  # each type with hits: count, best, their texts
    "/api/v1/suggest/?q=vol": 12,
    "/timeline/": 34,  # both questions with their facets, the inks of both
    "/actors/china/": 12,
    "/sources/a-study/": 12,
    "/api/v1/events/": 12,
    "/api/v1/treaties/": 16,
    "/api/v1/events/facets/": 16,
    "/events.atom": 5,
    "/": 22,
    "/coverage/": 22,  # the table 1, sources 1; what asks for more sources is counted with all facets
    "/networks/leaders/": 14,
    "/networks/families/": 20,
    "/networks/causes/?event=zhenbao-1969": 6,
    "/map/": 16,  # edition, count, places with their counts 2, what lies within what; facets as on /events/
}
STREAMED = {"/events.csv": 200, "/events.jsonl": 200, "/treaties.csv": 200}
ADMIN = ["/admin/events/event/", "/admin/treaties/treaty/", "/admin/events/event/?state=china&kind=meeting"]


def volume(world: Any, number: int) -> None:
    """So many events and instruments more, each with participants, parties, articles and a citation."""
    already = Event.objects.filter(slug__startswith="volume-").count()
    names = [f"volume-event-{n}" for n in range(already, number)]
    state = {"status": "published", "kind": "meeting", "date_edtf": "1996-04", "summary": "Something.", "place": world.beijing}
    events = Event.objects.bulk_create([Event(slug=name, title=name, **state) for name in names])
    Participation.objects.bulk_create([Participation(event=event, actor=one) for event in events for one in (world.china, world.yeltsin)])
    EventCitation.objects.bulk_create([EventCitation(record=event, source=world.study) for event in events])
    Event.themes.through.objects.bulk_create([Event.themes.through(event=event, theme=world.border) for event in events])
    index.update(events)
    kind = {"status": "published", "kind": "treaty", "binding": "binding", "signed_edtf": "1996-04", "summary": "Something."}
    slugs = [name.replace("event", "treaty") for name in names]
    treaties = Treaty.objects.bulk_create([Treaty(slug=slug, title=slug, **kind) for slug in slugs])
    Party.objects.bulk_create([Party(treaty=treaty, actor=world.china) for treaty in treaties])
    TreatyCitation.objects.bulk_create([TreatyCitation(record=treaty, source=world.study) for treaty in treaties])
    articles = Article.objects.bulk_create([Article(treaty=treaty, key="1", number="1") for treaty in treaties])
    Provision.objects.bulk_create([Provision(article=article, topic="trade") for article in articles])
    planner.learn()


def cost(client: Client, address: str) -> int:
    client.get(address)  # what is done once for a process is not counted
    return again(client, address)


def again(client: Client, address: str) -> int:
    """What an address costs that was asked before."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        assert answer.status_code == 200, address
        body_of(answer)
    return len(queries)


Costs = dict[str, int]


@pytest.fixture(scope="module")
def costs(world: World, django_db_blocker: DjangoDbBlocker) -> tuple[Costs, Costs]:
    """What every address costs with as many records as one part of a download has, and with a thousand."""
    reader, root = Client(), Client()
    with django_db_blocker.unblock():
        root.force_login(User.objects.create_superuser("root"))
        volume(world, 190)
        few = {address: cost(reader, address) for address in [*BUDGET, *STREAMED]} | {address: cost(root, address) for address in ADMIN}
        volume(world, 1000)
        many = {address: again(reader, address) for address in [*BUDGET, *STREAMED]} | {address: cost(root, address) for address in ADMIN}
    return few, many


def test_pages_cost_the_same_at_a_thousand_rows(costs: tuple[Costs, Costs]) -> None:
    few, many = costs
    assert {address: many[address] for address in BUDGET} == {address: few[address] for address in BUDGET}
    assert not {address: many[address] for address in BUDGET if many[address] > BUDGET[address]}


def test_downloads_cost_by_the_chunk_and_not_by_the_row(costs: tuple[Costs, Costs]) -> None:
    few, many = costs
    for address, chunk in STREAMED.items():
        assert many[address] <= few[address] * (1 + 1000 // chunk), address


@pytest.mark.parametrize("address", ADMIN)
def test_lists_of_the_admin_do_not_query_by_the_row(costs: tuple[Costs, Costs], address: str) -> None:
    few, many = costs
    assert many[address] == few[address]


def test_an_unchanged_page_costs_one_query(reader: Client, world: Any) -> None:
    for address in ("/events/", "/events/yeltsin-in-beijing-1996/", "/api/v1/events/", "/events.csv"):
        etag = reader.get(address)["ETag"]
        with CaptureQueriesContext(connection) as queries:
            answer = reader.get(address, headers={"If-None-Match": etag})
        assert (answer.status_code, len(queries)) == (304, 1), address
        assert not body_of(answer)
