"""``HistoricalDate``: one imprecise date with everything that is kept about it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .edtf import Edtf, EdtfError, parse
from .show import explain, show, show_julian
from .words import read

GREGORIAN, JULIAN = "gregorian", "julian"
CALENDARS = [(GREGORIAN, _("Gregorian (new style)")), (JULIAN, _("Julian (old style)"))]
#: Lengths of the columns.
MAX_TEXT, MAX_NOTE = 120, 250


@dataclass(frozen=True, slots=True)
class HistoricalDate:
    """A date as a record keeps it; falsy when nothing is known.

    ``written`` is the date in the words of an editor, in English, for readers; ``edtf`` its meaning, always in the
    Gregorian calendar; ``calendar`` in which calendar it was written ("gregorian" or "julian"); ``note`` a remark. All
    else is computed from these. Plain text only: whoever puts it in a page escapes it.
    """

    written: str = ""
    edtf: str = ""
    calendar: str = GREGORIAN
    note: str = ""

    @classmethod
    def of(cls, value: Any) -> "HistoricalDate":
        """Make one from words ("late 1950s"), EDTF, a day, another historical date, or ``None``.

        Words are kept as written; what is EDTF already is not, since it is no wording for readers. Raises
        :class:`~sinorus.dates.errors.DateError` for words or EDTF that cannot be read, ``TypeError`` for other things.
        """
        if value is None or value == "":
            return cls()
        if isinstance(value, cls):
            return value
        if isinstance(value, Edtf):
            return cls(edtf=value.text)
        if isinstance(value, datetime.datetime):
            value = value.date()
        if isinstance(value, datetime.date):
            return cls(edtf=value.isoformat())
        if isinstance(value, str):
            reading = read(value)
            is_edtf = reading.text == reading.edtf.text
            return cls("" if is_edtf else reading.text, reading.edtf.text, reading.calendar)
        raise TypeError(f"A historical date cannot be made from {type(value).__name__}.")

    @property
    def parsed(self) -> Edtf | None:
        """The EDTF value; ``None`` when there is none or, in a form not yet validated, when it is not EDTF."""
        try:
            return parse(self.edtf) if self.edtf else None
        except EdtfError:
            return None

    def __bool__(self) -> bool:
        return bool(self.written or self.edtf)

    def __str__(self) -> str:
        return self.text()

    def text(self, language: str | None = None, *, genitive: bool = False) -> str:
        """The date in words for a reader of ``language`` (the active one when not given).

        In English the date as written, when there is one. In other languages what the EDTF means, and the date as
        written only when there is no EDTF. "" when nothing is known. ``genitive`` as for :func:`~sinorus.dates.show.show`.
        """
        language = language or get_language() or "en"
        value = self.parsed
        if value is None or (self.written and language.lower().startswith("en")):
            return self.written
        if self.calendar == JULIAN and value.is_single and value.is_exact and value.earliest:
            return show_julian(value.earliest, language)
        return show(value, language, genitive=genitive)

    def explanation(self, language: str | None = None) -> str:
        """One sentence saying which days are meant and how sure that is; "" without EDTF."""
        value = self.parsed
        return explain(value, language) if value else ""

    @property
    def earliest(self) -> datetime.date | None:
        """The first possible day; ``None`` when it is open or not known."""
        value = self.parsed
        return value.earliest if value else None

    @property
    def latest(self) -> datetime.date | None:
        """The last possible day; ``None`` when it is open or not known."""
        value = self.parsed
        return value.latest if value else None

    @property
    def certainty(self) -> str | None:
        """ "certain", "approximate", "uncertain" or "both"; ``None`` without EDTF."""
        value = self.parsed
        return value.certainty if value else None

    @property
    def precision(self) -> str | None:
        """The finest unit known, one of ``edtf.PRECISIONS``; ``None`` without EDTF."""
        value = self.parsed
        return value.precision if value else None

    @property
    def is_imprecise(self) -> bool:
        """Whether it leaves open which day, or days, are meant."""
        value = self.parsed
        return bool(self) and not (value and value.is_exact)

    @property
    def machine(self) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD, fit for HTML's ``<time>``, when it is one such date without doubt; else ""."""
        value = self.parsed
        if not (value and value.is_single and value.start and value.start.exact):
            return ""
        return value.text if value.precision in ("day", "month", "year") else ""

    def as_dict(self, language: str | None = None) -> dict[str, str | None]:
        """The date as the API gives it, with days as ISO strings. An empty date should be given as null instead."""
        earliest, latest = self.earliest, self.latest
        return {
            "text": self.text(language),
            "edtf": self.edtf or None,
            "earliest": earliest.isoformat() if earliest else None,
            "latest": latest.isoformat() if latest else None,
            "calendar": self.calendar,
            "certainty": self.certainty,
            "note": self.note,
        }
