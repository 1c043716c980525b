"""check_links against real servers on this machine: what it says of answers, and that it never reaches what it may not."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from sinorus.publishing import editions
from sinorus.publishing.models import Change
from sinorus.sources import links
from sinorus.sources.links import Rules, look
from sinorus.sources.management.commands.check_links import Command
from sinorus.sources.models import Source
from tests import records as make
from tests.catalogues import body_of

Say = Callable[[str], bytes | float]


class Server:
    """A web server that answers a path as it is told to: with bytes, or after so many seconds with nothing."""

    def __init__(self, host: str, say: Say) -> None:
        self.listening = socket.create_server((host, 0))
        self.host, self.port = self.listening.getsockname()[:2]
        self.say, self.asked = say, []
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _peer = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with closing(connection):
            path = connection.recv(65_536).decode().split(" ")[1]
            self.asked.append(path)
            said = self.say(path)
            with suppress(OSError):  # who asked may have gone
                if isinstance(said, float):
                    time.sleep(said)
                else:
                    connection.sendall(said)


def answer(status: int, location: str = "") -> bytes:
    to = f"Location: {location}\r\n" if location else ""
    return f"HTTP/1.1 {status} Whatever\r\n{to}Content-Length: 2\r\n\r\nOK".encode()


PATHS: dict[str, bytes | float] = {
    "/": answer(200),
    "/gone": answer(410),
    "/missing": answer(404),
    "/shut": answer(403),
    "/broken": answer(503),
    "/slow": 3.0,
    "/garbage": b"I am no web server\r\n\r\n",
    "/endless": b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 1_000_000,
    "/moved": answer(301, "/"),
    "/away": answer(302, "http://127.0.0.2:{port}/"),
    "/metadata": answer(302, "http://169.254.169.254/latest/"),
    "/file": answer(302, "file:///etc/passwd"),
    "/mapped": answer(302, "http://[::ffff:127.0.0.2]:{port}/"),
    "/loop": answer(302, "/loop"),
}


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server("127.0.0.1", lambda path: _with_port(PATHS[path.partition("?")[0]], made.port))
    yield made
    made.listening.close()


def _with_port(said: bytes | float, port: int) -> bytes | float:
    return said if isinstance(said, float) else said.replace(b"{port}", str(port).encode())


@pytest.fixture
def rules(server: Server) -> Rules:
    """The usual rules, but that this one server may be asked."""
    here = ipaddress.ip_address("127.0.0.1")
    return Rules(permits=lambda address, port: address == here or links.is_public(address, port), ports=frozenset({80, 443, server.port}))


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/", "alive"),
        ("/moved", "alive"),
        ("/gone", "gone"),
        ("/missing", "gone"),
        ("/shut", "closed"),
        ("/broken", "silent"),
        ("/garbage", "silent"),
        ("/endless", "alive"),
        ("/loop", "silent"),
        ("/?q=中文&x=a b", "alive"),
    ],
)
def test_what_a_server_says_is_told_in_a_word(server: Server, rules: Rules, path: str, state: str) -> None:
    assert look(server.url(path), rules).state == state


def test_a_loop_ends_after_five_redirects(server: Server, rules: Rules) -> None:
    look(server.url("/loop"), rules)
    assert server.asked == ["/loop"] * 6


def test_a_server_that_says_nothing_is_not_waited_for(server: Server, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "SECONDS", 0.3)
    found = look(server.url("/slow"), rules)
    assert found.state == "silent"


def test_no_more_is_read_than_allowed(server: Server, rules: Rules) -> None:
    connection = socket.create_connection((server.host, server.port))
    with closing(connection):
        connection.sendall(b"GET /endless HTTP/1.1\r\n\r\n")
        assert len(links._head(connection, time.monotonic() + 5)) == links.MAX_BYTES


@pytest.mark.parametrize("path", ["/away", "/metadata", "/file", "/mapped"])
def test_a_redirect_to_what_is_private_is_not_followed(server: Server, rules: Rules, path: str) -> None:
    private = socket.create_server(("127.0.0.2", server.port))
    private.settimeout(0.2)
    with closing(private):
        assert look(server.url(path), rules).state == "unsafe"
        with pytest.raises(TimeoutError):
            private.accept()
    assert server.asked == [path]


def test_without_the_allowance_nothing_here_is_asked(server: Server) -> None:
    assert look(server.url(), Rules(ports=frozenset({server.port}))).state == "unsafe"
    assert not server.asked


def test_a_name_is_resolved_once_and_that_address_is_asked(server: Server, rules: Rules) -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"]]  # what a rebinding name server would say
    again = Rules(rules.permits, rules.ports, lambda host, port: answers.pop(0))
    assert look(f"http://rebinding.example:{server.port}/", again).state == "alive"
    assert (server.asked, len(answers)) == (["/"], 1)


def test_one_private_address_among_several_is_enough_to_refuse(server: Server, rules: Rules) -> None:
    several = Rules(rules.permits, rules.ports, lambda host, port: ["127.0.0.1", "10.0.0.1"])
    assert look(f"http://several.example:{server.port}/", several).state == "unsafe"
    assert not server.asked


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "javascript:alert(1)",
        "http://example.org:8080/",
        "http://user:password@example.org/",
        "http:///nowhere",
        "http://example.org:99999/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",
        "http://127.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[2002:0a00:0001::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://224.0.0.1/",
        "http://localhost/",
    ],
)
def test_what_may_not_be_asked_is_not_asked(url: str) -> None:
    assert look(url).state == "unsafe"


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_may_be_asked(address: str) -> None:
    assert links.is_public(ipaddress.ip_address(address), 443)


# The command ----------------------------------------------------------------------------------------------------------


def run(rules: Rules, *args: str) -> str:
    told = StringIO()
    command = Command(stdout=told)
    command.rules = rules
    call_command(command, *args, "--pause=0")
    return told.getvalue()


@pytest.mark.django_db
def test_a_dead_address_is_told_and_an_archived_copy_offered(reader: Client, world: Any, server: Server, rules: Rules) -> None:
    make.source("kept", url=server.url("/gone"), archive_url="https://archive.example/copy")
    make.source("lost", url=server.url("/missing"))
    before = editions.current()
    told = run(rules)
    assert "kept: gone" in told and "gone: 2" in told
    assert editions.current() == before + 1
    assert {change.slug for change in Change.objects.filter(edition=before + 1)} == {"kept", "lost"}
    kept, lost = (body_of(reader.get(f"/sources/{slug}/")).decode() for slug in ("kept", "lost"))
    assert "gone, as found on" in kept and 'href="https://archive.example/copy"' in kept
    assert f'href="https://web.archive.org/web/*/{server.url("/missing")}"' in lost
    assert reader.get("/api/v1/sources/lost/").json()["link_state"] == "gone"


@pytest.mark.django_db
def test_asking_again_what_is_as_it_was_makes_no_edition(world: Any, server: Server, rules: Rules) -> None:
    make.source("fine", url=server.url("/"))
    run(rules)
    before = editions.current()
    assert "0 asked" in run(rules), "its turn comes in thirty days"
    assert "1 asked" in run(rules, "fine")
    assert editions.current() == before


@pytest.mark.django_db
def test_a_new_address_is_not_called_dead_for_the_old(reader: Client, world: Any, server: Server, rules: Rules) -> None:
    source = make.source("moved", url=server.url("/gone"))
    run(rules)
    Source.objects.filter(pk=source.pk).update(url=server.url("/"))
    assert not Source.objects.get(pk=source.pk).link_is_dead
    assert reader.get("/api/v1/sources/moved/").json()["link_state"] == ""
    run(rules)
    assert Source.objects.get(pk=source.pk).link_state == "alive"


@pytest.mark.django_db
def test_a_dry_run_notes_nothing(world: Any, server: Server, rules: Rules) -> None:
    make.source("gone", url=server.url("/gone"))
    assert "gone: gone" in run(rules, "--dry-run")
    assert Source.objects.get(slug="gone").link_state == ""
