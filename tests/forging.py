"""Forms that nobody was offered, generated from the admin's registry, and what came of sending them."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.db import connection, models
from django.urls import reverse

from events.models import CountClaim
from sinorus.publishing.history import Edit
from sinorus.publishing.models import Record, Revision
from tests.cast import undrawn
from tests.roles import Everybody

Data = dict[str, Any]
#: What a request may always write: when its session was seen, and who tried to sign in.
_ASIDE = re.compile(r"django_session|axes_|SAVEPOINT")
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
TOKEN = "a" * 32  # of forms: the one in the cookie is the one in the field
SIGNED_OUT = ("anonymous", "deactivated", "expired", "reader")


@dataclass
class Forgery:
    """A form by somebody who may not send it."""

    role: str
    name: str
    address: str
    data: Data

    def __str__(self) -> str:
        return f"{self.role}: {self.name} at {self.address}"


@dataclass
class Sent:
    """What came of it."""

    status: int
    location: str
    wrote: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    found: Any = None


class _Noted(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.getMessage()}")


def send(everybody: Everybody, role: str, address: str, data: Data, *, then: Callable[[], Any] = lambda: None, **more: Any) -> Sent:
    """Send a form; what ``then`` finds in the database is kept, before all of it is taken back."""
    wrote: list[str] = []
    noted: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if _WRITES.match(sql) and not _ASIDE.search(sql):
            wrote.append(sql[:120])
        return execute(sql, params, many, context)

    handler, logger = _Noted(noted), logging.getLogger("django")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        with connection.execute_wrapper(watch), everybody.asking(role, "POST", address, data, **more) as answer:
            return Sent(answer.status_code, answer.get("Location", ""), list(wrote), noted, then())
    finally:
        logger.propagate = True
        logger.removeHandler(handler)


def form_of(everybody: Everybody, role: str, address: str) -> Data:
    """What the form at an address would send back unchanged, or nothing where there is none for that role."""
    with undrawn():
        context = getattr(everybody.answer(role, "GET", address), "context_data", None) or {}
    if "adminform" not in context:
        return {}
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    sent: Data = {}
    for bound in (bound for form in forms for bound in form):
        if (value := bound.value()) is not None and value is not False:
            one = list(value) if isinstance(value, list | tuple | set) else value
            sent[bound.html_name] = one if not hasattr(one, "pk") else one.pk
    return sent


def models_of_the_admin() -> list[type[models.Model]]:
    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def route(model: type[models.Model], name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def forms_about(everybody: Everybody, row: models.Model) -> Iterator[tuple[str, str, Data]]:
    """(name, address, data) of every form that a superuser could send about a row, and of some that nobody is offered."""
    model, site_admin = type(row), admin.site._registry[type(row)]
    lists, change = route(model, "changelist"), route(model, "change", row.pk)
    whole = form_of(everybody, "superuser", change) or {"title": "Forged"}
    text = next((name for name in ("title", "name", "username", "text", "heading", "note") if name in whole), "title")
    yield "add", route(model, "add"), form_of(everybody, "superuser", route(model, "add")) or whole
    yield "change", change, whole | {text: "Forged"}
    yield "save as new", change, whole | {text: "Forged", "slug": "forged", "_saveasnew": "1"}
    yield "delete", route(model, "delete", row.pk), {"post": "yes"}
    editable = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": row.pk,
        f"form-0-{text}": "Forged",
        "form-0-status": "published",
    }
    yield "list", lists, editable | {"_save": "Save"}
    for action in sorted(everybody.actions("superuser", site_admin) | {"delete_selected", "publish"}):
        if not action.startswith("export_"):  # which write nothing, and are told apart in the access matrix
            yield f"action {action}", lists, {"action": action, "_selected_action": [row.pk], "select_across": "1", "post": "yes"}
    if isinstance(row, Record):
        yield "merge", route(model, "merge", row.pk), {"into": "never-was", "why": "Forged"}
        for action, revision in zip(("restore", "accept", "reject"), _revisions(row), strict=True):
            yield action, route(model, "revision", row.pk, revision.pk), {"action": action, "seen": row.version, "note": "Forged"}


def _revisions(record: Record) -> list[Revision]:
    """An old revision, and two proposals by somebody else: made once."""
    waiting = list(Revision.objects.of(record).waiting())
    if len(waiting) < 2:
        Edit([record])
        base = Revision.objects.of(record).applied().first()
        told = {"record_type": base.record_type, "record_id": record.pk, "number": base.number, "status": record.status}
        document = {**base.document, "fields": {**base.document["fields"], "title": "Forged"}}
        waiting = [Revision.objects.create(**told, state="proposed", document=document, what=["title"]) for _turn in range(2)]
    return [Revision.objects.of(record).applied().first(), *waiting[:2]]


def refused(role: str, row: models.Model, form: str) -> bool:
    """Whether a role may not send a form about a row: the rules of the desk in words of their own.

    ``row`` is a published record, a part of one, or none of the desk's.
    """
    label, action = row._meta.app_label, form.removeprefix("action ")
    if role in (*SIGNED_OUT, "staff"):
        return True
    if role == "superuser":
        return False
    if label in ("auth", "axes", "otp_totp"):
        return True
    if label == "desk":
        return role == "contributor" or "delete" in action
    if not isinstance(row, Record):
        return role != "publisher" and (isinstance(row, CountClaim) or action not in ("add", "list"))
    if "delete" in action:
        return True  # readers saw it
    return role != "publisher" and action in ("merge", "accept", "reject", "publish")


def forgeries(everybody: Everybody, rows: list[models.Model], roles: tuple[str, ...]) -> Iterator[Forgery]:
    """Every form about every row by every role that may not send it."""
    for row in rows:
        for name, address, data in forms_about(everybody, row):
            yield from (Forgery(role, name, address, data) for role in roles if refused(role, row, name))


def one_of_each() -> list[models.Model]:
    """A row of each model of the admin: of records one that readers see."""
    rows = [
        (model.objects.public() if issubclass(model, Record) else model._default_manager).order_by("pk").first()
        for model in models_of_the_admin()
    ]
    assert all(rows)
    return rows


def wrong(forgery: Forgery, sent: Sent) -> Iterator[str]:
    """What is wrong with the answer to a form that had to be refused."""
    if sent.wrote:
        yield f"{forgery}: wrote {sent.wrote[0]}"
    to_sign_in = sent.status == 302 and sent.location.startswith("/admin/login/")
    shown_again = forgery.name == "list" and sent.status == 200  # no list takes changes: it is shown as if it had been asked for
    if not (to_sign_in if forgery.role in SIGNED_OUT else sent.status == 403 or shown_again):
        yield f"{forgery}: {sent.status} {sent.location}"
    if sent.status == 403 and not any("Forbidden" in line for line in sent.noted):
        yield f"{forgery}: not noted"


# By somebody who may send the form, and puts into it what is not theirs -------------------------------------------------

FOREIGN = datetime.datetime(2001, 2, 3, 4, 5, tzinfo=datetime.UTC)


def closed_fields(everybody: Everybody, role: str, record: Record) -> list[models.Field]:
    """The fields of a record that its form, as that role sees it, does not let anybody write."""
    with undrawn():
        context = everybody.answer(role, "GET", route(type(record), "change", record.pk)).context_data
    open_ = set(context["adminform"].form.fields) - {"status"}
    return [one for one in record._meta.concrete_fields if one.name not in open_]


def forged_value(one: models.Field) -> Any:
    """A value that nobody has there."""
    if isinstance(one, models.DateTimeField):
        return FOREIGN
    if isinstance(one, models.DateField):
        return FOREIGN.date()
    if isinstance(one, models.BooleanField):
        return True
    if isinstance(one, models.IntegerField | models.ForeignKey):
        return 987_654
    if one.choices:
        return next(value for value, _label in reversed(one.choices) if value)
    return "forged"


def as_sent(name: str, value: Any) -> Data:
    """A value as each kind of widget would send it."""
    if isinstance(value, datetime.datetime):
        return {name: value.isoformat(), f"{name}_0": f"{value:%Y-%m-%d}", f"{name}_1": f"{value:%H:%M:%S}"}
    return {name: str(value)}


#: The steps that a role may take; every other is forged.
STEPS = {"contributor": {("draft", "review")}, "editor": {("draft", "review"), ("review", "draft")}}
STATUSES = ("draft", "review", "scheduled", "published", "withdrawn", "merged")
ACTIONS = {"published": "publish", "review": "send_to_review", "draft": "withdraw_to_draft"}


def flips(role: str) -> Iterator[tuple[str, str]]:
    return ((was, to) for was in STATUSES for to in STATUSES if was != to and (was, to) not in STEPS[role])


def put(record: Record, status: str) -> None:
    """Give a record a status, as the workflow would have left it."""
    values: Data = {"status": status, "withdrawn_reason": "", "publish_at": None, "published": None}
    if status in ("published", "withdrawn"):
        values["published"] = FOREIGN
    if status == "scheduled":
        values["publish_at"] = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    if status == "withdrawn":
        values["withdrawn_reason"] = "It was wrong."
    type(record)._default_manager.filter(pk=record.pk).update(**values)
    record.refresh_from_db()


def values(row: models.Model) -> Data:
    """A row as it stands in the database; nothing when it is gone."""
    return type(row)._default_manager.filter(pk=row.pk).values().first() or {}


def formsets(everybody: Everybody, row: models.Model) -> list[Any]:
    """The formsets of rows in the form of something, as a superuser sees it."""
    with undrawn():
        context = everybody.answer("superuser", "GET", route(type(row), "change", row.pk)).context_data
    return [one.formset for one in context["inline_admin_formsets"]]


def swaps(whole: Data, formset: Any, theirs: models.Model, own: models.Model) -> Iterator[tuple[str, Data]]:
    """A form with rows in it that belong to another record: (what was tried, the form)."""
    prefix, parent = formset.prefix, formset.fk.name
    count = int(whole[f"{prefix}-INITIAL_FORMS"])
    row = {f"{prefix}-{count}-{one.name}": as_sent("x", forged_value(one))["x"] for one in theirs._meta.concrete_fields if one.editable}
    row |= {f"{prefix}-{count}-{one.name}": getattr(theirs, one.attname) or "" for one in _pointers(theirs)}
    row |= {f"{prefix}-{count}-id": theirs.pk, f"{prefix}-{count}-{parent}": own.pk, f"{prefix}-TOTAL_FORMS": count + 1}
    initial = {f"{prefix}-INITIAL_FORMS": count + 1}
    yield "changed", whole | row | initial
    yield "deleted", whole | row | initial | {f"{prefix}-{count}-DELETE": "on"}
    yield "taken as new", whole | row
    new = {name: value for name, value in row.items() if not name.endswith(f"-{count}-id")}
    yield "added elsewhere", whole | new | {f"{prefix}-{count}-{parent}": getattr(theirs, formset.fk.attname)}
    if count:  # one of its own in the place of theirs
        yield "own row under their number", whole | {f"{prefix}-0-id": theirs.pk}


def _pointers(row: models.Model) -> list[models.ForeignKey]:
    return [one for one in row._meta.concrete_fields if isinstance(one, models.ForeignKey)]
