"""What an editor types, in three languages, and what it means."""

import contextlib
import time

import pytest

from sinorus.dates.edtf import parse
from sinorus.dates.errors import DateError
from sinorus.dates.words import MAX_WORDS, disagreement, read

READ = {
    # English
    "1996": "1996",
    "April 1996": "1996-04",
    "Apr. 1996": "1996-04",
    "Sept 1959": "1959-09",
    "in April 1996": "1996-04",
    "25 April 1996": "1996-04-25",
    "25th of April, 1996": "1996-04-25",
    "April 25, 1996": "1996-04-25",
    "APRIL 25 1996": "1996-04-25",
    "17-18 December 1992": "1992-12-17/1992-12-18",
    "17–18 December 1992": "1992-12-17/1992-12-18",
    "17 to 18 December 1992": "1992-12-17/1992-12-18",
    "April 17-18, 1996": "1996-04-17/1996-04-18",
    "30 September – 4 October 1959": "1959-09-30/1959-10-04",
    "April 25 – May 3, 1996": "1996-04-25/1996-05-03",
    "30 December 1959 – 4 January 1960": "1959-12-30/1960-01-04",
    "May – June 1999": "1999-05/1999-06",
    "May 1998 – June 1999": "1998-05/1999-06",
    "May 1998-June 1999": "1998-05/1999-06",
    "May 1998 to June 1999": "1998-05/1999-06",
    "from May 1998 to June 1999": "1998-05/1999-06",
    "1994–1996": "1994/1996",
    "1994-96": "1994/1996",
    "c. 1958 – April 1980": "1958~/1980-04",
    "1996-04-25 to 1997-05": "1996-04-25/1997-05",
    "1950s": "195X",
    "the 1950s": "195X",
    "1950's": "195X",
    "1900s (decade)": "190X",
    "1950s–60s": "195X/196X",
    "early 1990s": "1990~/1993~",
    "mid-1950s": "1953~/1956~",
    "mid 1950s": "1953~/1956~",
    "late 1950s": "1957~/1959~",
    "in the late 1950s": "1957~/1959~",
    "mid-1950s to early 1960s": "1953~/1963~",
    "first half of the 1990s": "1990/1994",
    "second half of 1950": "1950-41",
    "first quarter of 1996": "1996-33",
    "early 1996": "1996-37~",
    "mid-1996": "1996-38~",
    "end of 1996": "1996-39~",
    "late April 1996": "1996-04-21~/1996-04-30~",
    "17th century": "16XX",
    "late 19th century": "1867~/1899~",
    "second half of the 19th century": "1850/1899",
    "spring 1969": "1969-21",
    "summer of 1958": "1958-22",
    "fall 1959": "1959-23",
    "winter 1969–70": "1969-24",
    "winter of 1969/1970": "1969-24",
    "circa 1996": "1996~",
    "c. 1996": "1996~",
    "c.1996": "1996~",
    "ca. April 1996": "1996-04~",
    "about 1996": "1996~",
    "around 25 April 1996": "1996-04-25~",
    "1996?": "1996?",
    "April 1996 (?)": "1996-04?",
    "c. 1996?": "1996%",
    "probably 1996": "1996?",
    "c. 17–18 December 1992": "1992-12-17~/1992-12-18~",
    "17–18 December 1992?": "1992-12-17?/1992-12-18?",
    "since 1991": "1991/..",
    "since the late 1950s": "1957~/..",
    "from 1991 onwards": "1991/..",
    "1991 to the present": "1991/..",
    "until 1950": "../1950",
    "up to April 1950": "../1950-04",
    "before 1969": "[..1968]",
    "before April 1996": "[..1996-03]",
    "before 1 March 2000": "[..2000-02-29]",
    "before the 1950s": "[..1949]",
    "before c. 1969": "[..1968~]",
    "after 1991": "[1992..]",
    "after December 1991": "[1992-01..]",
    "after spring 1969": "[1969-06..]",
    "by 1969": "[..1969]",
    "no later than May 1969": "[..1969-05]",
    "1968 or earlier": "[..1968]",
    "between 1994 and 1996": "[1994..1996]",
    "between April and June 1996": "[1996-04..1996-06]",
    "1994 or 1995": "[1994,1995]",
    # Chinese
    "1996年4月25日": "1996-04-25",
    "1996年4月25号": "1996-04-25",
    "１９９６年４月２５日": "1996-04-25",
    "一九九六年四月二十五日": "1996-04-25",
    "1996 年 4 月": "1996-04",
    "1996年4月": "1996-04",
    "1996年": "1996",
    "20世纪50年代": "195X",
    "二十世纪五十年代": "195X",
    "1950年代": "195X",
    "20世纪50年代初": "1950~/1953~",
    "20世纪50年代中期": "1953~/1956~",
    "20世纪50年代末": "1957~/1959~",
    "17世纪": "16XX",
    "19世纪上半叶": "1800/1849",
    "约1996年": "1996~",
    "1996年左右": "1996~",
    "1996年（？）": "1996?",
    "1992年12月17日至18日": "1992-12-17/1992-12-18",
    "1992年12月17—18日": "1992-12-17/1992-12-18",
    "1996年4月至6月": "1996-04/1996-06",
    "1996年4-6月": "1996-04/1996-06",
    "1994至1996年": "1994/1996",
    "1998年5月—1999年6月": "1998-05/1999-06",
    "1991年以来": "1991/..",
    "自1991年起": "1991/..",
    "截至1950年": "../1950",
    "1969年以前": "[..1968]",
    "1991年以后": "[1992..]",
    "1994年至1996年之间": "[1994..1996]",
    "1969年春": "1969-21",
    "1969—1970年冬": "1969-24",
    "1950年上半年": "1950-40",
    "1996年第一季度": "1996-33",
    "1996年初": "1996-37~",
    "1996年底": "1996-39~",
    "1996年4月上旬": "1996-04-01~/1996-04-10~",
    # Russian
    "апрель 1996": "1996-04",
    "апреля 1996": "1996-04",
    "в апреле 1996 года": "1996-04",
    "1996 г.": "1996",
    "1996 год": "1996",
    "25 апреля 1996 г.": "1996-04-25",
    "25-го апреля 1996 года": "1996-04-25",
    "1950-е": "195X",
    "1950-е годы": "195X",
    "50-е годы XX века": "195X",
    "начало 1990-х": "1990~/1993~",
    "середина 1990-х гг.": "1993~/1996~",
    "конец 1950-х": "1957~/1959~",
    "в конце 1950-х годов": "1957~/1959~",
    "вторая половина 1950 г.": "1950-41",
    "XVII век": "16XX",
    "XVII в.": "16XX",
    "ХХ век": "19XX",  # Cyrillic letters
    "конец XIX века": "1867~/1899~",
    "около 1996": "1996~",
    "ок. 1996 г.": "1996~",
    "май 1998 – июнь 1999": "1998-05/1999-06",
    "17–18 декабря 1992 г.": "1992-12-17/1992-12-18",
    "30 сентября – 4 октября 1959 г.": "1959-09-30/1959-10-04",
    "весна 1969": "1969-21",
    "летом 1958 г.": "1958-22",
    "зима 1969/70 г.": "1969-24",
    "с 1991 г.": "1991/..",
    "с 1994 по 1996 г.": "1994/1996",
    "до 1950 г.": "../1950",
    "после 1991": "[1992..]",
    "не позднее 1968 г.": "[..1968]",
    "между 1994 и 1996 гг.": "[1994..1996]",
    # EDTF itself
    "1996-04-25": "1996-04-25",
    "1969-21": "1969-21",
    "1958~/1980-04": "1958~/1980-04",
    "[1667,1668..1672]": "[1667,1668..1672]",
    "2001-10": "2001-10",
}


@pytest.mark.parametrize(("text", "edtf"), READ.items())
def test_reading(text: str, edtf: str) -> None:
    reading = read(text)
    assert (reading.edtf.text, reading.calendar, reading.text) == (edtf, "gregorian", text)


OLD_STYLE = {
    "27 August 1689 (O.S.)": "1689-09-06",
    "27 August 1689 O.S.": "1689-09-06",
    "27 August 1689 OS": "1689-09-06",
    "27 August 1689 (old style)": "1689-09-06",
    "August 27, 1689 (Julian)": "1689-09-06",
    "1689-08-27 (O.S.)": "1689-09-06",
    "29 February 1700 (O.S.)": "1700-03-11",
    "25 December 1917 (O.S.)": "1918-01-07",
    "27–28 August 1689 (O.S.)": "1689-09-06/1689-09-07",
    "c. 27 August 1689 (O.S.)": "1689-09-06~",
    "27 августа 1689 г. (ст. ст.)": "1689-09-06",
    "27 августа 1689 г. по старому стилю": "1689-09-06",
    "1689年8月27日（儒略历）": "1689-09-06",
    "俄历1689年8月27日": "1689-09-06",
    "27 August (6 September) 1689": "1689-09-06",
    "27 августа (6 сентября) 1689": "1689-09-06",
    "27 August/6 September 1689": "1689-09-06",
    "16 (28) мая 1858 г.": "1858-05-28",
    "28 (16) May 1858": "1858-05-28",
    "25 December (7 January) 1918": "1918-01-07",
}


@pytest.mark.parametrize(("text", "edtf"), OLD_STYLE.items())
def test_old_style_days_become_gregorian(text: str, edtf: str) -> None:
    reading = read(text)
    assert (reading.edtf.text, reading.calendar) == (edtf, "julian")


def test_the_calendar_may_be_said_beside_the_text() -> None:
    assert read("27 August 1689", "julian").edtf.text == "1689-09-06"
    assert read("1689-08-27", "julian").edtf.text == "1689-09-06"
    assert read("6 September 1689 (N.S.)", "julian") == read("6 September 1689 (N.S.)")


REFUSED = {
    "": "nothing",
    "some days later": "could not be read",
    "in which May summit": "could not be read",
    "25 April": "could not be read",
    "since May": "could not be read",
    "the 50s": "could not be read",
    "May–1999": "could not be read",
    "17 – December 1992": "could not be read",
    "04/05/1996": "could not be read",
    "1996.04.25": "could not be read",
    "late 1950s and early 1960s": "could not be read",
    "mid- to late 1950s": "could not be read",
    "1996 1997": "could not be read",
    "99999": "could not be read",
    "96": "could not be read",
    "١٩٩٦": "could not be read",
    "between 1994": "could not be read",
    "before the year 1": "could not be read",
    "before 0001": "could not be read",
    "1996 (fl.)": "could not be read",
    "1900s": "ten or a hundred years",
    "2001–10": "month or a stretch",
    "1921-24": "season or a stretch",
    "winter 1969": "two years",
    "winter 1969–71": "one year into the next",
    "31 April 1996": "no such day",
    "29 February 1999": "no such day",
    "0 April 1996": "no such day",
    "1998–1996": "before it begins",
    "December 1992 – January": "before it begins",
    "April 1689 (O.S.)": "whole days",
    "17th century (O.S.)": "whole days",
    "30 February 1700 (O.S.)": "no day",
    "17 (28) мая 1858 г.": "not the same day",
    "27 August 1689 O.S., 6 September N.S.": "one day",
    "1996\0": "unprintable",
    "\u202e1996": "unprintable",
    "x" * (MAX_WORDS + 1): str(MAX_WORDS),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.items(), ids=lambda value: repr(value)[:40])
def test_it_never_guesses(text: str, reason: str) -> None:
    with pytest.raises(DateError) as caught:
        read(text)
    assert reason in str(caught.value)


def test_a_refusal_says_what_forms_are_understood() -> None:
    with pytest.raises(DateError) as caught:
        read("one fine day")
    for form in ("late 1950s", "17–18 December 1992", "1996年4月", "апрель 1996", "EDTF"):
        assert form in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *("c. " * 40, "?" * MAX_WORDS, "约" * MAX_WORDS, "-" * MAX_WORDS, "from " * 24, "1996 or " * 15 + "1996"),
        *("с " * 60, "between " * 15, "1" * MAX_WORDS, "(" * MAX_WORDS, "ivx" * 40, "十" * 119 + "年", "x" * 1_000_000),
        *(
            "early " * 20,
            "a - " * 30,
            "1至" * 60,
            " " * MAX_WORDS,
            "1996年" * 24,
            "не позднее " * 10,
            "I" * 115 + " век",
        ),
    ],
    ids=lambda text: text[:12],
)
def test_hostile_words_cost_little(text: str) -> None:
    best = 1.0
    for _attempt in range(3):
        begun = time.perf_counter()
        with contextlib.suppress(DateError):
            read(text)
        best = min(best, time.perf_counter() - begun)
    assert best < 0.05


@pytest.mark.parametrize(
    ("words", "edtf", "apart"),
    [
        ("1996", "1996-04", False),
        ("since the late 1950s", "1958~/1980-04", False),
        ("shortly after the visit", "1996-04", False),
        ("1997", "1996", True),
        ("before 1969", "1969-03", True),
        ("27 August 1689", "1689-09-06", True),
    ],
)
def test_words_and_edtf_that_have_no_day_in_common(words: str, edtf: str, apart: bool) -> None:
    assert bool(disagreement(words, parse(edtf))) is apart


def test_an_old_style_day_agrees_with_its_gregorian_edtf() -> None:
    assert disagreement("27 August 1689", parse("1689-09-06"), "julian") is None
