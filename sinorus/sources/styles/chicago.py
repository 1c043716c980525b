"""The Chicago Manual of Style, 18th edition, notes and bibliography: an entry of the bibliography."""

from __future__ import annotations

from typing import Final

from .words import Item, all_cjk, american, eastern, ends, flipped, italic, join, numbered, one_word, stop, title_case, written, years

_PERIODICALS: Final = ("article-magazine", "article-newspaper")
_WITHOUT_DAY: Final = ("book", "chapter", "report")


def entry(item: Item) -> str:
    """One item as an entry of a bibliography."""
    if item["type"] == "treaty":
        return _treaty(item)
    author, title, rest = _authors(item), _title(item), _rest(item)
    if not author and item["type"] in _PERIODICALS:
        return _with_access(join(". ", _periodical(item), title, _date(item)), item)
    if item["type"] == "webpage":
        author = author or item.pop("publisher", "") or item.pop("container-title", "")
        rest = join(". ", _numbered(item), join(", ", item.get("container-title", ""), item.get("publisher", ""), _date(item, undated="")))
    return _with_access(join(". ", author, title, rest), item)


def _rest(item: Item) -> str:
    """What stands after the title: where it appeared, who published it, when."""
    kind, container = item["type"], item.get("container-title", "")
    if kind == "article-journal":
        return _journal(item)
    if kind in _PERIODICALS:
        return join(", ", _periodical(item), _date(item))
    number = _numbered(item)
    if container:
        within = join(", ", f"In {_italic(container)}", number[:1].lower() + number[1:] if number.startswith("Vol") else number)
    else:
        within = number
    undated = "" if kind == "entry-encyclopedia" and item.get("author") else "n.d."
    return join(". ", within, join(", ", item.get("publisher", ""), _date(item, undated)))


def _journal(item: Item) -> str:
    container, volume, issue = _periodical(item), item.get("volume", ""), item.get("issue", "")
    page = item.get("page", "").replace("-", "–")
    if not (volume or issue):
        return join(", ", container, _date(item), page if container else "")
    named = join(" ", container, volume) if volume else container
    issued = item.get("issued")
    when = _date(item) if not issued or issued.get("circa") else years(issued) if volume and issue else written(issued, day=False)
    return join(": ", f"{join(', ', named, f'no. {issue}' if issue else '')} ({when})", page)


def _treaty(item: Item) -> str:
    names = "-".join(name.get("literal") or name["family"] for name in item.get("author", []))
    where = join(" ", item.get("container-title", ""), item.get("page", "").partition("-")[0] or _numbered(item))
    return _with_access(join(", ", _cased(item), names, _date(item, undated=""), where), item)


def _with_access(text: str, item: Item) -> str:
    """With its address, and the day on which it was read where it has no date of its own."""
    if not (url := item.get("URL")):
        return american(stop(text))
    read = "" if item.get("issued") or not item.get("accessed") else f"Accessed {written(item['accessed'])}"
    return f"{american(join('. ', text, read, ' '))[:-1]}{url}."


def _authors(item: Item) -> str:
    names = item.get("author", [])
    gap = " " if eastern(item) else ", "
    shown = [one_word(name) or (name["family"] + gap + name["given"] if not place or gap == " " else f"{name['given']} {name['family']}")
             for place, name in enumerate(names)]  # fmt: skip
    if len(shown) > 6:
        return f"{', '.join(shown[:3])}, et al"
    return f"{', '.join(shown[:-1])}, and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _title(item: Item) -> str:
    """A part of something in quotation marks, what stands alone in italics; Chinese titles are never in italics."""
    title = _cased(item)
    quoted = item["type"] in ("webpage", "document") or (item.get("container-title") and item["type"] != "book")
    if not quoted:
        return _italic(title)
    title = flipped(title)
    return f"“{stop(title)}”"


def _cased(item: Item) -> str:
    text = item["title"]
    return title_case(text) if item.get("language", "en").startswith("en") else text


def _italic(text: str) -> str:
    return text if all_cjk(text) else italic(text)


def _periodical(item: Item) -> str:
    """A periodical with its place; the place of a book is left out since the 18th edition."""
    place = item.get("publisher-place")
    return join(" ", _italic(item.get("container-title", "")), f"({place})" if place else "")


def _numbered(item: Item) -> str:
    return numbered(item, "Vol. ", "Vols. ")


def _date(item: Item, undated: str = "n.d.") -> str:
    issued = item.get("issued")
    if not issued:
        return undated
    if issued.get("circa"):
        return f"[{years(issued)}?]"
    in_print = item["type"] in _WITHOUT_DAY or (_is_entry_of_book(item) and (item.get("publisher") or item.get("volume")))
    return years(issued) if in_print and ends(issued) else written(issued)


def _is_entry_of_book(item: Item) -> bool:
    return item["type"] == "entry-encyclopedia" and bool(item.get("container-title"))
