"""Whatever a query string holds, the answer is an answer or a clear refusal: never a fault, a trace or a name of the database."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalogues import catalogues
from tests.honest import Asking, dishonest
from tests.often import AT_LENGTH, often

pytestmark = pytest.mark.django_db

ADDRESSES = sorted({address for one in catalogues().values() for form, address in one.forms.items() if form != "admin"})
ADDRESSES += ["/api/v1/events/facets/", "/api/v1/treaties/facets/", "/api/v1/events/E1/", "/search/", "/api/v1/search/", "/api/v1/suggest/"]
ADDRESSES += ["/treaties/compare/", "/treaties/compare.csv", "/treaties/provisions/", "/meetings/", "/api/v1/meetings/"]
NAMES = sorted({name for one in catalogues().values() for name in one.filterset.get_filters()} | {"fields", "bom", "lang", "t", "format"})
LOOKUPS = ["__in", "__regex", "__isnull", "__password__startswith", "__class__", "[]", ";", '"', "\x00", " ", "."]
VALUES = ["china", "border", "1990s", "1996", "1996-04-31", "possible", "-date", "state", "unknown", "null", "true", "{}"]
VALUES += ["0", "-1", "1e9", "9" * 40, "NaN", "١٢", "%", "'", "' OR 1=1--", "*", '"', "NEAR(a b)", "a AND NOT b", "("]
VALUES += ["../../etc/passwd", "<script>alert(1)</script>", "\u202e", "中", "ё"]

names = st.one_of(st.sampled_from(NAMES), st.builds(str.__add__, st.sampled_from(NAMES), st.sampled_from(LOOKUPS)), st.text(max_size=12))
values = st.one_of(st.sampled_from(VALUES), st.text(max_size=30), st.binary(max_size=12).map(lambda raw: raw.decode("latin-1")))


def escaped(text: str, raw: bool) -> str:
    return quote(text.encode("latin-1", "replace") if raw else text.encode("utf-8", "surrogatepass"))


queries = st.lists(st.tuples(names, values, st.booleans()), max_size=6).map(
    lambda pairs: "&".join(f"{escaped(name, False)}={escaped(value, raw)}" for name, value, raw in pairs)
)


# The same questions in each run, others each time at length.
@settings(max_examples=often(5_000, 400), derandomize=not AT_LENGTH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(address=st.sampled_from(ADDRESSES), query=queries)
def test_no_question_breaks_it(world: Any, address: str, query: str) -> None:
    answer = Asking().get(f"{address}?{query}")
    assert answer.status_code in (200, 301, 400, 404), f"{address}?{query}: {answer.status_code}"
    assert not dishonest(answer), f"{address}?{query}: {dishonest(answer)}"
    if "html" in answer["Content-Type"]:
        assert b"<script>alert" not in answer.body


@pytest.mark.parametrize("address", [one for one in ADDRESSES if "/api/v1/" in one or one.endswith((".csv", ".jsonl", ".atom"))])
def test_programs_are_refused_with_a_problem_document(reader: Client, world: Any, address: str) -> None:
    if address in ("/api/v1/suggest/", "/api/v1/search/"):
        address += "?q=a&"
    answer = reader.get(f"{address}{'' if '?' in address else '?'}no_such_parameter=1")
    assert answer.status_code == 400, address
    assert answer["Content-Type"].startswith("application/problem+json")
    assert "no_such_parameter" in {error["name"] for error in answer.json()["errors"]}
