"""Pages speak three languages, told by the address; links stay in the language; data has none in its address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("prefix", "lang", "title"),
    [("", "en", "Yeltsin visits Beijing"), ("/zh", "zh-Hans", "叶利钦访问北京"), ("/ru", "ru", "Визит Ельцина в Пекин")],
)
def test_a_page_in_each_language(reader: Client, world: Any, prefix: str, lang: str, title: str) -> None:
    answer = reader.get(f"{prefix}/events/yeltsin-in-beijing-1996/")
    page = answer.content.decode()
    assert answer["Content-Language"] == lang
    assert f'<html lang="{lang}"' in page
    assert re.search(rf'<h1[^>]*lang="{lang}"[^>]*>{title}', page)


def test_what_has_no_title_in_the_language_says_which_it_is_in(reader: Client, world: Any) -> None:
    assert re.search(r'<h1[^>]*lang="en"[^>]*>Zhenbao 1969', reader.get("/ru/events/zhenbao-1969/").content.decode())


def test_links_stay_in_the_language_but_for_data(reader: Client, world: Any) -> None:
    page = reader.get("/zh/events/?kind=summit").content.decode()
    links = set(re.findall(r'href="(/[^"]*)"', page))
    pages = {link for link in links if not re.match(r"/(static|api|admin|id)/|/[^?]*\.\w+(\?|$)", link)}
    assert {link for link in pages if not link.startswith("/zh/")} <= {"/events/?kind=summit", "/ru/events/?kind=summit"}
    assert "/events.csv?kind=summit&lang=zh" in {link.replace("&amp;", "&") for link in links}


@pytest.mark.parametrize(
    "address", ["/zh/api/v1/", "/ru/events.csv", "/zh/healthz", "/zh/admin/", "/en/events/", "/de/events/", "/zh/zh/events/"]
)
def test_data_and_the_admin_have_no_language_in_their_address(reader: Client, world: Any, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_each_page_names_its_translations(reader: Client, world: Any) -> None:
    page = reader.get("/ru/events/?kind=summit").content.decode()
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]*)"', page))
    assert {lang: url.removeprefix("http://testserver") for lang, url in found.items()} == {
        "x-default": "/events/?kind=summit",
        "en": "/events/?kind=summit",
        "zh-Hans": "/zh/events/?kind=summit",
        "ru": "/ru/events/?kind=summit",
    }


@pytest.mark.parametrize(("accepted", "title"), [("", "Events"), ("zh-CN,en;q=0.5", "事件"), ("ru", "События"), ("de", "Events")])
def test_the_admin_speaks_as_the_editors_browser_asks(publisher: Client, world: Any, accepted: str, title: str) -> None:
    page = publisher.get("/admin/events/event/", headers={"accept-language": accepted}).content.decode()
    assert re.search(rf"<a[^>]*>{title}</a>", page)


def test_facets_are_labelled_in_the_language(reader: Client, world: Any) -> None:
    assert "苏联" in reader.get("/zh/events/").content.decode()
    assert "Советский Союз" in reader.get("/ru/events/").content.decode()
