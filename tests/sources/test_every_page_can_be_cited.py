"""Cite this: on every record, list and comparison, naming edition and day; and what reference managers read of a page."""

from __future__ import annotations

import datetime
import html
import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from tests import records as make
from tests.catalogues import body_of, catalogues

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVENT = "/events/yeltsin-in-beijing-1996/"


class Translator(HTMLParser):
    """What the generic translators of Zotero look at: meta tags, COinS, linked data."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.coins: list[dict[str, str]] = []
        self.linked: list[Any] = []
        self._data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and found.get("name"):
            self.meta.setdefault(found["name"] or "", []).append(found["content"] or "")
        if found.get("class") == "Z3988":
            self.coins.append(dict(parse_qsl(found["title"] or "")))
        self._data = tag == "script" and found.get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        self._data = False

    def handle_data(self, data: str) -> None:
        if self._data:
            self.linked.append(json.loads(data))


def read(reader: Client, address: str) -> Translator:
    found = Translator()
    found.feed(page(reader, address))
    return found


def page(reader: Client, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200, address
    return body_of(answer).decode()


def entries(body: str, block: str) -> list[str]:
    """The entries of the four styles, as plain text."""
    found = re.findall(r'<dd class="cite-entry"[^>]*>(.*?)</dd>', body[body.index(f'id="cite-{block}"') :], re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in found][:4]


def test_every_record_names_its_title_edition_and_permanent_address(reader: Client, world: Any) -> None:
    for name, catalogue in catalogues().items():
        if name == "change":
            continue
        record = catalogue.model.objects.public().first()
        found = entries(page(reader, record.get_absolute_url()), "record")
        assert len(found) == 4, name
        for entry in found:
            assert f"/id/{record.public_id}" in entry and "edition 7" in entry and "2020" in entry, entry


def test_every_list_names_what_was_asked_and_the_day(reader: Client, world: Any) -> None:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    found = entries(page(reader, "/events/?state=china&date_after=1996&utm_source=x"), "list")
    for entry in found:
        assert "State: China" in entry and "edition 7" in entry
        assert "/events/?date_after=1996&state=china" in entry and "utm_source" not in entry
    assert today.isoformat() in found[2] and today.strftime("%d.%m.%Y") in found[3]
    for name, catalogue in catalogues().items():
        assert 'id="cite-list"' in page(reader, catalogue.forms["html"]), name


def test_a_comparison_can_be_cited(reader: Client, world: Any) -> None:
    found = entries(page(reader, "/treaties/compare/?t=alliance-1950&t=good-neighbours-2001"), "page")
    assert all("Treaty of Friendship, Alliance" in entry and "t=alliance-1950&t=good-neighbours-2001" in entry for entry in found)


def test_a_question_that_was_not_understood_is_not_cited(reader: Client, world: Any) -> None:
    assert 'id="cite-list"' not in body_of(reader.get("/events/?date_after=never")).decode()


def test_a_source_is_cited_as_itself(reader: Client, world: Any) -> None:
    assert entries(page(reader, "/sources/a-study/"), "source")[2] == "ISHII A, UNITED NATIONS. A study[M]. 2005."


def test_pages_in_chinese_and_russian_cite_their_own_titles(reader: Client, world: Any) -> None:
    assert "叶利钦访问北京" in entries(page(reader, f"/zh{EVENT}"), "record")[2]
    assert "Визит Ельцина в Пекин" in entries(page(reader, f"/ru{EVENT}"), "record")[3]


def test_a_translator_finds_title_creator_and_date(reader: Client, world: Any) -> None:
    event = read(reader, EVENT)
    assert event.meta["citation_title"] == ["Yeltsin visits Beijing"]
    assert event.meta["DC.title"] == ["Yeltsin visits Beijing", "叶利钦访问北京", "Визит Ельцина в Пекин"]
    assert event.meta["citation_author"] == event.meta["DC.creator"] == ["sinorus"]
    assert (event.meta["citation_publication_date"], event.meta["DC.date"]) == (["2020/01/01"], ["2020-01-01"])
    source = read(reader, "/sources/a-study/")
    assert source.meta["citation_author"] == ["Ishii, Akira", "United Nations"]
    assert source.meta["DC.date"] == ["2005"]


def test_coins_name_the_record_and_every_source_that_it_rests_on(reader: Client, world: Any) -> None:
    titles = {one.get("rft.atitle") or one.get("rft.btitle") or one.get("rft.title") for one in read(reader, EVENT).coins}
    assert titles == {"Yeltsin visits Beijing", "Letter of 29 April 1996"}


def test_linked_data_of_the_page_is_that_of_the_file(reader: Client, world: Any) -> None:
    assert read(reader, EVENT).linked == [reader.get(f"{EVENT.rstrip('/')}.jsonld").json()]


def test_no_title_ends_the_script_that_holds_linked_data(reader: Client, world: Any) -> None:
    record = make.event("hostile", title="</script><script>alert(1)</script><!--", cites=world.study)
    assert "<script>alert" not in page(reader, record.get_absolute_url())
    (told,) = read(reader, record.get_absolute_url()).linked
    assert told["name"][0]["@value"] == record.title
