"""A record that is fetched without asking for empty parts is the record that is fetched with all of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import Prefetch
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event
from sinorus.publishing.querysets import RecordQuerySet
from sinorus.publishing.views import record_models
from tests.records import event

pytestmark = pytest.mark.django_db


@pytest.mark.once
@pytest.mark.parametrize("letter", sorted(record_models()))
def test_pages_and_data_are_the_same(reader: Client, world: Any, letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = record_models()[letter]
    public = model.objects.public()
    slugs = public.values_list("slug", flat=True)
    addresses = [reverse(f"{before}{model._meta.model_name}-detail", args=[slug]) for slug in slugs for before in ("", "api:")]
    addresses.append(reverse(f"api:{model._meta.model_name}-list"))
    assert addresses
    found = {address: reader.get(address).content for address in addresses}
    monkeypatch.setattr(RecordQuerySet, "whole", lambda records, **key: records.get(**key))
    monkeypatch.setattr(RecordQuerySet, "each_whole", lambda records: [*records])
    for address in addresses:
        assert reader.get(address).content == found[address], address


@pytest.mark.parametrize("letter", sorted(record_models()))
def test_what_is_empty_is_not_asked_for_again(world: Any, letter: str) -> None:
    records = record_models()[letter].objects.public().for_page()
    for slug in records.values_list("slug", flat=True):
        one, other = records.get(slug=slug), records.whole(slug=slug)
        with CaptureQueriesContext(connection) as queries:
            assert _parts(one, records) == _parts(other, records)
        assert not queries.captured_queries


def test_a_record_without_parts_costs_one_query(world: Any) -> None:
    bare = event("bare", "1996")
    for citation in bare.citations.all():
        citation.delete()
    with CaptureQueriesContext(connection) as queries:
        assert Event.objects.public().for_page().whole(pk=bare.pk).public_citations == []
    assert len(queries) == 1, "which also says which kinds of parts there are"


def test_who_is_not_there_is_not_found(world: Any) -> None:
    with pytest.raises(Event.DoesNotExist):
        Event.objects.public().for_page().whole(slug="nobody")


def _parts(record: Any, records: Any) -> list[tuple[str, Any]]:
    """What is held where each lookup begins."""
    lookups = records._prefetch_related_lookups
    names = {((one.to_attr or one.prefetch_through) if isinstance(one, Prefetch) else one).partition("__")[0] for one in lookups}
    held = {name: getattr(record, name) for name in sorted(names)}
    return [(name, list(one.all()) if hasattr(one, "all") else one) for name, one in held.items()]
