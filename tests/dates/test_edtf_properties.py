"""Things that hold for every date whatever: bounds, and agreement with another implementation."""

import contextlib
from calendar import monthrange
from datetime import date

import edtf as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.dates.edtf import Edtf, EdtfError, parse

years = st.integers(1, 9999).map(lambda year: f"{year:04}")
masked_years = st.text("0123456789X", min_size=4, max_size=4).filter(lambda year: year != "0000")
months = st.sampled_from([f"{month:02}" for month in (*range(1, 13), *range(21, 42))] + ["XX", "1X", "0X"])
days = st.sampled_from([f"{day:02}" for day in range(1, 32)] + ["XX", "0X", "1X", "3X"])
marks = st.sampled_from(["", "", "?", "~", "%"])


@st.composite
def dates(draw: st.DrawFn) -> str:
    """One EDTF date, possible or not."""
    text = draw(st.one_of(years, masked_years))
    for component in (months, days)[: draw(st.integers(0, 2))]:
        text += "-" + draw(component)
    return text + draw(marks)


strings = st.one_of(
    dates(),
    st.tuples(st.one_of(dates(), st.just(".."), st.just("")), st.one_of(dates(), st.just(".."), st.just(""))).map("/".join),
    st.lists(dates(), min_size=1, max_size=4).map(lambda parts: "[" + ",".join(parts) + "]"),
    st.lists(dates(), min_size=1, max_size=4).map(lambda parts: "{" + ",".join(parts) + "}"),
)


def read(text: str) -> Edtf | None:
    try:
        return parse(text)
    except EdtfError as error:
        return None if str(error) else pytest.fail("a refusal without a reason")


@given(st.dates())
def test_iso_days_come_back(day: date) -> None:
    value = parse(day.isoformat())
    assert (value.earliest, value.latest, value.precision) == (day, day, "day")
    assert value.text == day.isoformat()


@given(st.integers(1, 9999), st.integers(1, 12))
def test_iso_months_are_whole(year: int, month: int) -> None:
    value = parse(f"{year:04}-{month:02}")
    assert value.earliest == date(year, month, 1)
    assert value.latest == date(year, month, monthrange(year, month)[1])


@given(strings)
@settings(max_examples=500)
def test_bounds_are_in_order_and_never_both_missing(text: str) -> None:
    value = read(text)
    if value is None:
        return
    assert value.earliest or value.latest
    if value.earliest and value.latest:
        assert value.earliest <= value.latest
    for part in value.parts:
        assert part.earliest <= part.latest
        assert value.earliest is None or value.earliest <= part.latest
        assert value.latest is None or part.earliest <= value.latest
    assert parse(value.text) == value


@given(st.text(max_size=128))
@settings(max_examples=500)
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text)


@given(st.text("0123456789XS?~%/.,[]{}- ", max_size=64))
@settings(max_examples=500)
def test_any_text_in_the_alphabet_is_read_or_refused(text: str) -> None:
    value = read(text)
    if value is not None:
        assert parse(value.text) == value


@given(masked_years, st.dates())
def test_a_mask_holds_exactly_what_it_looks_like(mask: str, day: date) -> None:
    value = parse(mask)
    fits = all(m in ("X", s) for m, s in zip(mask, f"{day.year:04}", strict=True))
    if fits:
        assert value.earliest <= day <= value.latest


def oracle_bounds(text: str) -> tuple[str, str] | None:
    """The strict bounds as the edtf package (5.0.2) has them; ``None`` where it fails, refuses or knows no end."""
    with contextlib.suppress(Exception):  # it raises all kinds of things, which is why it is an oracle only
        value = oracle.parse_edtf(text)
        lower, upper = value.lower_strict(), value.upper_strict()
        return tuple(f"{bound[0]:04}-{bound[1]:02}-{bound[2]:02}" for bound in (lower, upper))  # type: ignore[return-value]
    return None


def known_difference(text: str) -> bool:
    """Where the package means something else, or is wrong.

    * Seasons: its winter is December alone; its seasons above 24 are partly elsewhere. Ours stand in edtf.py.
    * ``1950S2``: it takes the estimate for the bounds; the standard says 1900 to 1999.
    * Years with X from the year 0: it begins at the year 0, which is none; ours at the year 1.
    * An unknown month with a known day: it takes day 31 of December whatever the mask, and lets days run over.
    * Unknown digits in month or day other than XX: it takes the month or day as wholly unknown.
    * Days that never were: it accepts them.
    * Open and unknown ends: it gives infinity, or ten years more.
    """
    return any(
        (
            any(f"-{season}" in text for season in range(21, 42)),
            "S" in text,
            "00X" in text or "0XX" in text or "XXX" in text or text.startswith(("X", "0", "[X", "[0", "{X", "{0")),
            "-XX-" in text,
            any(f"-{mask}" in text for mask in ("0X", "1X", "2X", "3X")),
            any(side in ("", "..") for side in text.split("/")[:2]) and "/" in text,
            "/X" in text or "/0" in text,
            ",X" in text or ",0" in text,
        )
    )


@given(strings)
@settings(max_examples=150, deadline=None)
def test_the_edtf_package_agrees_wherever_both_read_a_string(text: str) -> None:
    ours = read(text)
    if ours is None or known_difference(text) or not (theirs := oracle_bounds(text)):
        return
    assert (ours.earliest.isoformat(), ours.latest.isoformat()) == theirs


@pytest.mark.parametrize(
    "text",
    [
        *("1996", "1996-04", "1996-04-25", "1996~", "1996-04?", "1996-04-25%", "195X", "19XX", "1996-XX", "1996-04-XX"),
        *("1998-05/1999-06", "1958~/1980-04", "1992-12-17/1992-12-18", "1984?/2004-06~", "1996-XX-XX", "2004-06~-11"),
        *("[1667,1668..1672]", "{1960,1961-12}", "[1667,1760-12]", "{1667..1668}", "1969-21", "1969-22", "1969-23"),
        *("?1996-04", "2004-06-XX/2004-07-03", "196X-04", "2011-06-~04", "2004?-06-11", "156X-12-25"),
    ],
)
def test_the_edtf_package_agrees_on_the_usual(text: str) -> None:
    ours = parse(text)
    assert (ours.earliest.isoformat(), ours.latest.isoformat()) == oracle_bounds(text)
