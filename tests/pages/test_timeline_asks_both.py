"""One question to events and instruments: each answers what it knows, counts add up, and a life is met and not only a day."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.test import Client

from events.models import Event
from sinorus.pages.timeline.items import extent_of, timeline
from sinorus.pages.timeline.question import TimelineFilterSet
from sinorus.vocab.models import Theme
from tests.catalogues import body_of
from tests.records import actor, event, small_world, source, treaty
from treaties.models import Treaty

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def ask(query: str = "") -> TimelineFilterSet:
    return TimelineFilterSet(QueryDict(query), Event.objects.public())


def slugs(query: str = "") -> set[str]:
    return {item.record.slug for item in timeline(ask(query)).records}


def test_it_is_both_lists_in_order_of_time() -> None:
    small_world()
    page = timeline(ask())
    assert {(one.type, one.record.pk) for one in page.records} == {
        *(("event", pk) for pk in Event.objects.public().values_list("pk", flat=True)),
        *(("treaty", pk) for pk in Treaty.objects.public().values_list("pk", flat=True)),
    }
    firsts = [item.extent.first for item in page.records if item.extent.first]
    assert firsts == sorted(firsts)


def test_what_a_type_cannot_have_shuts_it_out_but_not_from_that_facet() -> None:
    event("meeting-at-the-top", kind="summit", importance=3)
    event("shots", kind="clash")
    treaty("border-treaty")
    question = ask("kind=summit")
    assert slugs("kind=summit") == {"meeting-at-the-top"}
    assert slugs("kind=summit&kind=treaty") == {"meeting-at-the-top", "border-treaty"}
    kinds = {bucket.value: bucket.count for facet in question.facets() if facet.name == "kind" for bucket in facet.buckets}
    assert kinds == {"summit": 1, "clash": 1, "treaty": 1}
    types = {bucket.value: bucket.count for facet in question.facets() if facet.name == "type" for bucket in facet.buckets}
    assert types == {"event": 1}
    assert slugs("importance=3") == {"meeting-at-the-top"}
    assert slugs("type=treaty&kind=summit") == set()


def test_what_is_withdrawn_is_no_value_any_more_though_it_was_asked_for_before() -> None:
    small_world()
    assert not ask("theme=border").errors
    Theme.objects.filter(slug="border").update(status="withdrawn")
    assert "theme" in ask("theme=border").errors


def test_counts_of_shared_facets_add_up() -> None:
    small_world()
    for query in ("", "state=china", "succession=1&state=russia", "theme=border&date_after=1950", "q=border", "type=event&state=china"):
        question = ask(query)
        page = timeline(question)
        assert question.count == len(page.records)
        for facet in question.facets():
            for bucket in facet.buckets:
                if not bucket.selected and not question.chosen.get(facet.name):
                    chosen = ask(f"{query}&{facet.name}={bucket.value}")
                    assert chosen.count == bucket.count, (query, facet.name, bucket.value)


def test_an_instrument_is_met_during_its_life() -> None:
    treaty("alliance", "1950-02-14", in_force="1950-04-11", terminated="1980-04-11", end="expired")
    treaty("ended", "1950", in_force="1950", terminated="1960", end="terminated")
    treaty("going-on", "1960-05-01", in_force="1960-06-01")
    treaty("later", "1976-05-01", in_force="1976-06-01")
    treaty("statement", "1974-01-01", binding="political", kind="declaration")
    treaty("silent", "1970-01-01")
    assert slugs("date_after=1975&date_before=1975") == {"alliance", "going-on", "silent"}
    assert slugs("date_after=1975&date_before=1975&date_match=certain") == {"alliance", "going-on"}
    assert slugs("date_after=1974&date_before=1974&date_match=certain") == {"alliance", "going-on", "statement"}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("1996-04-25", ("1996-04-25", "1996-04-25", "1996-04-25", "1996-04-25")),
        ("1996-04-25/1996-04-27", ("1996-04-25", "1996-04-25", "1996-04-27", "1996-04-27")),
        ("1957~/1959~", ("1957-01-01", "1957-12-31", "1959-01-01", "1959-12-31")),
        ("1996-04?", ("1996-04-01", "1996-04-30", "1996-04-01", "1996-04-30")),
    ],
)
def test_only_what_is_certain_is_solid(words: str, days: tuple[str, ...]) -> None:
    one = event("one", words)
    assert tuple(day.isoformat() for day in extent_of(one.date)) == days


def test_drafts_lend_it_neither_marks_nor_inks() -> None:
    hidden = actor("hidden", side="russian", draft=True)
    event("seen", actors=(actor("china", side="chinese"), hidden))
    event("not-seen", draft=True)
    (item,) = timeline(ask()).records
    assert (item.record.slug, item.ink) == ("seen", "chinese")


def test_lanes_hold_everything_once_or_by_each_theme() -> None:
    small_world()
    for lanes in ("type", "kind", "side", "theme"):
        page = timeline(ask(f"lanes={lanes}"))
        assert {number for item in page.records for number in item.lanes} == set(range(len(page.lanes)))
    assert ask("lanes=colour").errors["lanes"]


def test_the_file_is_a_picture_with_nothing_but_attributes(reader: Client) -> None:
    small_world()
    answer = reader.get("/timeline.svg?lanes=side&date_after=1940&date_before=2005")
    assert answer["Content-Type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(body_of(answer))
    assert not [one for one in root.iter() if "style" in one.attrib or one.tag.endswith("style")]
    assert "Yeltsin visits Beijing" in "".join(root.itertext())
    assert reader.get("/timeline.svg?date_after=soon").status_code == 400


def test_lines_tell_what_the_page_lists(reader: Client) -> None:
    small_world()
    rows = list(csv.DictReader(io.StringIO(body_of(reader.get("/timeline.csv?state=china")).decode())))
    assert [row["slug"] for row in rows] == [item.record.slug for item in timeline(ask("state=china")).records]


def test_names_from_the_record_stay_text(reader: Client) -> None:
    event("hostile", title='</text><script>alert("1")</script>', cites=source("a-source"))
    for address in ("/timeline/", "/timeline.svg"):
        assert b"<script>alert" not in body_of(reader.get(address))
    ElementTree.fromstring(body_of(reader.get("/timeline.svg")))


def test_periods_lead_from_centuries_to_months(reader: Client) -> None:
    for year in (1689, 1956, 1957):
        event(f"in-{year}", str(year))
    page = reader.get("/timeline/").content.decode()
    assert "date_after=1900&amp;date_before=1999" in page
    assert "date_after=1950&amp;date_before=1959" in reader.get("/timeline/?date_after=1900&date_before=1999").content.decode()
    assert "date_after=1956&amp;date_before=1956" in reader.get("/timeline/?date_after=1950&date_before=1959").content.decode()
    assert "date_after=1956-03&amp;date_before=1956-03" in reader.get("/timeline/?date_after=1956&date_before=1956").content.decode()


def test_no_script_imports_another_by_a_name_that_is_served_with_a_fingerprint() -> None:
    """``./other.js`` is found in development and nowhere else: the page must give the address."""
    scripts = (Path(__file__).resolve().parents[2] / "static/js").glob("*.js")
    assert not [script.name for script in scripts if re.search(r"""(from|import\()\s*["']\.""", script.read_text())]
