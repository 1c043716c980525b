"""Legal statuses worked out by hand: what is recorded of an instrument, a day, and what it is on that day."""

from __future__ import annotations

import datetime

import pytest

from tests.records import treaty
from treaties.life import Status
from treaties.models import PartyAction, Treaty

pytestmark = pytest.mark.django_db

INSTRUMENTS = {
    "alliance": {"signed": "1950-02-14", "in_force": "1950-04-11", "terminated": "1980-04-11", "end": "expired", "term_years": 30},
    "renewing": {"signed": "2001-07-16", "in_force": "2002-02-28", "term_years": 20, "renews": True},
    "lapsed": {"signed": "1945-08-14", "in_force": "1945-08-24", "term_years": 30},
    "prolonged": {"signed": "2001-07-16", "in_force": "2002-02-28", "term_years": 20, "term_ends": datetime.date(2026, 2, 28)},
    "political": {"signed": "1996-04-25", "binding": "political", "kind": "joint-statement"},
    "silent": {"signed": "1991-05-16"},
    "signed-some-day": {"signed": "1727-08"},
    "in-force-about": {"signed": "1996-04-26", "in_force": "about 1998"},
    "superseded": {"signed": "1896-06-03", "in_force": "1896-06", "terminated": "1924-05", "end": "superseded"},
    "ended-somehow": {"signed": "1950-02-14", "in_force": "1950-09-30", "terminated": "1965"},
    "ended-unborn": {"signed": "1920-09-27", "terminated": "1924-05-31", "end": "terminated"},
    "ended-late-1950s": {"signed": "1949-11-01", "in_force": "1950-10-19", "terminated": "late 1950s", "end": "terminated"},
    "in-force-before": {"signed": "1858-05-28", "in_force": "../1860"},
    "ended-after": {"signed": "1881-02-24", "in_force": "1881-08-19", "terminated": "1911/..", "end": "expired"},
    "never-born": {"signed": "1879-10-02", "unperfected": True, "terminated": "1881-02-24", "end": "superseded"},
    "refused": {"signed": "1931-10-01", "unperfected": True},
    "soft-at-both-ends": {"signed": "1940", "in_force": "1940/1942", "terminated": "1941/1944", "end": "terminated"},
}
F, N, X, T, S, P, U = "in-force", "not-yet", "expired", "terminated", "superseded", "not-applicable", "unknown"

#: Instrument, day, every status that it may have, the likeliest first.
BY_HAND = [
    ("alliance", "1949-01-01", [N]),
    ("alliance", "1950-02-14", [N]),
    ("alliance", "1950-04-10", [N]),
    ("alliance", "1950-04-11", [F]),
    ("alliance", "1975-06-01", [F]),
    ("alliance", "1980-04-10", [F]),
    ("alliance", "1980-04-11", [X]),
    ("alliance", "1985-06-01", [X]),
    ("renewing", "2001-07-16", [N]),
    ("renewing", "2002-02-28", [F]),
    ("renewing", "2022-03-01", [F]),
    ("renewing", "2100-01-01", [F]),
    ("lapsed", "1945-08-20", [N]),
    ("lapsed", "1975-08-24", [F]),
    ("lapsed", "1975-08-25", [U]),
    ("prolonged", "2022-03-01", [F]),
    ("prolonged", "2026-02-28", [F]),
    ("prolonged", "2026-03-01", [U]),
    ("political", "1990-01-01", [P]),
    ("political", "1996-04-25", [P]),
    ("political", "2020-01-01", [P]),
    ("silent", "1991-05-15", [N]),
    ("silent", "1991-05-16", [U]),
    ("silent", "2026-01-01", [U]),
    ("signed-some-day", "1727-07-31", [N]),
    ("signed-some-day", "1727-08-01", [U, N]),
    ("signed-some-day", "1727-08-15", [U, N]),
    ("signed-some-day", "1727-08-31", [U]),
    ("in-force-about", "1997-12-31", [N]),
    ("in-force-about", "1998-01-01", [F, N]),
    ("in-force-about", "1998-06-15", [F, N]),
    ("in-force-about", "1998-12-30", [F, N]),
    ("in-force-about", "1998-12-31", [F]),
    ("superseded", "1896-05-31", [N]),
    ("superseded", "1896-06-10", [F, N]),
    ("superseded", "1924-04-30", [F]),
    ("superseded", "1924-05-01", [S, F]),
    ("superseded", "1924-05-31", [S]),
    ("ended-somehow", "1964-12-31", [F]),
    ("ended-somehow", "1965-07-01", [T, F]),
    ("ended-somehow", "1965-12-31", [T]),
    ("ended-unborn", "1920-01-01", [N]),
    ("ended-unborn", "1922-01-01", [U]),
    ("ended-unborn", "1924-05-31", [T]),
    ("ended-late-1950s", "1956-12-31", [F]),
    ("ended-late-1950s", "1958-06-01", [T, F]),
    ("ended-late-1950s", "1959-12-31", [T]),
    ("in-force-before", "1859-01-01", [F, N]),
    ("in-force-before", "1860-12-31", [F]),
    ("ended-after", "1910-12-31", [F]),
    ("ended-after", "1911-01-01", [X, F]),
    ("ended-after", "2000-01-01", [X, F]),
    ("never-born", "1879-01-01", [N]),
    ("never-born", "1880-06-01", [N]),
    ("never-born", "1881-02-24", [S]),
    ("refused", "2026-01-01", [N]),
    ("soft-at-both-ends", "1940-06-01", [F, N]),
    ("soft-at-both-ends", "1941-06-01", [T, F, N]),
    ("soft-at-both-ends", "1942-12-31", [T, F]),
    ("soft-at-both-ends", "1944-12-31", [T]),
]


@pytest.mark.parametrize(("name", "day", "expected"), BY_HAND, ids=[f"{name}-{day}" for name, day, _ in BY_HAND])
def test_status_on_a_day(name: str, day: str, expected: list[str]) -> None:
    made = treaty(name, **INSTRUMENTS[name])
    on = datetime.date.fromisoformat(day)
    judged = Treaty.objects.for_page().get(pk=made.pk).status_on(on)
    assert [judged.status, *judged.possible] == expected
    for status in Status.values:
        certain = Treaty.objects.filter(pk=made.pk).with_status(status, on, "certain").exists()
        possible = Treaty.objects.filter(pk=made.pk).with_status(status, on, "possible").exists()
        assert certain == (expected == [status])
        assert possible == (status in expected)


def test_in_force_on_a_day_is_a_question_to_the_register() -> None:
    for name, fields in INSTRUMENTS.items():
        treaty(name, **fields)
    day = datetime.date(1941, 6, 1)
    assert set(Treaty.objects.in_force_on(day).values_list("slug", flat=True)) == {"in-force-before"}
    possibly = {"in-force-before", "ended-after", "soft-at-both-ends"}
    assert set(Treaty.objects.in_force_on(day, "possible").values_list("slug", flat=True)) == possibly


REASONS = [
    ("alliance", "1985-06-01", "expired 1980-04-11: 30-year term, notice of 3 April 1979"),
    ("alliance", "1975-06-01", "in force since 11 April 1950; until 11 April 1980"),
    ("renewing", "2022-03-01", "in force since 28 February 2002; 20-year term that renews itself"),
    ("lapsed", "1976-01-01", "its term ended on 1975-08-24; neither a prolongation nor an end is recorded"),
    ("political", "2020-01-01", "a political text does not enter into force"),
    ("silent", "2020-01-01", "no date of entry into force is recorded"),
    ("in-force-about", "1998-06-15", "possibly: entered into force about 1998; no end is recorded"),
    ("never-born", "1880-06-01", "it never entered into force"),
    ("alliance", "1950-03-01", "entered into force 11 April 1950"),
    ("ended-late-1950s", "1958-06-01", "possibly: terminated late 1950s"),
]


@pytest.mark.parametrize(("name", "day", "reason"), REASONS, ids=[f"{name}-{day}" for name, day, _ in REASONS])
def test_the_reason_is_told_in_words(name: str, day: str, reason: str, world: object) -> None:
    made = treaty(name, parties=(world.china,), **INSTRUMENTS[name])
    if name == "alliance":
        PartyAction.objects.create(party=made.party_links.get(), type="denounced", date="1979-04-03")
        reason = reason.replace("1980-04-11", "11 April 1980")
    assert Treaty.objects.for_page().get(pk=made.pk).status_on(datetime.date.fromisoformat(day)).reason == reason


def test_the_api_judges_on_the_day_asked_for(reader: object, world: object) -> None:
    def asked(query: str) -> dict[str, dict]:
        return {one["slug"]: one for one in reader.get(f"/api/v1/treaties/?{query}").json()["results"]}

    then = asked("status=in-force&on=1975-06-01")
    assert then["alliance-1950"]["status"]["reason"].startswith("in force since")
    assert then["alliance-1950"]["status"]["on"] == "1975-06-01"
    assert "alliance-1950" not in asked("status=in-force&on=1985-06-01")
    assert asked("status=expired&on=1985-06-01")["alliance-1950"]["status"]["reason"].endswith("30-year term, notice of 3 April 1979")
    assert "joint-statement-1996" in asked("status=not-applicable&on=1600-01-01")
    answer = reader.get("/api/v1/treaties/?on=someday")
    assert answer.status_code == 400 and answer.json()["errors"][0]["name"] == "on"


def test_a_row_of_the_register_tells_the_status_of_that_day(reader: object, world: object) -> None:
    page = reader.get("/treaties/?on=1975-06-01").content.decode()
    assert "In force on 1975-06-01" in page
    assert 'type="date"' in page and 'value="1975-06-01"' in page
    assert "Expired" in reader.get("/treaties/").content.decode()
