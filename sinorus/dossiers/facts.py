"""Which sentences of a dossier rest on nothing.

The rule, strict and simple. In every paragraph, list item, quotation and cell of the text:

1. A sentence ends at ``.``, ``!`` or ``?`` (with closing quotation marks or brackets), where a space or the end follows; not at
   the point after an initial. A note that stands right after the full stop belongs to the sentence before it.
2. A sentence *of fact* is one that has, outside of its references: a figure, a number in words, a name (a word with a
   capital letter that does not begin the sentence), or a first word that is one of ``names``.
3. A sentence of fact must itself hold a record (``[[…]]``) or a note (``[@…]``). Its neighbours do not count.

Headings, cards and tables of contents say nothing of their own. What the rule cannot see is the editors' to watch: a sentence
of fact without name and number, and a reference that does not support what is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from markdown_it.token import Token

from sinorus.publishing.markdown import parse

from . import syntax

EVIDENCE = "\ue002"
_END = re.compile(rf"(?<!\b[A-Z])[.!?][”’\"')\]]*{EVIDENCE}*(?=\s|$)")
_FIGURE = re.compile(r"\d")
_NUMBER = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def unsupported(text: str, names: Collection[str] = ()) -> list[tuple[int, str]]:
    """(line, sentence) of every sentence of fact without a record or a note. ``names`` are words that only begin sentences of fact."""
    _markdown, tokens, _env = parse(text, [syntax.plugin])
    found = []
    for index, token in enumerate(tokens):
        if token.type == "inline" and tokens[index - 1].type != "heading_open":
            line = (token.map[0] if token.map else 0) + 1
            for sentence in sentences(_plain(token)):
                if EVIDENCE not in sentence and is_fact(sentence, names):
                    found.append((line, sentence))
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, each with the marks of its evidence."""
    ends = [match.end() for match in _END.finditer(text)]
    starts = [0, *ends]
    found = [text[start:end].strip() for start, end in zip(starts, [*ends, len(text)], strict=True)]
    return [sentence for sentence in found if sentence]


def is_fact(sentence: str, names: Collection[str] = ()) -> bool:
    """Whether a sentence says something that wants evidence."""
    said = sentence.replace(EVIDENCE, "")
    words = _WORD.findall(said)
    if _FIGURE.search(said) or _NUMBER.search(said) or (words and words[0] in names):
        return True
    return any(word[0].isupper() and word != "I" for word in words[1:])


def _plain(token: Token) -> str:
    """The text of a paragraph: references by their words and a mark of evidence, notes by the mark alone."""
    parts = []
    for child in token.children or ():
        if child.type == "record_reference":
            parts.append(f"{child.meta['found'][4] or ''}{EVIDENCE}")
        elif child.type == "record_citation":
            parts.append(EVIDENCE)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            parts.append(child.content)
    return " ".join("".join(parts).split())
