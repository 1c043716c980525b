"""Forms that nobody was offered, sent all the same: each is refused, nothing is written, and what was not permitted is noted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from events.models import Event
from sinorus.publishing import editions
from sinorus.publishing.models import Record, record_types
from sinorus.vocab.models import Actor
from tests import forging
from tests.filling import new_row
from tests.matrix import Entry
from tests.often import AT_LENGTH, often
from tests.roles import ROLES, Everybody
from treaties.models import Article

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPES = [record_types()[name] for name in sorted(record_types())]
DESK = ("contributor", "editor", "publisher") if AT_LENGTH else ("editor",)


def some(cases: Any, usually: int) -> list[Any]:
    """All of them at length; usually every so many-th."""
    return list(cases)[:: often(1, usually)]


def draft(model: type[Record]) -> Record:
    return model.objects.filter(status="draft").order_by("pk").first()


def test_what_a_role_may_not_do_is_refused(everybody: Everybody, matrix: list[Entry], world: Any) -> None:
    rows = some(forging.one_of_each(), 5)
    cases = some(forging.forgeries(everybody, rows, tuple(role for role in ROLES if role != "superuser")), 7)
    assert len(cases) > often(900, 15)
    found = [line for case in cases for line in forging.wrong(case, forging.send(everybody, case.role, case.address, case.data))]
    assert "\n".join(found) == ""


@pytest.mark.parametrize("role", DESK)
def test_what_the_form_does_not_hold_is_not_written(everybody: Everybody, world: Any, role: str) -> None:
    """Whatever else is sent: an honest change beside it is saved, so that the form was taken."""
    for model in some(TYPES, 9):
        record = draft(model)
        closed = forging.closed_fields(everybody, role, record)
        assert {"id", "version", "created", "published", "updated", "status"} <= {field.name for field in closed}
        address = forging.route(model, "change", record.pk)
        honest = forging.form_of(everybody, role, address) | {"title_ru": "Честно"}
        for fields in ([one] for one in closed) if AT_LENGTH else [closed]:
            forged = {name: value for one in fields if one.name != "status" for name, value in _sent(one)}
            sent = forging.send(everybody, role, address, honest | forged, then=partial(forging.values, record))
            after = sent.found
            assert (sent.status, after["title_ru"]) == (302, "Честно"), (model, fields)
            assert not [one for one in fields if after[one.attname] == forging.forged_value(one) != getattr(record, one.attname)]
            assert (after["status"], after["published"]) == ("draft", None)


def _sent(field: Any) -> Iterator[tuple[str, Any]]:
    yield from forging.as_sent(field.name, forging.forged_value(field)).items()


def _stands(record: Record) -> tuple[dict[str, Any], int]:
    return forging.values(record), editions.current()


@pytest.mark.parametrize("role", forging.STEPS if AT_LENGTH else ["contributor"])
def test_no_step_is_taken_that_is_not_ones_own(everybody: Everybody, world: Any, role: str) -> None:
    """From the form and from the list; with an hour and a reason, that nothing else may be in the way."""
    hour = {"publish_at_0": "2100-01-01", "publish_at_1": "00:00:00", "withdrawn_reason": "Forged", "slug": "forged"}
    for number, model in enumerate(some(TYPES, 9)):
        record = model.objects.public().order_by("pk").first()
        steps = list(forging.flips(role))
        for turn, (was, to) in enumerate(steps if AT_LENGTH else steps[::14]):
            forging.put(record, was)
            before = _stands(record)
            address = forging.route(model, "change", record.pk)
            forms = [(address, forging.form_of(everybody, "superuser", address) | hour | {"status": to})]
            if action := forging.ACTIONS.get(to):
                forms.append((forging.route(model, "changelist"), {"action": action, "_selected_action": [record.pk]}))
            for address, data in forms if AT_LENGTH else forms[(number + turn) % 2 :][:1]:
                sent = forging.send(everybody, role, address, data, then=partial(_stands, record))
                assert sent.found == before, f"{role} {model.__name__} {was} → {to} at {address}: {sent.status}"


def _theirs(formset: Any, world: Any, own: Any) -> Any:
    """A row of the kind that another record has, which readers see."""
    model, parent = formset.model, formset.fk
    shown = {type_: type_.objects.public().order_by("pk").last() for type_ in TYPES}
    others = parent.related_model._default_manager.exclude(pk=own.pk)
    others = others.filter(status="published") if issubclass(parent.related_model, Record) else others
    rows = model._default_manager.filter(**{f"{parent.name}__in": others})
    if found := rows.order_by("pk").first():
        return found
    row = new_row(model, "theirs", shown, **{parent.name: others.order_by("pk").first()})
    row.save()
    return row


@pytest.mark.parametrize("role", DESK)
def test_rows_of_other_records_stay_theirs(everybody: Everybody, world: Any, role: str) -> None:
    """In every formset of every form: their rows changed, deleted, taken over, or new ones hung on their record."""
    tried = 0
    for own in some([*map(draft, TYPES), *_parts(role, world)], 20):
        address = forging.route(type(own), "change", own.pk)
        for formset in some(forging.formsets(everybody, own), 3):
            theirs = _theirs(formset, world, own)
            whole = forging.form_of(everybody, role, address)
            siblings = type(theirs)._default_manager.filter(**{formset.fk.attname: getattr(theirs, formset.fk.attname)}).order_by("pk")
            before = list(siblings.values())
            for what, data in some(forging.swaps(whole, formset, theirs, own), 3):
                sent = forging.send(everybody, role, address, data, then=lambda rows=siblings: list(rows.all().values()))
                assert sent.status in (200, 302), (own, formset.prefix, what, sent.status)
                assert sent.found == before, f"{role}: {theirs!r} of another was {what} through {address}"
                tried += 1
    assert tried >= often(80, 4)


def _parts(role: str, world: Any) -> list[Any]:
    """Parts of instruments have forms of their own: of published ones the publisher's."""
    Article.objects.get_or_create(treaty=world.good_neighbours, key="9")
    return [world.alliance.party_links.first(), world.alliance.articles.first()] if role == "publisher" else []


CSRF = {
    "no token": ({"cookie": f"csrftoken={forging.TOKEN}"}, {}),
    "no cookie": ({}, {"csrfmiddlewaretoken": forging.TOKEN}),
    "another token": ({"cookie": f"csrftoken={forging.TOKEN}"}, {"csrfmiddlewaretoken": "b" * 32}),
    "another site": (
        {"cookie": f"csrftoken={forging.TOKEN}", "origin": "https://evil.example"},
        {"csrfmiddlewaretoken": forging.TOKEN},
    ),
    "no site": ({"cookie": f"csrftoken={forging.TOKEN}", "origin": "null"}, {"csrfmiddlewaretoken": forging.TOKEN}),
}


@pytest.mark.parametrize("kind", CSRF if AT_LENGTH else ["no token", "another site"])
def test_a_form_from_elsewhere_is_refused(everybody: Everybody, matrix: list[Entry], world: Any, kind: str) -> None:
    """Also of who may do everything: it is their browser that is made to send it."""
    headers, token = CSRF[kind]
    forms = [form for row in some(forging.one_of_each(), 11) for form in forging.forms_about(everybody, row)]
    for name, address, data in some(forms, 7):
        sent = forging.send(everybody, "superuser", address, data | token, headers=headers, strict=True)
        noted = any(line.startswith("django.security.csrf Forbidden") for line in sent.noted)
        assert (sent.status, sent.wrote, noted) == (403, [], True), f"{kind}: {name} at {address}"


def test_a_form_of_ours_is_taken(everybody: Everybody, world: Any) -> None:
    """So that what is refused above is refused for where it comes from."""
    headers = {"cookie": f"csrftoken={forging.TOKEN}", "origin": "http://testserver"}
    address = forging.route(Event, "change", world.draft_event.pk)
    data = forging.form_of(everybody, "contributor", address) | {"title": "Honest", "csrfmiddlewaretoken": forging.TOKEN}
    sent = forging.send(
        everybody, "contributor", address, data, headers=headers, strict=True, then=lambda: forging.values(world.draft_event)
    )
    assert (sent.status, sent.found["title"]) == (302, "Honest")


def test_a_refused_action_is_noted(everybody: Everybody, world: Any) -> None:
    """Which Django itself passes over without a word."""
    data = {"action": "publish", "_selected_action": [world.draft_actor.pk]}
    sent = forging.send(everybody, "editor", forging.route(Actor, "changelist"), data)
    assert (sent.status, sent.wrote) == (403, [])
    assert sent.noted == ["django.request Forbidden (Permission denied): /admin/vocab/actor/"]
