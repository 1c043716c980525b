"""Crawlers reach every record in every language, with the day of its last change, and are kept out of combinations of filters."""

from __future__ import annotations

import re
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from sinorus.publishing.models import record_types
from tests.catalogues import body_of
from tests.often import often

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(reader: Client) -> dict[str, ElementTree.Element]:
    """Every address of the site map with its element."""
    found = {}
    for loc in ElementTree.fromstring(body_of(reader.get("/sitemap.xml"))).iterfind("s:sitemap/s:loc", SPACE):
        answer = reader.get(loc.text.removeprefix("http://testserver"))
        assert answer["Content-Type"].startswith("application/xml")
        found |= {url.find("s:loc", SPACE).text: url for url in ElementTree.fromstring(body_of(answer)).iterfind("s:url", SPACE)}
    return found


def test_every_record_is_in_the_site_map_in_three_languages(reader: Client, world: Any) -> None:
    found = sitemap(reader)
    for model in record_types().values():
        for record in model.objects.public():
            for prefix in ("", "/zh", "/ru"):
                url = found[f"http://testserver{prefix}{record.get_absolute_url()}"]
                assert url.find("s:lastmod", SPACE).text.startswith(record.updated.date().isoformat())
                others = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", SPACE)}
                assert set(others) == {"en", "zh-Hans", "ru"}
                assert others["zh-Hans"] == f"http://testserver/zh{record.get_absolute_url()}"
    assert not [address for address in found if "hidden-" in address or "?" in address]


def test_every_address_of_the_site_map_answers(reader: Client, world: Any) -> None:
    for address in list(sitemap(reader))[:: often(1, 4)]:
        assert reader.get(address.removeprefix("http://testserver")).status_code == 200, address
    assert reader.get("/sitemaps/events-2.xml").status_code == 200
    assert reader.get("/sitemaps/nothing-1.xml").status_code == 404
    assert reader.get("/sitemaps/events-0.xml").status_code == 404


def test_robots_are_kept_out_of_combinations_only(reader: Client, world: Any) -> None:
    text = reader.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    rules = [(kind == "Allow", re.escape(path).replace(r"\*", ".*")) for kind, path in re.findall(r"^(Allow|Disallow): (\S+)$", text, re.M)]

    def allowed(path: str) -> bool:
        """RFC 9309: the longest rule that fits decides, and of equal ones the one that allows."""
        fitting = [(len(rule), allows) for allows, rule in rules if re.match(rule, path)]
        return max(fitting)[1] if fitting else True

    for path in (
        "/",
        "/events/",
        "/zh/events/yeltsin-in-beijing-1996/",
        "/events/?page=3",
        "/data/",
        "/events.csv",
        "/llms.txt",
        "/api/v1/",
        "/changes/",
    ):
        assert allowed(path), path
    for path in (
        "/events/?state=china",
        "/ru/treaties/?kind=treaty&page=2",
        "/api/v1/events/?q=x",
        "/admin/",
        "/embed/event/x/",
        "/zh/changes/?page=2",
    ):
        assert not allowed(path), path
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    assert parser.can_fetch("*", "http://testserver/events/zhenbao-1969/")


def test_links_that_change_the_question_are_not_to_be_followed(reader: Client, world: Any) -> None:
    body = reader.get("/events/?state=china&theme=border").content.decode()
    chips = re.findall(r'<a class="chip"[^>]*>', body)
    assert chips and all('rel="nofollow"' in chip for chip in chips)
    assert '<meta name="robots" content="noindex">' in body


def test_the_guide_for_language_models_leads_somewhere(reader: Client, world: Any) -> None:
    answer = reader.get("/llms.txt")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith("# sinorus\n\n> ")
    links = re.findall(r"\]\(http://testserver(/[^)]*)\)", text)
    assert len(links) > 15
    for link in links:
        assert reader.get(link).status_code == 200, link
