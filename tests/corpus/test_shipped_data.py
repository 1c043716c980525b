"""The reference data that comes with the project: whole, cited, and true to the two essays that it began with."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from events.models import Event
from sinorus.corpus.files import Entry
from sinorus.corpus.load import DATA, Report, check_files, load
from sinorus.sources.models import Assessment, Source
from sinorus.vocab.models import Actor, Formula, Place, Theme
from treaties.models import Article, Treaty

pytestmark = pytest.mark.once

# Sections of the two essays and their paragraphs; one that a page break or a quotation divides in print counts as it is cited.
ESSAYS = {
    "essay-security-partnership": {
        "The 1996 security partnership": 4,
        "Shanghai Five": 1,
        "Russia-China Summits": 5,
        "Incidences go by": 5,
        "Lessons of Kosovo crisis from the Sino-Russian point of view": 9,
    },
    "ishii-2019": {
        "introduction": 3,
        "Bitter Experiences of the Collapse of Chinese-Russian Alliance": 3,
        "Yeltsin’s Proposal: The Establishment of the Chinese-Russian Partnership": 6,
        "From ‘Constructive Partnership’ to ‘Strategic Partnership’": 8,
        "Efforts to Deepen ‘Partnership’": 4,
        "Conclusion of Chinese-Russian Treaty of Good-neighborliness, Friendship and Cooperation": 4,
        "Concluding Remarks": 4,
    },
}


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """Parsed, checked against the schema and validated by the models: it does not come to be otherwise."""
    return check_files()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Report, float]]:
    """All of it in the database, once for this module, and what the load took."""
    with django_db_blocker.unblock(), transaction.atomic():
        # The processor's time: what else the machine does is not the loader's fault.
        start = time.process_time()
        report = load()
        yield report, time.process_time() - start
        transaction.set_rollback(True)


def test_it_is_as_large_as_promised(entries: list[Entry]) -> None:
    count: dict[str, int] = defaultdict(int)
    for entry in entries:
        count[entry.type] += 1
    assert count["events"] >= 250
    assert count["treaties"] >= 70
    assert count["themes"] == 34
    assert count["formulas"] == 10


def test_the_life_of_the_instruments_that_matter_most_is_dated(entries: list[Entry]) -> None:
    """At least forty binding instruments say when they were in force, when they ended, or that they never were in force."""
    dates = ("in_force", "terminated", "unperfected")
    binding = [entry for entry in entries if entry.type == "treaties" and entry.data.get("binding") == "binding"]
    assert sum(any(entry.data.get(date) for date in dates) for entry in binding) >= 40


def test_files_stay_fit_for_editing_by_hand() -> None:
    for path in DATA.rglob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 3000, path
        assert not any("\t" in line for line in lines), path


def test_every_event_and_instrument_is_cited(entries: list[Entry]) -> None:
    assert [entry.name for entry in entries if entry.type in ("events", "treaties", "formulas") and not entry.data.get("citations")] == []


def test_accounts_disagree_about_something(entries: list[Entry]) -> None:
    """A value with a source stands in every account, and at most one value of a field is preferred."""
    for entry in entries:
        for account in entry.data.get("accounts", []):
            assert sum(value.get("preferred") == "yes" for value in account["values"]) <= 1, entry.name


def test_titles_in_three_languages_where_they_must_be(entries: list[Entry]) -> None:
    wanted = [entry for entry in entries if entry.type == "treaties" or (entry.type == "events" and entry.data.get("importance") == "3")]
    assert [entry.name for entry in wanted if not (entry.data.get("title_zh") and entry.data.get("title_ru"))] == []


def _evidence(data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        if "source" in data:
            yield data["source"], data.get("locator", "")
        for value in data.values():
            yield from _evidence(value)
    elif isinstance(data, list):
        for value in data:
            yield from _evidence(value)


def _paragraphs(source: str, locator: str) -> Iterator[tuple[str, int]]:
    """(section, paragraph) pairs of a locator such as: section “Shanghai Five”, para. 1; introduction, paras 2–3."""
    for piece in re.split(r"(?=section “)|(?=\bintroduction\b)", locator):
        section = next((name for name in ESSAYS[source] if piece.startswith((f"section “{name}”", f"{name},"))), None)
        numbers = re.search(r"\bparas?\.? (\d[\d–, and]*)", piece)
        if section and numbers:
            for first, last in re.findall(r"(\d+)(?:–(\d+))?", numbers[1]):
                for number in range(int(first), int(last or first) + 1):
                    yield section, number


def test_every_paragraph_of_the_essays_is_cited(entries: list[Entry]) -> None:
    cited: dict[str, set[tuple[str, int]]] = {source: set() for source in ESSAYS}
    for entry in entries:
        for source, locator in _evidence(entry.data):
            if source in ESSAYS:
                cited[source] |= set(_paragraphs(source, locator))
    for source, sections in ESSAYS.items():
        all_of_it = {(section, number) for section, count in sections.items() for number in range(1, count + 1)}
        assert all_of_it - cited[source] == set(), f"not cited: {source}"
        assert cited[source] - all_of_it == set(), f"no such paragraph: {source}"


def test_texts_name_nothing_that_readers_cannot_see(entries: list[Entry]) -> None:
    """No working names of the essays or the registers, no leftover of an unknown value."""
    for entry in entries:
        text = repr(entry.data)
        assert not re.search(r"ESSAY-[AB]|\bTODO\b|\bnull\b|[Tt]he register\b", text), entry.name


def test_all_of_it_loads_in_time_and_twice_is_once(loaded: tuple[Report, float], entries: list[Entry]) -> None:
    report, seconds = loaded
    assert report.total("new") == len(entries)
    assert seconds < 60
    assert not load().changed_anything


@pytest.mark.parametrize("model", [Source, Actor, Place, Theme, Formula, Assessment, Event, Treaty], ids=lambda model: model.__name__)
def test_every_record_is_public(loaded: tuple[Report, float], model: Any) -> None:
    assert model.objects.exists()
    assert model.objects.public().count() == model.objects.count()


@pytest.mark.parametrize("model", [Event, Treaty])
def test_every_published_record_rests_on_a_public_source(loaded: tuple[Report, float], model: Any) -> None:
    cited = model.objects.filter(citations__source__status="published").values("pk")
    assert list(model.objects.public().exclude(pk__in=cited).values_list("slug", flat=True)) == []


def test_every_formula_was_used_first_once(loaded: tuple[Report, float]) -> None:
    assert [formula.slug for formula in Formula.objects.all() if formula.uses.filter(first=True).count() != 1] == []


def test_instruments_and_the_events_they_were_signed_at_agree_in_time(loaded: tuple[Report, float]) -> None:
    """No instrument is signed more than a year away from its event (programmes and series span some time)."""
    for treaty in Treaty.objects.exclude(signed_at=None).select_related("signed_at"):
        event = treaty.signed_at
        assert treaty.signed.earliest and event.date.earliest
        assert abs(treaty.signed.earliest.year - event.date.earliest.year) <= 1, treaty.slug


def test_keys_of_articles_are_addresses(loaded: tuple[Report, float]) -> None:
    assert [article.key for article in Article.objects.all() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article.key)] == []
