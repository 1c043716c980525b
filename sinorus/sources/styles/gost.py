"""GOST R 7.0.5–2008, the Russian standard of references in lists."""

from __future__ import annotations

from typing import Final

from .words import Item, initials, join, one_word, stop

_BOOKS: Final = ("book", "report")


def entry(item: Item) -> str:
    """One item as an entry of a list of references. The standard wants an address wherever there is one."""
    kind, title = item["type"], item["title"]
    if kind == "webpage":
        text = join(" ", title, "[Электронный ресурс]" if item.get("URL") else "")
    elif kind in _BOOKS:
        text = join(". ", title, _imprint(item))
    elif kind == "chapter":
        text = join(". ", join(" // ", title, item.get("container-title", "")), _imprint(item), _pages(item))
    else:
        volume, issue = item.get("volume", ""), item.get("issue", "")
        where = join(". ", item.get("container-title", ""), _year(item), f"Т. {volume}" if volume else "", f"№ {issue}" if issue else "")
        text = join(". ", join(" // ", title, where), _pages(item))
    return stop(join(". ", _authors(item), text, _access(item)))


def _imprint(item: Item) -> str:
    """Place, publisher, year."""
    return join(", ", join(": ", item.get("publisher-place", ""), item.get("publisher", "")), _year(item))


def _year(item: Item) -> str:
    value = item.get("issued") or {}
    return "–".join(str(parts[0]) for parts in value.get("date-parts", [])) or value.get("literal", "")


def _pages(item: Item) -> str:
    return f"С. {item['page'].replace('-', '–')}" if item.get("page") else ""


def _access(item: Item) -> str:
    if not (url := item.get("URL")):
        return ""
    read = [part for parts in (item.get("accessed") or {}).get("date-parts", []) for part in parts]
    return f"URL: {url}" + (f" (дата обращения: {read[2]:02d}.{read[1]:02d}.{read[0]})" if len(read) == 3 else "")


def _authors(item: Item) -> str:
    names = item.get("author", [])
    shown = [one_word(name) or f"{name['family']} {initials(name['given'])}" for name in names]
    return f"{shown[0]} и др" if len(shown) > 3 else ", ".join(shown)
