"""The template tag: machine-readable where HTML allows it, doubts told, everything escaped."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from sinorus.dates.value import HistoricalDate


def rendered(value: object, source: str = "{% load dates %}{% date value %}") -> str:
    return Template(source).render(Context({"value": value}))


def title(text: str) -> str:
    return f'title="{text}"'


@pytest.mark.parametrize(
    ("edtf", "html"),
    [
        ("1996-04-25", '<time datetime="1996-04-25" class="date">25 April 1996</time>'),
        ("1992-12-17/1992-12-18", '<span class="date">17–18 December 1992</span>'),
        (
            "1996-04",
            ('<time datetime="1996-04" class="date imprecise" title="any day from 1 April 1996 to 30 April 1996">April 1996</time>'),
        ),
        (
            "1996",
            ('<time datetime="1996" class="date imprecise" title="any day from 1 January 1996 to 31 December 1996">1996</time>'),
        ),
        (
            "1996~",
            ('<span class="date imprecise" title="any day from 1 January 1996 to 31 December 1996; approximate">c. 1996</span>'),
        ),
        (
            "1991/..",
            '<span class="date imprecise" title="any day from 1 January 1991 on; no end set">since 1991</span>',
        ),
        (
            "1969-21",
            '<span class="date imprecise" title="any day from 1 March 1969 to 31 May 1969">spring 1969</span>',
        ),
    ],
)
def test_markup(edtf: str, html: str) -> None:
    assert rendered(HistoricalDate(edtf=edtf)) == html


@pytest.mark.parametrize("edtf", ["1996-04-25?", "195X", "19XX", "1996-XX", "1996-04-XX", "1950S4", "[1996]", "1996/1997", "1969-33"])
def test_no_machine_value_that_html_would_misread(edtf: str) -> None:
    assert rendered(HistoricalDate(edtf=edtf)).startswith('<span class="date imprecise" title="')


@pytest.mark.parametrize("nothing", [None, "", HistoricalDate(), HistoricalDate(note="a note")])
def test_no_date_is_nothing(nothing: object) -> None:
    assert rendered(nothing) == ""


def test_plain_days_too() -> None:
    assert rendered(date(1996, 4, 25)) == '<time datetime="1996-04-25" class="date">25 April 1996</time>'


def test_languages() -> None:
    value = HistoricalDate("the 1950s", "195X")
    assert ">the 1950s<" in rendered(value)
    with translation.override("ru"):
        assert ">1950-е годы<" in rendered(value)
        assert "любой день" in rendered(value)
    assert ">20世纪50年代<" in rendered(value, '{% load dates %}{% date value "zh-hans" %}')


def test_everything_is_escaped() -> None:
    evil = '<script>alert("1")</script>'
    for value in (
        HistoricalDate(evil),
        HistoricalDate(evil, "1996"),
        HistoricalDate("", evil),
        HistoricalDate(evil, evil),
    ):
        assert "<script" not in rendered(value)
    assert "&lt;script&gt;alert(&quot;1&quot;)" in rendered(HistoricalDate(evil))
    assert "{0}" in rendered(HistoricalDate("{0} {1} %s", "1996"))


def test_an_old_style_day_shows_both_names_but_one_machine_value() -> None:
    html = rendered(HistoricalDate("", "1689-09-06", "julian"))
    assert html == ('<time datetime="1689-09-06" class="date">6 September 1689 (27 August Old Style)</time>')
