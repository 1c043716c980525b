"""The Publication Manual of the American Psychological Association, 7th edition: an entry of the list of references."""

from __future__ import annotations

from typing import Final

from .words import Item, american, eastern, initials, italic, join, numbered, one_word, title_case, written, years

_PERIODICALS: Final = ("article-journal", "article-magazine", "article-newspaper")
_WITH_DAY: Final = ("article-magazine", "article-newspaper", "webpage", "document")


def entry(item: Item) -> str:
    """One item as an entry of a list of references."""
    if item["type"] == "treaty":
        return _treaty(item)
    author = _authors(item) or (item.pop("publisher", "") if item["type"] in ("webpage", "entry-encyclopedia") else "")
    date = f"({_date(item)})"
    title, source = _title(item), _source(item)
    parts = (author, date, title, source) if author else (title, date, source)
    return _with_access(join(". ", *parts), item)


def _title(item: Item) -> str:
    title, kind = item["title"], item["type"]
    if item.get("container-title") and kind != "webpage":
        return title
    return join(" ", italic(title), "" if kind in _PERIODICALS else _within(item, numbers=kind != "webpage" or "number" in item))


def _source(item: Item) -> str:
    kind, container = item["type"], item.get("container-title", "")
    if kind == "webpage":
        return join(". ", item.get("publisher", ""), container)
    if kind in _PERIODICALS:
        issue = f"({item['issue']})" if item.get("issue") else ""
        return join(", ", italic(container), italic(item.get("volume", "")) + issue, item.get("page", "").replace("-", "–"))
    return join(". ", join(" ", f"In {italic(container)}", _within(item)) if container else "", item.get("publisher", ""))


def _within(item: Item, numbers: bool = True) -> str:
    """Volume or number and pages, in brackets."""
    page = item.get("page", "").replace("-", "–")
    pages = f"{'pp.' if '–' in page else 'p.'} {page}" if page and item["type"] != "webpage" else ""
    found = join(", " if item.get("volume") else "; ", numbered(item, "Vol. ", "Vols. ") if numbers else "", pages)
    return f"({found})" if found else ""


def _treaty(item: Item) -> str:
    names = "-".join(name.get("literal") or name["family"] for name in item.get("author", []))
    title = item["title"]
    title = title_case(title) if item.get("language", "en").startswith("en") else title
    first = item.get("page", "").partition("-")[0]
    where = join(" ", item.get("container-title", ""), first or numbered(item, "Vol. ", "Vols. "))
    return _with_access(join(", ", title, names, _date(item, undated=""), where), item)


def _with_access(text: str, item: Item) -> str:
    """With its address; one without a date is retrieved on a day, since it may change."""
    url, read = item.get("URL"), item.get("accessed")
    text = american(join(". ", text, " ").rstrip() if url is None or not text.endswith(tuple(".?!")) else text)
    if not url:
        return text
    if item.get("issued"):
        return f"{text} {url}"
    return f"{text} Retrieved {written(read)}, from {url}" if read else f"{text} Retrieved {url}"


def _authors(item: Item) -> str:
    gap = " " if eastern(item) else ", "
    shown = [one_word(name) or name["family"] + gap + initials(name["given"]) for name in item.get("author", [])]
    if len(shown) > 20:
        shown = [*shown[:19], f"… {shown[-1]}"]
        return ", ".join(shown)
    return f"{', '.join(shown[:-1])}, & {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _date(item: Item, undated: str = "n.d.") -> str:
    issued = item.get("issued")
    if not issued:
        return undated
    if issued.get("circa"):
        return f"ca. {years(issued)}"
    day = written(issued)
    if item["type"] == "treaty" or item["type"] not in _WITH_DAY or not day[-5:].startswith(" "):
        return day if item["type"] == "treaty" else years(issued)
    year = day[-4:]
    return f"{year}, {day[:-5].rstrip(',')}"
