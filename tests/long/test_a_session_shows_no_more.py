"""Who is signed in without rights is answered past all that is kept: byte for byte as nobody, without a trace of what is hidden."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from sinorus.publishing.models import record_types
from tests import canaries
from tests.catalogues import routes
from tests.crawling import Told, public_answers
from tests.headers import faults_of
from tests.long.test_no_trace_of_what_is_hidden import named, questions
from tests.naming import addresses_of
from tests.operations.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

#: Hides records in each status, and signs in a reader and staff without rights; prints the hidden records and the two sessions.
HIDDEN = """
import json
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from sinorus.publishing.editions import raise_edition
from sinorus.publishing.history import Edit
from sinorus.publishing.models import record_types
from tests import canaries
with transaction.atomic():
    for model in record_types().values():
        Edit(model.objects.public())
    for status in canaries.STATUSES:
        canaries.hide_everything(status)
    raise_edition()
words = [canaries.token(status) for status in canaries.STATUSES]
rows = [(kind, row.slug, row.pk) for kind, model in record_types().items() for word in words
    for row in model.objects.exclude(status="published").filter(slug__startswith=word)]
def signed_in(name, **more):
    client = Client()
    client.force_login(User.objects.create_user(name, **more))
    return client.cookies["sessionid"].value
print(json.dumps([rows, signed_in("a-reader"), signed_in("a-clerk", is_staff=True)]))
"""
#: What is another at each request, whoever asks.
OWN = ("Date", "Connection", "Transfer-Encoding", "Content-Length", "Content-Encoding")


def told(site: Site, address: str, session: str = "", **headers: str) -> Told:
    """All of an answer, under one reference."""
    cookie = {"Cookie": f"sessionid={session}"} if session else {}
    status, head, body = site.get(address, **{"X-Request-ID": "one-for-all"}, **cookie, **headers)
    return {"status": str(status), **{name: value for name, value in head.items() if name not in OWN}}, body


def of_the_desk(hidden: list[tuple[str, str, int]]) -> Iterator[str]:
    """What readers never ask for: every page of the desk, and every address of what is hidden."""
    for kind, slug, number in hidden:
        model = record_types()[kind]
        yield from addresses_of(model, slug, number)
        desk = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        yield from (f"{desk}{number}/{what}/" for what in ("change", "history", "delete"))
        yield f"/admin/autocomplete/?term={slug[:8]}&app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name=place"
        yield f"{desk}?q={slug[:8]}"
    yield from ("/" + route for route, _pattern in routes() if route.startswith("admin/") and not any(mark in route for mark in "<(^"))


def test_a_session_without_rights_shows_no_more(site: Site) -> None:
    hidden, *sessions = json.loads(site.python(HIDDEN))
    assert len(hidden) >= 3 * len(record_types())
    words = [canaries.token(status) for status in canaries.STATUSES]
    with site.serving():
        nobody = public_answers(lambda address: told(site, address))
        nobody |= {address: told(site, address) for address in questions(nobody)[:400]}
        assert len(nobody) > 1_000
        assert [fault for address, (head, _body) in nobody.items() for fault in faults_of(address, int(head["status"]), head)] == []
        for session in sessions:
            mine = {address: told(site, address, session) for address in nobody}
            assert {word: named(mine, word) for word in words} == {word: [] for word in words}
            assert [address for address in nobody if mine[address] != nobody[address]] == []
            for address, (head, _body) in list(nobody.items())[::10]:
                if head["status"] == "200" and "ETag" in head:
                    assert told(site, address, session, **{"If-None-Match": head["ETag"]})[0]["status"] == "304", address
        # Kept answers are told as they were, after those with a session as before them.
        assert [address for address in nobody if told(site, address) != nobody[address]] == []
        for session in sessions:
            for address in of_the_desk(hidden):
                _head, body = told(site, address, session)
                asked = max((slug for _kind, slug, _number in hidden if slug in address), key=len, default="")
                said = body.replace(asked.encode(), b"").lower() if asked else body.lower()
                assert not [word for word in words if word.encode() in said], address
