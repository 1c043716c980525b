"""However a value is spelt in an address, it means the one thing that it says, or is refused by name; never something near it."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from sinorus.search import index
from tests.honest import Asking, dishonest
from tests.often import often
from tests.records import World, event

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORMS = ["/events/", "/api/v1/events/", "/api/v1/events/facets/", "/events.csv", "/events.jsonl", "/events.atom"]
SEARCHES = ["/search/", "/api/v1/search/", "/api/v1/suggest/"]
#: Signs that are no part of any name, number or date.
SIGNS = [
    *(f"%{code:02x}" for code in (*range(32), 127)),  # C0
    *(f"%c2%{code:02x}" for code in range(0x80, 0xA0)),  # C1
    *("%", "%zz", "%2", "%u0041", "%25", "%26", "%3D", "%23", "%3B", "%2B", "%EF%BB%BF"),
    *("%E2%80%A8", "%E2%80%A9", "%E2%80%AE", "%E2%81%A6", "%E2%80%8D", "%E2%80%8B", "%C2%AD", "%E3%80%80", "%F3%A0%80%A1"),
]
#: 1996% says in EDTF that the year is neither certain nor exact; and the space around a date that was pasted is no part of it.
IN_DATES = {("date_after", sign) for sign in ("%", "%25", "%09", "%0a", "%0d")}
#: What no program may read as text: overlong forms, halves of pairs, what ends early, what is beyond Unicode.
NO_TEXT = ["%c0%af", "%c1%81", "%e0%80%af", "%e0%81%81", "%f0%80%81%81", "%fc%80%80%80%81%81", "%ed%a0%80%ed%b0%80", "%ed%bf%bf"]
NO_TEXT += ["%e4%b8", "%d0", "%80", "%bf", "%fe", "%ff", "%f4%90%80%80", "%f8%88%80%80%80", "caf%e9", "%d6%d0%b9%fa", "%ff%fe4%00"]
#: Digits that are none of ours, each of which says 1 or 1996 to somebody.
DIGITS = [
    "".join(chr(zero + int(digit)) for digit in number)
    for number in ("1", "1996")
    for zero in (0xFF10, 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xF20, 0x17E0, 0x1810, 0x1D7CE)
]


def answered(address: str) -> bytes:
    """The records of an answer: without the address that it was asked at."""
    answer = Asking().get(address)
    assert answer.status_code == 200 and not dishonest(answer), (address, dishonest(answer))
    if "json" not in answer["Content-Type"]:
        return answer.body
    told = answer.json()
    return json.dumps([told.get(name) for name in ("count", "results", "groups", "suggestions")]).encode()


def refused(address: str, name: str) -> str:
    """What is wrong with the refusal of a value of this name; empty when nothing is."""
    answer = Asking().get(address)
    if answer.status_code != 400:
        return f"{address:.200} {answer.status_code}"
    if found := dishonest(answer, address):
        return f"{address:.200} {found}"
    if len(answer.body) > 100_000:
        return f"{address:.200} {len(answer.body)} bytes"
    named = [error["name"] for error in answer.json()["errors"]] if "problem" in answer["Content-Type"] else [name]
    return "" if named == [name] else f"{address:.200} names {named}"


@pytest.mark.parametrize("place", ["{0}{1}", "{1}{0}", "{0}{1}{0}"])
def test_no_sign_is_passed_over(world: World, place: str) -> None:
    """A name out of a vocabulary, a number and a date with a sign more are others, which there are not; forms take turns."""
    wrong = []
    for turn, sign in list(enumerate(SIGNS))[:: often(1, 7)]:
        for name, value in (("state", "china"), ("importance", "1"), ("date_after", "1996")):
            if (name, sign) not in IN_DATES:
                wrong.append(refused(f"{FORMS[turn % len(FORMS)]}?{name}={place.format(value, sign)}", name))
    assert not (found := [one for one in wrong if one]), "\n".join(found)


def test_what_is_no_text_is_refused(world: World) -> None:
    wrong = [refused(f"{form}?state={raw}", "state") for raw in NO_TEXT[:: often(1, 3)] for form in FORMS]
    wrong += [refused(f"{form}?q={raw}", "q") for raw in NO_TEXT[:: often(1, 3)] for form in (*SEARCHES, *FORMS[:2])]
    assert not (found := [one for one in wrong if one]), "\n".join(found)


def test_no_other_digits_are_read(world: World) -> None:
    names = ("page", "page_size", "date_after", "importance")
    wrong = [refused(f"{FORMS[turn % 2]}?{name}={quote(digits)}", name) for digits in DIGITS for turn, name in enumerate(names)]
    assert not (found := [one for one in wrong if one]), "\n".join(found)


def test_an_escape_is_read_once(world: World) -> None:
    """%2563 is "%63", not "c"; %63hina is china, in capitals and small letters."""
    for form in FORMS[:: often(1, 2)]:
        plain = Asking().get(f"{form}?state=china")
        for same in ("%63hina", "chin%61", "%63%68%69%6E%61", "%63%68%69%6e%61"):
            assert Asking().get(f"{form}?state={same}").status_code == plain.status_code == 200
        assert not refused(f"{form}?state=%2563hina", "state")
    listed = [
        [one["id"] for one in Asking().get(f"/api/v1/events/?{name}=china").json()["results"]] for name in ("state", "%73tate", "stat%65")
    ]
    assert listed[0] == listed[1] == listed[2] != []


@pytest.mark.parametrize("form", [*SEARCHES[1:], "/api/v1/events/", "/events.csv"])
def test_a_plus_is_a_space(world: World, form: str) -> None:
    """And %2B is a plus, which parts words as any sign does: it is never lost, and words never grow together."""
    index.refresh()
    spaced, escaped, together = (answered(f"{form}?q=yeltsin{space}beijing") for space in ("+", "%20", ""))
    assert spaced == escaped != together
    assert Asking().get("/api/v1/search/?q=a%2Bb").json()["query"] == "a+b"


#: The same words to who reads them: composed and decomposed, of other widths, with digits of other scripts.
ALIKE = [
    ("café", "cafe\u0301"),
    ("йод", "и\u0306од"),
    ("ёж", "е\u0308ж"),
    ("Ångström", "A\u030angstro\u0308m"),
    ("Ångström", "\u212bngström"),
]
ALIKE += [("がく", "か\u3099く"), ("각", "\u1100\u1161\u11a8"), ("eventful", "ｅｖｅｎｔｆｕｌ"), ("fine", "ﬁne"), ("1996", "１９９６")]


@pytest.mark.parametrize("pair", ALIKE, ids=lambda pair: ascii(pair[0]))
def test_the_same_words_are_found(world: World, pair: tuple[str, str]) -> None:
    """However they were written in the record, and are in the question."""
    for turn, title in enumerate(pair):
        event(f"spelt-{turn}", title=f"{title} zzspelt")
    index.refresh()
    found = [Asking().get("/api/v1/events/", {"q": f"{text} zzspelt"}).json()["count"] for text in pair]
    assert found == [2, 2]


@pytest.mark.parametrize("text", ["x", "%ff", "中", "%", "a+", "%00", '"', "\u0301"][: often(8, 2)])
def test_a_value_of_a_megabyte(world: World, text: str) -> None:
    """Refused, and not repeated in the refusal."""
    sent = text if text.startswith("%") or text.isascii() else quote(text)
    sent *= 1_000_000 // len(sent)
    for question in ("/search/?q", "/api/v1/search/?q", "/events/?q", "/api/v1/events/?state", "/events.csv?q"):
        assert not (found := refused(f"{question}={sent}", question.partition("?")[2])), found
