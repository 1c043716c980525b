"""Strings that programs stumble over, of our own making and for nobody's harm: for every field and parameter that takes words."""

from __future__ import annotations

import unicodedata
from itertools import product

# fmt: off
RESERVED = [
    "", " ", *["undefined", "undef", "null", "NULL", "(null)", "nil", "None", "none", "true", "false", "True", "TRUE", "yes", "no",
        "on", "off", "NaN", "Infinity", "-Infinity", "INF"],
    *["constructor", "hasOwnProperty", "__proto__", "prototype", "toString", "valueOf", "then", "self", "this", "__class__",
        "__init__", "__dict__"],
    *["con", "CON", "prn", "aux", "nul", "COM1", "lpt1", "admin", "root", "api", "static", "zh", "ru", "en", "compare", "add",
        "change", "delete", "index", "E1", "T1", "id", "slug", "pk"],
    *["\\", "\\\\", "/", "//", ".", "..", "...", "~", "-", "--", "_", "*", "?", "!", "@", "#", "$", "%", "^", "&", "(", ")", "[", "]",
        "{", "}", "|", ";", ":", ",", "<", ">", "=", "+", "`", "'", '"', "''", '""', "'\"", "“”"],
]
NUMBERS = [
    *["0", "1", "-1", "00", "007", "1.0", "1,0", "1.000,00", "1,000", "1e9", "1E+02", "1e-9", "-0", "+0", ".5", "5.", "1/2", "1/0",
        "0/0", "1_000", "0x1F", "0b1", "0o7", "1d", "1L", "123abc", "++1", "1..2", "1.2.3"],
    *["2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e400",
        "-1e400", "1e-400"],
    *["9999999999999999999999", "0.1e1000000", "NaN%", "₁", "¹", "½", "Ⅻ", "①", "〇", "一二三", "零", "∞", "−1", "+1", "1\xa0000",
        "1\u2009000"], "9" * 40,
    "1" * 400, "0." + "0" * 300 + "1",
]
#: The first and the last decimal digits of many scripts, and years in them.
DIGITS = [f"{chr(zero + 1)}{chr(zero + 9)}{chr(zero + 9)}{chr(zero + 6)}" for zero in (0x660, 0x6F0, 0x966, 0xE50, 0xF20, 0xFF10, 0x1D7CE)]
CONTROLS = [f"a{chr(code)}b" for code in (*range(32), *range(127, 160))]
#: Of each general category of Unicode some, from its beginning, its middle and beyond the first plane.
_OF_CATEGORY: dict[str, list[str]] = {}
for _code in (*range(0xA0, 0xD800), *range(0xE000, 0x110000, 7)):
    _OF_CATEGORY.setdefault(unicodedata.category(chr(_code)), []).append(chr(_code))
CATEGORIES = [f"x{found[place]}y" for found in _OF_CATEGORY.values() for place in (0, len(found) // 2, len(found) - 1)]
FORMATTING = [
    f"border{char}line"
    for char in "\u00ad\u034f\u061c\u115f\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061"
    "\u2063\u2066\u2067\u2068\u2069\u206a\u3000\u3164\ufe0f\ufeff\uffa0\ufff9\ufffa\ufffb\ufffc\ufffd\ufffe\uffff\U000e0001\U000e0020"
]
BIDI = [
    "\u202egnp.exe\u202c", "\u202eevil", "\u2067\u2066\u2067\u2066deep", "\u202a" * 130 + "nested", "שלום עולם",
    "مرحبا treaty بالعالم 1996", "‏test‏", "a\u202eb\u202dc\u202cd", "ﷺ﷽ﷺ",
]
EQUAL = [
    *("é", "e\u0301", "й", "и\u0306", "Å", "Å", "A\u030a", "ﬁne", "ＥＶＥＮＴ", "ｅｖｅｎｔ", "İstanbul", "ıI", "ß ẞ SS", "ǅ", "ς σ Σ"),
    *(
        "K", "Ω Ω", "が", "か\u3099", "각", "\u1100\u1161\u11a8", "祥\ufe00", "邊 边 邉", "‐ ‑ – — −", "ȺȾ", "Раурal", "а\u0301",
        "葛\U000e0100",
    ),
]
EMOJI = [
    *(
        "😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇨🇳🇷🇺", "🇨", "👍🏿", "0️⃣ 1️⃣", "☺︎ ☺️", "🀄🧧",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "💩" * 50,
    ), "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
]
MARKS = [
    "e" + "\u0301" * 190, "".join(c + "\u0300\u0316\u0334\u0489" * 5 for c in "he comes"), "\u0301alone", "ก็็็็็็็็็็", "\u200d" * 80,
    "a\u20dd\u20e3",
]
WORLD = [
    *(
        "Ĥtéǆ żółć", "Ёлки-палки, съёмка", "中俄友好互助條約", "日本語テキスト", "한국어 문장", "ภาษาไทย", "हिन्दी", "தமிழ்",
        "ქართული", "Հայերեն", "ᚠᛇᚻ",
        "𐌰𐌱", "𝕬𝖇𝖈",
    ),
    *(
        "田中さんにあげて下さい", "社會科學院", "𠜎𠜱𠝹", "表ポあA鷗Œé", "ﻁﺮﺤ", "ＡＢＣ１２３", "ⁿ ² ₀₁", "⒯⒣⒠", "┻━┻︵ヽ(`Д´)ﾉ",
        "(｡◕‿◕｡)", "˙ɐnbᴉlɐ", "…", "„so“",
        "«так»", "「这样」",
    ),
]
_CALL = "alert(1)"
_TAGS = [
    *(
        "<script>{}</script>", "<ScRiPt>{}</sCrIpT>", "<script\x0c>{}</script>", "<scr<script>ipt>{}</scr</script>ipt>",
        "</title><script>{}</script>",
    ),
    *(
        "<img src=x onerror={}>", "<svg/onload={}>", "<body onload={}>", "<iframe src=javascript:{}>", "<a href=javascript:{}>x</a>",
        "<b onmouseover={}>x",
    ),
    *(
        "</textarea><svg onload={}>", "</script><script>{}</script>", "--><script>{}</script>", "]]><script>{}</script>",
        "<details open ontoggle={}>",
    ),
    *(
        "<math><mtext><style><img src onerror={}>", "<base href=//evil.example/>", "<!--", "<![CDATA[<script>{}</script>]]>",
        "＜script＞{}＜/script＞",
    ),
    *(
        "<meta http-equiv=refresh content='0;url=javascript:{}'>", "<object data=javascript:{}>",
        "<style>@import '//evil.example'</style>", "<x",
    ),
]
_QUOTES = [
    "{}", '"><{}', "'><{}", '" onfocus={} autofocus x="', "' onfocus={} autofocus x='", "`;{}//", "';{}//", '";{}//', "\\';{}//",
    "${{{}}}",
]
SCRIPTS = [
    *(form.format(_CALL) for form in _TAGS),
    *(f"{before}{tag.format(_CALL)}" for before, tag in product(('">', "'>", "\\u003c", "&lt;"), _TAGS[:6])),
    *(form.format(_CALL) for form in _QUOTES),
    *(
        f"{scheme}{_CALL}"
        for scheme in ("javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", " javascript:", "vbscript:", "javascript&colon;")
    ),
    *(
        "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "&lt;script&gt;", "&#60;script&#62;",
        "%3Cscript%3E", "\\x3cscript\\x3e",
    ),
]
SQL = [
    *(
        "' OR 1=1--", "' OR '1'='1", '" OR ""="', "1; DROP TABLE events_event; --", "1' AND SLEEP(5)#", "'||pg_sleep(5)--",
        "') UNION SELECT 1,2,3--",
    ),
    *(
        "admin'--", "1 OR 1=1", "'; SELECT sqlite_version(); --", "%' AND 1=0 UNION ALL SELECT '", "$$;x$$", "E'\\x41'", "/**/OR/**/1=1",
        "\\'; --", "%", "_", "a%_b",
    ),
    *(
        "NEAR(a b)", "a AND NOT b", "a* OR ^b", "{a b} : c", "a & !b | (c <-> d) :*", "x' ESCAPE '", "char(0)", "0x27", "ORDER BY 99",
        "{'$gt': ''}", "*)(uid=*",
    ),
]
TEMPLATES = [
    *(
        "{{ 7*7 }}", "{{ request.user }}", "{% debug %}", "{% load static %}", "{# x #}", "{{ settings.SECRET_KEY }}", "${7*7}", "#{7*7}",
        "<%= 7*7 %>", "{{{x}}}",
    ),
    *(
        "%s", "%d", "%n%n%n%n", "%(x)s", "%(count)s", "%1$s", "%p %x", "{0}", "{}", "{0.__class__}", "{x!r:>99}", "%%", "100%", "%.9999f",
        "$HOME", "{", "}",
    ),
]
SHELL = [
    *(
        "; ls -la", "| cat /etc/passwd", "`id`", "$(id)", "&& id", "\n id", "() { :;}; id", "${IFS}", "--help", "-rf /", "> /dev/null",
        "$(touch /tmp/naughty)", "!!", "~root",
    ),
    *(
        "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "%2e%2e%2f", "....//", "C:\\x",
        "\\\\host\\share", "a/../b", "x.html", "x.css",
    ),
    *(
        ".htaccess", "a:b", 'a"b', "a\rb.txt", "report.pdf\x00.png", "x" * 255, "con.txt", "http://127.0.0.1/", "//evil.example",
        "http://[::1]/", "http://a b", "http://[", "mailto:a",
    ),
]
TERMINAL = [
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "roses\rviolets", "a\b\b\bb", "line\r\nSet-Cookie: canary=1",
    "a\n2026 INFO forged line",
]
TABLES = ["=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "a,b", "a;b", 'a"b,"c', "a\nb", "'=1", "_x000D_", "_x0041_"]
MARKUP = [
    *(
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "&e;", "<?xml version='1.0'?>", "<?php x ?>", "&nbsp;", "&#0;",
        "&#xD800;", "]]>", "<a", "</html>",
    ),
    *(
        "\\begin{x}", "\\input{/etc/passwd}", "@article{x,", "}}", "BEGIN:VEVENT", "a\\,b\\;c", "TY  - JOUR", "ER  - ", "# heading",
        "[x](javascript:alert(1))", "![x](//evil.example)",
    ), *("[[E1]]", "[^1]", "**", "***bold***", "[" * 90, "> " * 40, "| a | b |", "http" + "s" * 90 + "://", "www.x.example/?a=1&b=<2>"),
]
LONG = ["x" * 201, "中" * 300, "a " * 150, "😀" * 300, "x" * 5_000]
#: All of them, each once.
STRINGS = list(
    dict.fromkeys(
        RESERVED + NUMBERS + DIGITS + CONTROLS + CATEGORIES + FORMATTING + BIDI + EQUAL + EMOJI + MARKS + WORLD
        + SCRIPTS + SQL + TEMPLATES + SHELL + TERMINAL + TABLES + MARKUP + LONG
    )
)
# fmt: on


def some(number: int, kind: list[str] = STRINGS) -> list[str]:
    """So many of them, from all over the list."""
    return kind[:: max(1, len(kind) // number)][:number] if number < len(kind) else kind
