"""What an author writes and what a reader sees: links, cards, notes, contents, timeline."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from sinorus.dossiers.models import Dossier
from sinorus.dossiers.showing import show
from sinorus.search import index
from tests import records as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def shown(body: str, page: bool = True, **fields: Any) -> Any:
    made = make.dossier("for-a-test", body, **fields)
    return show(Dossier.objects.for_page().get(pk=made.pk), page=page)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_reference_without_words_has_the_title_in_the_readers_language(reader: Client, world: Any) -> None:
    for prefix, title, lang in (("", "Boris Yeltsin", "en"), ("/zh", "鲍里斯·叶利钦", "zh-Hans")):
        body = reader.get(f"{prefix}/dossiers/the-partnership/").content.decode()
        assert f'<a class="named named-actor" href="{prefix}/actors/boris-yeltsin/" lang="{lang}">{title}</a>' in body


@pytest.mark.parametrize(
    ("written", "href", "words"),
    [
        ("[[event:zhenbao-1969|the clash]]", "/events/zhenbao-1969/", "the clash"),
        ("[[treaty:alliance-1950#article-1|Article 1]]", "/treaties/alliance-1950/#article-1", "Article 1"),
        (
            "[[treaty:alliance-1950#article-1]]",
            "/treaties/alliance-1950/#article-1",
            "Treaty of Friendship, Alliance and Mutual Assistance, article 1",
        ),
        ("[[place:beijing]]", "/places/beijing/", "Beijing"),
        ("[[theme:border]]", "/themes/border/", "Border"),
        ("[[formula:strategic-partnership]]", "/partnership/strategic-partnership/", "Strategic partnership"),
        ("[[source:a-study|the study]]", "/sources/a-study/", "the study"),
        ("[[Event:zhenbao-1969|over\ntwo lines]]", "/events/zhenbao-1969/", "over two lines"),
        ('[[event:zhenbao-1969|<b>&"]]', "/events/zhenbao-1969/", "&lt;b&gt;&amp;&quot;"),
    ],
)
def test_a_reference_leads_to_the_record(world: Any, written: str, href: str, words: str) -> None:
    html = shown(f"It was {written} then.").html
    assert re.search(rf'<p>It was <a class="named [\w-]+" href="{re.escape(href)}" lang="en">{re.escape(words)}</a> then\.</p>', html), html


def test_code_is_left_as_it_is(world: Any) -> None:
    html = shown("Write `[[event:zhenbao-1969]]` and `[@a-study]`.").html
    assert "<code>[[event:zhenbao-1969]]</code>" in html
    assert "<code>[@a-study]</code>" in html


def test_a_paragraph_of_nothing_but_a_reference_is_a_card(world: Any) -> None:
    html = shown("Before.\n\n[[event:zhenbao-1969]]\n[[treaty:nerchinsk-1689]]\n\nAfter [[event:zhenbao-1969]].").html
    assert html.count('class="card ') == 2
    assert text(html).startswith("Before. 2 March 1969 Clash Zhenbao 1969 What happened: zhenbao-1969.")
    assert "<p><div" not in html
    assert "</p></p>" not in html


@pytest.mark.parametrize(
    "body", ["[[event:zhenbao-1969|with words]]", "[[actor:china]]", "- [[event:zhenbao-1969]]", "## [[event:zhenbao-1969]]"]
)
def test_other_paragraphs_are_no_cards(world: Any, body: str) -> None:
    assert 'class="card ' not in shown(body).html


def test_there_is_no_link_in_a_link(world: Any) -> None:
    html = shown("[see [[event:zhenbao-1969|the clash]]](https://example.org/)").html
    assert re.findall('href="([^"]+)"', html) == ["/events/zhenbao-1969/"]


def test_notes_are_numbered_once_and_lead_back(world: Any) -> None:
    found = shown("One.[@a-study, p. 4] Two.[@a-study, p. 5] Three.[@a-study, p. 4] Four.[@a-study, p. 4; @un-a-51-127]")
    assert [(note.number, len(note.citations), note.backs) for note in found.notes] == [
        (1, 1, ["ref-1-1", "ref-1-2"]),
        (2, 1, ["ref-2-1"]),
        (3, 2, ["ref-3-1"]),
    ]
    assert found.notes[0].citations[0] == {"source": world.study, "locator": "p. 4"}
    for note in found.notes:
        for back in note.backs:
            assert found.html.count(f'id="{back}"') == 1
    assert found.html.count('href="#note-1"') == 2


def test_the_page_shows_its_notes_whole_and_every_way_back(reader: Client, world: Any) -> None:
    body = reader.get("/dossiers/the-partnership/").content.decode()
    notes = body[body.index('<ol class="note-list">') :]
    assert "Akira Ishii" in notes
    assert re.search(r'id="note-1".*?href="#ref-1-1".*?href="#ref-1-2"', notes, re.DOTALL)
    for anchor in re.findall(r'href="#([\w-]+)"', body):
        assert body.count(f'id="{anchor}"') == 1, anchor


def test_notes_in_the_margin_hold_nothing_to_focus_and_are_hidden_from_readers_of_screens(reader: Client, world: Any) -> None:
    body = reader.get("/dossiers/the-partnership/").content.decode()
    asides = re.findall(r'<span class="side-note" aria-hidden="true">(.*?)</span></?(?:p|sup| )', body)
    assert body.count('class="side-note"') == body.count('class="side-note" aria-hidden="true"') == 3
    assert not any("<a" in aside for aside in asides)


def test_headings_make_the_contents(world: Any) -> None:
    found = shown("# One\n\n## Two *fine*\n\n### Three [[event:zhenbao-1969|clash]]\n\n## Two fine\n\n## 中国")
    assert [(heading["level"], heading["id"], heading["text"]) for heading in found.contents] == [
        (2, "section-one", "One"),
        (2, "section-two-fine", "Two fine"),
        (3, "section-three-clash", "Three clash"),
        (2, "section-two-fine-2", "Two fine"),
        (2, "section-part", "中国"),
    ]
    for heading in found.contents:
        assert f'id="{heading["id"]}"' in found.html


def test_the_timeline_holds_events_and_instruments_once_by_date(world: Any) -> None:
    found = shown(
        "[[event:zhenbao-1969]] [[treaty:alliance-1950|it]] [[event:regular-summits|x]] [[event:zhenbao-1969|again]] [[actor:china]]"
    )
    assert [record.slug for _when, record in found.timeline] == ["alliance-1950", "zhenbao-1969", "regular-summits"]


def test_a_renamed_record_is_still_found(reader: Client, publisher: Client, world: Any) -> None:
    world.clash_1969.slug = "damansky-1969"
    world.clash_1969.save()
    assert 'href="/events/damansky-1969/"' in reader.get("/dossiers/the-partnership/").content.decode()


def test_the_first_page_and_the_list_show_dossiers(reader: Client, world: Any) -> None:
    index.update([world.dossier, world.draft_dossier])
    for address in ("/", "/dossiers/", "/dossiers/?theme=partnership", "/dossiers/?q=alliance"):
        body = reader.get(address).content.decode()
        assert 'href="/dossiers/the-partnership/"' in body, address
        assert "idden dossier" not in body, address
    assert 'href="/dossiers/the-partnership/"' not in reader.get("/dossiers/?theme=trade").content.decode()
