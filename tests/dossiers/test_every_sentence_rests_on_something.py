"""The shipped dossiers: every sentence of fact names a record or has a note, every reference leads somewhere, none is too short."""

from __future__ import annotations

import re

import pytest

from sinorus.corpus.files import Entry
from sinorus.corpus.load import DATA, read_files
from sinorus.dossiers.facts import is_fact, sentences, unsupported
from sinorus.dossiers.resolving import MODELS, read

COMMON = {"The", "In", "On", "Two", "Other", "Western", "New"}
FOLDERS = {"event": "events", "treaty": "treaties"} | {name: f"{name}s" for name in MODELS if name not in ("event", "treaty")}


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return read_files(DATA)


@pytest.fixture(scope="module")
def dossiers(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.type == "dossiers"]


@pytest.fixture(scope="module")
def names(entries: list[Entry]) -> set[str]:
    """Words of the names of actors and places: a sentence that begins with one is a sentence of fact."""
    titles = [entry.data["title"] for entry in entries if entry.type in ("actors", "places")]
    return {word for title in titles for word in re.findall(r"[A-Z][\w’'-]+", title)} - COMMON


def test_there_are_three(dossiers: list[Entry]) -> None:
    assert len(dossiers) >= 3


def test_every_sentence_of_fact_has_a_record_or_a_note(dossiers: list[Entry], names: set[str]) -> None:
    bare = [f"{one.file}:{one.lines[('body',)] + line}: {text}" for one in dossiers for line, text in unsupported(one.data["body"], names)]
    assert not bare, "\n".join(bare)


def test_every_reference_leads_to_a_record_of_the_files(dossiers: list[Entry], entries: list[Entry]) -> None:
    known = {(entry.type, entry.slug): entry for entry in entries}
    for dossier in dossiers:
        found = read(dossier.data["body"])[1]
        assert not found.strange, dossier.slug
        for one in found.references:
            target = known.get((FOLDERS[one.type], one.slug))
            assert target, f"{dossier.file}, line {one.line} of the text: {one.raw}"
            if one.anchor:
                assert one.anchor in {f"article-{article['key']}" for article in target.data.get("articles", [])}, one.raw
        for note in found.notes:
            assert all(("sources", slug) in known for slug, _locator in note.items), note.raws


def test_each_is_of_a_readable_length(dossiers: list[Entry]) -> None:
    for dossier in dossiers:
        words = len(" ".join(read(dossier.data["body"])[1].words).split())
        assert 1_200 <= words <= 2_200, f"{dossier.slug}: {words} words"


# The rule itself ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was war in 1969.", 1),
        ("It was war in 1969.[@a]", 0),
        ("It was war in 1969. [@a]", 1),
        ("It was [[event:a|war in 1969]].", 0),
        ("Three islands were left.", 1),
        ("So said Mao, and no more.", 1),
        ("China declined.", 1),
        ("Nothing came of it.", 0),
        ("It was war.[@a] It was 1969.", 1),
        ("It was V. M. Khevrolina.[@a]", 0),
        ("He said: “It was 1969.” Then he left.", 1),
        ("- in 1969\n- in 1970[@a]", 1),
        ("> It was 1969.", 1),
        ("## 1969\n\nIt was so.", 0),
        ("`[[event:a]]` in 1969.", 1),
        ("(It was 1969.)[@a, p. 1; @b] Well.", 0),
    ],
)
def test_the_rule(text: str, count: int) -> None:
    assert len(unsupported(text, {"China"})) == count, unsupported(text)


def test_sentences_end_where_they_should() -> None:
    assert sentences("One. Two? “Three!” Four") == ["One.", "Two?", "“Three!”", "Four"]
    assert not is_fact("So it was, he thought.")
