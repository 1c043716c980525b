"""Who takes brotli gets it and reads the same; who refuses it, or has a cookie, gets gzip; who takes neither, the plain bytes."""

from __future__ import annotations

import gzip
import random

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from sinorus.operations.compress import CompressMiddleware
from tests.records import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
READ = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
ASKED = {"gzip, deflate, br": "br", "br;q=0.5": "br", "gzip, br;q=0": "gzip", "br; q=0.00 , gzip": "gzip", "gzip": "gzip", "": None}
LEFT = {
    "short": HttpResponse(b"short"),
    "noise": HttpResponse(random.Random(1).randbytes(999)),
    "compressed": HttpResponse(b"x" * 999, headers={"Content-Encoding": "br"}),
}


def test_the_same_bytes_under_any_encoding(reader: Client, world: World) -> None:
    for address in ("/events/", "/api/v1/events/", "/no-such-page/"):
        plain = reader.get(address).content
        for takes, encoding in ASKED.items():
            answer = reader.get(address, headers={"accept-encoding": takes})
            told = answer.headers.get("Content-Encoding")
            assert (told, READ[told](answer.content)) == (encoding, plain), (address, takes)
            assert "accept-encoding" in answer.headers["Vary"].lower()
            assert int(answer.headers.get("Content-Length", len(answer.content))) == len(answer.content)
            assert answer.headers.get("ETag", "W/").startswith("W/")


def test_a_stream_is_no_less_a_stream(reader: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sinorus.facets.forms.FEW", 1)
    answer = reader.get("/events.csv", headers={"accept-encoding": "gzip, br"})
    assert answer.streaming and answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(answer)) == b"".join(reader.get("/events.csv"))


def test_who_is_signed_in_gets_what_hides_its_length(publisher: Client, world: World) -> None:
    assert publisher.get("/admin/", headers={"accept-encoding": "gzip, br"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("what", LEFT)
def test_what_would_not_be_shorter_or_is_compressed_already_is_left(what: str) -> None:
    before, told = LEFT[what].content, LEFT[what].headers.get("Content-Encoding")
    request = RequestFactory().get("/", headers={"accept-encoding": "br"})
    after = CompressMiddleware(lambda _request: LEFT[what])(request)
    assert after.content == before and after.headers.get("Content-Encoding") == told
