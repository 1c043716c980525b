"""Whoever is sent on by the site stays on the site, however the address to go to was spelt."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from sinorus.publishing.models import OldSlug
from tests.desk.test_signing_in import PASSWORD, code_of, sign_in
from tests.honest import Asking, dishonest
from tests.often import often

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVIL = "evil.example"
SPELLINGS = [
    *(f"{slashes}{EVIL}" for slashes in ("//", "///", "////", "/\\", "\\/", "\\\\", "/\t/", "/\n/", "\t//", "\n//", " //",
        "\x00//", "\x0b//")),
    *(f"{slashes}{EVIL}/" for slashes in ("/%2f", "%2f%2f", "/%5c", "%5c%5c", "/%09/", "//%20", "/;//", "/.//", "/..//",
        "/./\\", "\u3000//", "\ufeff//")),
    *(f"{scheme}{EVIL}" for scheme in ("http://", "https://", "https:", "http:/", "https:///", "HtTpS://", "https:\\\\",
        "ftp://", "ws://", "https://\t")),
    *(f"https://{name}/" for name in ("testserver." + EVIL, "testserver@" + EVIL, "testserver%40" + EVIL, EVIL + "#testserver",
        EVIL + "?testserver")),
    *(f"//{name}/admin/" for name in ("testserver." + EVIL, "testserver@" + EVIL, f"{EVIL}:80", f"{EVIL}\\@testserver",
        f"user:word@{EVIL}", "2130706433")),
    *(f"{scheme}alert(1)" for scheme in ("javascript:", "JavaScript:", "java\tscript:", "\x01javascript:",
        "javascript://testserver/%0a", "data:text/html,")),
    *("vbscript:x", "//" + EVIL + "/" * 50, "/" * 10 + EVIL, "//" + "x" * 10_000 + "." + EVIL, "https://evil。example/",
        "//ｅｖｉｌ.example", "//[::1]/", "http://["),
    *("/admin/\r\nLocation: https://evil.example/", "\r\n\r\n<script>", "//evil.example%00/admin/", "", "?//evil.example",
        "#//evil.example"),
]  # fmt: skip
#: In the fast run the tests take turns, so that together they try them all.
EACH = often(1, 6)
HERE = "http://testserver/admin/login/"


def wrong_with(answer: Any) -> str:
    """What is wrong with an answer to Asking: that it leads away, or what no answer may be."""
    return away(answer.get("Location", "")) or dishonest(answer)


def away(location: str) -> str:
    """Where a browser would go from here, when that is another site or no page; empty when it stays."""
    seen = re.sub("[\t\r\n]", "", location.strip("".join(map(chr, range(33))))).replace("\\", "/")
    if re.match("(?i)https?:(?!//)", seen) or seen.startswith("///"):
        return seen
    try:
        to = urlsplit(urljoin(HERE, seen))
        return "" if (to.scheme, to.netloc) == ("http", "testserver") else seen
    except ValueError:
        return seen


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_user("anna", password=PASSWORD, is_staff=True)


def test_the_spellings_would_lead_away() -> None:
    assert len(SPELLINGS) >= 60
    assert sum(bool(away(spelling)) for spelling in SPELLINGS) >= 40


def test_after_the_sign_in(anna: User) -> None:
    for spelling in SPELLINGS[0 % EACH :: EACH]:
        client = Asking()
        page = client.get("/admin/login/", {"next": spelling})
        assert page.status_code == 200 and not dishonest(page), f"{spelling!r:.60}: {dishonest(page)}"
        for given in ({"next": spelling}, {}):
            to = client.post(f"/admin/login/?next={quote(spelling)}", {"username": "anna", "password": PASSWORD} | given)
            assert to.status_code == 302 and not wrong_with(to), f"{spelling!r:.60}: {wrong_with(to):.80}"
            client.logout()


def test_who_is_signed_in_already(publisher: Client) -> None:
    asking = Asking(publisher)
    for spelling in SPELLINGS[1 % EACH :: EACH]:
        for address in ("/admin/login/", "/admin/second-factor/", "/admin/password_change/"):
            to = asking.get(address, {"next": spelling})
            assert not wrong_with(to), f"{address} {spelling!r:.60}: {wrong_with(to):.80}"


def test_after_the_second_factor(anna: User) -> None:
    client = Asking()
    sign_in(client)
    client.get("/admin/second-factor/")
    device = anna.totpdevice_set.get()
    for spelling in SPELLINGS[2 % EACH :: EACH]:
        anna.totpdevice_set.update(confirmed=False, throttling_failure_count=0)
        to = client.post("/admin/second-factor/", {"code": code_of(device), "next": spelling})
        assert to.status_code == 302 and not wrong_with(to), f"{spelling!r:.60}: {wrong_with(to):.80}"


def test_after_signing_out(publisher: Client) -> None:
    asking = Asking(publisher)
    for spelling in SPELLINGS[3 % EACH :: EACH]:
        to = asking.post("/admin/logout/", {"next": spelling})
        assert not wrong_with(to), f"{spelling!r:.60}: {wrong_with(to):.80}"


def test_what_is_saved_in_the_admin(publisher: Client, world: Any) -> None:
    """The parameters by which the admin finds its way back."""
    change = f"/admin/vocab/theme/{world.border.pk}/change/"
    form = publisher.get(change).context["adminform"].form
    sent = {bound.html_name: value for bound in form if (value := bound.value()) not in (None, False)}
    sent |= {
        f"{one.formset.prefix}-{name}_FORMS": "0"
        for one in publisher.get(change).context["inline_admin_formsets"]
        for name in ("TOTAL", "INITIAL")
    }
    sent.pop("loaded_version", None)
    asking = Asking(publisher)
    for spelling in SPELLINGS[4 % EACH :: EACH]:
        for name in ("_changelist_filters", "next", "_popup", "_to_field"):
            to = asking.post(f"{change}?{name}={quote(spelling)}", sent | {"next": spelling})
            assert not wrong_with(to), f"{name} {spelling!r:.60}: {wrong_with(to):.80}"


def test_addresses_that_lead_on(world: Any) -> None:
    """Those without their slash, those that records had once, and permanent ids; the links of a page to itself in other languages."""
    OldSlug.objects.create(record_type="event", slug="once", record_id=world.visit_1996.pk)
    reader = Asking()
    for spelling in SPELLINGS[5 % EACH :: EACH]:
        path = quote(spelling, safe="/\\")
        once = f"/events/once/?next={quote(spelling)}"
        asked = [f"/{path}", f"/zh/{path}", f"/{path}/events", f"/events?next={quote(spelling)}", f"/admin/{path}", f"/api/{path}"]
        for address in (*asked, once, f"/id/E{world.visit_1996.pk}?next={quote(spelling)}"):
            answer = reader.get(address)
            assert not wrong_with(answer), f"{address:.80}: {wrong_with(answer):.80}"
            if "html" in answer.get("Content-Type", ""):
                links = re.findall(r'(?:href|src|action)="([^"]*)"', answer.body.decode())
                strange = [link for link in links if away(link) and EVIL in link]
                assert not strange, f"{address:.80} has links to {strange[:2]}"
