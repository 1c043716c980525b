"""A record that is withdrawn is gone at once, everywhere: from two processes that each kept their own answers, rows and indexes."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlencode

import pytest

from sinorus.publishing.models import Record, record_types
from tests.catalogues import catalogues, routes
from tests.faults.writing import SIGNED_IN
from tests.naming import addresses_of
from tests.operations.sites import Site

pytestmark = pytest.mark.django_db(transaction=True)

#: A public record of each type that much hangs on, under a name that is nowhere else; prints its number and slug.
NAMED = """
from django.db import transaction
from sinorus.publishing.editions import raise_edition
from sinorus.publishing.models import record_types
from sinorus.search import index
slugs = dict(event="yeltsin-in-beijing-1996", treaty="joint-statement-1996", actor="boris-yeltsin", place="beijing", theme="partnership",
    formula="strategic-partnership", source="un-a-51-127", assessment="jiang-on-partnership", dossier="the-partnership")
with transaction.atomic():
    for kind, slug in slugs.items():
        record = record_types()[kind].objects.get(slug=slug)
        record.title = record.title_zh = record.title_ru = f"Kanareyka{kind} zebra{kind}"
        record.slug = f"known-{kind}-once"
        record.save()
        print(kind, record.pk)
    index.refresh()
    raise_edition()
"""
WITHDRAWN = """
from django.contrib.auth.models import User
from django.db import transaction
from sinorus.publishing import workflow
from sinorus.publishing.history import Edit
from sinorus.publishing.models import record_types
publisher = User.objects.get(username="publisher")
with transaction.atomic():
    record = record_types()["{kind}"].objects.get(slug="{slug}")
    edit = Edit([record], by=publisher)
    workflow.move(record, "withdrawn", publisher, reason="It rested on a forgery.")
    edit.finish([record])
"""
#: What was public when it was written stays in the stream, so that those who keep in step learn that it is gone.
STREAM = ("/changes", "/api/v1/changes")


def elsewhere(kind: str) -> Iterator[str]:
    """Every list in every form, every page without a name of its own, searches, parts of the map of the site."""
    for catalogue in catalogues().values():
        yield from (address for form, address in catalogue.forms.items() if form != "admin")
        yield f"{catalogue.forms['api']}facets/"
        yield f"{catalogue.forms['api']}?q=zebra{kind}"
        yield f"{catalogue.forms['html']}?q=zebra{kind}"
    for route, _pattern in routes():
        if not re.search(r"[<(]|admin|logout|styleguide|report|metrics|well-known", route):
            yield "/" + route.replace("^", "").replace("$", "")
    yield from (f"/search/?q=zebra{kind}", f"/api/v1/search/?q=zebra{kind}", f"/api/v1/suggest/?q=kanareyka{kind[:2]}")
    yield from (f"/sitemaps/{name}-1.xml" for name in ("events", "treaties", "actors", "places", "themes", "sources", "dossiers"))
    yield from ("/zh/", "/ru/events/", "/treaties/alliance-1950/", "/actors/jiang-zemin/", "/actors/china/", "/places/china/")
    yield from ("/events/zhenbao-1969/", "/api/v1/actors/china/", "/themes/border/", "/sources/a-study/", "/embed/events/")


def back_to_draft(site: Site, session: str, number: int) -> None:
    """By the list of the admin, as a publisher would."""
    token = "a" * 32
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}", "Content-Type": "application/x-www-form-urlencoded"}
    data = urlencode({"action": "withdraw_to_draft", "_selected_action": number, "csrfmiddlewaretoken": token})
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as asked:
        asked.request("POST", "/admin/events/event/", data, headers)
        assert asked.getresponse().status == 302


def test_gone_from_every_process_at_once(site: Site) -> None:
    numbers = {kind: int(number) for kind, number in (line.split() for line in site.python(NAMED).splitlines())}
    assert set(numbers) == set(record_types())
    session, other, asked = site.python(SIGNED_IN), Site(site.folder, site.url), 0
    sites = {site.port: site, other.port: other}
    with site.serving(), other.serving():
        for kind, number in sorted(numbers.items()):
            model: type[Record] = record_types()[kind]
            slug, told = f"known-{kind}-once", f"kanareyka{kind}".encode()
            own = [one for one in addresses_of(model, slug, number) if "?" not in one and not one.startswith(("/admin", "/preview"))]
            before = {(here, one): sites[here].get(one) for here in sites for one in {*own, *elsewhere(kind)}}
            named = [key for key, (_status, _head, body) in before.items() if told in body.lower() or slug.encode() in body]
            assert len(named) > 40, kind
            if kind == "event":
                back_to_draft(site, session, number)
            else:
                site.python(WITHDRAWN.format(kind=kind, slug=slug))
            for here, address in before:
                etag = before[here, address][1].get("ETag", "")
                for headers in ({}, {"If-None-Match": etag}) if (here, address) in named else ({},):
                    status, _head, body = sites[here].get(address, **headers)
                    asked += 1
                    if address in own:
                        gone = 404 if kind == "event" or address.startswith(("/changes/", "/cards/", "/embed/")) else 410
                        assert status in (gone, 404), f"{address}: {status}"
                        assert told not in body.lower(), address
                    elif not address.startswith(STREAM):
                        assert status != 304 or (here, address) not in named, address
                        assert told not in body.lower() and slug.encode() not in body, f"{address} still tells of {slug}"
    assert asked > 2_000
