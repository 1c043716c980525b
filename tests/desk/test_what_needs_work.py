"""The start page counts what needs work, each count one click from the list of it; the search finds everything."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from events.models import Event, EventAccount, EventCitation
from sinorus.desk import queues
from sinorus.desk.models import Report
from sinorus.dossiers.models import Dossier
from sinorus.publishing.history import Edit
from sinorus.search import index
from sinorus.sources.models import Source
from tests import records as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def in_queue(name: str, model: type = Event) -> set[str]:
    queue = next(queue for queue in queues.QUEUES if queue.name == name)
    return set(model.objects.filter(queue.of(model)).values_list("slug", flat=True))


def test_each_queue_holds_what_it_says(world: Any) -> None:
    third = make.source("third", standing="mirror", issued="1957-11-02")
    chinese, russian = make.source("c", origin="chinese", standing="official"), make.source("r", origin="russian", standing="press")
    for slug, sources in (("bare", ()), ("one", (chinese,)), ("two", (chinese, russian)), ("weak", (third,)), ("mixed", (third, russian))):
        event = make.event(slug, "November 1957" if slug == "weak" else "1957-11-02")
        for source in sources:
            EventCitation.objects.create(record=event, source=source)
    own = {"bare", "one", "two", "weak", "mixed"}
    assert in_queue("no-source") & own == {"bare"}
    assert in_queue("only-chinese") & own == {"one"}
    assert in_queue("only-russian") & own == set()
    assert in_queue("only-third") & own == {"weak"}
    assert in_queue("weak-sources") & own == {"weak"}
    assert in_queue("imprecise-date") & own == {"weak"}, "the source is dated to one of the days"


def test_a_conflict_waits_until_one_account_is_preferred(world: Any) -> None:
    assert "zhenbao-1969" not in in_queue("undecided")
    EventAccount.objects.filter(record=world.clash_1969).update(preferred=False)
    assert "zhenbao-1969" in in_queue("undecided")
    EventAccount.objects.filter(record=world.clash_1969).update(value="31")
    assert "zhenbao-1969" not in in_queue("undecided"), "they agree"


def test_names_reviews_and_references(world: Any) -> None:
    assert "yeltsin-in-beijing-1996" not in in_queue("no-chinese") and "the-split" in in_queue("no-chinese") & in_queue("no-russian")
    assert in_queue("broken-reference", Dossier) == {"the-partnership"}
    Event.objects.filter(pk=world.draft_event.pk).update(status="review", updated=timezone.now() - timezone.timedelta(days=8))
    assert in_queue("long-in-review") == {"hidden-event"}
    Event.objects.filter(pk=world.draft_event.pk).update(updated=timezone.now())
    assert in_queue("long-in-review") == set() and in_queue("review") == {"hidden-event"}


def test_dossiers_are_read_again_only_after_a_change(world: Any, django_assert_max_num_queries: Any) -> None:
    assert in_queue("broken-reference", Dossier) == {"the-partnership"}
    with django_assert_max_num_queries(4):
        assert in_queue("broken-reference", Dossier) == {"the-partnership"}
    make.dossier("another", "[[event:nowhere]]", status="draft")
    assert in_queue("broken-reference", Dossier) == {"the-partnership", "another"}
    # What readers see changed, and with it where a reference of the dossier leads.
    with transaction.atomic():
        edit = Edit()
        make.event("nowhere", "1997", cites=world.study)
        edit.finish([Event.objects.get(slug="nowhere")])
    assert in_queue("broken-reference", Dossier) == {"the-partnership"}


def test_what_is_withdrawn_or_merged_needs_no_work(world: Any) -> None:
    assert "hidden-event" in in_queue("no-source")
    Event.objects.filter(pk=world.draft_event.pk).update(status="merged")
    assert "hidden-event" not in in_queue("no-source")


def test_every_count_leads_to_a_list_of_as_many(publisher: Client, world: Any) -> None:
    page = publisher.get("/admin/").content.decode()
    links = re.findall(r'<a href="(/admin/[a-z/]+\?queue=[a-z-]+)">(\d+)</a>', page)
    assert len(links) > 8
    for address, count in links:
        assert publisher.get(address).context["cl"].result_count == int(count), address
    assert publisher.get("/admin/events/event/?queue=nonsense").status_code in (200, 302)


def test_a_queue_is_narrowed_further_by_the_facets(publisher: Client, world: Any) -> None:
    whole = publisher.get("/admin/events/event/?queue=no-russian").context["cl"].result_count
    part = publisher.get("/admin/events/event/?queue=no-russian&kind=crisis")
    assert 0 < part.context["cl"].result_count < whole
    assert "queue=no-russian" in part.content.decode(), "links of the facets keep the queue"


def test_readers_reports_and_editors_are_counted(publisher: Client, world: Any) -> None:
    Report.objects.create(text="x")
    page = publisher.get("/admin/").content.decode()
    assert re.search(r"<strong>1</strong>\s*reader’s report", page)


def test_who_may_see_nothing_is_told_nothing(staff: Client, world: Any) -> None:
    page = staff.get("/admin/").content.decode()
    assert "queue=" not in page and "reports" not in page


def test_the_start_page_costs_the_same_however_much_there_is(publisher: Client, world: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        make.event(f"event-no-{number}")
    with django_assert_max_num_queries(40):
        publisher.get("/admin/")


def test_the_search_finds_everything_drafts_included(publisher: Client, staff: Client, world: Any) -> None:
    index.refresh(everything=True)
    page = publisher.get("/admin/search/?q=hidden").content.decode()
    for kind in ("events/event", "vocab/actor", "sources/source", "dossiers/dossier"):
        assert f"/admin/{kind}/" in page, kind
    assert "叶利钦" not in page and "/change/" in publisher.get("/admin/search/?q=叶利钦").content.decode()
    assert "Nothing is found" in publisher.get("/admin/search/?q=zanzibar").content.decode()
    assert "/admin/events/" not in staff.get("/admin/search/?q=hidden").content.decode()


@pytest.mark.parametrize("asked", ["", " ", '"', "x" * 300, "%00", "NEAR(", "-"])
def test_no_search_breaks_it(publisher: Client, world: Any, asked: str) -> None:
    assert publisher.get(f"/admin/search/?q={asked}").status_code == 200
    assert Source.objects.exists()
