"""Dates in words for readers: three languages, never more precise than known."""

import re
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.dates.edtf import EdtfError, parse
from sinorus.dates.errors import DateError
from sinorus.dates.show import explain, show, show_julian
from sinorus.dates.words import read

# EDTF | English | Chinese | Russian
CASES = """
1996-04-25 | 25 April 1996 | 1996年4月25日 | 25 апреля 1996 г.
1996-04 | April 1996 | 1996年4月 | апрель 1996 г.
1996 | 1996 | 1996年 | 1996 г.
195X | 1950s | 20世纪50年代 | 1950-е годы
190X | 1900s (decade) | 1900年代 | 1900-е годы
19XX | 20th century | 20世纪 | XX век
11XX | 12th century | 12世纪 | XII век
1XXX | 2nd millennium | 第2个千年 | II тысячелетие
XXXX | year unknown | 年份不详 | год неизвестен
1996~ | c. 1996 | 约1996年 | около 1996 г.
1996-04~ | c. April 1996 | 约1996年4月 | около апреля 1996 г.
195X~ | c. 1950s | 约20世纪50年代 | около 1950-х годов
1996? | 1996 (?) | 1996年（?） | 1996 г. (?)
1996% | c. 1996 (?) | 约1996年（?） | около 1996 г. (?)
1992-12-17/1992-12-18 | 17–18 December 1992 | 1992年12月17日—18日 | 17–18 декабря 1992 г.
1959-09-30/1959-10-04 | 30 September – 4 October 1959 | 1959年9月30日—10月4日 | 30 сентября – 4 октября 1959 г.
1959-06-30/1960-05-04 | 30 June 1959 – 4 May 1960 | 1959年6月30日—1960年5月4日 | 30 июня 1959 г. – 4 мая 1960 г.
1998-05/1999-06 | May 1998 – June 1999 | 1998年5月—1999年6月 | май 1998 г. – июнь 1999 г.
1999-05/1999-06 | May–June 1999 | 1999年5月—6月 | май – июнь 1999 г.
1994/1996 | 1994–1996 | 1994—1996年 | 1994–1996 гг.
1996/1996 | 1996 | 1996年 | 1996 г.
195X/196X | 1950s–1960s | 20世纪50年代—20世纪60年代 | 1950-е годы – 1960-е годы
1958~/1980-04 | c. 1958 – April 1980 | 约1958年—1980年4月 | около 1958 г. – апрель 1980 г.
1959-10-04/1959-12 | 4 October 1959 – December 1959 | 1959年10月4日—1959年12月 | 4 октября 1959 г. – декабрь 1959 г.
1991/.. | since 1991 | 1991年起 | с 1991 г.
1994-04/.. | since April 1994 | 1994年4月起 | с апреля 1994 г.
1957~/.. | since c. 1957 | 约1957年起 | примерно с 1957 г.
1991/ | from 1991, end unknown | 1991年起，结束时间不详 | с 1991 г., конец неизвестен
../1950 | until 1950 | 至1950年为止 | до 1950 г.
/1950 | until 1950, beginning unknown | 至1950年为止，开始时间不详 | до 1950 г., начало неизвестно
../1950-04? | until April 1950 (?) | 至1950年4月为止（?） | до апреля 1950 г. (?)
1969-21 | spring 1969 | 1969年春 | весна 1969 г.
1969-24 | winter 1969–70 | 1969—1970年冬 | зима 1969/70 г.
1969-21~ | c. spring 1969 | 约1969年春 | около весны 1969 г.
1969-29 | spring 1969 (Southern Hemisphere) | 1969年春（南半球） | весна 1969 г. (Южное полушарие)
1996-34 | second quarter of 1996 | 1996年第二季度 | II квартал 1996 г.
1950-41 | second half of 1950 | 1950年下半年 | вторая половина 1950 г.
1950~/1953~ | early 1950s | 20世纪50年代初 | начало 1950-х годов
1953~/1956~ | mid-1950s | 20世纪50年代中期 | середина 1950-х годов
1957~/1959~ | late 1950s | 20世纪50年代末 | конец 1950-х годов
1867~/1899~ | late 19th century | 19世纪末 | конец XIX века
1996-39~ | late 1996 | 1996年末 | конец 1996 г.
1996-04-01~/1996-04-10~ | early April 1996 | 1996年4月初 | начало апреля 1996 г.
[..1968] | 1968 or earlier | 不晚于1968年 | не позднее 1968 г.
[1992..] | 1992 or later | 不早于1992年 | не ранее 1992 г.
[1994..1996] | between 1994 and 1996 | 1994年至1996年之间 | не ранее 1994 г. и не позднее 1996 г.
[1667,1668..1672] | 1667 or 1668–1672 | 1667年或1668—1672年 | 1667 г. или 1668–1672 гг.
{1960,1961-12} | 1960 and December 1961 | 1960年和1961年12月 | 1960 г. и декабрь 1961 г.
1950S2 | 20th century | 20世纪 | XX век
1996-XX-28 | 1996 | 1996年 | 1996 г.
156X-12-25 | 1560s | 16世纪60年代 | 1560-е годы
"""
ROWS = [row.split(" | ") for row in CASES.strip().splitlines()]
LANGUAGES = ("en", "zh-hans", "ru")


@pytest.mark.parametrize(("edtf", "english", "chinese", "russian"), ROWS, ids=[row[0] for row in ROWS])
def test_words_in_three_languages(edtf: str, english: str, chinese: str, russian: str) -> None:
    assert [show(edtf, language) for language in LANGUAGES] == [english, chinese, russian]


NOT_READ_BACK = {"1996/1996", "1XXX", "XXXX", "1969-29", "{1960,1961-12}", "1950S2", "1996-XX-28", "156X-12-25"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edtf", [row[0] for row in ROWS if row[0] not in NOT_READ_BACK])
def test_what_is_shown_is_read_back_as_the_same(edtf: str, language: str) -> None:
    assert read(show(edtf, language)).edtf.text == edtf


def test_the_active_language_is_the_default_and_english_stands_in() -> None:
    with translation.override("ru"):
        assert show("1996-04") == "апрель 1996 г."
    with translation.override("zh-hans"):
        assert show("1996-04") == "1996年4月"
        assert show_julian(date(1689, 9, 6)) == "1689年9月6日（儒略历8月27日）"
    assert show("1996-04", "fr") == "April 1996"
    with pytest.raises(EdtfError):
        show("April", "en")


@pytest.mark.parametrize(
    ("language", "text", "over_new_year"),
    [
        ("en", "6 September 1689 (27 August Old Style)", "7 January 1918 (25 December 1917 Old Style)"),
        ("zh-hans", "1689年9月6日（儒略历8月27日）", "1918年1月7日（儒略历1917年12月25日）"),
        (
            "ru",
            "6 сентября 1689 г. (27 августа по старому стилю)",
            "7 января 1918 г. (25 декабря 1917 г. по старому стилю)",
        ),
    ],
)
def test_old_style_days(language: str, text: str, over_new_year: str) -> None:
    assert show_julian(date(1689, 9, 6), language) == text
    assert show_julian(date(1918, 1, 7), language) == over_new_year


@pytest.mark.parametrize(
    ("edtf", "sentence"),
    [
        ("1996-04-25", "the day 25 April 1996"),
        ("1996-04-25?", "the day 25 April 1996; uncertain"),
        ("1996-04", "any day from 1 April 1996 to 30 April 1996"),
        ("1957~/1959~", "any day from 1 January 1957 to 31 December 1959; approximate"),
        ("1992-12-17/1992-12-18", "from 17 December 1992 to 18 December 1992"),
        ("1991/..", "any day from 1 January 1991 on; no end set"),
        ("1991/", "any day from 1 January 1991 on; the end is not known"),
        ("../1950", "any day up to 31 December 1950; no beginning set"),
        ("[..1968]", "any day up to 31 December 1968"),
        ("1950S2", "any day from 1 January 1900 to 31 December 1999; approximate; estimated to be 1950"),
        ("[1667,1669]", "any day from 1 January 1667 to 31 December 1669; one of several dates"),
        ("{1960,1961}", "all of several dates, from 1 January 1960 to 31 December 1961"),
    ],
)
def test_explanations(edtf: str, sentence: str) -> None:
    assert explain(edtf, "en") == sentence
    assert re.search("[\u4e00-\u9fff]", explain(edtf, "zh-hans"))
    assert re.search("[а-я]", explain(edtf, "ru"))


MONTH_NAMES = re.compile(
    "January|February|March|April|May|June|July|August|September|October|November|December|月|январ|феврал|март|апрел|ма[йя]"
    "|июн|июл|август|сентябр|октябр|ноябр|декабр"
)
SEASON_NAMES = re.compile("spring|summer|autumn|winter|春|夏|秋|冬|весн|лет[оа]|осен|зим|quarter|季度|квартал")
DAYS = re.compile(r"(?<![0-9])[0-9]{1,2} (?:[A-Z]|[а-я]{3})|日")

year = st.one_of(st.integers(1000, 9998).map(str), st.sampled_from(["195X", "19XX", "1XXX", "XXXX", "19X6"]))
component = st.sampled_from(["", "-04", "-12", "-XX", "-21", "-24", "-33", "-41", "-0X"])
day = st.sampled_from(["", "-01", "-25", "-XX", "-2X"])
mark = st.sampled_from(["", "?", "~", "%"])
single = st.tuples(year, component, day, mark).map("".join)
value = st.one_of(
    single,
    st.tuples(st.one_of(single, st.sampled_from(["", ".."])), st.one_of(single, st.sampled_from(["", ".."]))).map("/".join),
    st.lists(single, min_size=1, max_size=3).map(lambda parts: "[" + ",".join(parts) + "]"),
)


@given(value)
@settings(max_examples=600, deadline=None)
def test_no_finer_unit_is_named_than_is_known(text: str) -> None:
    try:
        edtf = parse(text)
    except EdtfError:
        return
    finest = {part.precision for part in edtf.parts}
    for language in LANGUAGES:
        said = show(edtf, language)
        assert said
        assert explain(edtf, language)
        thirds = "early" in show(edtf, "en") or "mid-" in show(edtf, "en") or "late" in show(edtf, "en")
        if "day" not in finest:
            assert not DAYS.search(said.replace("千年", ""))
            if "month" not in finest:
                assert not MONTH_NAMES.search(said)
        if not finest & {"day", "month", "season", "quarter", "four-months", "half-year"} and not thirds:
            assert not SEASON_NAMES.search(said)
            if not finest & {"year"}:
                years = set(re.findall(r"[0-9]{4}", said))
                assert all(found.endswith("0") for found in years)


@given(value, st.sampled_from(LANGUAGES))
@settings(max_examples=600, deadline=None)
def test_what_can_be_read_back_means_the_same_days(text: str, language: str) -> None:
    try:
        edtf = parse(text)
        again = read(show(edtf, language)).edtf
    except DateError:
        return
    if any("X" in part.text and ("X" in part.month + part.day or part.year.rstrip("X").count("X")) for part in edtf.parts):
        return  # said coarser than it is, on purpose
    if any("X" in part.year and part.month for part in edtf.parts):
        return
    assert (again.earliest, again.latest) == (edtf.earliest, edtf.latest)
