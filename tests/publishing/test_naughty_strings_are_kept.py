"""What editors write comes back as it was written, in the form and in every form for readers, or is refused with the name of the field."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test import Client

from events.models import Event
from sinorus.publishing import slugs
from sinorus.publishing.forms import RecordForm
from sinorus.publishing.models import record_types
from tests.api.test_naughty_strings import wrong_with
from tests.catalogues import BINARY, READERS, catalogues
from tests.honest import Asking
from tests.naughty import CONTROLS, some
from tests.often import often
from tests.publishing.test_editing_in_the_admin import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: What is not kept in the record under this name: the note goes to its history, the reason with the state, the slug follows the title.
ELSEWHERE = {"change_note", "withdrawn_reason", "slug"}
KINDS = sorted(record_types())


def text_fields(client: Client, address: str) -> dict[str, str]:
    """The fields of a form, with those of its parts that are there, that take any words: name in the form → label."""
    context = client.get(address).context
    all_forms = [context["adminform"].form, *(form for one in context["inline_admin_formsets"] for form in one.formset.initial_forms)]
    free = (forms.CharField, forms.SlugField)
    return {bound.html_name: bound.name for form in all_forms for bound in form if type(bound.field) in free and not bound.is_hidden}


def errors_in(answer: Any) -> set[str]:
    """Names in the form of the fields that were refused."""
    context = answer.context
    all_forms = [context["adminform"].form, *(form for one in context["inline_admin_formsets"] for form in one.formset.forms)]
    return {form.add_prefix(name) for form in all_forms for name in form.errors}


@pytest.mark.parametrize("kind", KINDS[:: often(1, 9)])
def test_in_every_field_of_the_desk(publisher: Client, world: Any, kind: str) -> None:
    publisher, model = Asking(publisher), record_types()[kind]
    record = model.objects.exclude(status="published").first()
    address = f"/admin/{model._meta.app_label}/{kind}/{record.pk}/change/"
    fields, wrong, usual = text_fields(publisher, address), [], publisher.get(address).content
    assert len(fields) > 5
    for text in some(often(10_000, 18))[KINDS.index(kind) :: len(KINDS)]:
        before, given = form_of(publisher, address), set(fields)
        for _round in range(9):  # what one field says may be refused once another is gone
            answer = publisher.post(address, before | dict.fromkeys(given, text))
            if answer.status_code != 200:
                break
            if (found := wrong_with(answer, text, address, usual=usual)) or not errors_in(answer) & given:
                wrong.append(f"{text!a:.60}: {found or errors_in(answer)}")
            given -= errors_in(answer)
        if answer.status_code != 302:
            wrong.append(f"{text!a:.60}: {answer.status_code}")
            continue
        after = form_of(publisher, address)
        wrong += [
            f"{text!a:.60}: {name} became {after[name]!a:.60}" for name in given - ELSEWHERE if (after.get(name) or "") != text.strip()
        ]
    assert not wrong, "\n".join(wrong[:60])


def test_in_every_form_for_readers(world: Any) -> None:
    """An event whose words are all the same string: its page and every file of it and of its list are whole, and say it unchanged."""
    pages = [
        "/events/yeltsin-in-beijing-1996/",
        "/zh/events/yeltsin-in-beijing-1996/",
        "/embed/event/yeltsin-in-beijing-1996/",
        "/changes/",
    ]
    pages += [
        "/events/yeltsin-in-beijing-1996.bib",
        "/events/yeltsin-in-beijing-1996.ris",
        "/events/yeltsin-in-beijing-1996.jsonld",
        "/map/",
    ]
    lists = {form: address for form, address in catalogues()["event"].forms.items() if form in READERS}
    reader = Asking()
    number, wrong = f"E{world.visit_1996.pk}", []
    lists = {form: f"{address}?date_after=1996-04&date_before=1996-04" for form, address in lists.items()}
    usual = {address: reader.get(address).body for address in [*pages, *lists.values()]}
    for text in [*some(often(10_000, 2)), *CONTROLS[11 :: often(30, 50)]]:
        words = text[:300].replace("\0", "") or "x"
        Event.objects.filter(pk=world.visit_1996.pk).update(title=words, title_zh=words, title_ru=words, summary=words, date_note=words)
        for page in pages:
            if found := wrong_with(reader.get(page), words, page, usual=usual[page]):
                wrong.append(f"{page} {text!a:.60}: {found}")
        told = reader.get(f"/api/v1/events/{number}/").json()
        if told["title"] != {"en": words, "zh": words, "ru": words} and told["title"] != words:
            wrong.append(f"API {text!a:.60}: {told['title']!a:.60}")
        for form, address in lists.items():
            answer = reader.get(address)
            if found := wrong_with(answer, words, address, usual[address]):
                wrong.append(f"{address} {text!a:.60}: {found}")
            elif number not in " ".join(READERS[form](answer.body if form in BINARY else answer.body.decode())):
                wrong.append(f"{address} {text!a:.60}: the event is not in it")
    assert not wrong, "\n".join(wrong[:60])


@pytest.mark.parametrize("char", ["\x0b", "\x85", "\ufffd"])
def test_what_is_no_text_is_refused_by_name(publisher: Client, world: Any, char: str) -> None:
    address = f"/admin/vocab/actor/{world.jiang.pk}/change/"
    given = {"summary": f"a{char}b", "names-0-text": f"c{char}d"}
    before = form_of(publisher, address) | {"names-TOTAL_FORMS": "1", "names-0-kind": "alias"}
    answer = publisher.post(address, before | given)
    assert set(given) <= errors_in(answer)
    world.jiang.refresh_from_db()
    assert char not in world.jiang.summary


def test_a_form_is_no_stricter_the_more_often_it_is_shown(publisher: Client, world: Any) -> None:
    """What a form declares is shared by all that are made of it."""
    rules = len(RecordForm.declared_fields["change_note"].validators)
    for _time in range(3):
        assert publisher.get("/admin/events/event/add/").status_code == 200
    assert len(RecordForm.declared_fields["change_note"].validators) <= rules + 1


def test_a_title_with_underscores_gives_an_address() -> None:
    made = slugs.of_title("Report No 1_000: an_aside")
    slugs.validate_slug(made)
    assert made == "report-no-1-000-an-aside"
