"""Requests that no honest client writes, byte by byte to a gunicorn: each is answered or refused, and the next one gets its own answer."""

from __future__ import annotations

import gzip
import socket

from tests.operations.sites import Site

_HEAD = "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
_BOMB = gzip.compress(b"a=" + b"x" * 20_000_000)


def _asked(path: str = "/events/", more: str = "", body: bytes = b"", method: str = "GET", head: str = _HEAD) -> bytes:
    return head.format(method=method, path=path).encode() + more.encode("latin-1") + b"\r\n" + body


REQUESTS: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "Host twice": (_asked(more="Host: evil.example\r\n"), (400,)),
    "no Host": (b"GET /events/ HTTP/1.1\r\nConnection: close\r\n\r\n", (200, 400)),
    "an address with another host": (_asked("http://evil.example/events/"), (200, 400, 404)),
    "a cookie of 64 kB": (_asked(more="Cookie: x=" + "x" * 65_000 + "\r\n"), (400, 431)),
    "a header of 8 kB": (_asked(more="X: " + "x" * 8_100 + "\r\n"), (200, 400, 431)),
    "200 headers": (_asked(more="".join(f"X-{n}: 1\r\n" for n in range(200))), (400, 431)),
    "an address of 8 kB": (_asked("/events/?q=" + "x" * 8_200), (400, 414)),
    "an address of 1 MB": (_asked("/search/?q=" + "x" * 1_000_000), (400, 414)),
    "an address that is not escaped": (_asked("/search/?q=中文é\x7f\x80"), (200, 400)),
    "escapes that are none": (_asked("/events/%zz/%u0041/%"), (404,)),
    "a way up in overlong forms": (_asked("/events/%c0%ae%c0%ae/%c0%af/"), (400, 404)),
    "half a letter": (_asked("/search/?q=%e4%b8"), (400,)),
    "a name of a script": (_asked(more="SCRIPT_NAME: /evil\r\n"), (200,)),
    "a path in a header": (_asked(more="PATH_INFO: /evil\r\n"), (200,)),
    "chunks": (_asked("/report/", "Transfer-Encoding: chunked\r\n", b"5\r\na=bcd\r\n0\r\n\r\n", "POST"), (403,)),
    "chunks and a length": (_asked("/report/", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", b"0\r\n\r\n", "POST"), (400, 403)),
    "chunks that are none": (_asked("/report/", "Transfer-Encoding: chunked\r\n", b"zz\r\n", "POST"), (400, 403)),
    "two lengths": (_asked("/report/", "Content-Length: 1\r\nContent-Length: 2\r\n", b"ab", "POST"), (400,)),
    "a length that is none": (_asked("/report/", "Content-Length: -1\r\n", b"", "POST"), (400,)),
    "a bomb": (_asked("/report/", f"Content-Encoding: gzip\r\nContent-Length: {len(_BOMB)}\r\n", _BOMB, "POST"), (403, 413)),
    "no version": (b"GET /events/\r\n\r\n", (400,)),
    "lines that end alone": (b"GET /events/ HTTP/1.1\nHost: 127.0.0.1\n\n", (400,)),
    "a space before the colon": (_asked(more="X-Forwarded-Host : evil.example\r\n"), (400,)),
    "a charset that is none of text": (_asked("/search/?q=a", "Content-Type: text/plain; charset=base64\r\n"), (200,)),
    "a charset in which nothing can be read": (_asked("/events/?q=%C3%A9", "Content-Type: text/plain; charset=undefined\r\n"), (200,)),
    "NUL in a header": (_asked(more="X: a\x00b\r\n"), (400,)),
    "schemes at odds": (_asked(more="X-Forwarded-Proto: https\r\nX-Forwarded-Ssl: off\r\n"), (200, 301, 400)),
}


def answer_to(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as asked:
        parts = iter(lambda: asked.recv(65_536), b"")
        try:
            asked.sendall(request)
            asked.shutdown(socket.SHUT_WR)
            return b"".join(parts)
        except (BrokenPipeError, ConnectionResetError):  # refused before all of it was read
            return b"HTTP/1.1 400"


def test_each_is_answered_or_refused(site: Site) -> None:
    with site.serving():
        before, wrong = site.get("/events/")[2], []
        for name, (request, expected) in REQUESTS.items():
            answer = answer_to(site.port, request)
            status = int(answer.split()[1]) if answer else 0
            if status not in expected or b"Traceback" in answer or b"evil" in answer:
                wrong.append(f"{name}: {answer[:200]!r}")
            if site.get("/events/")[2] != before:
                wrong.append(f"{name}: the next one was answered otherwise")
        assert not wrong, "\n".join(wrong)
