"""Topics by instruments, under every filter of the register."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from tests.records import treaty
from tests.treaties.texts import texts
from treaties.filters import ProvisionFilterSet, TreatyFilterSet
from treaties.topics import Topic

pytestmark = pytest.mark.django_db
PAGE = "/treaties/provisions/"


def lines(reader: Client, query: str = "") -> dict[str, dict[str, str]]:
    answer = reader.get(f"/treaties/provisions.csv?{query}")
    return {row["slug"]: row for row in csv.DictReader(io.StringIO(answer.getvalue().decode()))}


def test_each_cell_is_an_article_or_a_gap(reader: Client) -> None:
    texts()
    page = reader.get(PAGE).content.decode()
    assert '/treaties/modern-treaty/#article-9"' in page and '/treaties/old-alliance/#article-4"' in page
    rows = lines(reader)
    assert rows["modern-treaty"]["consultation"] == "article-9"
    assert rows["old-alliance"]["no-third-party"] == "absent"
    assert rows["modern-treaty"]["common-enemy"] == "not-coded"
    assert rows["ancient-treaty"]["no-first-use"] == "not-applicable"
    assert set(Topic.values) <= set(rows["old-alliance"])
    assert "Absent" in page and "Not coded" in page


def test_it_asks_what_the_register_asks() -> None:
    assert list(ProvisionFilterSet.get_filters()) == list(TreatyFilterSet.get_filters())


@pytest.mark.parametrize(
    "query", ["", "binding=political", "topic=consultation", "has=text", "date_after=1990&sort=date", "status=not-applicable", "q=alliance"]
)
def test_its_instruments_are_those_of_the_register_in_their_order(reader: Client, query: str) -> None:
    texts()
    listed = [one["slug"] for one in reader.get(f"/api/v1/treaties/?{query}").json()["results"]]
    assert list(lines(reader, query)) == listed
    page = reader.get(f"{PAGE}?{query}")
    assert [one.slug for one in page.context["page"].records] == listed


def test_columns_come_twelve_at_a_time(reader: Client) -> None:
    for number in range(15):
        treaty(f"many-{number}", f"19{50 + number}")
    assert len(reader.get(PAGE).context["page"].records) == 12
    assert len(reader.get(f"{PAGE}?page=2").context["page"].records) == 3
    assert reader.get(f"{PAGE}?page=3").status_code == 404
    assert len(lines(reader)) == 15


def test_a_topic_asked_for_is_the_only_row(reader: Client) -> None:
    texts()
    page = reader.get(f"{PAGE}?topic=consultation").content.decode()
    table = page[page.index('<table class="matrix"') :].partition("</table>")[0]
    assert "Consultation" in table and "Common enemy" not in table


def test_topics_that_nobody_deals_with_are_named_as_they_are_written(reader: Client) -> None:
    texts()
    told = re.search(r"deals with:\s*([^<]*)", reader.get("/treaties/provisions/").content.decode())
    assert told and "One China" in told[1] and "one china" not in told[1]


def test_a_bad_question_is_said(reader: Client) -> None:
    assert reader.get(f"{PAGE}?topic=nonsense").status_code == 400
    assert reader.get("/treaties/provisions.csv?topic=nonsense").status_code == 400


def test_no_draft_is_in_it(reader: Client) -> None:
    texts()
    treaty("hidden-from-view", draft=True)
    assert "hidden-from-view" not in lines(reader)
    assert "hidden-from-view" not in reader.get(PAGE).content.decode()
