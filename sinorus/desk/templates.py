"""Templates of the mapping file: ``{column}`` stands for what is in that column. They are filled in, and read backwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_HOLE = re.compile(r"\{([^{}]+)\}")
#: Of a cell that is read backwards; what is longer is no phrase.
MAX_PHRASE: Final = 20_000

Cells = Mapping[str, str]


def holes(template: str) -> list[str]:
    """The names of the columns in a template."""
    return [name.strip() for name in _HOLE.findall(template)]


def fill(template: str, cells: Cells) -> str:
    """The text of a template; white space at its ends, and doubled by blank cells, is taken out."""
    text = _HOLE.sub(lambda found: cells[found[1].strip()], template)
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def _pieces(template: str) -> tuple[list[str], list[str]]:
    """What stands between the holes, one more than there are holes, and the holes."""
    parts = _HOLE.split(template)
    return parts[0::2], [name.strip() for name in parts[1::2]]


def unfill(template: str, text: str) -> dict[str, str] | None:
    """What must have been in the columns for ``text`` to come of the template; None when it cannot have.

    Holes are as short as can be, those at the end first, and none is empty. No pattern is tried twice, so that the time
    this takes grows with the text and no faster.
    """
    between, names = _pieces(template)
    text = text.strip()[:MAX_PHRASE]
    if not text.startswith(between[0].lstrip()) or not text.endswith(between[-1].rstrip()):
        return None
    end, found = len(text) - len(between[-1].rstrip()), {}
    for place in range(len(names) - 1, 0, -1):
        start = text.rfind(between[place], 0, end)
        if start < 0:
            return None
        found[names[place]] = text[start + len(between[place]) : end].strip()
        end = start
    found[names[0]] = text[len(between[0].lstrip()) : end].strip()
    return found if all(found.values()) else None


def unfill_all(template: str, text: str) -> list[dict[str, str]]:
    """What was in the columns each time, for a text that is the filled template many times over: ``{name} ({office})``."""
    between, names = _pieces(template)
    place, found = 0, []
    text = text[:MAX_PHRASE]
    while place < len(text):
        item, start = {}, place
        if between[0].strip():
            start = text.find(between[0], place)
            start = start + len(between[0]) if start >= 0 else len(text)
        for name, after in zip(names, between[1:], strict=True):
            end = text.find(after, start) if after.strip() else len(text)
            if end < 0:
                return found
            item[name], start = text[start:end].strip(" \t\n,;"), end + len(after)
        if all(item.values()):
            found.append(item)
        place = max(start, place + 1)
    return found
