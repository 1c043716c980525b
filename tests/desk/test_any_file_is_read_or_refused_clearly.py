"""A file is read, or refused with row, column and what to do; nothing is unpacked before its size is known."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from sinorus.desk.tables import TableError, of_the_admin, read
from sinorus.desk.workbooks import workbook
from tests.desk.odd_files import CHINESE, lines, sheet, tampered

RUSSIAN = "title,summary\nДоговор о добрососедстве,Российская Федерация и Китайская Народная Республика – навеки друзья\n"
ENGLISH = "title,summary\nNerchinsk,The first treaty\n"


def cells(name: str, content: bytes, **given: Any) -> list[list[str]]:
    table = read(name, content, **given)
    assert not table.troubles
    return [table.columns, *[list(row.cells.values()) for row in table.rows]]


def refused(name: str, content: bytes, **given: Any) -> str:
    with pytest.raises(TableError) as error:
        read(name, content, **given)
    return str(error.value)


@pytest.mark.parametrize("text", [CHINESE, RUSSIAN, ENGLISH])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_recognised(text: str, codec: str) -> None:
    assert cells("a.csv", text.encode(codec)) == lines(text)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (CHINESE, "gb18030", "gb18030"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
        (RUSSIAN, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-16-le", "utf-16-le"),
    ],
)
def test_older_encodings_are_recognised(text: str, codec: str, name: str) -> None:
    table = read("a.csv", text.encode(codec))
    assert table.encoding == name
    assert list(table.rows[0].cells.values()) == lines(text)[1]


@pytest.mark.parametrize(
    ("text", "codec"),
    [(RUSSIAN, "koi8-r"), (CHINESE.replace("联", "聯"), "big5"), ("title\nTraité de Crépy, à côté\n", "latin-1"), (RUSSIAN, "utf-32")],
)
def test_what_cannot_be_told_is_refused_and_not_guessed(text: str, codec: str) -> None:
    text = text.encode(codec, "ignore")
    assert "UTF-8" in refused("a.csv", text)


def test_an_encoding_that_is_named_is_taken_at_its_word() -> None:
    assert cells("a.csv", RUSSIAN.replace("–", "-").encode("koi8-r"), encoding="koi8-r") == lines(RUSSIAN.replace("–", "-"))
    assert "byte 15 is" in refused("a.csv", RUSSIAN.encode("cp1251"), encoding="utf-8")


def test_a_mixture_of_encodings_is_refused() -> None:
    assert "encoding cannot be told" in refused("a.csv", CHINESE.encode("utf-8") * 3 + RUSSIAN.encode("cp1251"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_line_ends_and_delimiters(end: str, mark: str) -> None:
    text = f'title{mark}summary{end}"A ""quoted"" word"{mark}"two{end}lines"{end}{end}B{mark}{end}'
    assert cells("a.csv", text.encode()) == [["title", "summary"], ['A "quoted" word', f"two{end}lines"], ["B", ""]]


def test_what_is_wrong_is_told_with_row_and_column() -> None:
    assert refused("a.csv", b'title,summary\nA,B\nC,"never closed\nD,E\n').startswith("row 3: A quotation mark")
    assert "at or after line 3" in refused("a.csv", b'title,summary\nA,B\nC,"never closed\nD,E\n')
    assert refused("a.csv", b"title,summary\nA,B\0\n").startswith("row 2: There is a NUL")
    assert refused("a.csv", b"title,title,\n1,2,3\n").startswith("row 1, column title: Two columns have this name")
    assert refused("a.csv", b"title,,summary\n1,2,3\n") == "row 1, column 2: This column has no name."
    assert refused("a.csv", b'title\n"a"b\n').startswith("row 2: Text follows a closing quotation mark")


def test_ragged_rows_are_told_all_at_once_and_the_others_are_read() -> None:
    table = read("a.csv", b"title,summary\nA\nB,b\nC,c,d\nD,d,,\nE,\x07\nF,\xc2\x85\n")
    assert [str(trouble) for trouble in table.troubles] == [
        "row 2: The row has 1 cells, the first row 2.",
        "row 4: The row has 3 cells, the first row 2.",
        "row 6, column summary: There is a control character in this cell; remove it.",
        "row 7, column summary: There is a control character in this cell; remove it.",
    ]
    assert [row.number for row in table.rows] == [3, 5, 6, 7]


def test_limits_of_rows_columns_cells_and_size() -> None:
    few = replace(of_the_admin(), size=1_000_000, rows=3, columns=2)
    assert "more than 3 rows" in refused("a.csv", b"title\n" + b"A\n" * 4, limits=few)
    assert "3 columns; at most 2" in refused("a.csv", b"a,b,c\n1,2,3\n", limits=few)
    assert "10,000,000 are read" in refused("a.csv", b"a" * 10_000_001)
    assert "more than 110,000 characters" in refused("a.csv", b"a\n" + b"x" * 120_000)
    assert refused("a.csv", b" \n") == "The file is empty."


def test_files_that_are_not_what_their_name_says() -> None:
    assert "Allowed: csv, xlsx, json" in refused("a.exe", b"MZ")
    assert "not an .xlsx workbook" in refused("a.xlsx", b"<html><table></table></html>")
    assert "Name it .xlsx" in refused("a.csv", sheet([["title"], ["A"]]))
    assert "old .xls format" in refused("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("inner.xlsx", sheet([["title"], ["A"]]))
    assert "another kind of archive" in refused("a.xlsx", nested.getvalue())


# Workbooks -----------------------------------------------------------------------------------------------------------


def test_cells_of_a_workbook_become_what_one_would_type() -> None:
    import datetime

    rows = [["title", "date", "n", "x", "yes"], ["A", datetime.datetime(1996, 4, 25), 3.0, 0.5, True], ["'=1+1", None, 10**14, "", False]]
    assert cells("a.xlsx", sheet(rows)) == [
        ["title", "date", "n", "x", "yes"],
        ["A", "1996-04-25", "3", "0.5", "yes"],
        ["'=1+1", "", str(10**14), "", "no"],
    ]


def test_a_formula_is_told_and_never_computed() -> None:
    assert refused("a.xlsx", sheet([["title"], ['=HYPERLINK("http://evil.example")']])) == (
        "row 2, column A: This is a formula; only values are read. Paste it as a value."
    )


def test_what_we_write_holds_no_formula_and_is_read_back() -> None:
    rows = [["title", "summary"], ["=1+1", "+7 499"], ["-5", "@sum"], ["中俄", "two\nlines"]]
    made = workbook("events", rows)
    assert cells("a.xlsx", made) == rows
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert len(made.getvalue()) < 100_000
    assert "Unpacked, the workbook would have 60,0" in refused("a.xlsx", made.getvalue())
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(101):
            archive.writestr(f"xl/{number}.xml", b"")
    assert "101 parts; at most 100" in refused("a.xlsx", many.getvalue())


def test_one_cell_in_the_last_corner_costs_nothing() -> None:
    far = tampered(sheet([["title"], ["A"]]), "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="1048576"')
    assert "goes down to row" in refused("a.xlsx", far, limits=replace(of_the_admin(), rows=500))
    lying = tampered(sheet([["title"], ["A"]]), "xl/worksheets/sheet1.xml", b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert cells("a.xlsx", lying) == [["title"], ["A"]]


def test_entities_that_expand_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet '
    hostile = tampered(sheet([["title"], ["A"]]), "xl/worksheets/sheet1.xml", b"<worksheet ", bomb)
    assert "cannot be read" in refused("a.xlsx", hostile)


# JSON ----------------------------------------------------------------------------------------------------------------


def test_json_keeps_what_was_written() -> None:
    table = read("a.json", b'[{"slug": "a", "position": 1e1000000, "renews": true, "place": null, "themes": ["x", 2]}]')
    assert table.rows[0].cells == {"slug": "a", "position": "1e1000000", "renews": "yes", "place": "", "themes": ["x", "2"]}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[" * 100_000, "nested too deeply"),
        (b'[{"slug": 1, "slug": 2}]', "stands twice"),
        (b'[{"slug": NaN}]', "no number of JSON"),
        (b"{", "Not JSON"),
        (b'"text"', "list of records"),
        (b"[" + b"{}," * 20_000 + b"{}]", "more than 20,000 rows"),
    ],
)
def test_json_that_is_no_list_of_records_is_refused(content: bytes, told: str) -> None:
    assert told in refused("a.json", content, limits=of_the_admin())


def test_a_record_that_is_no_object_is_told() -> None:
    assert str(read("a.json", b'[{"slug": "a"}, 3]').troubles[0]) == "row 2: A record is an object with names and values."
