"""The basket at its address: what is named and public, cited, compared, taken along; the rest is told."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.catalogues import body_of
from tests.records import event, source, treaty

pytestmark = pytest.mark.django_db


def test_records_of_every_type_with_citation_and_a_way_out(reader: Client) -> None:
    one, other, third = event("talks", title="Talks"), treaty("pact", title="Pact"), source("study", title="Study")
    ids = [record.public_id for record in (one, other, third)]
    page = reader.get(f"/basket/?r={ids[0]}&r={ids[1]}&r={ids[2]}").content.decode()
    for record in (one, other, third):
        assert f'href="{record.get_absolute_url()}"' in page
        assert f"/id/{record.public_id}" in page, "a citation names the permanent address"
    assert f'href="/basket/?r={ids[0]}&amp;r={ids[2]}" data-drop="{ids[1]}"' in page
    assert "noindex" in page and "/treaties/compare/" not in page


def test_two_to_four_instruments_can_be_compared(reader: Client) -> None:
    made = [treaty(f"pact-{number}") for number in range(5)]
    query = [f"r={one.public_id}" for one in made]
    assert "/treaties/compare/?t=pact-0&amp;t=pact-1" in reader.get(f"/basket/?{'&'.join(query[:2])}").content.decode()
    assert "/treaties/compare/" not in reader.get(f"/basket/?{'&'.join(query)}").content.decode()


def test_what_is_not_public_is_told_and_what_is_stays(reader: Client) -> None:
    seen, hidden = event("seen", title="Seen"), event("hidden", title="Hidden thing", draft=True)
    answer = reader.get(f"/basket/?r={seen.public_id}&r={hidden.public_id}&r=E0&r=Z1&r=%27")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Seen" in page and "Hidden thing" not in page and f"“{hidden.public_id}”" in page


def test_the_other_forms_have_the_same_records(reader: Client) -> None:
    one, other = event("talks", title="Talks"), treaty("pact", title="Pact")
    query = f"r={one.public_id}&r={other.public_id}"
    items = json.loads(body_of(reader.get(f"/basket.csl.json?{query}")))
    assert [item["title"] for item in items] == ["Talks", "Pact"]
    assert body_of(reader.get(f"/basket.bib?{query}")).decode().count("@") >= 2
    assert reader.get("/basket.ris?r=E999999").status_code == 400
    assert body_of(reader.get(f"/basket.csl.json?{query}&lang=zh"))
    assert reader.get("/basket/").status_code == 200
