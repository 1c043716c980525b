"""One rule of a mapping file: how the text of a field is made of the columns of somebody's table."""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from django.utils.translation import gettext as _

from .templates import Cells, fill

#: What a rule may say, beside ``split`` and ``create`` where it leads to other records.
STEPS: Final = ("from", "values", "containing", "otherwise", "dates", "case", "shorten")
_EXCEL_EPOCH = datetime.date(1899, 12, 30)


class Refused(Exception):
    """A cell does not fit its rule; the message says what would."""


def source_of(rule: Any) -> str:
    """The template that a rule begins with."""
    return rule if isinstance(rule, str) else rule.get("from", "")


def value_of(rule: Any, cells: Cells) -> str:
    """The text that a rule makes of a row. Raises :class:`Refused`."""
    text = fill(source_of(rule), cells)
    return text if isinstance(rule, str) else changed(rule, text)


def changed(rule: dict[str, Any], text: str) -> str:
    """What becomes of a text by the steps of a rule, in the order of :data:`STEPS`."""
    known = True
    if values := rule.get("values"):
        by_key = {key.casefold(): value for key, value in values.items()}
        known = text.casefold() in by_key
        text = by_key.get(text.casefold(), text)
    if containing := rule.get("containing"):
        words = [word for word in containing if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]
        known, text = bool(words), containing[words[0]] if words else text
    if not known and "otherwise" in rule:
        text = rule["otherwise"]
    elif not known and text and "containing" in rule:
        raise Refused(_("“%(text)s” has none of the words %(words)s.") % {"text": text[:60], "words": ", ".join(containing)})
    if text and (formats := rule.get("dates")):
        text = _date(text, formats)
    if rule.get("case") == "title" and text.isupper():
        text = " ".join(word if word in ("I", "II", "III", "IV", "V", "VI") else word.capitalize() for word in text.split())
    if (limit := int(rule.get("shorten", 0))) and len(text) > limit:
        text = f"{text[: limit - 1].rsplit(' ', 1)[0]}…"
    return text


def _date(text: str, formats: list[str]) -> str:
    """EDTF as precise as the first format that fits: with a day, with a month, or a year alone."""
    for form in formats:
        if form == "excel":
            if re.fullmatch(r"\d{3,6}", text):
                return (_EXCEL_EPOCH + datetime.timedelta(days=int(text))).isoformat()
            continue
        try:
            date = datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
        precision = 3 if re.search(r"%[djxD]", form) else 2 if re.search(r"%[mbB]", form) else 1
        return "-".join(date.isoformat().split("-")[:precision])
    raise Refused(_("“%(text)s” is no date of the form %(forms)s.") % {"text": text[:60], "forms": _(" or ").join(formats)})
