"""An editor's day in the real forms: enter an event, see it; what is not ready is not published; a draft stays unseen."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from events.models import Event
from sinorus.publishing import editions
from tests import records as make
from tests.cast import undrawn

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADD = "/admin/events/event/add/"


def form_of(client: Client, address: str) -> dict[str, Any]:
    """The values that the form at an address would send back unchanged; the page, at which other tests look, is not drawn."""
    with undrawn():
        context = client.get(address).context_data
    sent: dict[str, Any] = {}
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for bound in form:
            if (value := bound.value()) is not None and value is not False:
                sent[bound.html_name] = [one for one in value] if isinstance(value, list | tuple | set) else value
    return {name: value if not hasattr(value, "pk") else value.pk for name, value in sent.items()}


def entry(client: Client, world: Any, **changes: Any) -> dict[str, Any]:
    """An event with three participants and a citation, as an editor would enter it."""
    prefix = {type_: name for type_, name in (("who", "participations"), ("cites", "citations"))}
    sent = form_of(client, ADD) | {
        "title": "Hotline opened",
        "slug": "hotline-opened-1998",
        "kind": "institution",
        "importance": "2",
        "date_text": "May 1998",
        "summary": "A direct line between the capitals was opened.",
        "status": "published",
        f"{prefix['who']}-TOTAL_FORMS": "2",
        f"{prefix['who']}-0-actor": world.china.pk,
        f"{prefix['who']}-0-position": "0",
        f"{prefix['who']}-1-actor": world.russia.pk,
        f"{prefix['who']}-1-position": "1",
        f"{prefix['cites']}-TOTAL_FORMS": "1",
        f"{prefix['cites']}-0-source": world.study.pk,
        f"{prefix['cites']}-0-locator": "p. 12",
        f"{prefix['cites']}-0-position": "0",
    }
    return sent | changes


def test_what_an_editor_enters_is_seen_at_once(publisher: Client, reader: Client, world: Any) -> None:
    before = editions.current()
    assert reader.get("/api/v1/events/?date_after=1998&date_before=1998&date_match=certain").json()["count"] == 0
    answer = publisher.post(ADD, entry(publisher, world))
    assert answer.status_code == 302, answer.context["adminform"].form.errors if answer.context else answer
    assert editions.current() == before + 1
    (found,) = reader.get("/api/v1/events/?date_after=1998&date_before=1998&date_match=certain").json()["results"]
    assert found["date"]["edtf"] == "1998-05"
    assert [row["actor"]["slug"] for row in found["participants"]] == ["china", "russia"]
    assert found["citations"][0]["locator"] == "p. 12"
    page = reader.get("/events/hotline-opened-1998/").content.decode()
    assert "May 1998" in page and "p. 12" in page

    event = Event.objects.get(slug="hotline-opened-1998")
    change = f"/admin/events/event/{event.pk}/change/"
    assert publisher.post(change, form_of(publisher, change) | {"title": "Hotline in use"}).status_code == 302
    assert "Hotline in use" in reader.get("/events/hotline-opened-1998/").content.decode()
    assert editions.current() == before + 2


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"citations-TOTAL_FORMS": "0"}, "rests on at least one source"),
        ({"summary": ""}, "needs a summary"),
        ({"date_text": ""}, "needs a date"),
        ({"date_text": "some day"}, "some day"),
        ({"slug": "compare"}, "choose another"),
        ({"slug": "e12"}, "choose another"),
        ({"slug": "Hot Line"}, "slug"),
    ],
)
def test_what_is_not_ready_is_refused_with_the_reason(publisher: Client, world: Any, lacking: dict[str, str], said: str) -> None:
    before = editions.current()
    answer = publisher.post(ADD, entry(publisher, world, **lacking))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Event.objects.filter(title="Hotline opened").exists()
    assert editions.current() == before


def test_a_draft_may_be_nearly_empty_and_raises_no_edition(publisher: Client, reader: Client, world: Any) -> None:
    before = editions.current()
    lacking = {"status": "draft", "summary": "", "date_text": "", "citations-TOTAL_FORMS": "0", "participations-TOTAL_FORMS": "0"}
    assert publisher.post(ADD, entry(publisher, world, **lacking)).status_code == 302
    assert reader.get("/events/hotline-opened-1998/").status_code == 404
    assert editions.current() == before


def test_the_database_itself_refuses_a_published_event_without_date_or_summary(world: Any) -> None:
    for lacking in ({"date": ""}, {"summary": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.event("not-ready", **lacking)


def test_many_are_published_at_once_and_those_not_ready_are_named(publisher: Client, reader: Client, world: Any) -> None:
    ready = make.event("ready", "1997", cites=world.study, draft=True)
    before = editions.current()
    chosen = {"action": "publish", "_selected_action": [ready.pk, world.draft_event.pk]}
    answer = publisher.post("/admin/events/event/", chosen, follow=True)
    assert "rests on no source" in answer.content.decode()
    assert reader.get("/events/ready/").status_code == 200
    assert reader.get(f"/events/{world.draft_event.slug}/").status_code == 404
    assert editions.current() == before + 1


def test_what_goes_back_to_draft_is_gone_for_readers(publisher: Client, reader: Client, world: Any) -> None:
    publisher.post("/admin/events/event/", {"action": "withdraw_to_draft", "_selected_action": [world.split.pk]})
    assert reader.get(f"/events/{world.split.slug}/").status_code == 404
    assert world.split.slug not in {one["slug"] for one in reader.get("/api/v1/events/").json()["results"]}


def test_an_address_that_changed_leads_to_the_new_one(publisher: Client, reader: Client, world: Any) -> None:
    change = f"/admin/events/event/{world.split.pk}/change/"
    assert publisher.post(change, form_of(publisher, change) | {"slug": "sino-soviet-split-1960"}).status_code == 302
    for prefix in ("", "/zh"):
        answer = reader.get(f"{prefix}/events/the-split/")
        assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/events/sino-soviet-split-1960/")
    assert reader.get(f"/id/E{world.split.pk}")["Location"] == "/events/sino-soviet-split-1960/"


def test_the_sidebar_of_editors_has_the_facets_of_readers(publisher: Client, world: Any) -> None:
    page = publisher.get("/admin/events/event/?state=china&kind=summit").content.decode()
    assert "State: China" in page
    assert "Summit (2)" in page  # the published one and the draft
    assert publisher.get("/admin/events/event/?kind=pact")["Location"].endswith("?e=1")


def test_the_live_reading_of_dates_is_for_staff(reader: Client, publisher: Client, world: Any) -> None:
    assert reader.get("/admin/dates/read?text=late 1950s").status_code == 302
    read = publisher.get("/admin/dates/read?text=late 1950s").json()
    assert (read["edtf"], read["earliest"], read["latest"]) == ("1957~/1959~", "1957-01-01", "1959-12-31")
    refused = publisher.get("/admin/dates/read?text=some day")
    assert refused.status_code == 400
    assert refused.json()["error"]
