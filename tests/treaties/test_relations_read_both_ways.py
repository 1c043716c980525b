"""Relations of instruments from both sides, down to the article; the lineage drawn from them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.records import treaty
from tests.treaties.texts import article
from treaties import lineage
from treaties.models import Treaty, TreatyLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def border(db: None) -> dict[str, Treaty]:
    """1991 ← supplements 1994 ← implements 2005; 2001 cites article 9 of 1991; a draft supplements it too."""
    made = {year: treaty(f"border-{year}", f"{year}-05-16", title=f"Border {year}") for year in (1991, 1994, 2001, 2005, 2010)}
    for key in ("1", "9"):
        article(made[1991], key)
    article(made[2001], "6")
    TreatyLink.objects.create(treaty=made[1994], type="supplements", target=made[1991])
    TreatyLink.objects.create(treaty=made[2005], type="implements", target=made[1994])
    TreatyLink.objects.create(treaty=made[2010], type="extends", target=made[2005])
    TreatyLink.objects.create(treaty=made[2001], type="cites", target=made[1991], article="6", target_article="9")
    made["hidden"] = treaty("hidden-border", "1992", draft=True)
    TreatyLink.objects.create(treaty=made["hidden"], type="supplements", target=made[1991])
    return made


def page_of(one: Treaty) -> Treaty:
    return Treaty.objects.for_page().get(pk=one.pk)


def told(one: Treaty) -> list[tuple[str, str, str, str]]:
    return [(row.label, row.target.slug, row.article, row.target_article) for row in page_of(one).relations]


def test_each_side_reads_the_relation_from_itself(border: dict[Any, Treaty]) -> None:
    assert told(border[1994]) == [("Supplements", "border-1991", "", ""), ("Implemented by", "border-2005", "", "")]
    assert ("Supplemented by", "border-1994", "", "") in told(border[1991])
    assert told(border[2001]) == [("Cites", "border-1991", "6", "9")]
    assert ("Cited by", "border-2001", "9", "6") in told(border[1991])


def test_every_type_reads_both_ways() -> None:
    assert set(TreatyLink.REVERSE_LABELS) == set(TreatyLink.Type)
    assert len({str(label) for label in TreatyLink.REVERSE_LABELS.values()}) == len(TreatyLink.Type)


def test_the_page_and_the_api_lead_down_to_the_article(reader: Client, border: dict[Any, Treaty]) -> None:
    page = reader.get("/treaties/border-2001/").content.decode()
    assert 'href="/treaties/border-1991/#article-9"' in page and 'href="#article-6"' in page
    other = reader.get("/treaties/border-1991/").content.decode()
    section = other[other.index('id="article-9"') :]
    assert "Cited by" in section[: section.index("</section>")]
    relation = reader.get("/api/v1/treaties/border-2001/").json()["relations"][0]
    assert (relation["type"], relation["article"], relation["target_article"]) == ("cites", "6", "9")
    assert relation["target"]["slug"] == "border-1991"


def test_a_draft_is_in_no_relation_and_no_lineage(reader: Client, border: dict[Any, Treaty]) -> None:
    for address in ("/treaties/border-1991/", "/api/v1/treaties/border-1991/", "/treaties/border-1994/"):
        assert "hidden-border" not in reader.get(address).content.decode()


def test_an_article_that_is_not_there_is_refused(border: dict[Any, Treaty]) -> None:
    link = TreatyLink(treaty=border[2005], type="cites", target=border[1991], target_article="77")
    with pytest.raises(ValidationError, match="no article of this key"):
        link.full_clean()
    TreatyLink(treaty=border[2005], type="cites", target=border[1991], target_article="1").full_clean()


def test_the_same_relation_stands_once_but_articles_apart(border: dict[Any, Treaty]) -> None:
    TreatyLink.objects.create(treaty=border[2001], type="cites", target=border[1991], article="6", target_article="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        TreatyLink.objects.create(treaty=border[1994], type="supplements", target=border[1991])


def test_the_lineage_is_two_steps_wide_by_date_without_citations(border: dict[Any, Treaty]) -> None:
    found = lineage.of(border[1991])
    assert [node.record.slug for node in found.nodes] == ["border-1991", "border-1994", "border-2005"]
    assert [node.is_self for node in found.nodes] == [True, False, False]
    assert [(edge.link.source.slug, edge.link.type, edge.direct) for edge in found.edges] == [
        ("border-1994", "supplements", True),
        ("border-2005", "implements", False),
    ]
    assert lineage.of(border[2001]) is None
    assert sorted(node.y for node in found.nodes) == [node.y for node in found.nodes]


def test_the_lineage_says_how_many_it_leaves_out(border: dict[Any, Treaty], django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        made = treaty(f"protocol-{number}", f"{1995 + number}-01")
        TreatyLink.objects.create(treaty=made, type="annexed-to", target=border[1991])
    with django_assert_max_num_queries(2):
        found = lineage.of(border[1991])
    assert len(found.nodes) == lineage.MOST and found.more == 33 - lineage.MOST
    assert any(node.is_self for node in found.nodes)


def test_a_loop_in_the_relations_does_no_harm(border: dict[Any, Treaty]) -> None:
    TreatyLink.objects.create(treaty=border[1991], type="extends", target=border[2005])
    assert len(lineage.of(border[1991]).nodes) == 4


def test_the_drawing_has_its_words(reader: Client, border: dict[Any, Treaty]) -> None:
    page = reader.get("/treaties/border-1991/").content.decode()
    assert 'class="lineage-arcs"' in page and 'style="' not in page
    words = page[page.index('class="more lineage-words"') :]
    assert "supplements" in words and "implements" in words


def test_the_acts_of_the_parties_are_a_table(reader: Client, world: Any) -> None:
    page = reader.get("/treaties/alliance-1950/").content.decode()
    table = page[page.index('class="acts-table') :]
    table = table[: table.index("</table>")]
    assert "Denounced" in table and "3 April 1979" in table and "not recorded" in table
    with CaptureQueriesContext(__import__("django.db").db.connection) as queries:
        reader.get("/treaties/alliance-1950/")
    assert len(queries) < 40
