"""What a dossier's Markdown says beyond CommonMark, as rules of markdown-it. Knows no database.

``[[event:slug]]``, ``[[treaty:slug#article-9|words]]``   a record, with its title or with words of the author's
a paragraph of nothing but ``[[event:slug]]``               a card
``[@source-slug, p. 4; @other]``                            a numbered note

In the HTML each of them is a mark, two private characters around its number: who and what may be seen is decided when the
text is shown, not when it is saved.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

OPEN, CLOSE = "\ue000", "\ue001"
MARK: Final = re.compile(f"{OPEN}([0-9]{{1,6}}){CLOSE}")
TYPES: Final = ("event", "treaty", "actor", "place", "theme", "formula", "source")
CARDS: Final = ("event", "treaty")

# Bounded throughout, so that what only begins like a reference costs little wherever it stands.
_REFERENCE = re.compile(r"\[\[([A-Za-z]{1,20}):([^\]\[|#\s]{1,120})(?:#([^\]\[|\s]{1,80}))?(?:\|([^\]\[]{1,300}))?\]\]")
_CITATION = re.compile(r"\[(@[^\]\[]{1,1200})\]")
_ITEM = re.compile(r"@([^\s,;@]{1,120})(?:\s*,\s*(.{1,400}?))?\s*", re.DOTALL)
_NOT_UNDERSTOOD = re.compile(r"\[\[[^\s\]]{0,60}|\[@[^\s\]]{0,60}")
_ENV = "dossier"


@dataclass(frozen=True, slots=True)
class Reference:
    """A record named in the text. Inside a link there is none: Markdown knows no link in a link."""

    type: str
    slug: str
    anchor: str
    words: str
    raw: str
    line: int
    card: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A place in the text where a note is referred to, by number from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class Note:
    """Sources cited together: (slug, locator) of each. ``raws`` are the spellings in the text."""

    items: tuple[tuple[str, str], ...]
    line: int
    raws: list[str]


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    level: int
    id: str
    text: str


@dataclass(slots=True)
class Gathered:
    """What the rules found in one text.

    ``strange`` is what looks like a reference and is none: (line, text). ``words`` is the text as plain words, a piece for each
    paragraph; of a reference it has the author's words alone, since titles and slugs are the record's to show or to hide.
    ``ids`` are those of the headings so far.
    """

    marks: list[Reference | NoteMark] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    strange: list[tuple[int, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)

    @property
    def references(self) -> list[Reference]:
        return [mark for mark in self.marks if isinstance(mark, Reference)]


def plugin(markdown: MarkdownIt) -> None:
    """Add the rules to a parser; what they find is in ``gathered(env)`` afterwards."""
    markdown.inline.ruler.before("link", "record_reference", _reference)
    markdown.inline.ruler.before("link", "record_citation", _citation)
    markdown.core.ruler.push("dossier", _gather)
    for name in ("record_reference", "record_citation", "record_card"):
        markdown.add_render_rule(name, _content)


def gathered(env: dict[str, Any]) -> Gathered:
    """What the rules found, after the text was parsed with ``env``."""
    return env.setdefault(_ENV, Gathered())


def _content(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return tokens[index].content


# In the line --------------------------------------------------------------------------------------------------------


def _reference(state: StateInline, silent: bool) -> bool:
    found = _REFERENCE.match(state.src, state.pos) if state.src.startswith("[[", state.pos) else None
    return _take(state, silent, "record_reference", found)


def _citation(state: StateInline, silent: bool) -> bool:
    found = _CITATION.match(state.src, state.pos) if state.src.startswith("[@", state.pos) else None
    return _take(state, silent, "record_citation", found) if found and _items(found[1]) else False


def _take(state: StateInline, silent: bool, type_: str, found: re.Match[str] | None) -> bool:
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        token = state.push(type_, "", 0)
        token.meta = {"found": found, "row": state.src.count("\n", 0, state.pos)}
    state.pos = found.end()
    return True


def _items(text: str) -> tuple[tuple[str, str], ...]:
    """(slug, locator) of each source in ``@a, p. 4; @b``; empty when it is not written so."""
    parts = [_ITEM.fullmatch(part.strip()) for part in re.split(r";\s*(?=@)", text)]
    return tuple((part[1], _one_line(part[2] or "")) for part in parts if part) if all(parts) else ()


def _one_line(text: str) -> str:
    return " ".join(text.split())


# In the document ----------------------------------------------------------------------------------------------------


def _gather(state: StateCore) -> None:
    """Number the references and notes, make cards and headings of what is one, and see what was not understood."""
    found = gathered(state.env)
    numbers: dict[tuple[tuple[str, str], ...], int] = {}
    cards: dict[int, list[Token]] = {}
    for index, token in enumerate(state.tokens):
        if token.type == "inline":
            card = _is_card(state.tokens, index)
            marks = [_mark(child, token, found, numbers, card) for child in token.children or ()]
            if card:
                cards[index] = [mark for mark in marks if mark]
            _heading(state.tokens, index, found)
            _strange(token, found)
            found.words.append(_words(token))
        token.content = _without_marks(token.content) if token.type in ("fence", "code_block") else token.content
    state.tokens[:] = _with_cards(state.tokens, cards)


def _mark(child: Token, around: Token, found: Gathered, numbers: dict[Any, int], card: bool) -> Token | None:
    """Give the token of a reference or a citation its mark. Other tokens lose any private characters that they hold."""
    if child.type not in ("record_reference", "record_citation"):
        child.content = _without_marks(child.content)
        return None
    match = child.meta["found"]
    line = (around.map[0] if around.map else 0) + child.meta["row"] + 1
    if child.type == "record_reference":
        type_, slug, anchor, words = match.groups(default="")
        found.marks.append(Reference(type_.lower(), slug, anchor, _one_line(words), match[0], line, card))
    else:
        items = _items(match[1])
        if items not in numbers:
            found.notes.append(Note(items, line, []))
            numbers[items] = len(found.notes)
        note = found.notes[numbers[items] - 1]
        if match[0] not in note.raws:
            note.raws.append(match[0])
        found.marks.append(NoteMark(numbers[items]))
    child.content = f"{OPEN}{len(found.marks) - 1}{CLOSE}"
    return child


def _without_marks(text: str) -> str:
    return text.replace(OPEN, "\ufffd").replace(CLOSE, "\ufffd")


def _is_card(tokens: list[Token], index: int) -> bool:
    """Whether a line of text is a paragraph of nothing but references, without words, to what has a card."""
    if tokens[index - 1].type != "paragraph_open" or tokens[index - 1].hidden:
        return False
    said = [
        child for child in tokens[index].children or () if child.type != "softbreak" and (child.type != "text" or child.content.strip())
    ]
    return bool(said) and all(child.type == "record_reference" and _has_card(child.meta["found"]) for child in said)


def _has_card(found: re.Match[str]) -> bool:
    return found[1].lower() in CARDS and not found[4]


def _with_cards(tokens: list[Token], cards: dict[int, list[Token]]) -> list[Token]:
    made: list[Token] = []
    for index, token in enumerate(tokens):
        if index in cards:
            made += [Token("record_card", "", 0, content=f"{mark.content}\n", block=True, level=token.level) for mark in cards[index]]
        elif not (index + 1 in cards or index - 1 in cards):
            made.append(token)
    return made


def _heading(tokens: list[Token], index: int, found: Gathered) -> None:
    """Headings are of level 2 to 4, since the page has its own of level 1; those of 2 and 3 are in the contents."""
    opening = tokens[index - 1]
    if opening.type != "heading_open":
        return
    level = min(max(int(opening.tag[1]), 2), 4)
    opening.tag = tokens[index + 1].tag = f"h{level}"
    text = _words(tokens[index])
    stem = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60].strip("-") or "part"
    id_ = f"section-{stem}"
    while found.ids[id_]:
        # Each name counts its own repetitions, so that a thousand headings of one name take a thousand steps.
        found.ids[f"section-{stem}"] += 1
        id_ = f"section-{stem}-{found.ids[f'section-{stem}']}"
    found.ids[id_] += 1
    opening.attrSet("id", id_)
    found.headings.append(Heading(level, id_, text))


def _words(token: Token) -> str:
    """A line of text in plain words: of a reference those of the author, of a note none."""
    return _one_line("".join(map(_said, token.children or ())))


def _said(child: Token) -> str:
    if child.type == "record_reference":
        return child.meta["found"][4] or ""
    return " " if child.type in ("softbreak", "hardbreak") else "" if child.type == "record_citation" else child.content


def _strange(token: Token, found: Gathered) -> None:
    """Note what begins like a reference or a citation and stayed text."""
    row = 0
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            row += 1
        elif child.type == "text":
            line = (token.map[0] if token.map else 0) + row + 1
            found.strange += [(line, match[0]) for match in _NOT_UNDERSTOOD.finditer(child.content)]
        elif child.meta.get("found"):
            row += child.meta["found"][0].count("\n")
