"""Cards: framed by anybody, needing no script, found by oEmbed; and nothing else may be framed."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from sinorus.publishing.models import record_types
from tests.headers import faults_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CARD = "/embed/event/yeltsin-in-beijing-1996/"
PAGE = "http://testserver/events/yeltsin-in-beijing-1996/"


def oembed(reader: Client, url: str, **more: Any) -> Any:
    return reader.get("/oembed", {"url": url, **more})


def test_every_record_has_a_card(reader: Client, world: Any) -> None:
    for name, model in record_types().items():
        record = model.objects.public().first()
        answer = reader.get(f"/embed/{name}/{record.slug}/")
        assert answer.status_code == 200, name
        assert record.title in unescape(answer.content.decode())
    assert reader.get("/embed/event/hidden-event/").status_code == 404
    assert reader.get("/embed/nothing/x/").status_code == 404


def test_only_cards_may_be_framed(reader: Client, world: Any) -> None:
    for address in (CARD, "/zh" + CARD, "/embed/events/?state=china"):
        answer = reader.get(address)
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert "noindex" in answer["X-Robots-Tag"]
    for address in ("/", "/events/", "/events/yeltsin-in-beijing-1996/", "/events.csv", "/api/v1/events/", "/data/", "/receipts/events/"):
        answer = reader.get(address)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], address
        assert answer["X-Frame-Options"] == "DENY", address


def test_a_card_says_itself_who_may_frame_it(reader: Client, world: Any, settings: Any) -> None:
    """Of an answer that is kept there is nothing but what it says itself; and when nothing has changed nothing else is said of it."""
    unchanged = reader.get(CARD, headers={"If-None-Match": reader.get(CARD)["ETag"]})
    assert unchanged.status_code == 304 and not faults_in(unchanged)
    inner = ("csp.", "django.middleware.clickjacking.")
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.startswith(inner)]
    for address in (CARD, "/embed/events/?state=china", "/embed/events/?state=nowhere"):
        assert not faults_in(Client().get(address))


def test_a_card_needs_no_script_and_leads_out_of_its_frame(reader: Client, world: Any) -> None:
    for address in (CARD, "/embed/events/"):
        body = reader.get(address).content.decode()
        assert "<script" not in body
        links = re.findall(r"<a [^>]*>", body)
        assert links and all('target="_blank"' in link and 'rel="noopener"' in link for link in links)


def test_a_card_says_date_title_and_edition_in_the_language_asked_for(reader: Client, world: Any) -> None:
    body = reader.get("/zh" + CARD).content.decode()
    assert "叶利钦访问北京" in body and "1996年4月25日" in body
    answer = reader.get(CARD)
    assert "25 April 1996" in answer.content.decode() and f"edition {answer['X-Edition']}" in answer.content.decode()


def test_a_list_is_a_short_chronicle(reader: Client, world: Any) -> None:
    body = reader.get("/embed/events/?theme=border&sort=date").content.decode()
    dates = [body.index(title) for title in ("Talks at nerchinsk", "Zhenbao 1969")]
    assert dates == sorted(dates)
    assert "Theme: Border" in body
    assert 'href="http://testserver/events/?theme=border&amp;sort=date"' in body
    assert reader.get("/embed/events/?kind=pact").status_code == 400


def test_pages_say_where_their_card_is(reader: Client, world: Any) -> None:
    (link,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', reader.get(PAGE).content.decode())
    told = reader.get(unescape(link).removeprefix("http://testserver")).json()
    assert told["type"] == "rich" and told["version"] == "1.0"
    assert told["title"] == "Yeltsin visits Beijing"
    assert f'src="http://testserver{CARD}"' in told["html"]
    assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]


def test_oembed_keeps_to_the_room_there_is(reader: Client, world: Any) -> None:
    told = oembed(reader, PAGE, maxwidth=300, maxheight=120).json()
    assert (told["width"], told["height"]) == (300, 120)
    assert oembed(reader, PAGE, maxwidth=5_000).json()["width"] == 480


def test_oembed_knows_lists_and_languages(reader: Client, world: Any) -> None:
    told = oembed(reader, "http://testserver/ru/events/?state=china").json()
    assert 'src="http://testserver/ru/embed/events/?state=china"' in told["html"]
    assert oembed(reader, PAGE.replace("/events", "/zh/events")).json()["title"] == "叶利钦访问北京"


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://example.org/events/yeltsin-in-beijing-1996/", 404),
        ("http://testserver/events/hidden-event/", 404),
        ("http://testserver/events/never-was/", 404),
        ("http://testserver/about/", 404),
        ("http://testserver/nowhere/at/all", 404),
        ("javascript:alert(1)", 404),
        ("http://[", 404),
        ("x" * 3_000, 400),
        ("", 400),
    ],
)
def test_oembed_refuses_what_is_no_page_with_a_card(reader: Client, world: Any, url: str, status: int) -> None:
    assert oembed(reader, url).status_code == status
    assert oembed(reader, PAGE, format="xml").status_code == 501
    assert oembed(reader, PAGE, maxwidth="wide").status_code == 400


def test_a_title_cannot_break_out_of_the_frame(reader: Client, world: Any) -> None:
    type(world.visit_1996).objects.filter(pk=world.visit_1996.pk).update(title='"><script>alert(1)</script>')
    html = oembed(reader, PAGE).json()["html"]
    assert "<script>" not in html
    assert "<script>" not in reader.get(CARD).content.decode()
    assert reader.get(f"/oembed?url={quote(PAGE)}&utm_source=x").status_code == 200
