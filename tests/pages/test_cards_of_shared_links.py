"""Cards: a PNG of the size that is asked for, in three scripts, of what is public and of nothing else."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from sinorus.pages import cards
from sinorus.publishing.models import Edition
from sinorus.publishing.views import record_models

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def picture(answer: Any) -> Image.Image:
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("lang", ["en", "zh", "ru"])
def test_a_card_is_a_picture_of_the_right_size_and_light(reader: Client, world: Any, lang: str) -> None:
    answer = reader.get(f"/cards/event/yeltsin-in-beijing-1996.png?lang={lang}")
    assert picture(answer).size == (1200, 630)
    assert len(answer.content) < 60_000
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin" and not answer.cookies


def test_languages_make_different_cards(reader: Client, world: Any) -> None:
    assert len({reader.get(f"/cards/event/yeltsin-in-beijing-1996.png?lang={lang}").content for lang in ("en", "zh", "ru")}) == 3


def test_every_type_of_record_has_cards_and_no_draft_has(reader: Client, world: Any) -> None:
    for model in record_models().values():
        name = model._meta.model_name
        picture(reader.get(f"/cards/{name}/{model.objects.public().first().slug}.png"))
        draft = model.objects.exclude(status="published").first()
        assert reader.get(f"/cards/{name}/{draft.slug}.png").status_code == 404
    assert reader.get("/cards/user/admin.png").status_code == 404
    assert reader.get("/cards/no-such-page.png").status_code == 404


def test_a_place_that_is_a_draft_is_not_on_the_card(world: Any) -> None:
    world.clash_1969.place = world.draft_place
    assert cards.of(world.clash_1969).foot == ""
    assert cards.of(world.visit_1996).foot == "Beijing"


def test_a_title_that_the_fonts_cannot_write_is_given_in_english(world: Any) -> None:
    from django.utils import translation

    with translation.override("zh-hans"):
        assert cards.of(world.visit_1996).title == "叶利钦访问北京"
        world.visit_1996.title_zh = "𠮷田訪問"  # a character beyond what any of the fonts has
        assert cards.of(world.visit_1996).title == "Yeltsin visits Beijing"


@pytest.mark.parametrize("text", ["“Françoise” — 1996 …", "Ельцин и Цзян Цзэминь: «партнёрство»", "中俄睦邻友好合作条约（2001年）"])
def test_the_fonts_write_three_scripts(text: str) -> None:
    assert cards.written(text)
    assert not cards.written("ሰላም")


def test_a_letter_whose_mark_the_font_lacks_loses_the_mark_alone() -> None:
    assert cards._fitted("Ceaușescu")[2] == ["Ceausescu"]


@pytest.mark.parametrize("title", ["W" * 300, "партнёрство " * 40, "中俄全面战略协作伙伴关系，" * 30, "a"])
def test_a_long_title_stays_on_its_card(title: str) -> None:
    face, size, lines = cards._fitted(title)
    assert len(lines) * size <= cards.ROOM
    if " " in title.strip() or face == "zh":
        assert all(cards._font(face, size).getlength(line) <= cards.RIGHT - cards.LEFT + size for line in lines)
    if face == "zh":
        assert not any(line[0] in cards.NOT_AT_START for line in lines)
    assert Image.open(io.BytesIO(cards.draw(cards.Card("Summit", "1996", title, "")))).size == (1200, 630)


def test_a_card_is_drawn_once_an_edition(reader: Client, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[cards.Card] = []
    draw = cards.draw
    monkeypatch.setattr(cards, "draw", lambda card: drawn.append(card) or draw(card))
    cache.clear()
    for _time in range(3):
        reader.get("/cards/event/yeltsin-in-beijing-1996.png")
    assert len(drawn) == 1
    Edition.objects.filter(pk=1).update(number=99)
    reader.get("/cards/event/yeltsin-in-beijing-1996.png")
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("address", "title", "card"),
    [
        ("/events/yeltsin-in-beijing-1996/", "Yeltsin visits Beijing", "/cards/event/yeltsin-in-beijing-1996.png"),
        ("/zh/events/yeltsin-in-beijing-1996/", "叶利钦访问北京", "/cards/event/yeltsin-in-beijing-1996.png?lang=zh"),
        ("/dossiers/the-partnership/", "The partnership", "/cards/dossier/the-partnership.png"),
        ("/map/?kind=summit", "Map", "/cards/map.png"),
        ("/", "Chinese–Russian relations, dated and sourced", "/cards/home.png"),
        ("/search/?q=x", "Chinese–Russian relations, dated and sourced", "/cards/home.png"),
    ],
)
def test_pages_name_their_card_by_its_whole_address(reader: Client, world: Any, address: str, title: str, card: str) -> None:
    page = reader.get(address).content.decode()
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', page))
    assert told["og:title"] == title and told["og:image"] == f"http://testserver{card}"
    assert told["og:url"] == f"http://testserver{address.partition('?')[0]}" and told["twitter:card"] == "summary_large_image"
    picture(reader.get(card))


def test_what_is_no_page_names_no_card(reader: Client, world: Any) -> None:
    assert b"og:image" not in reader.get("/no-such-page/").content
