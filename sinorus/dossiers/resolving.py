"""From a dossier's Markdown to what is kept of it: HTML with marks, contents, notes, and the records that it names.

References are looked up here, once, when the text is saved. What readers may see of them is asked again each time (``showing``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from sinorus.publishing.markdown import parse, to_html
from sinorus.publishing.models import OldSlug, Record
from treaties.models import Article

from . import syntax
from .syntax import Gathered, Note, Reference

MODELS = {"event": "events.Event", "treaty": "treaties.Treaty", "source": "sources.Source"} | {
    name: f"vocab.{name.title()}" for name in ("actor", "place", "theme", "formula")
}
#: Headings that the text may have beyond those of other records; everything live is put in later.
_TAGS, _ATTRIBUTES = ("h2",), {name: {"id"} for name in ("h2", "h3", "h4")}


@dataclass(frozen=True, slots=True)
class Problem:
    """A reference that readers cannot follow: line of the text, the reference as written, what is wrong with it."""

    line: int
    reference: str
    message: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(reference)s: %(message)s") % {"line": self.line, "reference": self.reference, "message": self.message}


@dataclass(slots=True)
class Resolved:
    """A dossier's text, ready to be kept. ``mentions`` are (type, primary key) in the order of the text."""

    html: str
    words: str
    marks: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    contents: list[dict[str, Any]]
    mentions: list[tuple[str, int]]
    problems: list[Problem] = field(default_factory=list)


def read(text: str) -> tuple[str, Gathered]:
    """Sanitised HTML with marks, and what the rules found. Raises ValidationError beyond the limits of Markdown."""
    markdown, tokens, env = parse(text, [syntax.plugin])
    return to_html(markdown, tokens, env, _TAGS, _ATTRIBUTES), syntax.gathered(env)


def resolve(text: str) -> Resolved:
    """Read a text and look up every record that it names, with a few queries for each type."""
    html, found = read(text)
    known = _Known(found)
    mentions: dict[tuple[str, int], None] = {}
    marks = []
    for mark in found.marks:
        if isinstance(mark, Reference):
            pk = known.pk(mark.type, mark.slug)
            if pk:
                mentions.setdefault((mark.type, pk))
            marks.append({"type": mark.type, "pk": pk, **{name: getattr(mark, name) for name in ("anchor", "words", "raw", "card")}})
        else:
            marks.append({"note": mark.number})
            mentions |= {("source", pk): None for slug, _locator in found.notes[mark.number - 1].items if (pk := known.pk("source", slug))}
    return Resolved(
        html,
        "\n".join(part for part in found.words if part),
        marks,
        [_note(note, known) for note in found.notes],
        [asdict(heading) for heading in found.headings if heading.text],
        list(mentions),
        sorted(known.problems(), key=lambda problem: problem.line),
    )


def _note(note: Note, known: _Known) -> dict[str, Any]:
    items = [{"pk": known.pk("source", slug), "slug": slug, "locator": locator} for slug, locator in note.items]
    return {"items": items, "raws": note.raws}


class _Known:
    """The records that a text names, by type and slug, and what is wrong with its references."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        wanted: dict[str, set[str]] = defaultdict(set)
        for type_, slug in _named(found):
            wanted[type_].add(slug)
        self.rows: dict[tuple[str, str], tuple[int, str]] = {}
        self.moved: dict[tuple[str, str], str] = {}
        for type_ in MODELS.keys() & wanted.keys():
            self._look_up(type_, wanted[type_])
        treaties = {pk for (type_, _slug), (pk, _status) in self.rows.items() if type_ == "treaty"}
        rows = Article.objects.filter(treaty__in=treaties).values_list("treaty_id", "key") if self._anchors() else []
        self.articles = {(pk, f"article-{key}") for pk, key in rows}

    def _look_up(self, type_: str, slugs: Iterable[str]) -> None:
        """By present slug, or else by one that the record had once."""
        model: Any = apps.get_model(MODELS[type_])
        for slug, pk, status in model.objects.filter(slug__in=slugs).values_list("slug", "pk", "status"):
            self.rows[type_, slug] = (pk, status)
        rest = [slug for slug in slugs if (type_, slug) not in self.rows]
        if old := dict(OldSlug.objects.filter(record_type=type_, slug__in=rest).values_list("slug", "record_id")) if rest else {}:
            present = {
                pk: (slug, status) for pk, slug, status in model.objects.filter(pk__in=old.values()).values_list("pk", "slug", "status")
            }
            for slug, pk in old.items():
                if pk in present:
                    self.moved[type_, slug], status = present[pk]
                    self.rows[type_, slug] = (pk, status)

    def _anchors(self) -> bool:
        return any(reference.anchor and reference.type == "treaty" for reference in self.found.references)

    def pk(self, type_: str, slug: str) -> int | None:
        return self.rows.get((type_, slug), (None, ""))[0]

    def problems(self) -> Iterator[Problem]:
        """What editors should mend, each with its line."""
        for line, text in self.found.strange:
            yield Problem(line, text, _("not understood; write [[event:slug]], [[treaty:slug#article-9|words]] or [@source, p. 4]"))
        for reference in self.found.references:
            if message := self._wrong(reference.type, reference.slug) or self._wrong_anchor(reference):
                yield Problem(reference.line, reference.raw, message)
        for note in self.found.notes:
            for slug, _locator in note.items:
                if message := self._wrong("source", slug):
                    yield Problem(note.line, f"[@{slug}]", message)

    def _wrong(self, type_: str, slug: str) -> str:
        if type_ not in MODELS:
            return _("there is no type of this name; there are %(types)s") % {"types": ", ".join(MODELS)}
        if (type_, slug) not in self.rows:
            return _("there is no record of this slug; readers see plain words")
        if self.rows[type_, slug][1] != Record.Status.PUBLISHED:
            return _("the record is a draft; readers see plain words until it is published")
        if (type_, slug) in self.moved:
            return _("the record is now called %(slug)s; the link still works") % {"slug": self.moved[type_, slug]}
        return ""

    def _wrong_anchor(self, reference: Reference) -> str:
        if reference.type != "treaty" or not reference.anchor or (self.pk("treaty", reference.slug), reference.anchor) in self.articles:
            return ""
        return _("the record has no such article; the link leads to the whole of it")


def _named(found: Gathered) -> Iterator[tuple[str, str]]:
    for reference in found.references:
        yield reference.type, reference.slug
    for note in found.notes:
        for slug, _locator in note.items:
            yield "source", slug
