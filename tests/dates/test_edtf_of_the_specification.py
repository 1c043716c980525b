"""The examples of the specification, and each of its notations through the calendar, with days worked out by hand.

The specification is that of the Library of Congress ("Extended Date/Time Format Specification", 2019), levels 0, 1 and 2,
and the draft of 2012 that came before it. What of it cannot be kept here (times, years of more or fewer than four digits,
years before 1) is refused with a reason, by the house rules in sinorus/dates/edtf.py. The published corpora of such
strings were not at hand: all of this was written by hand.
"""

from datetime import date

import pytest

from sinorus.dates.edtf import EdtfError, parse
from tests.dates.test_edtf_reading import ROWS

# string, earliest, latest, certainty; "-" is an end that is open or not known
EXAMPLES = """
1985-04-12 1985-04-12 1985-04-12 certain
1985-04 1985-04-01 1985-04-30 certain
1985 1985-01-01 1985-12-31 certain
1964/2008 1964-01-01 2008-12-31 certain
2004-06/2006-08 2004-06-01 2006-08-31 certain
2004-02-01/2005-02-08 2004-02-01 2005-02-08 certain
2004-02-01/2005-02 2004-02-01 2005-02-28 certain
2004-02-01/2005 2004-02-01 2005-12-31 certain
2005/2006-02 2005-01-01 2006-02-28 certain
2001-21 2001-03-01 2001-05-31 certain
2001-22 2001-06-01 2001-08-31 certain
2001-23 2001-09-01 2001-11-30 certain
2001-24 2001-12-01 2002-02-28 certain
1984? 1984-01-01 1984-12-31 uncertain
2004-06~ 2004-06-01 2004-06-30 approximate
2004-06-11% 2004-06-11 2004-06-11 both
201X 2010-01-01 2019-12-31 certain
20XX 2000-01-01 2099-12-31 certain
2004-XX 2004-01-01 2004-12-31 certain
1985-04-XX 1985-04-01 1985-04-30 certain
1985-XX-XX 1985-01-01 1985-12-31 certain
1985-04-12/.. 1985-04-12 - certain
1985-04/.. 1985-04-01 - certain
1985/.. 1985-01-01 - certain
../1985-04-12 - 1985-04-12 certain
../1985-04 - 1985-04-30 certain
../1985 - 1985-12-31 certain
1985-04-12/ 1985-04-12 - certain
1985-04/ 1985-04-01 - certain
1985/ 1985-01-01 - certain
/1985-04-12 - 1985-04-12 certain
/1985-04 - 1985-04-30 certain
/1985 - 1985-12-31 certain
1984~/2004-06 1984-01-01 2004-06-30 approximate
1984/2004-06~ 1984-01-01 2004-06-30 approximate
1984?/2004% 1984-01-01 2004-12-31 both
1984~/2004~ 1984-01-01 2004-12-31 approximate
1984-06-02?/2004-08-08~ 1984-06-02 2004-08-08 both
1984-06-02?/ 1984-06-02 - uncertain
1950S2 1900-01-01 1999-12-31 approximate
2001-34 2001-04-01 2001-06-30 certain
[1667,1668,1670..1672] 1667-01-01 1672-12-31 certain
[..1760-12-03] - 1760-12-03 certain
[1760-12..] 1760-12-01 - certain
[1760-01,1760-02,1760-12..] 1760-01-01 - certain
[1667,1760-12] 1667-01-01 1760-12-31 certain
{1667,1668,1670..1672} 1667-01-01 1672-12-31 certain
{1960,1961-12} 1960-01-01 1961-12-31 certain
{..1984} - 1984-12-31 certain
{..1983-12-31,1984-10-10..1984-11-01} - 1984-11-01 certain
2004-06-11% 2004-06-11 2004-06-11 both
2004-06~-11 2004-06-11 2004-06-11 approximate
2004?-06-11 2004-06-11 2004-06-11 uncertain
?2004-06-~11 2004-06-11 2004-06-11 both
2004-%06-11 2004-06-11 2004-06-11 both
2004-06-~11 2004-06-11 2004-06-11 approximate
2011-23~ 2011-09-01 2011-11-30 approximate
156X-12-25 1560-12-25 1569-12-25 certain
15XX-12-25 1500-12-25 1599-12-25 certain
15XX-12-XX 1500-12-01 1599-12-31 certain
1XXX-XX 1000-01-01 1999-12-31 certain
1XXX-12 1000-12-01 1999-12-31 certain
1984-1X 1984-10-01 1984-12-31 certain
1560-XX-25 1560-01-25 1560-12-25 certain
1XX3 1003-01-01 1993-12-31 certain
XXXX-12-XX 0001-12-01 9999-12-31 certain
XXXX-1X-XX 0001-10-01 9999-12-31 certain
19X8 1908-01-01 1998-12-31 certain
198X/199X 1980-01-01 1999-12-31 certain
2004-06-~01/2004-06-~20 2004-06-01 2004-06-20 approximate
2004-06-XX/2004-07-03 2004-06-01 2004-07-03 certain
"""
# Each notation through the calendar: the ends of the months of a leap year and of another, every season, quarter and part.
CALENDAR = """
1996-01 1996-01-01 1996-01-31 certain
1996-03 1996-03-01 1996-03-31 certain
1996-05 1996-05-01 1996-05-31 certain
1996-06 1996-06-01 1996-06-30 certain
1996-07 1996-07-01 1996-07-31 certain
1996-08 1996-08-01 1996-08-31 certain
1996-09 1996-09-01 1996-09-30 certain
1996-10 1996-10-01 1996-10-31 certain
1996-11 1996-11-01 1996-11-30 certain
1996-12 1996-12-01 1996-12-31 certain
1997-02 1997-02-01 1997-02-28 certain
1600-02 1600-02-01 1600-02-29 certain
1700-02 1700-02-01 1700-02-28 certain
2000-02 2000-02-01 2000-02-29 certain
2100-02 2100-02-01 2100-02-28 certain
0004-02 0004-02-01 0004-02-29 certain
0100-02 0100-02-01 0100-02-28 certain
1996-02-XX 1996-02-01 1996-02-29 certain
1997-02-XX 1997-02-01 1997-02-28 certain
1996-02-2X 1996-02-20 1996-02-29 certain
1997-02-2X 1997-02-20 1997-02-28 certain
1996-01-3X 1996-01-30 1996-01-31 certain
1996-06-3X 1996-06-30 1996-06-30 certain
1996-01-0X 1996-01-01 1996-01-09 certain
1996-01-1X 1996-01-10 1996-01-19 certain
1996-01-X1 1996-01-01 1996-01-31 certain
1996-04-X1 1996-04-01 1996-04-21 certain
1996-0X 1996-01-01 1996-09-30 certain
1996-X2 1996-02-01 1996-12-31 certain
1996-XX-29 1996-01-29 1996-12-29 certain
1997-XX-30 1997-01-30 1997-12-30 certain
200X-02-29 2000-02-29 2008-02-29 certain
190X-02-29 1904-02-29 1908-02-29 certain
17XX-02-29 1704-02-29 1796-02-29 certain
16XX-02-29 1600-02-29 1696-02-29 certain
1X00-02 1000-02-01 1900-02-28 certain
0XXX 0001-01-01 0999-12-31 certain
00XX 0001-01-01 0099-12-31 certain
001X 0010-01-01 0019-12-31 certain
X999 0999-01-01 9999-12-31 certain
2XXX 2000-01-01 2999-12-31 certain
1996-25 1996-03-01 1996-05-31 certain
1996-26 1996-06-01 1996-08-31 certain
1996-27 1996-09-01 1996-11-30 certain
1996-28 1996-12-01 1997-02-28 certain
1995-28 1995-12-01 1996-02-29 certain
1996-29 1996-09-01 1996-11-30 certain
1996-30 1996-12-01 1997-02-28 certain
1996-31 1996-03-01 1996-05-31 certain
1996-32 1996-06-01 1996-08-31 certain
1996-33 1996-01-01 1996-03-31 certain
1996-34 1996-04-01 1996-06-30 certain
1996-35 1996-07-01 1996-09-30 certain
1996-36 1996-10-01 1996-12-31 certain
1996-37 1996-01-01 1996-04-30 certain
1996-38 1996-05-01 1996-08-31 certain
1996-39 1996-09-01 1996-12-31 certain
1996-40 1996-01-01 1996-06-30 certain
1996-41 1996-07-01 1996-12-31 certain
1996-21? 1996-03-01 1996-05-31 uncertain
1996-33~ 1996-01-01 1996-03-31 approximate
1996-40% 1996-01-01 1996-06-30 both
1996S1 1000-01-01 1999-12-31 approximate
1996S2 1900-01-01 1999-12-31 approximate
1996S3 1990-01-01 1999-12-31 approximate
1996S4 1996-01-01 1996-12-31 approximate
0050S2 0001-01-01 0099-12-31 approximate
195X? 1950-01-01 1959-12-31 uncertain
19XX% 1900-01-01 1999-12-31 both
1996-XX~ 1996-01-01 1996-12-31 approximate
1996-04-XX? 1996-04-01 1996-04-30 uncertain
?1996 1996-01-01 1996-12-31 uncertain
~1996-04-25 1996-04-25 1996-04-25 approximate
1996-?04 1996-04-01 1996-04-30 uncertain
1996-04?-25~ 1996-04-25 1996-04-25 both
195X/196X 1950-01-01 1969-12-31 certain
1949-10-01/1950-02-14 1949-10-01 1950-02-14 certain
1969-21/1969-24 1969-03-01 1970-02-28 certain
1969-33/1969-36 1969-01-01 1969-12-31 certain
1996/1996 1996-01-01 1996-12-31 certain
1996-04-25/1996-04-25 1996-04-25 1996-04-25 certain
1996-04-25/1996-04 1996-04-25 1996-04-30 certain
195X/.. 1950-01-01 - certain
../195X - 1959-12-31 certain
19XX/ 1900-01-01 - certain
/1969-24 - 1970-02-28 certain
1957~/.. 1957-01-01 - approximate
../1957? - 1957-12-31 uncertain
1950S3/1960 1950-01-01 1960-12-31 approximate
[1996] 1996-01-01 1996-12-31 certain
{1996-04} 1996-04-01 1996-04-30 certain
[1996-04-24,1996-04-25] 1996-04-24 1996-04-25 certain
[195X,1960] 1950-01-01 1960-12-31 certain
{1969-21,1969-23} 1969-03-01 1969-11-30 certain
[1996-04-24..1996-04-26] 1996-04-24 1996-04-26 certain
{1949..} 1949-01-01 - certain
[..1949,1996] - 1996-12-31 certain
{1949,1996..} 1949-01-01 - certain
[1957?,1958~] 1957-01-01 1958-12-31 both
0001-01-01 0001-01-01 0001-01-01 certain
9999-12-31 9999-12-31 9999-12-31 certain
1582-10-10 1582-10-10 1582-10-10 certain
1900-03-01 1900-03-01 1900-03-01 certain
"""
READ = list({tuple(line.split()): None for text in (EXAMPLES, CALENDAR) for line in text.strip().splitlines()})
LETTERS = "is written with the digits 0 to 9"
#: Examples of the specification that are beyond what can be kept, and the forms of the draft of 2012 that are no more.
TOLD = {
    "1985-04-12T23:20:30": "time of day",
    "1985-04-12T23:20:30Z": "time of day",
    "1985-04-12T23:20:30-04": "time of day",
    "1985-04-12T23:20:30+04:30": "time of day",
    "2001-02-03T09:30:01": "time of day",
    "2004-01-01T10:10:10+05:00": "time of day",
    "Y170000002": "0001 to 9999",
    "Y-170000002": "0001 to 9999",
    "Y-17E7": "0001 to 9999",
    "Y171010000S3": "0001 to 9999",
    "Y3388E2S3": "0001 to 9999",
    "-1985": "before the year 1",
    "-0999": "before the year 1",
    "0000": "no year 0000",
    "-1XXX": "before the year 1",
    "-2004-05/2005": "before the year 1",
    "1XXX-X": "not an EDTF date",
    "unknown": LETTERS,
    "open": LETTERS,
    "unknown/2006": LETTERS,
    "unknown/2004-06-01": LETTERS,
    "2004-01-01/unknown": LETTERS,
    "2004-01-01/open": LETTERS,
    "1984/open": LETTERS,
    "1984~/open": LETTERS,
    "unknown/open": LETTERS,
    "y170000002": LETTERS,
    "y-170000002": LETTERS,
    "y17e7": LETTERS,
    "y-17e7": LETTERS,
    "y17101e4p3": LETTERS,
    "2001-21^southernHemisphere": LETTERS,
    "199u": "capital X",
    "19uu": "capital X",
    "uuuu": "capital X",
    "1999-uu": "capital X",
    "1999-01-uu": "capital X",
    "1999-uu-uu": "capital X",
    "156u-12-25": "capital X",
    "15uu-12-uu": "capital X",
    "1560-uu-25": "capital X",
    "2004-06-uu/2004-07-03": "capital X",
    "196x": "capital X",
    "19xx": "capital X",
    "1984?~": "not an EDTF date",
    "1984~?": "not an EDTF date",
    "2004-06?~": "not an EDTF date",
    "2004-06-11?~": "not an EDTF date",
    "2004-06-?~11": "not an EDTF date",
    "1984?~/2004": "not an EDTF date",
    "(2004-06-11)?": LETTERS,
    "2004-(06)?-11": LETTERS,
    "2004-06-(01)~": LETTERS,
    "2004?-(06)?~": LETTERS,
    "(2004-(06)~)?": LETTERS,
    "(2011)-06-04~": LETTERS,
    "2011-(06-04)~": LETTERS,
    "..1984": "not an EDTF date",
    "1984..": "not an EDTF date",
    "1670..1672": "not an EDTF date",
}


@pytest.mark.parametrize(("text", "earliest", "latest", "certainty"), READ, ids=[row[0] for row in READ])
def test_it_means_what_the_specification_says(text: str, earliest: str, latest: str, certainty: str) -> None:
    value = parse(text)
    found = tuple(day.isoformat() if day else "-" for day in (value.earliest, value.latest))
    assert (*found, value.certainty) == (earliest, latest, certainty)
    assert all(date.fromisoformat(day) for day in (earliest, latest) if day != "-")


@pytest.mark.parametrize(("text", "reason"), TOLD.items(), ids=TOLD)
def test_what_is_not_kept_is_told(text: str, reason: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert reason in str(caught.value)


#: What the draft had and the standard kept means the same still.
@pytest.mark.parametrize("text", ["2001-21", "1984?/2004-06~", "[..1984]", "{1960,1961-12}", "2004-06/2006-08", "1984~", "2004?-06-11"])
def test_what_the_draft_had_and_the_standard_kept_is_read(text: str) -> None:
    assert parse(text).text == text


def test_there_are_as_many_as_were_promised() -> None:
    assert len({row[0] for row in (*READ, *ROWS)}) >= 200
    assert len(TOLD) >= 43
