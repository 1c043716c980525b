"""EDTF strings: what each means, to the day, and how sure it is."""

from datetime import date

import pytest

from sinorus.dates.edtf import PRECISIONS, Edtf, parse

# string, earliest, latest, precision, certainty
CASES = """
1996                          1996-01-01 1996-12-31 year       certain
0001                          0001-01-01 0001-12-31 year       certain
9999                          9999-01-01 9999-12-31 year       certain
1996-04                       1996-04-01 1996-04-30 month      certain
1996-02                       1996-02-01 1996-02-29 month      certain
1900-02                       1900-02-01 1900-02-28 month      certain
1996-04-25                    1996-04-25 1996-04-25 day        certain
2000-02-29                    2000-02-29 2000-02-29 day        certain
1996~                         1996-01-01 1996-12-31 year       approximate
1996?                         1996-01-01 1996-12-31 year       uncertain
1996%                         1996-01-01 1996-12-31 year       both
?1996-04                      1996-04-01 1996-04-30 month      uncertain
2004-06~-11                   2004-06-11 2004-06-11 day        approximate
2004?-06-~11                  2004-06-11 2004-06-11 day        both
2004-%06-11                   2004-06-11 2004-06-11 day        both
1996-04-25?                   1996-04-25 1996-04-25 day        uncertain
195X                          1950-01-01 1959-12-31 decade     certain
195X~                         1950-01-01 1959-12-31 decade     approximate
19XX                          1900-01-01 1999-12-31 century    certain
1XXX                          1000-01-01 1999-12-31 millennium certain
XXXX                          0001-01-01 9999-12-31 unknown    certain
000X                          0001-01-01 0009-12-31 decade     certain
19X6                          1906-01-01 1996-12-31 century    certain
1996-XX                       1996-01-01 1996-12-31 year       certain
1996-XX-28?                   1996-01-28 1996-12-28 year       uncertain
1996-XX-31                    1996-01-31 1996-12-31 year       certain
1996-04-XX                    1996-04-01 1996-04-30 month      certain
1996-04-3X                    1996-04-30 1996-04-30 month      certain
1996-1X                       1996-10-01 1996-12-31 year       certain
1996-0X-31                    1996-01-31 1996-08-31 year       certain
156X-12-25                    1560-12-25 1569-12-25 decade     certain
196X-04                       1960-04-01 1969-04-30 decade     certain
XXXX-02-29                    0004-02-29 9996-02-29 unknown    certain
199X-02-29                    1992-02-29 1996-02-29 decade     certain
1969-21                       1969-03-01 1969-05-31 season     certain
1969-22                       1969-06-01 1969-08-31 season     certain
1969-23~                      1969-09-01 1969-11-30 season     approximate
1969-24                       1969-12-01 1970-02-28 season     certain
1971-24                       1971-12-01 1972-02-29 season     certain
9999-24                       9999-12-01 9999-12-31 season     certain
1969-30                       1969-12-01 1970-02-28 season     certain
1969-32                       1969-06-01 1969-08-31 season     certain
1969-33                       1969-01-01 1969-03-31 quarter    certain
1969-36                       1969-10-01 1969-12-31 quarter    certain
1969-38                       1969-05-01 1969-08-31 four-months certain
1950-40                       1950-01-01 1950-06-30 half-year  certain
1950-41                       1950-07-01 1950-12-31 half-year  certain
196X-21                       1960-03-01 1969-05-31 decade     certain
1950S2                        1900-01-01 1999-12-31 century    approximate
1950S3                        1950-01-01 1959-12-31 decade     approximate
1950S4                        1950-01-01 1950-12-31 year       approximate
1998-05/1999-06               1998-05-01 1999-06-30 month      certain
1992-12-17/1992-12-18         1992-12-17 1992-12-18 day        certain
1957~/1959~                   1957-01-01 1959-12-31 year       approximate
1958~/1980-04                 1958-01-01 1980-04-30 year       approximate
1984?/2004-06~                1984-01-01 2004-06-30 year       both
1959-09-30/1959-10            1959-09-30 1959-10-31 month      certain
1964-02-25/1964-08-15~        1964-02-25 1964-08-15 day        approximate
2004-06-XX/2004-07-03         2004-06-01 2004-07-03 month      certain
1969-21/1969-22               1969-03-01 1969-08-31 season     certain
1991/..                       1991-01-01 -          year       certain
1982-10-05/                   1982-10-05 -          day        certain
../1950                       -          1950-12-31 year       certain
/1950-04                      -          1950-04-30 month      certain
[1667,1668..1672]             1667-01-01 1672-12-31 year       certain
[1667,1760-12]                1667-01-01 1760-12-31 year       certain
[1994..1996]                  1994-01-01 1996-12-31 year       certain
[..1984]                      -          1984-12-31 year       certain
[1667-12..]                   1667-12-01 -          month      certain
[1672,1667]                   1667-01-01 1672-12-31 year       certain
{1960,1961-12}                1960-01-01 1961-12-31 year       certain
{..1984}                      -          1984-12-31 year       certain
{1667~,1668?}                 1667-01-01 1668-12-31 year       both
"""
ROWS = [row.split() for row in CASES.strip().splitlines()]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision", "certainty"), ROWS, ids=[row[0] for row in ROWS])
def test_meaning(text: str, earliest: str, latest: str, precision: str, certainty: str) -> None:
    value = parse(text)
    assert value.earliest == (None if earliest == "-" else date.fromisoformat(earliest))
    assert value.latest == (None if latest == "-" else date.fromisoformat(latest))
    assert (value.precision, value.certainty) == (precision, certainty)
    assert str(value) == value.text == text
    assert precision in PRECISIONS


def kinds(value: Edtf) -> str:
    flags = ("single", "interval", "set", "exact", "open_start", "open_end", "unknown_start", "unknown_end")
    return " ".join(flag for flag in flags if getattr(value, f"is_{flag}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1996", "single"),
        ("1996-04-25", "single exact"),
        ("1996-04-25?", "single"),
        ("1992-12-17/1992-12-18", "interval exact"),
        ("1992-12-17/1992-12", "interval"),
        ("1991/..", "interval open_end"),
        ("1991/", "interval unknown_end"),
        ("../1950", "interval open_start"),
        ("/1950", "interval unknown_start"),
        ("[..1968]", "set open_start"),
        ("[1992..]", "set open_end"),
        ("{1960,1961}", "set"),
    ],
)
def test_kind(text: str, expected: str) -> None:
    assert kinds(parse(text)) == expected


def test_sets_know_whether_one_or_all_is_meant() -> None:
    assert parse("[1960,1961]").kind == "one-of"
    assert parse("{1960,1961}").kind == "all-of"


def test_spaces_are_normalised_and_nothing_else() -> None:
    assert parse("  1996-04 ").text == "1996-04"
    assert parse("[1667, 1668..1672]").text == "[1667,1668..1672]"
    assert parse("1996-XX").text == "1996-XX"


def test_values_are_equal_hashable_and_frozen() -> None:
    assert parse("1996-04") == parse(" 1996-04")
    assert len({parse("1996"), parse("1996 ")}) == 1
    with pytest.raises(AttributeError):
        parse("1996").text = "1997"  # type: ignore[misc]


def test_about_never_widens_the_bounds() -> None:
    for plain in ("1996", "1996-04", "1996-04-25", "195X", "1969-21"):
        for mark in "?~%":
            assert (parse(plain).earliest, parse(plain).latest) == (
                parse(plain + mark).earliest,
                parse(plain + mark).latest,
            )
