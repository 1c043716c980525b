"""BibTeX, RIS, CSL-JSON and JSON-LD are read by the programs of others, with every sign and all three scripts as they were."""

from __future__ import annotations

import json
from typing import Any

import bibtexparser
import pytest
import rdflib
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.test import Client
from pyld import jsonld

from sinorus.sources.models import Source
from tests import records as make
from tests.catalogues import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NASTY = r'50% & #1_of $2 {braces} a~b c^d back\slash "quoted"'
SCHEMA = rdflib.Namespace("https://schema.org/")


@pytest.fixture
def hard(world: Any) -> list[Source]:
    """Sources with every sign that means something to a format, and in three scripts."""
    usual = {
        "standing": "scholarship",
        "url": "https://example.org/a?b=1&c=%E4%B8%AD#d_e",
        "container": "Science & Society",
        "kind": "article-journal",
    }
    book = usual | {"original_title": "外交十记", "kind": "book", "authors": "钱, 其琛", "language": "zh", "issued": "2003"}
    news = usual | {"kind": "article-newspaper", "language": "ru", "issued": "1996-04-25"}
    return [
        make.source("nasty", title=NASTY, authors="O'Neil & Sons\nde Haas, Marcel", number="5 (3)", **usual),
        make.source("chinese", title="Ten stories", **book),
        make.source("russian", title="Россия и Китай: «партнёрство»", **news),
    ]


def entries(reader: Client) -> dict[str, dict[str, str]]:
    library = bibtexparser.parse_string(body_of(reader.get("/sources.bib")).decode(), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    return {entry.key: {name: field.value for name, field in entry.fields_dict.items()} for entry in library.entries}


def test_bibtex_is_read_with_every_sign_in_its_place(reader: Client, hard: list[Source]) -> None:
    found = entries(reader)
    nasty, chinese, russian = (found[source.public_id] for source in hard)
    assert set(found) == {source.public_id for source in Source.objects.public()}
    assert (nasty["title"].replace("ˆ", "^"), nasty["journal"]) == (NASTY, "Science & Society")  # it decodes ^ as a letter
    assert nasty["author"] == "O'Neil & Sons and de Haas, Marcel"
    assert (nasty["volume"], nasty["number"]) == ("5", "3")
    assert (chinese["title"], chinese["titleaddon"], chinese["author"]) == ("外交十记", "Ten stories", "钱, 其琛")
    assert (russian["title"], russian["year"], russian["date"]) == ("Россия и Китай: «партнёрство»", "1996", "1996-04-25")


def test_an_address_in_bibtex_is_the_address(reader: Client, hard: list[Source]) -> None:
    assert "url = {https://example.org/a?b=1&c=%E4%B8%AD#d_e}" in body_of(reader.get("/sources/nasty.bib")).decode()


def test_ris_is_read_with_every_sign_in_its_place(reader: Client, hard: list[Source]) -> None:
    read = {one["id"]: one for one in rispy.loads(body_of(reader.get("/sources.ris")).decode())}
    nasty, chinese, russian = (read[source.public_id] for source in hard)
    assert (nasty["type_of_reference"], nasty["title"]) == ("JOUR", NASTY)
    assert nasty["authors"] == ["O'Neil & Sons", "de Haas, Marcel"]
    assert (chinese["title"], chinese["translated_title"]) == ("外交十记", "Ten stories")
    assert (russian["year"], russian["date"], russian["urls"]) == ("1996", "1996/04/25/", ["https://example.org/a?b=1&c=%E4%B8%AD#d_e"])


def test_no_line_of_a_title_becomes_a_line_of_ris(reader: Client, world: Any) -> None:
    make.source("broken", title="One\nER  - \nTY  - BOOK", summary="x")
    assert len(rispy.loads(body_of(reader.get("/sources/broken.ris")).decode())) == 1


def test_csl_json_is_what_csl_calls_it(reader: Client, hard: list[Source]) -> None:
    items = {item["id"]: item for item in json.loads(body_of(reader.get("/sources.csl.json")))}
    russian = items[hard[2].public_id]
    assert (russian["type"], russian["title"], russian["issued"]) == (
        "article-newspaper",
        "Россия и Китай: «партнёрство»",
        {"date-parts": [[1996, 4, 25]]},
    )


def test_an_empty_list_is_a_list_in_every_form(reader: Client, world: Any) -> None:
    address = "/sources{}?origin=chinese"
    assert json.loads(body_of(reader.get(address.format(".csl.json")))) == []
    assert body_of(reader.get(address.format(".bib"))) == body_of(reader.get(address.format(".ris"))) == b""


def test_a_record_names_the_edition_and_its_permanent_address(reader: Client, world: Any) -> None:
    (item,) = reader.get("/events/yeltsin-in-beijing-1996.csl.json").json()
    assert item["URL"] == f"http://testserver/id/{world.visit_1996.public_id}"
    assert item["container-title"] == "sinorus, edition 7"
    assert item["title"] == "Yeltsin visits Beijing"
    (chinese,) = reader.get("/events/yeltsin-in-beijing-1996.csl.json?lang=zh").json()
    assert (chinese["title"], chinese["language"]) == ("叶利钦访问北京", "zh")


def graph(reader: Client, address: str) -> rdflib.Graph:
    found = rdflib.Graph()
    found.parse(data=body_of(reader.get(address)).decode(), format="json-ld")
    return found


def test_linked_data_is_read_without_fetching_anything(reader: Client, world: Any) -> None:
    told = graph(reader, "/events/yeltsin-in-beijing-1996.jsonld")
    event = rdflib.URIRef(f"http://testserver/id/{world.visit_1996.public_id}")
    assert (event, rdflib.RDF.type, SCHEMA.Event) in told
    names = {(str(name), name.language) for name in told.objects(event, SCHEMA.name)}
    assert names == {("Yeltsin visits Beijing", "en"), ("叶利钦访问北京", "zh-Hans"), ("Визит Ельцина в Пекин", "ru")}
    assert str(told.value(event, SCHEMA.startDate)) == "1996-04-25"
    (expanded,) = jsonld.expand(reader.get("/events/yeltsin-in-beijing-1996.jsonld").json())
    assert expanded["@type"] == ["https://schema.org/Event"]


def test_an_imprecise_date_is_never_told_as_a_precise_one(reader: Client, world: Any) -> None:
    told = graph(reader, "/events/the-split.jsonld")
    event = rdflib.URIRef(f"http://testserver/id/{world.split.public_id}")
    assert told.value(event, SCHEMA.startDate) is None
    edtf = told.value(event, SCHEMA.additionalProperty)
    assert (str(told.value(edtf, SCHEMA.propertyID)), str(told.value(edtf, SCHEMA.value))) == ("EDTF", world.split.date.edtf)


@pytest.mark.parametrize(
    ("address", "type_"),
    [
        ("/treaties/alliance-1950", "Legislation"),
        ("/treaties/joint-statement-1996", "CreativeWork"),
        ("/actors/boris-yeltsin", "Person"),
        ("/actors/china", "Country"),
        ("/places/beijing", "Place"),
        ("/themes/border", "DefinedTerm"),
        ("/partnership/strategic-partnership", "DefinedTerm"),
        ("/sources/a-study", "Book"),
        ("/assessments/mao-on-border", "Claim"),
        ("/dossiers/the-partnership", "Article"),
    ],
)
def test_every_type_of_record_is_something_of_schema_org(reader: Client, world: Any, address: str, type_: str) -> None:
    (expanded,) = jsonld.expand(reader.get(f"{address}.jsonld").json())
    assert expanded["@type"] == [f"https://schema.org/{type_}"]
