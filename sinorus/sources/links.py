"""Whether an address on the web still answers, asked without ever reaching what only this machine can reach.

An address is written by an editor and may lead anywhere, also by a redirect or by a name that today means another machine. So:
http and https on their own ports alone; a name is resolved once, every address it has must be a public one, and the connection goes to
that very address; each redirect is held against the same rules, five at most; five seconds for each step; no more than 64 kB are
read, and of those only the first line and where it leads. What the other side says is never kept or shown.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.utils.translation import gettext as _

from .models import Source

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
State = Source.LinkState

SECONDS: Final = 5.0  # for each step: resolving, connecting, reading
MAX_STEPS: Final = 5  # redirects
MAX_BYTES: Final = 65_536
AGENT: Final = "sinorus-link-check/1"
_PORTS: Final = {"http": 80, "https": 443}
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: |\r|\n)")
_LOCATION: Final = re.compile(rb"^location:[ \t]*([^\r\n]*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class NotAsked(Exception):
    """The rules forbid to ask this address."""


class Silent(Exception):
    """Nothing there answers as a web server does."""


def is_public(address: Address, port: int) -> bool:
    """Whether an address is one of the public internet, also when it is wrapped in another."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner and not is_public(inner, port):
            return False
        if address.ipv4_mapped:
            return True
    bad = address.is_private or address.is_loopback or address.is_link_local or address.is_reserved or address.is_unspecified
    return address.is_global and not (bad or address.is_multicast)


def _resolve(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Rules:
    """What may be asked. Tests, and nobody else, permit a server on this machine."""

    permits: Callable[[Address, int], bool] = is_public
    ports: frozenset[int] = frozenset(_PORTS.values())
    resolve: Callable[[str, int], list[str]] = _resolve
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)


@dataclass(frozen=True)
class Found:
    """What was found at an address: a state, and in words for editors why."""

    state: State
    detail: str


def look(url: str, rules: Rules | None = None) -> Found:
    """Ask an address, following redirects, and say whether it answers."""
    rules = rules or Rules()
    try:
        for _step in range(MAX_STEPS + 1):
            status, location = _ask(url, rules)
            if status not in (301, 302, 303, 307, 308) or not location:
                return _meaning(status)
            url = urljoin(url, location)
    except NotAsked as error:
        return Found(State.UNSAFE, str(error))
    except (OSError, Silent, ValueError) as error:
        return Found(State.SILENT, _why(error))
    return Found(State.SILENT, _("more than %(count)d redirects") % {"count": MAX_STEPS})


def _meaning(status: int) -> Found:
    """Gone is what says so; what refuses a program may well answer a reader."""
    answered = _("answered %(status)d") % {"status": status}
    if status in (404, 410):
        return Found(State.GONE, answered)
    if status >= 500:
        return Found(State.SILENT, answered)
    return Found(State.ALIVE if status < 400 else State.CLOSED, answered)


def _why(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return _("no answer in %(seconds)d seconds") % {"seconds": SECONDS}
    if isinstance(error, socket.gaierror):
        return _("the name is not known")
    if isinstance(error, ssl.SSLError):
        return _("the certificate is not valid")
    return _("no connection") if isinstance(error, OSError) else _("no answer of a web server")


def _ask(url: str, rules: Rules) -> tuple[int, str]:
    """Status and the address it leads on to, of one request."""
    parts, host, port = _read(url, rules)
    deadline = time.monotonic() + SECONDS
    address = _one_address(host, port, rules)
    with socket.create_connection((address, port), timeout=_left(deadline)) as plain:
        connection = rules.tls.wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
        with connection:
            connection.sendall(_request(parts, host))
            head = _head(connection, deadline)
    if not (status := _STATUS.match(head)):
        raise Silent
    location = _LOCATION.search(head)
    return int(status[1]), location[1].decode("utf-8", "replace") if location else ""


def _read(url: str, rules: Rules) -> tuple[SplitResult, str, int]:
    """The parts of an address that may be asked, its host as DNS knows it, its port."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise NotAsked(_("neither http nor https"))
    if not parts.hostname or parts.username is not None:
        raise NotAsked(_("no host, or a name and password before it"))
    try:
        port = parts.port or _PORTS[parts.scheme]
        host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    except (UnicodeError, ValueError) as error:
        raise NotAsked(_("no host that a name server could know")) from error
    if port not in rules.ports:
        raise NotAsked(_("port %(port)d") % {"port": port})
    return parts, host, port


def _one_address(host: str, port: int, rules: Rules) -> str:
    """The address to connect to; one that is not public among several is enough to refuse them all."""
    waiting = ThreadPoolExecutor(1)  # a name server may take longer than we wait
    try:
        found = waiting.submit(rules.resolve, host, port).result(timeout=SECONDS)
    finally:
        waiting.shutdown(wait=False)
    addresses = [ipaddress.ip_address(one.partition("%")[0]) for one in found]
    if not addresses or not all(rules.permits(one, port) for one in addresses):
        raise NotAsked(_("an address that is not public"))
    return str(addresses[0])


def _request(parts: SplitResult, host: str) -> bytes:
    """A request for the page. Nothing of the address can end a line of it."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    name = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    return f"GET {path} HTTP/1.1\r\nHost: {name}{port}\r\nUser-Agent: {AGENT}\r\nAccept: */*\r\nConnection: close\r\n\r\n".encode("ascii")


def _head(connection: socket.socket, deadline: float) -> bytes:
    """The answer up to the end of its headers."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MAX_BYTES:
        connection.settimeout(_left(deadline))
        if not (more := connection.recv(min(4096, MAX_BYTES - len(head)))):
            break
        head += more
    return head.partition(b"\r\n\r\n")[0]


def _left(deadline: float) -> float:
    if (left := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return left
