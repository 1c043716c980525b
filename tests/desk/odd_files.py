"""Files as somebody may upload them, honest or not: of each its name, its bytes, and its rows or what is told of it.

A text is what the refusal says, by the reader of files or by the dry run that holds it against the columns of events.
"""

from __future__ import annotations

import datetime
import io
import stat
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

Rows = list[list[str]]
#: Name of the file, bytes (made when asked for, where there are many), rows with the names of columns or what is told, encoding.
Odd = tuple[str, bytes | Callable[[], bytes], Rows | str, str]

SHEET = "xl/worksheets/sheet1.xml"
CHINESE = "title,summary\n中俄联合声明,中华人民共和国和俄罗斯联邦关于世界多极化和建立国际新秩序的联合声明\n"
TRADITIONAL = "title,summary\n中俄聯合聲明,中華人民共和國和俄羅斯聯邦關於世界多極化和建立國際新秩序的聯合聲明\n"
RUSSIAN = "title,summary\nДоговор о добрососедстве,Российская Федерация и Китайская Народная Республика - навеки друзья\n"
FRENCH = "title,summary\nTraité de Crépy,à côté de la forêt\n"
UNTOLD = "encoding cannot be told"


def sheet(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def tampered(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something replaced in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            data = before.read(member)
            if member.filename == part:
                assert old in data
                data = data.replace(old, new, 1)
            after.writestr(member, data)
    return made.getvalue()


def archive(*parts: tuple[str | zipfile.ZipInfo, bytes], beside: bytes = b"") -> bytes:
    """An archive of these parts, in which those of another come first."""
    made = io.BytesIO(beside)
    with zipfile.ZipFile(made, "a" if beside else "w", zipfile.ZIP_DEFLATED) as kept:
        for name, content in parts:
            kept.writestr(name, content)
    return made.getvalue()


def lines(text: str) -> Rows:
    return [line.split(",") for line in text.splitlines()]


PLAIN = sheet([["title", "n"], ["A", 7]])
#: The same, its sheet under another name, so that another part may take its place.
WITHOUT_SHEET = PLAIN.replace(b"sheet1.xml", b"sheet9.xml")
DAYS = sheet([["title", "date"], ["A", datetime.datetime(1996, 4, 25)]])


def number(value: str) -> bytes:
    """A workbook with a number as written in its file."""
    return tampered(PLAIN, SHEET, b"<v>7</v>", f"<v>{value}</v>".encode())


def day(serial: str) -> bytes:
    """A workbook with a day as its number in the file."""
    return tampered(DAYS, SHEET, b"<v>35180</v>", f"<v>{serial}</v>".encode())


def declared(part: str, root: bytes, declaration: bytes) -> bytes:
    """A workbook that declares something before the root of one of its parts."""
    return tampered(PLAIN, part, root, declaration + root)


def locked() -> bytes:
    """The workbook with the sign that its parts are encrypted, as programs for archives do it."""
    made = bytearray(PLAIN)
    place = 0
    while (place := made.find(b"PK\x01\x02", place)) >= 0:
        made[place + 8] |= 1
        place += 4
    return bytes(made)


def lying() -> bytes:
    """A workbook whose sheet unpacks to 60 MB, though the archive's directory says a hundred bytes."""
    made = bytearray(archive((SHEET, b" " * 60_000_000), beside=WITHOUT_SHEET))
    entry = made.rfind(b"PK\x01\x02")
    made[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    return bytes(made)


def link(name: str, target: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    """A part of an archive that is a symbolic link."""
    found = zipfile.ZipInfo(name)
    found.create_system, found.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return found, target


def bare(body: bytes) -> bytes:
    """The workbook with nothing but this in its sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            after.writestr(member, body if member == SHEET else before.read(member))
    return made.getvalue()


def one(title: str, value: str) -> Rows:
    return [["title", title], ["A", value]]


def _encoded() -> dict[str, Odd]:
    told: list[tuple[str, str, Rows | str]] = [
        *((codec, RUSSIAN, lines(RUSSIAN)) for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251")),
        *((codec, CHINESE, lines(CHINESE)) for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gb2312")),
        *((codec, RUSSIAN, UNTOLD) for codec in ("koi8-r", "cp866", "iso8859-5", "mac-cyrillic")),
        *((codec, TRADITIONAL, UNTOLD) for codec in ("big5", "gb18030")),
        *((codec, FRENCH, UNTOLD) for codec in ("latin-1", "mac-roman")),
        ("utf-32", RUSSIAN, "UTF-32"),
    ]
    return {f"{codec}, {text[14:20]}": ("a.csv", text.encode(codec), rows, "") for codec, text, rows in told}


ENCODINGS: dict[str, Odd] = {
    **_encoded(),
    "koi8-r, named": ("a.csv", RUSSIAN.encode("koi8-r"), lines(RUSSIAN), "koi8-r"),
    "big5, named": ("a.csv", TRADITIONAL.encode("big5"), lines(TRADITIONAL), "big5"),
    "latin-1, named": ("a.csv", FRENCH.encode("latin-1"), lines(FRENCH), "windows-1252"),
    "utf-16 of the other end, marked": ("a.csv", b"\xfe\xff" + RUSSIAN.encode("utf-16-be"), lines(RUSSIAN), ""),
    "marked twice": ("a.csv", b"\xef\xbb\xbf\xef\xbb\xbf" + RUSSIAN.encode(), lines(RUSSIAN), ""),
    "named, and is not": ("a.csv", RUSSIAN.encode("cp1251"), "not utf-8 throughout: byte 15 is C4", "utf-8"),
    "half a character at the end of utf-8": ("a.csv", RUSSIAN.encode()[:-2], UNTOLD, ""),
    "half a character at the end of utf-16": ("a.csv", RUSSIAN.encode("utf-16") + b"x", "not utf-16 throughout: byte 219", ""),
    "utf-8, then cp1251": ("a.csv", CHINESE.encode() * 3 + RUSSIAN.encode("cp1251"), UNTOLD, ""),
    "utf-8, then latin-1": ("a.csv", RUSSIAN.encode() + FRENCH.encode("latin-1"), UNTOLD, ""),
    "no text at all": ("a.csv", bytes(range(256)) * 8, "not utf-16-be throughout: byte 217 is D8", ""),
}

AB = [["title", "summary"], ["A", "a"], ["B", "b"]]
TABLES: dict[str, Odd] = {
    "LF": ("a.csv", b"title,summary\nA,a\nB,b\n", AB, ""),
    "CR": ("a.csv", b"title,summary\rA,a\rB,b\r", AB, ""),
    "CRLF": ("a.csv", b"title,summary\r\nA,a\r\nB,b\r\n", AB, ""),
    "all three": ("a.csv", b"title,summary\r\nA,a\rB,b\n", AB, ""),
    "no end to the last line": ("a.csv", b"title,summary\nA,a\nB,b", AB, ""),
    "CR, and commas in a cell": ("a.csv", b"title;summary\rA;one, two, three\r", [["title", "summary"], ["A", "one, two, three"]], ""),
    "NUL": ("a.csv", b"title,summary\nA,a\nB,\0\n", "row 3: There is a NUL", ""),
    "NUL between CR": ("a.csv", b"title,summary\rA,a\rB,\0\r", "row 3: There is a NUL", ""),
    "a row that is too short": ("a.csv", b"title,summary\nA\n", "row 2: The row has 1 cells, the first row 2.", ""),
    "a row that is too long": ("a.csv", b"title,summary\nA,a,x\n", "row 2: The row has 3 cells, the first row 2.", ""),
    "a mark that is never closed": ("a.csv", b'title,summary\nA,a\nB,"b\nC,c\n', "row 3: A quotation mark", ""),
    "text after a mark": ("a.csv", b'title,summary\nA,"a"b\n', "row 2: Text follows a closing quotation mark", ""),
    "a formula": ("a.csv", b"title,summary\n=1+1,@SUM(A1)\n", [["title", "summary"], ["=1+1", "@SUM(A1)"]], ""),
    "10 MB in a field": ("a.csv", lambda: b"title,summary\nA," + b"x" * 9_900_000, "row 2: A cell has more than 110,000", ""),
    "10 MB in a field of JSON": (
        "a.json",
        lambda: b'[{"title":"' + b"x" * 9_900_000 + b'"}]',
        "column title: The cell has more",
        "",
    ),
    "10 MB in a cell": ("a.xlsx", lambda: number("1" * 9_900_000), "row 2: The workbook cannot be read: Exceeds the limit", ""),
    "a million empty lines": ("a.csv", lambda: b"title,summary\nA,a\n" + b"\n" * 1_000_000 + b"B,b\n", AB, ""),
    "a million empty rows": ("a.csv", lambda: b"title,summary\nA,a\n" + b",\n" * 1_000_000 + b"B,b\n", AB, ""),
    "a million rows of spaces": ("a.csv", lambda: b"title,summary\n" + b" , \n" * 1_000_000, "row 20002: There are more than 20,000", ""),
    "a million rows of a workbook": (
        "a.xlsx",
        lambda: tampered(PLAIN, SHEET, b"</sheetData>", b"<row/>" * 1_000_000 + b"</sheetData>"),
        "row 20002: The sheet goes down to row 20,002",
        "",
    ),
    "a million objects": ("a.json", lambda: b"[" + b"{}," * 1_000_000 + b"{}]", "more than 20,000 rows", ""),
    "61 columns": ("a.csv", ",".join(f"c{n}" for n in range(61)).encode(), "61 columns; at most 60", ""),
    "a number in a table": ("a.csv", b"title,n\nA,1e1000000\n", one("n", "1e1000000"), ""),
    "a number in JSON": ("a.json", b'[{"title":"A","n":1e1000000}]', one("n", "1e1000000"), ""),
    "an integer of JSON": ("a.json", b'[{"title":"A","n":' + b"9" * 5_000 + b"}]", one("n", "9" * 5_000), ""),
    "NUL in JSON": ("a.json", b'[{"title":"a\\u0000b"}]', "row 1, column title: There is a control character", ""),
    "half a character in JSON": (
        "a.json",
        b'[{"slug":"a","themes":["\\ud800"]}]',
        "column themes: There is a control character",
        "",
    ),
    "half a character in a name": ("a.json", b'[{"sl\\ud800ug":"a"}]', "row 1, column sl\ufffdug: There is a control character", ""),
    "nested beyond what we follow": ("a.json", b'[{"slug":' + b"[" * 600 + b"]" * 600 + b"}]", "nested too deeply", ""),
    "an object for a list": (
        "a.json",
        b'[{"slug":"a","participants":{"x":"y"}}]',
        "column participants: A list is wanted here.",
        "",
    ),
    "names in JSON that stand twice": ("a.json", b'[{"slug":"a","slug":"b"}]', "“slug” stands twice", ""),
}

OF_EVENTS: dict[str, Odd] = {
    "a name that stands twice": ("a.csv", b"slug,title,title\na,A,B\n", "row 1, column title: Two columns have this name", ""),
    "a name that is missing": ("a.csv", b"slug,,title\na,b,A\n", "row 1, column 2: This column has no name.", ""),
    "renamed": ("a.csv", b"slug,heading\na,A\n", "row 1, column heading: Not a column here. Allowed: slug, status, title", ""),
    "in capitals": ("a.csv", b"SLUG,Title\na,A\n", "row 1, column SLUG: Not a column here.", ""),
    "one too many": ("a.csv", b"slug,title,extra\na,A,x\n", "row 1, column extra: Not a column here.", ""),
    "no slug": ("a.csv", b"title,summary\nA,a\n", "The column “slug” is missing", ""),
    "no title": ("a.csv", b"slug,kind\na,visit\n", "row 2, column title: Missing, and required.", ""),
    "pk": ("a.csv", b"pk,slug,title\n1,a,A\n", "row 1, column pk: Not a column here.", ""),
    "id": ("a.json", b'[{"id":1,"slug":"a","title":"A"}]', "row 1, column id: Not a column here.", ""),
    "a foreign key by its column": ("a.csv", b"slug,place_id\na,1\n", "row 1, column place_id: Not a column here.", ""),
    "a number without end": ("a.json", b'[{"slug":"a","title":"A","kind":"visit","importance":1e1000000}]', "column importance: ", ""),
    "a date without end": ("a.csv", b"slug,title,kind,date\na,A,visit,Y1E1000000\n", "row 2, column date: ", ""),
}

XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in range(97, 106)) + b"]>"
)
ENTITIES = "its XML declares entities"
A7 = one("n", "7")
WORKBOOKS: dict[str, Odd] = {
    "encrypted by a program for tables": ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "encrypted or in the old .xls", ""),
    "encrypted, called a table": ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "This is a workbook", ""),
    "encrypted by a program for archives": ("a.xlsx", locked(), "The workbook is encrypted. Save it without a password.", ""),
    "macros, by name": ("a.xlsm", PLAIN, "end in .xlsm are not read", ""),
    "macros, within": ("a.xlsx", archive(("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), beside=PLAIN), A7, ""),
    "binary": ("a.xlsb", PLAIN, "end in .xlsb are not read", ""),
    "links to other workbooks": (
        "a.xlsx",
        archive(("xl/externalLinks/externalLink1.xml", b'<externalLink r:id="file:///etc/passwd"/>'), beside=PLAIN),
        A7,
        "",
    ),
    "a formula to another workbook": (
        "a.xlsx",
        tampered(PLAIN, SHEET, b"<v>7</v>", b"<f>[1]Sheet1!A1</f><v>7</v>"),
        "row 2, column B: This is a formula",
        "",
    ),
    "an entity in the sheet": ("a.xlsx", declared(SHEET, b"<worksheet ", XXE), ENTITIES, ""),
    "an entity in the workbook": ("a.xlsx", declared("xl/workbook.xml", b"<workbook ", XXE), ENTITIES, ""),
    "an entity in the styles": ("a.xlsx", declared("xl/styles.xml", b"<styleSheet ", XXE), ENTITIES, ""),
    "an entity in the list of parts": ("a.xlsx", declared("[Content_Types].xml", b"<Types ", XXE), ENTITIES, ""),
    "a billion laughs": ("a.xlsx", tampered(declared(SHEET, b"<worksheet ", LAUGHS), SHEET, b"<t>A<", b"<t>&j;<"), ENTITIES, ""),
    "a document type elsewhere": ("a.xlsx", declared(SHEET, b"<worksheet ", b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'), A7, ""),
    "a sheet that is a link": (
        "a.xlsx",
        archive(link(SHEET, b"/etc/passwd"), beside=WITHOUT_SHEET),
        "cannot be read",
        "",
    ),
    "a link beside": ("a.xlsx", archive(link("xl/media/a.png", b"/etc/passwd"), beside=PLAIN), A7, ""),
    "parts that lie elsewhere": ("a.xlsx", archive(("../../escaped", b"x"), ("/escaped", b"x"), beside=PLAIN), A7, ""),
    "an archive in an archive": ("a.xlsx", archive(("a.xlsx", PLAIN)), "another kind of archive", ""),
    "an archive in a workbook": ("a.xlsx", archive(("xl/embeddings/a.zip", archive(("a.xlsx", PLAIN))), beside=PLAIN), A7, ""),
    "a bomb": ("a.xlsx", lambda: archive((SHEET, b" " * 60_000_000)), "Unpacked, the workbook would have 60,0", ""),
    "a bomb that lies": ("a.xlsx", lying, "cannot be read", ""),
    "five thousand parts": (
        "a.xlsx",
        lambda: archive(*((f"xl/{n}.xml", b"") for n in range(5_000))),
        "5000 parts; at most 100",
        "",
    ),
    "a web page": ("a.xlsx", b"<html><table><tr><td>title</td></tr></table></html>", "not an .xlsx workbook", ""),
    "a table": ("a.xlsx", b"title,summary\nA,a\n", "not an .xlsx workbook", ""),
    "cut short": ("a.xlsx", PLAIN[:-30], "not an .xlsx workbook", ""),
    "a document": ("a.xlsx", archive(("word/document.xml", b"<x/>")), "another kind of archive", ""),
    "no sheet": ("a.xlsx", WITHOUT_SHEET, "no sheet with cells", ""),
    "a sheet that is no XML": ("a.xlsx", bare(b"title,n\nA,7\n"), "cannot be read", ""),
    "an integer beyond measure": ("a.xlsx", number("9" * 5_000), "row 2: The workbook cannot be read: Exceeds the limit", ""),
    "a number beyond measure": ("a.xlsx", number("1e1000000"), "row 2, column B: This is an error or no number (inf)", ""),
    "no number": ("a.xlsx", number("NaN"), "row 2: The workbook cannot be read: invalid literal", ""),
    "an error": (
        "a.xlsx",
        tampered(PLAIN, SHEET, b't="n"><v>7<', b't="e"><v>#DIV/0!<'),
        "row 2, column B: This is an error or no number (#DIV/0!)",
        "",
    ),
    "a day": ("a.xlsx", DAYS, one("date", "1996-04-25"), ""),
    "a day of the system of 1904": (
        "a.xlsx",
        tampered(day("33718"), "xl/workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"'),
        one("date", "1996-04-25"),
        "",
    ),
    "the first day of 1900": ("a.xlsx", day("1"), one("date", "1900-01-01"), ""),
    "before the leap day that never was": ("a.xlsx", day("59"), one("date", "1900-02-28"), ""),
    "after the leap day that never was": ("a.xlsx", day("61"), one("date", "1900-03-01"), ""),
    "the last day of 9999": ("a.xlsx", day("2958465"), one("date", "9999-12-31"), ""),
    "a day after the last": ("a.xlsx", day("2958466"), "row 2, column B: This is an error or no number (#VALUE!)", ""),
    "a day and an hour": ("a.xlsx", day("35180.5"), one("date", "1996-04-25T12:00:00"), ""),
    "a serial that is no day": ("a.xlsx", tampered(DAYS, SHEET, b's="1" ', b""), one("date", "35180"), ""),
}

ALL: dict[str, Odd] = {
    f"{kind}: {name}": odd
    for kind, odds in (("encoding", ENCODINGS), ("table", TABLES), ("columns", OF_EVENTS), ("workbook", WORKBOOKS))
    for name, odd in odds.items()
}


def content_of(odd: Odd) -> bytes:
    return odd[1]() if callable(odd[1]) else odd[1]
