"""Who may not publish changes nothing that readers see: the change is kept whole, shown beside the record, and decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Event, Participation
from sinorus.publishing import decisions, editions
from sinorus.publishing.models import Change, Revision

from .test_editing_in_the_admin import form_of
from .test_way_to_readers_and_back import change_url, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def proposal(event: Event) -> Revision:
    return Revision.objects.of(event).waiting().get()


def page(revision: Revision) -> str:
    return f"/admin/events/event/{revision.record_id}/revisions/{revision.pk}/"


def decide(client: Client, revision: Revision, action: str = "accept", **given: Any) -> Any:
    event = Event.objects.get(pk=revision.record_id)
    take = [one.name for one in decisions.meetings(revision, event)]
    return client.post(page(revision), {"action": action, "seen": event.version, "take": take, **given}, follow=True)


def parts_of(world: Any) -> dict[str, Any]:
    """A change of a field, a row, a new row, a removed row and a many-to-many of the visit of 1996."""
    return {
        "title": "Yeltsin in Beijing",
        "change_note": "As the communiqué has it.",
        "participations-0-role": "Host",
        "participations-3-DELETE": "on",
        "participations-TOTAL_FORMS": "5",
        "participations-4-actor": world.kazakhstan.pk,
        "participations-4-position": "9",
        "participations-4-event": world.visit_1996.pk,
        "themes": [world.partnership.pk, world.border.pk],
    }


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_the_record_stays_as_it_is_until_a_publisher_accepts(
    request: pytest.FixtureRequest, chief: Client, reader: Client, world: Any, role: str
) -> None:
    author, event = request.getfixturevalue(role), world.visit_1996
    before, edition = reader.get(event.get_absolute_url()).content, editions.current()
    answer = send(author, event, **parts_of(world))
    assert answer.status_code == 302 and "/revisions/" in answer["Location"]
    assert reader.get(event.get_absolute_url()).content == before
    assert editions.current() == edition and not Change.objects.exists()
    assert event.participations.count() == 4

    waiting = proposal(event)
    shown = chief.get(page(waiting)).content.decode()
    for told in ("Kazakhstan", "Host", "Border", "As the communiqué has it.", "<ins>", "<del>"):
        assert told in shown, told
    assert author.get(page(waiting)).status_code == 200
    decide(author, waiting)
    assert proposal(event), "its author may not accept it"

    decide(chief, waiting, note="Thank you.")
    event = Event.objects.get(pk=event.pk)
    assert event.title == "Yeltsin in Beijing"
    assert set(event.themes.all()) == {world.partnership, world.border}
    roles = {row.actor.slug: row.role for row in event.participations.all()}
    assert roles == {"china": "Host", "russia": "", "boris-yeltsin": "", "kazakhstan": ""}
    applied = Revision.objects.of(event).applied().first()
    assert applied.by.username == role and applied.why == "As the communiqué has it."
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by.username, waiting.reply) == ("accepted", "chief", "Thank you.")
    told = Change.objects.get()
    assert (told.action, told.why) == ("updated", "As the communiqué has it.")
    assert set(told.what) == {"title", "participations", "themes"}


def test_what_is_rejected_changes_nothing_and_says_why(editor: Client, chief: Client, world: Any) -> None:
    send(editor, world.split, title="The quarrel")
    waiting = proposal(world.split)
    decide(chief, waiting, "reject", note="Too weak a word.")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reply) == ("rejected", "Too weak a word.")
    assert Event.objects.get(pk=world.split.pk).title == world.split.title
    assert "Too weak a word." in editor.get(f"/admin/events/event/{world.split.pk}/history/").content.decode()
    answer = decide(chief, waiting)
    assert "decided already" in answer.content.decode()
    assert Event.objects.get(pk=world.split.pk).title == world.split.title


def test_a_part_of_a_proposal_can_be_taken(editor: Client, chief: Client, world: Any) -> None:
    send(editor, world.split, title="The quarrel", summary="They quarrelled.")
    waiting = proposal(world.split)
    decide(chief, waiting, take=["field-summary"])
    event = Event.objects.get(pk=world.split.pk)
    assert (event.title, event.summary) == (world.split.title, "They quarrelled.")


def test_a_record_that_went_on_meanwhile_keeps_what_was_done(editor: Client, chief: Client, world: Any) -> None:
    """The proposal is put on the record as it is now; what both changed is a conflict, marked and not taken unless ticked."""
    send(editor, world.split, title="The quarrel", summary="They quarrelled.")
    send(chief, world.split, title="The great quarrel", importance="2")
    waiting = proposal(world.split)
    found = {one.name: one for one in decisions.meetings(waiting, Event.objects.get(pk=world.split.pk))}
    assert found["field-title"].conflict and not found["field-summary"].conflict
    assert "Both changed it" in chief.get(page(waiting)).content.decode()
    decide(chief, waiting, take=["field-summary"])
    event = Event.objects.get(pk=world.split.pk)
    assert (event.title, event.summary, event.importance) == ("The great quarrel", "They quarrelled.", 2)


def test_looking_at_an_old_state_decides_nothing(editor: Client, chief: Client, world: Any) -> None:
    send(editor, world.split, title="The quarrel")
    waiting = proposal(world.split)
    seen = Event.objects.get(pk=world.split.pk).version
    send(chief, world.split, importance="2")
    answer = decide(chief, waiting, seen=seen)
    assert "changed again while you were looking" in answer.content.decode()
    assert Event.objects.get(pk=world.split.pk).title == world.split.title
    answer = decide(chief, waiting, take=["field-title", "field-nothing"])
    assert "not among what can be decided" in answer.content.decode()


def test_what_would_break_a_rule_is_not_accepted(editor: Client, chief: Client, world: Any) -> None:
    """Accepted in part, a proposal may leave a record without a source; then all of it waits on."""
    rows = {"citations-TOTAL_FORMS": "2", "citations-0-DELETE": "on", "citations-1-source": world.pravda.pk, "citations-1-position": "0"}
    assert send(editor, world.split, **rows).status_code == 302
    waiting = proposal(world.split)
    gone = [one.name for one in decisions.meetings(waiting, world.split) if not one.wanted]
    answer = decide(chief, waiting, take=gone)
    assert "rests on no source" in answer.content.decode()
    assert world.split.citations.count() == 1
    assert proposal(world.split)


def test_errors_of_a_proposal_are_shown_like_any_others(editor: Client, world: Any) -> None:
    answer = send(editor, world.split, date_text="some day", date_edtf="")
    assert answer.status_code == 200 and "some day" in answer.content.decode()
    assert not Revision.objects.waiting().exists()
    assert Event.objects.get(pk=world.split.pk).date_text == world.split.date_text


def test_a_forged_status_does_not_ride_on_a_proposal(editor: Client, publisher: Client, world: Any) -> None:
    sent = form_of(publisher, change_url(world.split)) | {"status": "withdrawn", "withdrawn_reason": "Forged", "title": "Forged"}
    editor.post(change_url(world.split), sent)
    event = Event.objects.get(pk=world.split.pk)
    assert (event.status, event.withdrawn_reason, event.title) == ("published", "", world.split.title)


def test_parts_of_what_readers_see_are_not_changed_past_the_proposal(editor: Client, publisher: Client, world: Any) -> None:
    party = world.alliance.party_links.first()
    address = f"/admin/treaties/party/{party.pk}/change/"
    sent = form_of(publisher, address) | {"position": "7"}
    assert editor.post(address, sent).status_code == 403
    assert editor.get(address).status_code == 200
    party.refresh_from_db()
    assert party.position != 7


def test_rows_of_others_cannot_be_taken_over(editor: Client, chief: Client, world: Any) -> None:
    """A forged number of a row that belongs to another record changes nothing, in a proposal either."""
    foreign = Participation.objects.filter(event=world.five_1996).first()
    send(editor, world.split, **{"participations-0-id": foreign.pk, "participations-0-role": "Forged"})
    assert not Revision.objects.waiting().exists(), "there is nothing to propose"
    foreign.refresh_from_db()
    assert (foreign.event_id, foreign.role) == (world.five_1996.pk, "")
