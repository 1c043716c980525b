"""What is cited, as items of the Citation Style Language: a source, a record of this site, a list of records.

One item is the root of every form of a citation: the four styles, BibTeX, RIS, COinS and the tags in a page's head are
all made from it. Names of types and variables are those of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sinorus.dates.value import HistoricalDate
from sinorus.publishing.models import Record

from .models import Source

Item = dict[str, Any]

SITE: Final = "sinorus"
#: Where our translation of a printed title stands; CSL has no variable for it, and keeps "custom" for such things.
TRANSLATED: Final = "translated-title"
#: Records and lists of this site are entries of a work of reference: styles and Zotero know that type, and name the work with its edition.
ENTRY: Final = "entry-encyclopedia"
_PERIODICALS: Final = ("article-journal", "article-magazine", "article-newspaper")
_VOLUME = re.compile(r"(?:vol\.?|volume|т\.|том|第)\s*(?P<volume>\w+)\s*卷?", re.IGNORECASE)
_ISSUE = re.compile(r"(?:no\.?|nos\.?|issue|№|вып\.|第)\s*(?P<issue>[\w–/-]+)\s*期?", re.IGNORECASE)
_YEAR_ISSUE = re.compile(r"(?P<volume>\w+)\s*\((?P<issue>[^)]+)\)")


def of_source(source: Source) -> Item:
    """A source. The title is the one printed; our translation of it stands beside it."""
    item: Item = {"id": source.public_id, "type": source.kind, "title": source.original_title or source.title}
    if source.original_title and source.original_title != source.title:
        item["custom"] = {TRANSLATED: source.title}
    item |= {"author": names(source.authors), "container-title": source.container, "publisher": source.publisher}
    item |= {"publisher-place": source.publisher_place, "issued": date(source.issued), "page": source.pages.replace("–", "-")}
    item |= {"URL": source.url, "language": source.language, "accessed": day(source.accessed) if source.accessed and source.url else None}
    if source.publisher == source.container:
        item["publisher"] = ""
    return {name: value for name, value in (item | number(source.kind, source.number)).items() if value}


def of_record(record: Record, url: str, edition: int, today: datetime.date, language: str = "en") -> Item:
    """A record of this site as an entry of a work of reference: its title, the edition it was read in, its permanent address."""
    title = record.titles.get(language) or record.title
    item = {"id": record.public_id, "type": ENTRY, "title": title, "container-title": site(edition, language)}
    item |= {"issued": day(record.updated.date()), "accessed": day(today), "URL": url}
    return item | {"language": language if record.titles.get(language) else "en"}


def of_page(key: str, title: str, url: str, edition: int, today: datetime.date, language: str = "en") -> Item:
    """Any other page of this site that is worth citing: a filtered list, a comparison. What it says is of today."""
    item = {"id": key, "type": ENTRY, "title": title, "container-title": site(edition, language)}
    return item | {"accessed": day(today), "URL": url, "language": language}


def of_list(
    heading: Callable[[], str], sentence: Callable[[], str], count: int, url: str, edition: int, today: datetime.date, language: str = "en"
) -> Item:
    """A filtered list: what was asked, in words, and how many records answered. The words are made in ``language``."""
    with override(DJANGO[language]):
        asked, named = sentence(), heading()
        records = ngettext("%(count)s record", "%(count)s records", count) % {"count": count}
        title = f"{named}: {asked} ({records})" if asked else f"{named} ({records})"
    return of_page("list", title, url, edition, today, language)


#: Language of an item → Django's name of it.
DJANGO: Final = {"en": "en", "zh": "zh-hans", "ru": "ru"}


def site(edition: int, language: str = "en") -> str:
    """The name of this site with its edition, since a citation that does not name the edition cannot be checked."""
    with override(DJANGO[language]):
        return f"{SITE}, {_('edition %(number)s') % {'number': edition}}"


def names(authors: str) -> list[dict[str, str]]:
    """Authors, one a line: "Family, Given" is a person; what has no comma is an institution, or a name not to be turned."""
    found = []
    for line in authors.splitlines():
        family, comma, given = (part.strip() for part in line.partition(","))
        if family:
            found.append({"family": family, "given": given} if comma and given else {"literal": family})
    return found


def day(value: datetime.date) -> dict[str, Any]:
    return {"date-parts": [[value.year, value.month, value.day]]}


def date(value: HistoricalDate) -> dict[str, Any] | None:
    """A date as CSL can hold it: a year, month or day, or two of them; else its words. Never more precise than known."""
    edtf = value.parsed
    if not value or edtf is None:
        return {"literal": value.written} if value.written else None
    if (edtf.is_single or "/" in edtf.text) and (parts := _parts(edtf.text)):
        return {"date-parts": parts} | ({} if edtf.certainty == "certain" else {"circa": True})
    return {"literal": value.text("en")}


def _parts(text: str) -> list[list[int]] | None:
    """Date parts of plain EDTF (1996, 1996-04, 1996-04-25, two of them joined by "/", doubtful or not); None of any other."""
    ends = [re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?[~?%]?", end) for end in text.split("/")]
    return [[int(part) for part in end.groups() if part] for end in ends if end] if all(ends) else None


def number(kind: str, text: str) -> dict[str, str]:
    """Volume and issue of a periodical, volume of a book or chapter, or the symbol of a document."""
    if not text:
        return {}
    if kind not in (*_PERIODICALS, "book", "chapter", "entry-encyclopedia"):
        return {"number": text}
    volume, issue = _VOLUME.search(text), _ISSUE.search(text)
    found = {"volume": volume["volume"] if volume else "", "issue": issue["issue"] if issue and kind in _PERIODICALS else ""}
    if not any(found.values()):
        if both := _YEAR_ISSUE.fullmatch(text):
            # "36 (1982)" is a volume with its year, "5 (3)" one with its issue.
            found = {"volume": both["volume"], "issue": "" if re.fullmatch(r"[12][0-9]{3}", both["issue"]) else both["issue"]}
        else:
            # Of a newspaper or magazine a bare number is the issue; of a journal the volume, unless it is a range such as 6–7.
            issue_alone = kind in _PERIODICALS and (kind != "article-journal" or not text.isdigit())
            found = {"issue" if issue_alone else "volume": text}
    return {name: value for name, value in found.items() if value}
