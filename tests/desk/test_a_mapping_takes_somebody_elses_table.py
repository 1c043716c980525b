"""A mapping file brings in somebody else's table: dates of their form, names instead of slugs, phrases read backwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from events.models import Event
from sinorus.corpus.files import CorpusError
from sinorus.desk.mapping import Mapping
from sinorus.desk.tables import TableError
from sinorus.desk.templates import unfill, unfill_all
from sinorus.sources.models import Source
from sinorus.vocab.models import Actor, Place
from tests.desk.importing import imported, planned, table, told
from treaties.models import Treaty

pytestmark = pytest.mark.django_db
VISITS = """
records: events
slug: "talks-{no}"
parse:
  what: ["{who} went to {where} and saw {met}", "{who} went to {where}", "{headline} ({where})"]
columns:
  precise: {from: "{day}", values: {66: ""}}
fields:
  title: {from: "{what}", shorten: 40}
  kind: {from: "{what}", containing: {went to: visit, phone: meeting}, otherwise: statement}
  date: {from: "{year}-{month}-{precise}", dates: ["%Y-%m-%d", "%Y-%m-", "%Y--"]}
  place: {from: "{where}", values: {Peking: beijing, at sea: ""}, create: {kind: city}}
  themes: {from: "{about}", split: ",", values: {frontier: border}}
  participants:
    - actor: {from: "{who}", create: {kind: person, side: chinese}}
    - {each: "{met}", like: "{name} ({office})", actor: {from: "{name}", create: {kind: person}}, office: "{office}"}
  citations:
    - {source: the-list, locator: "no. {no}"}
create:
  sources:
    the-list: {title: The list, kind: document}
"""
ROW = {"no": "1", "year": "1996", "month": "4", "day": "25", "what": "", "about": ""}
FULL = {
    **ROW,
    "what": "Jiang Zemin went to Moscow and saw Boris Yeltsin (President) Ivan Petrov (Mayor of Moscow)",
    "about": "frontier, Trade",
}


def test_names_are_found_and_what_is_unknown_is_made_as_a_draft(world: Any) -> None:
    imported(table(FULL), mapping=VISITS)
    event = Event.objects.get(slug="talks-1")
    assert (event.status, event.kind, event.date.edtf, event.place) == ("draft", "visit", "1996-04-25", world.moscow)
    assert event.title == "Jiang Zemin went to Moscow and saw…"
    assert [(one.actor.slug, one.office) for one in event.participations.all()] == [
        ("jiang-zemin", ""),
        ("boris-yeltsin", "President"),
        ("ivan-petrov", "Mayor of Moscow"),
    ]
    assert {theme.slug for theme in event.themes.all()} == {"border", "trade"}
    assert [(one.source.slug, one.locator) for one in event.citations.all()] == [("the-list", "no. 1")]
    made = Actor.objects.get(slug="ivan-petrov")
    assert (made.title, made.kind, made.status) == ("Ivan Petrov", "person", "draft")
    assert Source.objects.get(slug="the-list").status == "draft"


def test_the_same_name_in_two_rows_keeps_what_stands_beside_it_in_each(world: Any) -> None:
    each = '{each: "{met}", split: ";", actor: "{item}", office: "{rank}", role: {from: "{as}"}}'
    mapping = f'{{records: events, slug: "talks-{{no}}", fields: {{title: "{{no}}", kind: visit, date: "1996", participants: [{each}]}}}}'
    met = {"met": "Jiang Zemin; Boris Yeltsin"}
    imported(table({"no": "1", "rank": "President", "as": "host", **met}, {"no": "2", "rank": "", "as": "guest", **met}), mapping=mapping)
    found = Event.objects.filter(slug__in=["talks-1", "talks-2"]).order_by("slug", "participations__position")
    assert list(found.values_list("slug", "participations__actor__slug", "participations__office", "participations__role")) == [
        ("talks-1", "jiang-zemin", "President", "host"),
        ("talks-1", "boris-yeltsin", "President", "host"),
        ("talks-2", "jiang-zemin", "", "guest"),
        ("talks-2", "boris-yeltsin", "", "guest"),
    ]


@pytest.mark.parametrize(("create", "title"), [("{kind: person}", "Ivan Petrov"), ('{kind: person, title: "Dr {item}"}', "Dr Ivan Petrov")])
def test_a_second_import_finds_what_the_first_one_made(world: Any, create: str, title: str) -> None:
    mapping = VISITS.replace("create: {kind: person}", f"create: {create}")
    imported(table(FULL), mapping=mapping)
    assert imported(table(FULL), mapping=mapping).counts == {"unchanged": 1}
    assert Actor.objects.filter(title__endswith="Ivan Petrov").values_list("title", flat=True).get() == title


@pytest.mark.parametrize(("cells", "edtf"), [({"day": "66"}, "1996-04"), ({"month": "", "day": ""}, "1996"), ({"day": "3"}, "1996-04-03")])
def test_a_date_is_as_precise_as_its_cells(world: Any, cells: dict[str, str], edtf: str) -> None:
    imported(table({**FULL, **cells}), mapping=VISITS)
    assert Event.objects.get(slug="talks-1").date.edtf == edtf


def test_every_refused_row_says_why_in_the_columns_of_the_file(world: Any) -> None:
    Place.objects.filter(slug="shanghai").update(title="Moscow")
    wrong = told(
        planned(
            table(
                {**FULL, "month": "13"},
                {**FULL, "no": "2", "about": "weather"},
                {**FULL, "no": "2"},
                {**ROW, "no": "3", "what": "Jiang Zemin went to Beijing"},
                {**ROW, "no": "", "what": "A letter (Peking)", "year": "x"},
            ),
            mapping=VISITS,
        )
    )
    assert "row 2, column year, month, precise: date: “1996-13-25” is no date of the form %Y-%m-%d or %Y-%m- or %Y--." in wrong
    assert "row 2, column where: place: “Moscow” may be moscow, shanghai. Say which under “values”." in wrong
    assert any(one.startswith("row 3, column about: themes: None of the themes is called “weather”.") for one in wrong)
    assert "row 4, column slug: “talks-2” stands already in row 3." in wrong
    assert not [one for one in wrong if one.startswith("row 5")]
    assert any(one.startswith("row 6") for one in wrong)


def test_what_only_refused_rows_asked_for_is_not_made(world: Any) -> None:
    made = planned(table({**FULL, "month": "13"}, {**ROW, "no": "2", "what": "A letter (Peking)"}), mapping=VISITS)
    assert [(line.type, line.slug, line.action) for line in made.lines] == [
        ("sources", "the-list", "create"),
        ("events", "talks-1", "error"),
        ("events", "talks-2", "create"),
    ]
    assert {task.entry.name for task in made.tasks} == {"sources/the-list", "events/talks-2"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("records: events", "records: parties"), "mapping.yaml:2: records: Say which records the rows are. Allowed: events"),
        (("  title:", "  tittle:"), "fields.tittle: Not known here. Allowed: title"),
        (("values: {frontier", "valeus: {frontier"), "fields.themes.valeus: Not known here. Allowed: from"),
        (("office: ", "ofice: "), "fields.participants[2].ofice: Not known here. Allowed: actor, role, office, each"),
        (('slug: "talks-{no}"', ""), "slug: Missing, and required"),
        (("shorten: 40", "shorten: many"), "fields.title.shorten: A number of characters is wanted here."),
        (("columns:", "columns"), "Not YAML"),
        (("the-list: {title", "the-list: {tittle"), "create.sources.the-list.tittle: Not known here."),
    ],
)
def test_a_mapping_that_is_wrong_is_told_with_line_and_what_is_allowed(change: tuple[str, str], message: str) -> None:
    with pytest.raises(CorpusError) as error:
        Mapping("mapping.yaml", VISITS.replace(*change, 1))
    assert message in str(error.value)


def test_columns_that_the_file_lacks_are_told_before_anything(world: Any) -> None:
    with pytest.raises(TableError, match="The mapping wants the columns about, year; the file has no, month, day, what"):
        planned(table({"no": "1", "month": "1", "day": "1", "what": ""}), mapping=VISITS)


def test_phrases_are_read_backwards() -> None:
    assert unfill("{a} went to {b}", "Li Peng went to Moscow") == {"a": "Li Peng", "b": "Moscow"}
    assert unfill("{a} ({b})", "The SCO (founded 2001) met (Beijing)") == {"a": "The SCO (founded 2001) met", "b": "Beijing"}
    assert unfill("On {a}: {b}.", "Of 1996: x.") is None
    assert unfill_all("{a} ({b})", "Li (PM) Hu (President) rest") == [{"a": "Li", "b": "PM"}, {"a": "Hu", "b": "President"}]
    assert unfill("{a} and {b} and {c}", "and " * 5_000) is not None  # in no time


EXAMPLES = {
    "crises": (
        {
            "crisno": "9",
            "crisname": "FINNISH BORDER",
            "yrtrig": "1919",
            "motrig": "4",
            "datrig": "20",
            "yrterm": "",
            "moterm": "",
            "daterm": "",
        },
        ("icb-9", "Finnish Border", "1919-04-20/"),
    ),
    "visits": (
        {
            "date": "2018-09-11",
            "year": "2018",
            "country": "Russia",
            "leader": "Jiang Zemin",
            "text": "Jiang Zemin was in X and met with the following: Boris Yeltsin (President)",
        },
        (
            "china-vitae-2018-09-11-jiang-zemin-2",
            "Jiang Zemin was in X and met with the following: Boris Yeltsin (President)",
            "2018-09-11",
        ),
    ),
}


@pytest.mark.parametrize("name", [*EXAMPLES])
def test_the_examples_in_the_docs_work(world: Any, name: str) -> None:
    row, (slug, title, edtf) = EXAMPLES[name]
    imported(table(row), mapping=(Path(settings.BASE_DIR) / f"docs/mappings/{name}.yaml").read_text())
    event = Event.objects.get(slug=slug)
    assert (event.title, event.date.edtf) == (title, edtf)


def test_the_example_of_instruments_works(world: Any) -> None:
    row = {"id": "7", "title": "Protocol on x", "country_name": "CHINA ; SOVIET UNION ; NETHERLANDS THE", "signed_event_date": "24/01/1950"}
    row |= {"signed_event_location": "Peking", "definative_eif_event_date": "20/08/1951", "terminated_event_date": ""}
    imported(table(row), mapping=(Path(settings.BASE_DIR) / "docs/mappings/treaties.yaml").read_text())
    treaty = Treaty.objects.get(slug="ukto-7")
    assert (treaty.kind, treaty.signed.edtf, treaty.in_force.edtf, treaty.place) == ("protocol", "1950-01-24", "1951-08-20", world.beijing)
    assert [party.actor.title for party in treaty.party_links.all()] == ["China", "Soviet Union", "Netherlands The"]
