"""Citations for programs: BibTeX, RIS, CSL-JSON, and the OpenURL context object that COinS carries.

Each is made from an item of CSL (see ``csl``). Fields of BibTeX are those that BibTeX and biblatex know, in UTF-8; RIS is as
Zotero and EndNote read it; COinS is ANSI/NISO Z39.88-2004 in key/value form.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language

from sinorus.facets.forms import Form, Telling
from sinorus.facets.templatetags.addresses import plain
from sinorus.publishing.models import Record

from . import csl
from .csl import Item
from .models import Source
from .styles.words import ends, numeric, years

_BIBTEX: Final = {
    "book": "book",
    "chapter": "incollection",
    "entry-encyclopedia": "incollection",
    "report": "techreport",
    "webpage": "online",
} | dict.fromkeys(("article-journal", "article-newspaper", "article-magazine"), "article")
_RIS: Final = {
    "book": "BOOK",
    "chapter": "CHAP",
    "entry-encyclopedia": "ENCYC",
    "report": "RPRT",
    "webpage": "ELEC",
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
}
_LANGID: Final = {"en": "english", "zh": "chinese", "ru": "russian", "fr": "french", "de": "german", "ja": "japanese", "uk": "ukrainian"}
_LATEX: Final = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"} | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
)


# BibTeX ---------------------------------------------------------------------------------------------------------------


def bibtex(item: Item) -> str:
    """One entry; its key is the item's id. Titles stand in two pairs of braces, so that no style changes their capitals."""
    kind = _BIBTEX.get(item["type"], "misc")
    container = {"article": "journal", "incollection": "booktitle"}.get(kind, "howpublished")
    date = ends(item.get("issued"))
    fields = {
        "author": " and ".join(_bibtex_name(name) for name in item.get("author", [])),
        "title": f"{{{latex(item['title'])}}}",
        "titleaddon": latex(item.get("custom", {}).get(csl.TRANSLATED, "")),
        container: latex(item.get("container-title", "")),
        "institution" if kind == "techreport" else "publisher": latex(item.get("publisher", "")),
        "address": latex(item.get("publisher-place", "")),
        "year": latex(years(item.get("issued"))),
        "month": str(date[0][1]) if len(date) == 1 and len(date[0]) > 1 else "",
        "date": numeric(item.get("issued")) if date else "",
        "volume": latex(item.get("volume", "")),
        "number": latex(item.get("issue") or item.get("number", "")),
        "pages": latex(item.get("page", "").replace("-", "--")),
        "url": _bibtex_address(item.get("URL", "")),
        "urldate": numeric(item.get("accessed")),
        "langid": _LANGID.get(item.get("language", ""), ""),
        "abstract": latex(item.get("abstract", "")),
    }
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{item['id']}{lines}\n}}\n"


def latex(text: str) -> str:
    """Text with the signs escaped that mean something to TeX; letters of any script stay as they are."""
    return _one_line(text).translate(_LATEX)


def _bibtex_name(name: dict[str, str]) -> str:
    return f"{{{latex(name['literal'])}}}" if "literal" in name else f"{latex(name['family'])}, {latex(name['given'])}"


def _bibtex_address(url: str) -> str:
    """An address as it is, but for what would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def inverted(name: dict[str, str]) -> str:
    """ "Ishii, Akira"; an institution as it is."""
    return name.get("literal") or f"{name['family']}, {name['given']}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


# RIS ------------------------------------------------------------------------------------------------------------------


def ris(item: Item) -> str:
    """One record, lines ended as the format wants them."""
    first, _dash, last = item.get("page", "").partition("-")
    issued, accessed = item.get("issued"), item.get("accessed")
    fields: list[tuple[str, str]] = [("TY", _RIS.get(item["type"], "GEN")), ("ID", item["id"])]
    fields += [("AU", inverted(name)) for name in item.get("author", [])]
    fields += [("TI", item["title"]), ("TT", item.get("custom", {}).get(csl.TRANSLATED, "")), ("T2", item.get("container-title", ""))]
    fields += [("PB", item.get("publisher", "")), ("CY", item.get("publisher-place", "")), ("PY", years(issued)), ("DA", _ris_date(issued))]
    fields += [("VL", item.get("volume", "")), ("IS", item.get("issue", "")), ("M1", item.get("number", "")), ("SP", first), ("EP", last)]
    fields += [("UR", item.get("URL", "")), ("Y2", _ris_date(accessed)), ("LA", item.get("language", "")), ("AB", item.get("abstract", ""))]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value) + "ER  - \r\n\r\n"


def _ris_date(value: dict[str, Any] | None) -> str:
    """YYYY/MM/DD/ with empty places for what is not known; only of a single date."""
    if len(found := ends(value)) != 1:
        return ""
    return "/".join([*(f"{part:02d}" for part in found[0]), *[""] * (4 - len(found[0]))])


# COinS ----------------------------------------------------------------------------------------------------------------

_GENRES: Final = {"book": "book", "chapter": "bookitem", "entry-encyclopedia": "bookitem", "report": "report"}


def coins(item: Item) -> str:
    """The value of a ``title`` attribute, not yet escaped for HTML: books and journals in their own format, all else as Dublin Core."""
    kind, container, names = item["type"], item.get("container-title", ""), item.get("author", [])
    if kind.startswith("article"):
        pairs = [("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"), ("rft.genre", "article"), ("rft.atitle", item["title"])]
        pairs += [("rft.jtitle", container), ("rft.volume", item.get("volume", "")), ("rft.issue", item.get("issue", ""))]
    elif kind in _GENRES:
        whole = kind not in ("chapter", "entry-encyclopedia")
        pairs = [("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"), ("rft.genre", _GENRES[kind])]
        pairs += [("rft.btitle", item["title"])] if whole else [("rft.atitle", item["title"]), ("rft.btitle", container)]
        pairs += [("rft.pub", item.get("publisher", "")), ("rft.place", item.get("publisher-place", ""))]
    else:
        pairs = [("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"), ("rft.type", kind), ("rft.title", item["title"]), ("rft.source", container)]
        pairs += [("rft.creator", inverted(name)) for name in names] + [("rft.publisher", item.get("publisher", ""))]
        pairs += [("rft.identifier", item.get("URL", ""))]
        names = []
    if names and "family" in names[0]:
        pairs += [("rft.aulast", names[0]["family"]), ("rft.aufirst", names[0]["given"])]
    pairs += [("rft.au", inverted(name)) for name in names]
    pairs += [("rft.pages", item.get("page", "")), ("rft.date", numeric(item.get("issued"))), ("rft.language", item.get("language", ""))]
    start = [("ctx_ver", "Z39.88-2004"), ("rfr_id", "info:sid/sinorus")]
    return urlencode([(name, value) for name, value in [*start, *pairs, ("rft_id", item.get("URL", ""))] if value])


# Forms of lists and records -------------------------------------------------------------------------------------------


def item_of(record: Any, request: HttpRequest) -> Item:
    """A source as what it is, any other record as an entry of this work."""
    return csl.of_source(record) if isinstance(record, Source) else entry_of(record, request)


def entry_of(record: Record, request: HttpRequest) -> Item:
    """A record as an entry of this work, in the language of the answer, with its permanent address."""
    url = request.build_absolute_uri(plain(reverse("by-id", args=[record.PREFIX, record.pk])))
    item = csl.of_record(record, url, getattr(request, "edition", 0), localdate(), (get_language() or "en")[:2])
    return item | ({"abstract": record.summary} if record.summary else {})


def _each(write: Callable[[Item], str]) -> Callable[[Telling], Iterator[str]]:
    return lambda telling: (write(item_of(record, telling.request)) for record in telling.source)


def csl_json(telling: Telling) -> Iterator[str]:
    """A list of items, one a line."""
    start = "["
    for record in telling.source:
        yield f"{start}\n{json.dumps(item_of(record, telling.request), ensure_ascii=False)}"
        start = ","
    yield "[]\n" if start == "[" else "\n]\n"


BIB = Form(suffix="bib", name="BibTeX", content_type="application/x-bibtex; charset=utf-8", write=_each(bibtex))
RIS = Form(suffix="ris", name="RIS", content_type="application/x-research-info-systems; charset=utf-8", write=_each(ris))
CSL = Form(suffix="csl.json", name="CSL-JSON", content_type="application/vnd.citationstyles.csl+json", write=csl_json)
#: What every list and every record can be cited with.
CITING: Final = (BIB, RIS, CSL)
