"""A dossier as readers may see it now: marks become links, cards and notes wherever the record is public, plain words elsewhere.

Everything here starts from the public records that ``Dossier.objects.for_page()`` fetched. A record that does not exist and
one that readers may not see look the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sinorus.publishing.language import page_lang
from sinorus.publishing.models import Record

from .models import Dossier, DossierMention
from .resolving import MODELS, Problem
from .syntax import MARK

Address = Callable[[str], str]


@dataclass(slots=True)
class ShownNote:
    """A numbered note: its citations as the templates of citations want them, and the places that refer to it."""

    number: int
    citations: list[dict[str, Any]]
    missing: int
    backs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Shown:
    """What the page and the API show of a dossier. ``records`` are (type, record) in the order of the text."""

    html: SafeString
    notes: list[ShownNote]
    records: list[tuple[str, Record]]
    contents: list[dict[str, Any]]
    timeline: list[tuple[Any, Record]]


def show(dossier: Dossier, address: Address = str, page: bool = True) -> Shown:
    """Put what is public at the marks of a dossier that was fetched ``for_page``.

    ``address`` makes of a path the address to link to. ``page`` adds what only the page has: cards instead of mere links, and
    short notes for the margin.
    """
    return _Showing(dossier, _public(dossier.mentions.all()), address, page).run()


def show_unsaved(text: str) -> tuple[Shown, list[Problem]]:
    """What the page of a dossier with this text would show, and what is wrong with its references.

    Raises ValidationError beyond the limits of Markdown.
    """
    dossier = Dossier(body=text)
    resolved = dossier.derive()
    mentions = [DossierMention(**{f"{type_}_id": pk}) for type_, pk in resolved.mentions]
    prefetch_related_objects(mentions, *(Prefetch(name, apps.get_model(label).objects.public()) for name, label in MODELS.items()))
    return _Showing(dossier, _public(mentions), str, page=True).run(), resolved.problems


def public_body(dossier: Dossier) -> str:
    """The Markdown without the slugs of records that readers may not see: their words stay, where there are words."""
    records = _public(dossier.mentions.all())
    body = dossier.body
    for mark in dossier.marks:
        if "raw" in mark and (mark["type"], mark["pk"]) not in records:
            body = body.replace(mark["raw"], mark["words"] or f"({_('record not available')})")
    for note in dossier.notes:
        kept = [item for item in note["items"] if ("source", item["pk"]) in records]
        if len(kept) < len(note["items"]):
            items = "; ".join(f"@{item['slug']}, {item['locator']}".removesuffix(", ") for item in kept)
            for raw in note["raws"]:
                body = body.replace(raw, f"[{items}]" if items else "")
    return body


def _public(mentions: Iterable[DossierMention]) -> dict[tuple[str, int], Record]:
    return {mention.key: record for mention in mentions if (record := mention.record)}


class _Showing:
    """One dossier on its way to a reader."""

    def __init__(self, dossier: Dossier, records: dict[tuple[str, int], Record], address: Address, page: bool) -> None:
        self.dossier, self.records, self.address, self.page = dossier, records, address, page
        self.notes = [self._note(number, note) for number, note in enumerate(dossier.notes, 1)]

    def run(self) -> Shown:
        timeline = [(_date_of(record), record) for (type_, _pk), record in self.records.items() if type_ in ("event", "treaty")]
        timeline.sort(key=lambda row: (row[0].earliest or datetime.date.min, row[0].latest or datetime.date.max, row[1].title))
        return Shown(
            render_to_string("dossiers/_text.html", {"pieces": self._pieces()}),
            self.notes,
            [(type_, record) for (type_, _pk), record in self.records.items()],
            self.dossier.contents,
            timeline,
        )

    def _pieces(self) -> list[tuple[str, SafeString | str]]:
        """(HTML, what stands at the mark after it): the HTML was sanitised when the text was saved."""
        parts = MARK.split(self.dossier.body_html)
        live = [self._mark(int(number)) for number in parts[1::2]]
        return list(zip(parts[::2], [*live, ""], strict=True))

    def _mark(self, index: int) -> SafeString | str:
        if index >= len(self.dossier.marks):
            return ""
        mark = self.dossier.marks[index]
        if "note" in mark:
            return self._reference_to_note(mark)
        record = self.records.get((mark["type"], mark["pk"]))
        if record is None:
            return _missing(mark)
        if mark["card"] and self.page:
            language = page_lang()
            context = {"record": record, "when": _date_of(record), "page_language": language, **mark}
            return render_to_string("dossiers/_card.html", context)
        return self._link(mark, record)

    def _link(self, mark: dict[str, Any], record: Record) -> SafeString:
        lang = "en" if mark["words"] else record.local_title_language
        words = mark["words"] or _with_article(record.local_title, mark["anchor"])
        url = self.address(record.get_absolute_url()) + (f"#{mark['anchor']}" if mark["anchor"] else "")
        link = format_html('<a class="named named-{}" href="{}" lang="{}">{}</a>', mark["type"], url, lang, words)
        return format_html("<p>{}</p>", link) if mark["card"] else link

    # Notes ----------------------------------------------------------------------------------------------------------

    def _note(self, number: int, note: dict[str, Any]) -> ShownNote:
        found = [(self.records.get(("source", item["pk"])), item["locator"]) for item in note["items"]]
        citations = [{"source": source, "locator": locator} for source, locator in found if source]
        return ShownNote(number, citations, len(found) - len(citations))

    def _reference_to_note(self, mark: dict[str, Any]) -> SafeString:
        note = self.notes[mark["note"] - 1]
        id_ = f"ref-{note.number}-{len(note.backs) + 1}"
        first = not note.backs
        note.backs.append(id_)
        number = format_html('<span class="visually-hidden" lang="{}">{} </span>{}', page_lang(), _("Note"), note.number)
        reference = format_html('<sup class="refs"><a id="{}" href="#note-{}">{}</a></sup>', id_, note.number, number)
        return format_html("{}{}", reference, _in_margin(note)) if first and self.page else reference


def _in_margin(note: ShownNote) -> SafeString:
    """The note in short, for the eye alone: the whole of it stands below the text, where everybody finds it."""
    short: list[str] = [format_html('<span lang="{}">{}</span>{}', *_short(one)) for one in note.citations]
    short = short or [_("source not available")]
    text = format_html_join("; ", "{}", ((one,) for one in short))
    return format_html('<span class="side-note" aria-hidden="true"><span class="side-note-number">{}</span>{}</span>', note.number, text)


def _short(citation: dict[str, Any]) -> tuple[str, str, str]:
    source = citation["source"]
    families = [line.partition(",")[0].strip() for line in source.authors.splitlines() if line.strip()]
    year = source.issued.earliest.year if source.issued and source.issued.earliest else ""
    tail = f", {citation['locator']}" if citation["locator"] else ""
    if len(families) in (1, 2) and year:
        return "en", f"{' and '.join(families)} {year}", tail
    return source.local_title_language, source.local_title, tail


def _missing(mark: dict[str, Any]) -> SafeString:
    """Plain words, and a note that says why they lead nowhere."""
    note = _("record not available")
    if mark["words"]:
        text = format_html('<span class="missing">{} <span class="missing-note">({})</span></span>', mark["words"], note)
    else:
        text = format_html('<span class="missing"><span class="missing-note">({})</span></span>', note)
    return format_html("<p>{}</p>", text) if mark["card"] else text


def _with_article(title: str, anchor: str) -> str:
    number = anchor.removeprefix("article-")
    return _("%(title)s, article %(number)s") % {"title": title, "number": number} if number.isdigit() else title


def _date_of(record: Any) -> Any:
    return getattr(record, "signed", None) or getattr(record, "date", None)
