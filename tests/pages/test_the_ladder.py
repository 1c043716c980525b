"""The ladder: wordings in three languages, who proposed it, uses, what changed, how sources read it, rival datings."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sinorus.sources.models import FormulaAccount, FormulaCitation
from tests.records import assessment, event, theme, treaty
from treaties.models import FormulaUse

pytestmark = pytest.mark.django_db
PAGE = "/partnership/strategic-partnership/"


@pytest.fixture
def ladder(world: Any) -> Any:
    w = world
    w.strategic.change = "Strategic took the place of constructive."
    w.strategic.proposer, w.strategic.proposal = w.yeltsin, "On the flight to Beijing."
    w.strategic.save()
    FormulaCitation.objects.create(
        record=w.strategic, source=w.un_text, quotation="战略协作伙伴关系", quotation_language="zh", locator="para. 1"
    )
    for value, preferred in (("April 1996", True), ("1994", False)):
        FormulaAccount.objects.create(record=w.strategic, source=w.study, field="date", value=value, preferred=preferred)
    words = theme("partnership-formula", title="Partnership formulas")
    w.reading = assessment("reads-the-step", w.jiang, w.study, topic=words, summary="The step was hardly noticed.", date="1996")
    w.statement.assessments.add(w.reading)
    w.other = assessment("reads-the-border", w.jiang, w.study, topic=w.border, summary="The border was quiet.")
    w.statement.assessments.add(w.other)
    later = treaty("later-1997", "1997-04-23", title="Later declaration")
    FormulaUse.objects.create(treaty=later, formula=w.strategic, wording="strategic interaction")
    return w


@pytest.mark.parametrize("address", ["/partnership/", PAGE])
def test_each_wording_in_its_language_and_missing_ones_are_said(reader: Client, ladder: Any, address: str) -> None:
    page = reader.get(address).content.decode()
    assert '<q lang="zh-Hans">战略协作伙伴关系</q>' in page and '<q lang="en">strategic partnership</q>' in page
    assert "Russian" in page and ("no wording seen in a source" in page or "No wording in this language was seen" in page)


def test_who_proposed_it_and_what_changed(reader: Client, ladder: Any) -> None:
    for address in ("/partnership/", PAGE):
        page = reader.get(address).content.decode()
        assert "On the flight to Beijing." in page and "/actors/boris-yeltsin/" in page
        assert "Strategic took the place of constructive." in page
    page = reader.get(PAGE).content.decode()
    assert "/partnership/constructive-partnership/" in page, "the step before"
    told = reader.get("/api/v1/formulas/strategic-partnership/").json()
    assert told["proposer"]["slug"] == "boris-yeltsin" and told["change"].startswith("Strategic took")


def test_first_and_every_later_use_in_order(reader: Client, ladder: Any) -> None:
    for address in ("/partnership/", PAGE):
        page = reader.get(address).content.decode()
        assert page.index("/treaties/joint-statement-1996/") < page.index("/treaties/later-1997/")
    assert "/events/yeltsin-in-beijing-1996/" in reader.get(PAGE).content.decode()


def test_how_sources_read_the_step(reader: Client, ladder: Any) -> None:
    page = reader.get(PAGE).content.decode()
    assert "The step was hardly noticed." in page
    assert "The border was quiet." not in page, "of the instrument, but not of the words"
    event("used-in-a-hidden-event", formulas=(ladder.strategic,), assessments=(ladder.reading,), draft=True)
    assert reader.get(PAGE).content.decode().count("The step was hardly noticed.") == 1


def test_rival_datings_side_by_side(reader: Client, ladder: Any) -> None:
    page = reader.get(PAGE).content.decode()
    disagree = page[page.index('id="disagree"') :]
    assert "April 1996" in disagree and "1994" in disagree and "followed here" in disagree
    listed = reader.get("/partnership/").content.decode()
    assert "April 1996" in listed and "/ 1994" in listed.replace("\n", " ")


def test_drafts_neither_propose_nor_use_nor_stand_beside(reader: Client, ladder: Any) -> None:
    ladder.strategic.proposer = ladder.draft_actor
    ladder.strategic.save()
    FormulaUse.objects.create(treaty=ladder.draft_treaty, formula=ladder.strategic)
    for address in ("/partnership/", PAGE, "/api/v1/formulas/strategic-partnership/"):
        told = reader.get(address).content.decode()
        assert "hidden-envoy" not in told and "hidden-treaty" not in told and "hidden-formula" not in told


def test_the_ladder_costs_the_same_however_long(reader: Client, ladder: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(10):
        made = treaty(f"use-{number}", f"{2000 + number}")
        FormulaUse.objects.create(treaty=made, formula=ladder.strategic)
    with django_assert_max_num_queries(14):
        reader.get("/partnership/")
