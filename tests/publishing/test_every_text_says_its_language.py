"""A Chinese or Russian page is in its language throughout: what is not, because the record has it in English alone, says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = """
    / /events/ /events/?kind=summit&date_after=1990 /events/?decade=x&state=nobody /events/?q=Yeltsin
    /events/yeltsin-in-beijing-1996/ /events/zhenbao-1969/
    /treaties/ /treaties/?status=in-force&on=1975-06-01 /treaties/alliance-1950/ /treaties/good-neighbours-2001/
    /treaties/compare/ /treaties/compare/?t=alliance-1950&t=good-neighbours-2001 /treaties/provisions/ /meetings/
    /actors/ /actors/boris-yeltsin/ /actors/russia/ /places/ /places/beijing/ /themes/ /partnership/
    /sources/ /assessments/ /dossiers/ /search/?q=partnership
    /search/?q=nothingofthekind /about/ /data/ /map/ /timeline/ /networks/ /coverage/ /changes/ /no-such-page/
"""
OWN = {"zh-Hans": re.compile("[\u3400-\u9fff]"), "ru": re.compile("[а-яё]", re.IGNORECASE)}
#: Names of formats and things, addresses, ids and codes, which are the same in every language.
NAMES = re.compile(
    r"sinorus\b.*|CC BY 4\.0|Creative Commons Attribution 4\.0|Chicago|APA|GB/T 7714|GOST|Python|curl|CSV|JSON\b.*|Atom|iCalendar"
    r"|GeoJSON|BibTeX|RIS|CSL.*|XLSX|Excel|SQLite|PNG|SVG|API|EDTF|ETag|RSS|HTML|Markdown"
    r"|[A-Z]\d+|\W*[\w.-]+[./=_][\w./?&=:-]*\W*|[a-z]+(?:-[a-z]+)+|Home|End|Esc"
)
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
APART = {"head", "script", "style", "code", "pre", "kbd", "cite", "samp"}


def is_apart(element: Element) -> bool:
    """What has no language of its own: code, the names of authors, entries in a style of citation, keys for programs."""
    return element.tag in APART or element.get("translate") == "no" or element.get("class") in ("cite-entry", "Z3988")


def texts(element: Element, lang: str) -> Iterator[tuple[str, str]]:
    """Every text of a page, in elements and attributes, with the language that holds for it."""
    for child in element:
        if isinstance(child.tag, str) and not is_apart(child):
            own = child.get("lang") or lang
            yield from ((value, own) for name in ATTRIBUTES if (value := child.get(name)))
            yield child.text or "", own
            yield from texts(child, own)
        yield child.tail or "", lang


def unmarked(page: str) -> set[str]:
    """Texts with words of Latin letters alone that are said to be Chinese or Russian."""
    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    told = {" ".join(text.split()) for text, lang in texts(parsed, parsed.get("lang")) if lang in OWN and not OWN[lang].search(text)}
    return {text for text in told if re.search("[A-Za-z]{2}", text) and not NAMES.fullmatch(text)}


@pytest.mark.parametrize("prefix", ["/zh", "/ru"])
def test_no_other_language_goes_unmarked(world: Any, reader: Client, prefix: str) -> None:
    found = [(address, text) for address in PAGES.split() for text in unmarked(reader.get(prefix + address).content.decode())]
    wrong = [(address, text) for address, text in found if text.strip("“”«»") not in address]
    assert not wrong, wrong
