"""One rule in three places (an instance, a query, the counts of the facet) over any instruments and days."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.often import often
from treaties.filters import TreatyFilterSet
from treaties.life import Status, possible_statuses, status_q
from treaties.models import Treaty

pytestmark = pytest.mark.django_db

years = st.integers(1945, 1955)
days = st.dates(datetime.date(1945, 1, 1), datetime.date(1956, 12, 31))


@st.composite
def dates(draw: Any) -> str:
    """Nothing, a day, a month, a year, about a year, a span, one open at an end."""
    form = draw(st.sampled_from(["", "day", "month", "year", "about", "span", "open-start", "open-end", "one-of"]))
    year, other = sorted((draw(years), draw(years)))
    return {
        "": "",
        "day": draw(days).isoformat(),
        "month": f"{year}-{draw(st.integers(1, 12)):02}",
        "year": str(year),
        "about": f"{year}~",
        "span": f"{year}/{other}" if year != other else str(year),
        "open-start": f"../{other}",
        "open-end": f"{year}/..",
        "one-of": f"[{year}..{other}]" if year != other else str(year),
    }[form]


@st.composite
def instruments(draw: Any) -> dict[str, Any]:
    if draw(st.booleans()) and draw(st.booleans()):
        return {"binding": "political", "signed_edtf": draw(dates()) or "1950"}
    terminated = draw(dates())
    return {
        "binding": "binding",
        "signed_edtf": draw(dates()) or "1950",
        "in_force_edtf": draw(dates()),
        "terminated_edtf": terminated,
        "end": draw(st.sampled_from(["", "expired", "terminated", "superseded"])) if terminated else "",
        "term_years": draw(st.one_of(st.none(), st.integers(1, 5))),
        "term_ends": draw(st.one_of(st.none(), days)),
        "renews": draw(st.booleans()),
    }


@settings(max_examples=often(60, 25), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(instruments(), min_size=1, max_size=12), st.lists(days, min_size=1, max_size=4))
def test_instance_query_and_facet_agree(found: list[dict[str, Any]], when: list[datetime.date]) -> None:
    with transaction.atomic():
        state = {"title": "Some", "kind": "treaty", "summary": "Some.", "status": "published"}
        Treaty.objects.bulk_create(Treaty(slug=f"some-{number}", **state, **fields) for number, fields in enumerate(found))
        made = list(Treaty.objects.public())
        for on in when:
            _check(made, on)
        transaction.set_rollback(True)


def _check(made: list[Treaty], on: datetime.date) -> None:
    told = {one.pk: possible_statuses(one, on) for one in made}
    for statuses in told.values():
        assert statuses and len(set(statuses)) == len(statuses)
    counted: dict[str, Counter] = {"certain": Counter(), "possible": Counter()}
    for statuses in told.values():
        counted["possible"].update(str(one) for one in statuses)
        if len(statuses) == 1:
            counted["certain"].update(str(one) for one in statuses)
    for match, numbers in counted.items():
        for status in Status.values:
            keys = set(Treaty.objects.public().filter(status_q(status, on, match)).values_list("pk", flat=True))
            expected = {pk for pk, one in told.items() if (one == [status] if match == "certain" else status in one)}
            assert keys == expected, (status, on, match)
        question = TreatyFilterSet(QueryDict(f"on={on}&date_match={match}"), Treaty.objects.public())
        facet = next(one for one in question.facets() if one.name == "status")
        assert {bucket.value: bucket.count for bucket in facet.buckets} == dict(numbers)
