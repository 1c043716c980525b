"""Whatever stands in the headers of a request, there is an answer or a clear refusal."""

from __future__ import annotations

import gzip
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from sinorus.operations.asked import Request
from tests.catalogues import body_of
from tests.honest import Asking, dishonest
from tests.naughty import some
from tests.often import often

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESSES = ["/events/", "/api/v1/events/", "/events.csv", "/admin/login/"]
# fmt: off
HEADERS: dict[str, list[str]] = {
    "Accept": ["", "*", "*/*;q=x", "text/html;q=0", "a/b;" * 1_000, "application/json;v=2", ";", ",,,",
        "text/*;level=" + "1" * 5_000, "/"],
    "Accept-Language": [",".join(f"x{n}-y;q=0.{n}" for n in range(500)), "zh-" * 1_600, "-", "*;q=9", "../../ru", "%00",
        "zh\x0b", "ru;q=NaN"],
    "Accept-Encoding": ["", "gzip;q=0", "br, zstd, " * 400, "identity;q=0, *;q=0", "\x0bgzip"],
    "If-None-Match": ["*", '"', 'W/"', '"x" ' * 1_000, 'W/"1-x", "y"', "x" * 5_000, '"\x0b"', ",", 'W/"99999999999999999999-x"'],
    "If-Modified-Since": ["", "never", "Mon, 31 Feb 2026 99:99:99 GMT", "9" * 40, "Thu, 01 Jan 1970 00:00:00 GMT"],
    "Range": ["bytes=0-", "bytes=0-0,1-1,2-2", "bytes=" + ",".join(f"{n}-{n}" for n in range(1_000)), "bytes=-1", "bytes=9-1",
        "x", "bytes=1e9-"],
    "Cookie": ["sessionid=" + "x" * 64_000, "sessionid", "=", ";" * 1_000, "sessionid=\x0b", "csrftoken=../x",
        "messages=[[1]]", 'a="b', "x=" + "é"],
    "X-HTTP-Method-Override": ["DELETE", "x" * 5_000], "X-Forwarded-Host": ["evil.example", ",", "x" * 5_000],
    "X-Forwarded-For": ["", ",,,", "::1", "10.0.0.1, " * 500, "<script>", "999.999.999.999"], "X-Forwarded-Proto": ["ftp",
        "https,http", "x" * 5_000],
    "Content-Type": ["multipart/form-data", "multipart/form-data; boundary=", "application/json; charset=utf-99", "x" * 5_000,
        "text/html; charset=utf-7"],
    "Content-Length": ["-1", "x", "9" * 30, "1e3", ""],
    "Host": ["testserver:99999", "testserver:x", "testserver@evil.example", "[::1", "testserver..", "", "TESTSERVER",
        "testserver, evil.example", "a b"],
    "Authorization": ["Basic", "Basic !!", "Bearer " + "x" * 5_000, "Basic OjpeOg=="], "Origin": ["null", "x", "https://evil.example"],
    "X-Request-ID": ["x", "\x0b" * 10, "x" * 65, "../../" * 9], "User-Agent": ["", "x" * 5_000, "\x1b[2J"],
        "Referer": ["javascript:alert(1)", "x" * 5_000],
    "HX-Request": ["true", "x"], "HX-Boosted": ["true"], "HX-Current-URL": ["%ff", "//["], "HX-Current-URL-URI-AutoEncoded": ["true"],
}
# fmt: on


@pytest.mark.parametrize("name", HEADERS)
def test_an_answer_or_a_refusal(world: Any, name: str) -> None:
    reader, values = Asking(), [*HEADERS[name], *some(8)]
    for number, value in list(enumerate(values))[:: often(1, 3)]:
        address, value = ADDRESSES[number % len(ADDRESSES)], value.encode().decode("latin-1")  # as a server hands it on
        answer = reader.get(address, headers={name: value})
        assert answer.status_code in (200, 206, 302, 304, 400, 406, 416), (name, value[:60], answer.status_code)
        assert not dishonest(answer, value), (name, value[:60], dishonest(answer, value))
        assert "evil.example" not in str(answer.headers)


def test_there_are_enough_of_them() -> None:
    assert sum(len(values) + 8 for values in HEADERS.values()) >= 200


@pytest.mark.parametrize("address", ["/events/", "/api/v1/events/", "/report/", "/admin/login/"])
def test_a_body_that_swells_is_not_unpacked(world: Any, address: str) -> None:
    bomb = gzip.compress(b"a=" + b"x" * 20_000_000)
    kind = "application/x-www-form-urlencoded"
    answer = Asking().generic("POST", address, bomb, content_type=kind, headers={"Content-Encoding": "gzip"})
    assert answer.status_code in (200, 400, 403, 405) and not dishonest(answer), dishonest(answer)


@pytest.mark.parametrize("charset", ["base64", "rot13", "idna", "undefined", "utf-16", "latin-1", "utf-99"])
def test_no_charset_changes_what_is_read(charset: str) -> None:
    """Made as the server makes it: of a codec that is none of text Django makes no request at all, which was a bare 500."""
    part = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xc3\xa9\r\n--x--\r\n'
    for kind, body, read in (
        ("text/plain", b"", None),
        ("multipart/form-data; boundary=x", part, "é"),
        ("application/x-www-form-urlencoded", b"text=%C3%A9", "é"),
    ):
        environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": f"{kind}; charset={charset}", "CONTENT_LENGTH": str(len(body))}
        request = Request({**environ, "PATH_INFO": "/report/", "QUERY_STRING": "q=%C3%A9", "wsgi.input": BytesIO(body)})
        assert (request.GET["q"], request.POST.get("text")) == ("é", read)


def test_a_body_with_get_asks_nothing(world: Any, reader: Client) -> None:
    plain = body_of(reader.get("/api/v1/events/"))
    assert body_of(reader.generic("GET", "/api/v1/events/", b"kind=visit", content_type="application/x-www-form-urlencoded")) == plain
