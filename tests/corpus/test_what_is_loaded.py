"""Every field of the files reaches its column, and rows come in their order."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from events.models import Event
from sinorus.corpus.load import load
from sinorus.publishing.editions import current
from sinorus.sources.models import Assessment
from sinorus.vocab.models import Actor, Formula, Place
from treaties.models import Treaty

pytestmark = pytest.mark.django_db


def test_an_event_with_all_that_hangs_on_it(folder: Path) -> None:
    load(folder)
    event = Event.objects.public().get(slug="visit-1996")
    assert (event.title, event.kind, event.importance) == ("Yeltsin visits Beijing", "summit", 3)
    assert (event.date_earliest, event.date_latest) == (datetime.date(1996, 4, 24), datetime.date(1996, 4, 26))
    assert event.body_html == "<p>One paragraph.</p>\n<p>Another.</p>\n"
    assert event.place.slug == "beijing"
    assert [(row.actor.slug, row.role, row.office) for row in event.participations.all()] == [
        ("boris-yeltsin", "", "President of Russia"),
        ("china", "host", ""),
    ]
    assert [(row.source.slug, row.locator, row.supports) for row in event.citations.all()] == [
        ("rmrb-1996", "p. 1", "date"),
        ("qian-2003", "", ""),
    ]
    assert [(row.field, row.value, row.preferred) for row in event.accounts.all()] == [
        ("number of the summit", "third", False),
        ("number of the summit", "fifth", True),
    ]
    assert [(link.type, link.target.slug) for link in event.links.all()] == [("response-to", "crisis-1969")]
    assert [theme.slug for theme in event.themes.all()] == ["partnership-formula"]
    assert [formula.slug for formula in event.formulas.all()] == ["strategic-partnership"]
    assert [treaty.slug for treaty in event.treaties.all()] == ["joint-statement-1996"]
    assert [assessment.slug for assessment in event.assessments.all()] == ["yeltsin-on-partnership"]
    assert event.published and event.updated


def test_an_instrument_with_its_parties_and_articles(folder: Path) -> None:
    load(folder)
    treaty = Treaty.objects.public().get()
    assert [party.actor.slug for party in treaty.party_links.all()] == ["china", "russia"]
    assert [act.type for act in treaty.party_links.get(actor__slug="russia").actions.all()] == ["approved"]
    assert [(row.actor.slug, row.party.slug) for row in treaty.signatures.all()] == [("boris-yeltsin", "russia")]
    assert [(row.code, row.authentic) for row in treaty.languages.all()] == [("zh", True), ("ru", None)]
    article = treaty.articles.get()
    assert (article.key, article.number, [row.topic for row in article.provisions.all()]) == (
        "1",
        "1",
        ["partnership-formula", "multipolarity"],
    )
    assert [use.first for use in treaty.formula_uses.all()] == [True]


def test_vocabulary_and_assessments(folder: Path) -> None:
    load(folder)
    russia = Actor.objects.get(slug="russia")
    assert [link.predecessor.slug for link in russia.succeeds_links.all()] == ["soviet-union"]
    assert Actor.objects.get(slug="china").names.get().text == "PRC"
    assert Actor.objects.get(slug="boris-yeltsin").offices.get().of == russia
    assert Place.objects.get(slug="beijing").within.slug == "china"
    assert str(Place.objects.get(slug="beijing").latitude) == "39.9042"
    assert Formula.objects.get().citations.get().quotation_language == "zh"
    assessment = Assessment.objects.public().get()
    assert (assessment.summary, assessment.topic.slug, assessment.date_edtf) == (
        "No question divides the two.",
        "partnership-formula",
        "1996-04-25",
    )


def test_the_edition_is_raised_once(folder: Path) -> None:
    assert load(folder).edition == current() == 1
