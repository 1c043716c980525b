"""Four styles of citation for our few types of item: Chicago, APA, GB/T 7714, GOST. What they say of themselves is in each module.

They are held against fixtures made with citeproc-js and the styles of the CSL project (tests/sources/oracle/).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString

from . import apa, chicago, gbt, gost
from .words import ITALIC, ROMAN, Item, apostrophes, curly


@dataclass(frozen=True)
class Style:
    """A style by its name in addresses, its own name, and how it writes an entry."""

    name: str
    label: str
    entry: Callable[[Item], str]
    marks: str = "“”"  # quotation marks

    def _entry(self, item: Item) -> str:
        set_ = {name: curly(apostrophes(item[name]), self.marks) for name in ("title", "container-title", "publisher") if name in item}
        return self.entry(item | set_)

    def html(self, item: Item) -> SafeString:
        """The entry as HTML, titles in italics where the style wants them."""
        text = escape(self._entry(item))
        return SafeString(text.replace(ITALIC, "<i>").replace(ROMAN, "</i>"))

    def text(self, item: Item) -> str:
        """The entry as plain text."""
        return self._entry(item).replace(ITALIC, "").replace(ROMAN, "")


STYLES: Final = (
    Style("chicago", "Chicago", chicago.entry),
    Style("apa", "APA", apa.entry),
    Style("gb-t-7714", "GB/T 7714", gbt.entry),
    Style("gost", "GOST", gost.entry, "«»"),
)
