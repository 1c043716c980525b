"""Instruments side by side: the same topic in the same row, three sorts of gaps, differing words marked."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.records import treaty
from tests.treaties.texts import article, texts
from treaties import compare
from treaties.coding import RULES
from treaties.compare import differences
from treaties.models import Article, Treaty
from treaties.topics import COUNTERPARTS, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(db: None) -> dict[str, Treaty]:
    texts()
    return {one.slug: one for one in Treaty.objects.for_page()}


def table(*treaties: Treaty) -> dict[str, list[Any]]:
    return {row.topic: row.cells for row in compare.rows(treaties)}


def test_the_same_topic_stands_in_the_same_row(said: dict[str, Treaty]) -> None:
    rows = table(said["old-alliance"], said["modern-treaty"])
    assert list(rows) == ["common-enemy", "no-third-party", "mutual-assistance", "consultation"]
    assert [[one.key for one in cell.articles] for cell in rows["consultation"]] == [["4"], ["9"]]
    assert [[one.key for one in cell.articles] for cell in rows["common-enemy"]] == [["1"], []]


def test_a_gap_is_absent_only_where_the_whole_text_is_coded(said: dict[str, Treaty]) -> None:
    rows = table(said["old-alliance"], said["modern-treaty"], said["a-statement"])
    assert [cell.gap for cell in rows["no-third-party"]] == ["absent", "", "not-coded"]
    assert [cell.gap for cell in rows["common-enemy"]] == ["", "not-coded", "not-coded"]


def test_what_an_instrument_could_not_deal_with_is_not_applicable(said: dict[str, Treaty]) -> None:
    article(said["modern-treaty"], "2", "no-first-use", "one-china", "united-nations", "term-renewal")
    fresh = {one.slug: one for one in Treaty.objects.for_page()}
    rows = table(fresh["ancient-treaty"], fresh["old-alliance"], fresh["a-statement"], fresh["modern-treaty"])
    assert [cell.gap for cell in rows["no-first-use"]] == ["not-applicable", "absent", "not-coded", ""]
    assert [cell.gap for cell in rows["one-china"]] == ["not-applicable", "absent", "not-coded", ""]
    assert [cell.gap for cell in rows["term-renewal"]] == ["absent", "absent", "not-applicable", ""]
    assert "Charter" in rows["united-nations"][0].reason


def test_a_gap_points_at_the_counterpart(said: dict[str, Treaty]) -> None:
    rows = table(said["old-alliance"], said["modern-treaty"])
    assert [one.article.key for one in rows["common-enemy"][1].instead] == ["22"]
    assert [one.article.key for one in rows["no-third-party"][0].instead] == ["1"]
    assert [one.article.key for one in rows["mutual-assistance"][1].instead] == ["9"]
    assert all(COUNTERPARTS[other] == one for one, other in COUNTERPARTS.items())


def test_words_that_differ_are_marked_in_the_same_language_only(said: dict[str, Treaty]) -> None:
    one, other = table(said["old-alliance"], said["modern-treaty"])["consultation"]
    assert [text for text, differs in one.passages[0].pieces if differs] == ["sides", "at once"]
    assert [text for text, differs in other.passages[0].pieces if differs] == ["parties", "in time"]
    alone = table(said["old-alliance"], said["modern-treaty"])["no-third-party"][1].passages[0]
    assert not alone.pieces and alone.against is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("equal words", "Equal words", []),
        ("不针对任何第三国", "不针对第三国家", ["任何"]),
        ("мирное сосуществование", "мирное развитие", ["сосуществование"]),
        ("a, b", "a b", []),
        ("", "anything", []),
    ],
)
def test_differences_are_told_word_by_word_and_sign_by_sign(one: str, other: str, expected: list[str]) -> None:
    pieces, alike = differences(one, other)
    assert "".join(text for text, _differs in pieces) == one
    assert [text for text, differs in pieces if differs] == expected
    assert 0 <= alike <= 1


def test_wordings_that_share_almost_nothing_are_not_marked_all_over(said: dict[str, Treaty]) -> None:
    Article.objects.filter(treaty__slug="modern-treaty", key="9").update(quotation="Nothing whatever in common here")
    fresh = {one.slug: one for one in Treaty.objects.for_page()}
    cells = table(fresh["old-alliance"], fresh["modern-treaty"])["consultation"]
    assert cells[0].passages[0].throughout and cells[1].passages[0].throughout


def test_articles_without_a_topic_come_last(said: dict[str, Treaty]) -> None:
    rest = compare.uncoded([said["old-alliance"], said["modern-treaty"]])
    assert [[one.key for one in cell.articles] for cell in rest] == [[], ["preamble"]]
    assert compare.uncoded([said["old-alliance"]]) == []


def test_every_topic_has_a_coding_rule_and_the_papers_repeat_it() -> None:
    told = (Path(compare.__file__).parent.parent / "docs/data-model.md").read_text(encoding="utf-8")
    assert list(RULES) == list(Topic)
    for topic, (counts, not_) in RULES.items():
        assert f"| `{topic.value}` | {topic.label} | {counts} | {not_} |" in told


# The page -----------------------------------------------------------------------------------------------------------

PAGE = "/treaties/compare/"


def test_the_page_shows_enemy_against_no_third_party(reader: Client, said: dict[str, Treaty]) -> None:
    page = reader.get(f"{PAGE}?t=old-alliance&t=modern-treaty").content.decode()
    assert (
        page.index("Common enemy") < page.index("Not against a third party") < page.index("Mutual assistance") < page.index("Consultation")
    )
    assert "/treaties/modern-treaty/#article-22" in page and "/treaties/old-alliance/#article-1" in page
    assert re.search(r"<mark><span[^>]*>differs: </span>sides</mark>", page)
    assert "marked: words that differ from" in page
    assert '<blockquote lang="zh-Hans"' in page and "authentic text" in page
    assert "Absent" in page and "Not coded" in page and "the whole text is coded" in page
    assert "Articles without a topic" in page
    assert 'style="' not in page


def test_one_address_whatever_the_order(reader: Client, said: dict[str, Treaty]) -> None:
    canonical = f"{PAGE}?t=old-alliance&t=a-statement&t=modern-treaty"
    for given in ("t=modern-treaty&t=old-alliance&t=a-statement", "t=a-statement&t=modern-treaty&t=old-alliance"):
        answer = reader.get(f"{PAGE}?{given}")
        assert (answer.status_code, answer["Location"]) == (301, canonical)
    assert reader.get(canonical).status_code == 200
    assert f'rel="canonical" href="http://testserver{canonical}"'.replace("&", "&amp;") in reader.get(canonical).content.decode()
    assert reader.get(f"/ru{PAGE}?t=modern-treaty&t=old-alliance")["Location"].startswith(f"/ru{PAGE}?t=old-alliance")


def test_titles_do_as_well_as_slugs(reader: Client, said: dict[str, Treaty]) -> None:
    answer = reader.get(PAGE, {"t": ["Modern treaty", "old-alliance", "", ""]})
    assert (answer.status_code, answer["Location"]) == (301, f"{PAGE}?t=old-alliance&t=modern-treaty")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("t=old-alliance", 400, "1 given; two, three or four"),
        ("t=old-alliance&t=modern-treaty&t=a-statement&t=ancient-treaty&t=fifth", 400, "5 given"),
        ("t=old-alliance&t=old-alliance", 400, "given twice"),
        ("t=old-alliance&t=modern-treaty&t=old-alliance", 400, "given twice"),
        ("t=old-allianse&t=modern-treaty", 404, "near it: old-alliance"),
        ("t=hidden&t=modern-treaty", 404, "not an instrument of the register"),
        ("t=%00&t=modern-treaty", 404, "not an instrument"),
    ],
)
def test_what_cannot_be_compared_is_said_with_what_can(
    reader: Client, said: dict[str, Treaty], query: str, status: int, words: str
) -> None:
    treaty("hidden", draft=True)
    treaty("fifth", "2005")
    answer = reader.get(f"{PAGE}?{query}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page and "two, three or four different instruments" in page
    assert 'name="t"' in page, "the form is there to ask again"
    problem = reader.get(f"/treaties/compare.csv?{query}")
    assert problem.status_code == status and problem["Content-Type"] == "application/problem+json"


def test_the_page_without_a_question_is_the_form(reader: Client, said: dict[str, Treaty]) -> None:
    treaty("hidden-from-view", draft=True)
    answer = reader.get(PAGE)
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count('name="t"') == 4
    assert '<option value="old-alliance" lang="en">1950 Old alliance</option>' in page
    assert "hidden-from-view" not in page


def test_the_comparison_as_csv(reader: Client, said: dict[str, Treaty]) -> None:
    answer = reader.get("/treaties/compare.csv?t=modern-treaty&t=old-alliance")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    consultation = [(row["instrument"], row["article"], row["gap"]) for row in rows if row["topic"] == "consultation"]
    assert consultation == [("old-alliance", "article-4", ""), ("modern-treaty", "article-9", "")]
    assert [(row["instrument"], row["gap"]) for row in rows if row["topic"] == "common-enemy"][1] == ("modern-treaty", "not-coded")
    assert [(row["instrument"], row["article"]) for row in rows if row["topic"] == ""] == [("modern-treaty", "article-preamble")]
    assert reader.get("/treaties/compare.csv?t=modern-treaty&t=old-alliance&bom=1").getvalue().startswith(b"\xef\xbb\xbf")
    assert reader.get("/treaties/compare.csv?t=modern-treaty&t=old-alliance&colour=red").status_code == 400
    assert reader.get("/treaties/compare.csv").status_code == 400
