"""page = API = CSV = JSON Lines = Atom = … = admin: the same question gives the same records in the same order in every form."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode

from sinorus.facets.filters import Facet
from sinorus.search import index
from tests.catalogues import PAGED, READERS, Catalogue, admin_ids, catalogues, ids
from tests.facets.generated import generate
from tests.often import often

NUMBER = dict.fromkeys(("event", "treaty"), often(15, 3))  # questions to each catalogue; to the others fewer
SIZE = often(15, 25)  # of pages that are put together
WORDS = ["event", "treaty -1", "1996", '"event 1"', "state*", "place", "theme"]
SPANS = [{}, {}, {"date_after": "1957"}, {"date_before": "1996-04-25"}, {"date_after": "1950", "date_before": "1969-03"}]


@pytest.fixture(scope="module", autouse=True)
def records(django_db_setup: None, django_db_blocker: Any) -> Any:
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        made = generate(events=45, treaties=45)
        index.refresh()
        yield made
        transaction.set_rollback(True)


def random_pairs(catalogue: Catalogue, dice: random.Random) -> list[tuple[str, str]]:
    """Parameters that the question of a catalogue allows."""
    filters = catalogue.filterset.get_filters()
    pairs = []
    for name in dice.sample(sorted(filters), dice.choice([0, 1, 2, 3])):
        if isinstance(filters[name], Facet):
            values = filters[name].allowed()
            pairs += [(name, value) for value in dice.sample(values, min(len(values), dice.choice([1, 2, 4])))]
        elif name == "all":
            pairs += [("all", dice.choice(filters[name].allowed))]
        elif name in ("sort", "date_match", "succession"):
            pairs += [(name, dice.choice([value for value in filters[name].allowed if value != "relevance"]))]
        elif name == "q":
            pairs += [("q", dice.choice(WORDS))]
        elif name == "on":
            pairs += [("on", "1975-06-01")]
    if "date_after" in filters:
        pairs += list(dice.choice(SPANS).items())
    dice.shuffle(pairs)
    return pairs


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(catalogues()))
def test_every_form_gives_the_same_records(name: str, reader: Client, publisher: Client) -> None:
    catalogue, dice, sizes = catalogues()[name], random.Random(name), set()
    unread = set(catalogue.forms) - set(READERS) - {"admin"}
    assert not unread, f"{name} answers as {unread}, which this test cannot read yet: teach tests/catalogues.py"
    assert {"html", "api", "csv", "jsonl", "xlsx", "admin"} <= set(catalogue.forms)
    questions = [[], *(random_pairs(catalogue, dice) for _ in range(NUMBER.get(name, often(5, 1))))]
    for pairs in questions:
        query = urlencode(pairs)
        answers = {}
        for form in set(catalogue.forms) - {"admin"}:
            size = "page_size=200" if form in PAGED else ""
            answers[form] = ids(reader, form, f"{catalogue.forms[form]}?{'&'.join(filter(None, (query, size)))}")
        sizes.add(len(answers["api"]))
        for form, found in answers.items():
            assert found == answers["api"], f"{catalogue.forms[form]}?{query} differs from the API"
        edited = admin_ids(publisher, f"{catalogue.forms['admin']}?{'&'.join(filter(None, (query, 'status__exact=published')))}")
        hidden = catalogue.model.objects.filter(status="published").count() - catalogue.model.objects.public().count()
        if not hidden:  # the admin also shows what is published and waits for its holder or source
            assert sorted(edited) == sorted(answers["api"]), f"the admin's {query} differs from the API"
        else:
            assert set(answers["api"]) <= set(edited)
    if name in NUMBER:
        assert len(sizes) > 2, "the questions are too much alike to show anything"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["event", "treaty"])
def test_pages_put_together_are_the_whole(name: str, reader: Client) -> None:
    """No record is lost or comes twice between two pages, whatever the order."""
    catalogue = catalogues()[name]
    for sort in catalogue.filterset.sorts:
        if sort == "relevance":
            continue
        whole = ids(reader, "csv", f"{catalogue.forms['csv']}?sort={sort}")
        for form in sorted(set(catalogue.forms) & set(PAGED)):
            pages = -(-len(whole) // SIZE)
            assert pages > 1
            parts = [ids(reader, form, f"{catalogue.forms[form]}?sort={sort}&page_size={SIZE}&page={page}") for page in range(1, pages + 1)]
            assert [one for part in parts for one in part] == whole, f"{form} sorted by {sort}"


@pytest.mark.django_db
def test_every_language_gives_the_same_records(reader: Client) -> None:
    asked = [f"/events/{query}" for query in ("", "?theme=theme-a&sort=date", "?decade=1990s&date_match=certain", "?q=event&decade=1990s")]
    asked += [f"{one.forms['html']}?q={word}" for one in catalogues().values() for word in ("a", "1") if "html" in one.forms]
    found = 0
    for address in asked:
        english = ids(reader, "html", address)
        found += bool(english)
        for language in ("zh", "ru"):
            assert ids(reader, "html", f"/{language}{address}") == english, f"/{language}{address}"
    assert found > len(catalogues()), "hardly any question finds something"


@pytest.mark.django_db
def test_the_newest_first_is_the_oldest_first_backwards(reader: Client) -> None:
    for name in ("events", "treaties"):
        newest = ids(reader, "csv", f"/{name}.csv?sort=-date")
        assert newest == ids(reader, "csv", f"/{name}.csv?sort=date")[::-1]
        assert newest == ids(reader, "csv", f"/{name}.csv")
