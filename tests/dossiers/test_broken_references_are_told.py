"""What cannot be followed: editors are told line and reference, readers see plain words and a note, nobody sees a 500."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError
from django.test import Client

from sinorus.dossiers.models import Dossier
from sinorus.publishing.models import OldSlug
from tests import records as make

pytestmark = pytest.mark.django_db

BROKEN = """A line.

It [[event:never-was|happened]] and [[evnt:zhenbao-1969]],
[[treaty:alliance-1950#article-99|here]] and [[event:hidden-event]] and [[event:zhenbao-1969
and so.[@nobody, p. 3; @hidden-source] Then [@ a-study].

[[event:never-was]]
"""


def problems(body: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.reference, one.message) for one in make.dossier("broken", body).problems()]


def test_each_problem_has_its_line_and_its_reference(world: Any) -> None:
    found = [(line, reference, message.split(";")[0]) for line, reference, message in problems(BROKEN)]
    assert found == [
        (3, "[[event:never-was|happened]]", "there is no record of this slug"),
        (3, "[[evnt:zhenbao-1969]]", "there is no type of this name"),
        (4, "[[event:zhenbao-1969", "not understood"),
        (4, "[[treaty:alliance-1950#article-99|here]]", "the record has no such article"),
        (4, "[[event:hidden-event]]", "the record is a draft"),
        (5, "[@", "not understood"),
        (5, "[@nobody]", "there is no record of this slug"),
        (5, "[@hidden-source]", "the record is a draft"),
        (7, "[[event:never-was]]", "there is no record of this slug"),
    ]


def test_readers_see_plain_words_and_why(reader: Client, world: Any) -> None:
    make.dossier("broken", BROKEN)
    body = reader.get("/dossiers/broken/")
    assert body.status_code == 200
    html = body.content.decode()
    assert '<span class="missing">happened <span class="missing-note">(record not available)</span></span>' in html
    assert "never-was" not in html
    assert "hidden-" not in html
    assert "nobody" not in html
    assert "2 sources named here are not available." in html
    assert 'href="/treaties/alliance-1950/#article-99"' in html


def test_an_old_slug_still_works_and_is_told(world: Any) -> None:
    OldSlug.objects.create(record_type="event", slug="damansky", record_id=world.clash_1969.pk)
    [(line, reference, message)] = problems("It was [[event:damansky|there]].")
    assert (line, reference) == (1, "[[event:damansky|there]]")
    assert "zhenbao-1969" in message
    assert Dossier.objects.get(slug="broken").mentions.get().event == world.clash_1969


def test_saving_in_the_admin_warns_and_saves(publisher: Client, world: Any) -> None:
    form = {"title": "Of late", "slug": "of-late", "summary": "S.", "status": "published", "body": BROKEN}
    answer = publisher.post("/admin/dossiers/dossier/add/", {**form, "_continue": "1"})
    assert answer.status_code == 302, answer.context_data["adminform"].form.errors
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    assert any(one.startswith("Line 3: [[event:never-was|happened]]: ") for one in told)
    page = publisher.get(answer["Location"]).content.decode()
    assert "Line 3: [[evnt:zhenbao-1969]]" in page


def test_a_sound_dossier_warns_of_nothing(publisher: Client, world: Any) -> None:
    form = {"title": "Of late", "slug": "of-late", "summary": "S.", "status": "published", "body": "It was [[event:zhenbao-1969]]."}
    answer = publisher.post("/admin/dossiers/dossier/add/", form)
    assert [one.level_tag for one in get_messages(answer.wsgi_request)] == ["success"]


def test_publishing_wants_a_summary_and_a_text(publisher: Client, world: Any) -> None:
    form = {"title": "Empty", "slug": "empty", "summary": "", "status": "published", "body": ""}
    errors = publisher.post("/admin/dossiers/dossier/add/", form).context_data["adminform"].form.errors
    assert "summary" in errors
    errors = publisher.post("/admin/dossiers/dossier/add/", {**form, "summary": "S."}).context_data["adminform"].form.errors
    assert "body" in errors


def check(*args: str) -> tuple[bool, str]:
    out = StringIO()
    try:
        call_command("check_dossiers", *args, stdout=out)
    except CommandError as error:
        return False, out.getvalue() + str(error)
    return True, out.getvalue()


def test_the_command_lists_them_and_fails(world: Any) -> None:
    make.dossier("sound", "It was [[event:zhenbao-1969]] on 2 March 1969.")
    make.dossier("broken", BROKEN)
    well, told = check()
    assert not well
    assert "broken: Line 3: [[event:never-was|happened]]: there is no record of this slug" in told
    assert check("sound") == (True, "Nothing to mend.\n")
    assert check("nowhere") == (False, "There is no dossier nowhere.")
    assert check("sound", "--facts")[0]
    make.dossier("bare", "It was war in 1969. So it was said.")
    assert "bare: line 1 rests on nothing: It was war in 1969." in check("bare", "--facts")[1]


def test_mend_finds_records_made_since(reader: Client, world: Any) -> None:
    made = make.dossier("broken", "It was [[event:made-later|later]].")
    make.event("made-later")
    assert "/events/made-later/" not in reader.get("/dossiers/broken/").content.decode()
    edition = reader.get("/dossiers/broken/")["X-Edition"]
    assert check("broken", "--mend")[0]
    after = reader.get("/dossiers/broken/")
    assert "/events/made-later/" in after.content.decode()
    assert int(after["X-Edition"]) == int(edition) + 1
    check("broken", "--mend")
    assert reader.get("/dossiers/broken/")["X-Edition"] == after["X-Edition"]
    assert made.mentions.count() == 1


def test_what_is_named_cannot_be_deleted_unnoticed(world: Any) -> None:
    for record in (world.clash_1969, world.study):
        with pytest.raises(ProtectedError):
            record.delete()


def test_marks_of_our_own_cannot_be_forged(reader: Client, world: Any) -> None:
    body = "A \ue0000\ue001, &#xE000;0&#xE001; `\ue0000\ue001` [[event:zhenbao-1969|x\ue0000\ue001]].\n\n    \ue0000\ue001\n"
    make.dossier("forged", body)
    html = reader.get("/dossiers/forged/").content.decode()
    assert len(re.findall('class="named', html)) == 1
    assert "\ue000" not in html.replace("x\ue0000\ue001", "")
