"""GB/T 7714–2015, the Chinese standard of references, numeric system."""

from __future__ import annotations

from typing import Final

from .words import Item, initials, is_cjk, join, numeric, one_word, stop

#: Marks of the kind of document, from the standard's annex.
_MARKS: Final = {"treaty": "A", "article-journal": "J", "article-magazine": "J", "article-newspaper": "N", "report": "R", "webpage": "EB"}
_MARKS_OF_BOOKS: Final = dict.fromkeys(("book", "chapter", "entry-encyclopedia"), "M")
_PERIODICALS: Final = ("article-journal", "article-magazine", "article-newspaper")
_BOOKS: Final = ("book", "chapter")


def entry(item: Item) -> str:
    """One item as an entry of a list of references."""
    kind, container = item["type"], item.get("container-title", "")
    if kind in _PERIODICALS:
        parts = (_title(item), _periodical(item, container))
    elif container and kind != "webpage":
        within = join(": ", container, _volume(item))
        parts = (f"{_title(item)}//{within}", _published(item))
    else:
        parts = (_title(item), _published(item))
    return stop(join(". ", _authors(item), *parts, item.get("URL", "")))


def _title(item: Item) -> str:
    kind = item["type"]
    volume = _volume(item) if not item.get("container-title") and kind not in ("chapter", "entry-encyclopedia") else ""
    number = item.get("number", "") if kind != "article-journal" else ""
    mark = (_MARKS | _MARKS_OF_BOOKS).get(kind, "Z") + ("/OL" if item.get("URL") else "")
    return f"{join(': ', item['title'], join(' ', volume, number))}[{mark}]"


def _volume(item: Item) -> str:
    volume = "" if item["type"] in _PERIODICALS else item.get("volume", "")
    return f"卷 {volume}" if volume else ""


def _periodical(item: Item, container: str) -> str:
    page, issue = item.get("page", ""), item.get("issue", "")
    if item["type"] == "article-newspaper":
        return join(", ", container, numeric(item.get("issued"))) + (f"({page})" if page else "") + _read(item)
    text = join(", ", container, _year(item), item.get("volume", "")) + (f"({issue})" if issue else "")
    return join(": ", text, page) + _read(item)


def _published(item: Item) -> str:
    """Place, publisher, year and pages; of what is on the web alone its date and the day on which it was read."""
    if item["type"] in _BOOKS or any(item.get(name) for name in ("publisher", "publisher-place", "page")):
        imprint = join(", ", join(": ", item.get("publisher-place", ""), item.get("publisher", "")), _year(item))
        return join(": ", imprint, item.get("page", "")) + _read(item)
    if item.get("URL"):
        issued = numeric(item.get("issued"))
        return (f"({issued})" if issued else "") + _read(item)
    return _year(item)


def _year(item: Item) -> str:
    """The year; in brackets where it is doubtful, or taken from the day of reading."""
    value = item.get("issued") or item.get("accessed") or {}
    year = "/".join(str(parts[0]) for parts in value.get("date-parts", [])) or value.get("literal", "")
    return f"[{year}]" if year and (value.get("circa") or not item.get("issued")) else year


def _read(item: Item) -> str:
    return f"[{numeric(item['accessed'])}]" if item.get("URL") and item.get("accessed") else ""


def _authors(item: Item) -> str:
    names = item.get("author", [])
    shown = [_name(name) for name in names[:3]]
    return ", ".join([*shown, "等"] if len(names) > 3 else shown)


def _name(name: dict[str, str]) -> str:
    whole = one_word(name)
    if whole:
        return whole if is_cjk(whole) else whole.upper()
    return f"{name['family'].upper()} {initials(name['given'], dot='')}"
