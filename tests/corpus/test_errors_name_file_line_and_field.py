"""Whatever is wrong in the files is said all at once, with file, line and field, and with what would be right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sinorus.corpus.files import CorpusError
from sinorus.corpus.load import check_files

EVENTS = "events/all.yaml"
# file, what stands there, what shall stand there, how many lines further down it is noticed, field, part of the message
CASES = [
    (EVENTS, "kind: clash", "kind: fight", 0, "kind", "“fight” is not allowed. Allowed: summit, visit"),
    (EVENTS, "kind: clash", "knd: clash", 0, "knd", "Not a field here. Allowed: title, title_zh"),
    (EVENTS, "  kind: clash\n", "", -2, "kind", "Missing, and required."),
    (EVENTS, "date: 1969-03\n", "date: 1969-13\n", 0, "date", "there is no month 13"),
    (EVENTS, "date_text: spring 1969", "date_text: late 1950s", -1, "date", ""),
    (EVENTS, "date_text: spring 1969", "date_calendar: jewish", 0, "date_calendar", "Allowed: gregorian, julian"),
    (EVENTS, "importance: 3", "importance: 4", 0, "importance", "Allowed: 1, 2, 3"),
    (EVENTS, "place: beijing", "place: bejing", 0, "place", "“bejing” is not among the places. Did you mean “beijing”?"),
    (EVENTS, "themes: [partnership-formula]", "themes: partnership-formula", 0, "themes", "A list is wanted here."),
    (EVENTS, "themes: [partnership-formula]", "themes: [a, a]", 0, "themes[2]", "“a” stands twice"),
    (EVENTS, "actor: china, role: host", "actor: boris-yeltsin", 0, "participants[2]", "stands twice (same actor)"),
    (EVENTS, "- {actor: china, role: host}", "- china", 0, "participants[2]", "Fields are wanted here, such as {actor: …}"),
    (EVENTS, "target: crisis-1969", "target: visit-1996", 0, "relations[1].target", "cannot refer to itself"),
    (EVENTS, "preferred: yes", "preferred: perhaps", 0, "accounts[1].values[2].preferred", "write yes or no"),
    (EVENTS, "value: third, ", "", 0, "accounts[1].values[1].value", "Missing, and required."),
    (
        EVENTS,
        "    - field: number of the summit\n",
        "    - fields: number of the summit\n",
        0,
        "accounts[1].fields",
        "Allowed: field, values",
    ),
    (
        EVENTS,
        "    - {source: qian-2003}\n  accounts",
        "    - {locator: p. 2}\n  accounts",
        0,
        "citations[2].source",
        "Missing, and required.",
    ),
    (EVENTS, "title: Clashes on the Ussuri", "title: {en: Clashes}", 0, "title", "Text is wanted here"),
    (EVENTS, "title: Clashes on the Ussuri", "title: Clashes\n  title: Shots", 1, "title", "This field stands twice."),
    (EVENTS, "crisis-1969:\n", "Crisis_1969:\n", 0, "", "use lower-case letters"),
    (EVENTS, "crisis-1969:\n", "visit-1996:\n", 0, "", "stands already in events/all.yaml, line 3"),
    (EVENTS, "title: Clashes on the Ussuri", f"title: {'x' * 301}", 0, "title", "at most 300 characters"),
    ("places.yaml", "latitude: 39.9042", "latitude: north", 0, "latitude", "must be a decimal number"),
    ("places.yaml", "latitude: 39.9042", "latitude: 95", 0, "latitude", "less than or equal to 90"),
    (
        "treaties/all.yaml",
        "binding: political",
        "binding: political\n  in_force: 1996-05",
        0,
        "binding",
        "A political text does not enter into force",
    ),
    ("treaties/all.yaml", "multipolarity]", "polarity]", 0, "articles[1].topics[2]", "“polarity” is not allowed. Allowed: common-enemy"),
    ("sources.yaml", "kind: book", "kind: book\n  url: ftp://x", 1, "url", "an address begins with http"),
    (
        EVENTS,
        "target: crisis-1969",
        "target: crisis-1969, article: 1",
        0,
        "relations[1].article",
        "Not a field here. Allowed: type, target.",
    ),
    (
        "treaties/all.yaml",
        "  registrations:\n",
        "  relations:\n    - {type: cites, target: joint-statement-1996, article: 9}\n  registrations:\n",
        1,
        "relations[1].article",
        "“9” is not a key of joint-statement-1996. Allowed: 1.",
    ),
    (
        "formulas.yaml",
        "  citations:\n    - {source: rmrb-1996, quotation: 战略协作伙伴关系, language: zh}\n",
        "",
        -7,
        "citations",
        "At least 1 is needed here.",
    ),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "further", "field", "message"), CASES, ids=[f"{case[4] or 'slug'}-{case[2][:20]}" for case in CASES]
)
def test_one_error(folder: Path, edit: Callable[..., int], name: str, old: str, new: str, further: int, field: str, message: str) -> None:
    line = edit(name, old, new) + further
    with pytest.raises(CorpusError) as caught:
        check_files(folder)
    said = [str(problem) for problem in caught.value.problems]
    assert any(said_one.startswith(f"{name}:{line}: ") and f"{field}: " in said_one and message in said_one for said_one in said), said


def test_all_errors_at_once_in_the_order_of_the_files(folder: Path, edit: Callable[..., int]) -> None:
    edit(EVENTS, "kind: clash", "kind: fight")
    edit(EVENTS, "kind: summit", "kind: peak")
    edit("places.yaml", "kind: city", "kind: town")
    with pytest.raises(CorpusError) as caught:
        check_files(folder)
    assert [(problem.file, problem.record) for problem in caught.value.problems] == [
        (EVENTS, "visit-1996"),
        (EVENTS, "crisis-1969"),
        ("places.yaml", "beijing"),
    ]
    assert str(caught.value).startswith("3 problems in the files; nothing was loaded.\nevents/all.yaml:5: visit-1996 kind: ")


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("events/bad.yaml", "a: {b: [}\n", 1, "Not YAML"),
        ("events/bad.yaml", "ok-1996:\n  title: a\n bad: b\n", 3, "Not YAML"),
        ("events/bad.yaml", "- a\n- b\n", 1, "A file holds records by slug"),
        ("events/bad.yaml", "ok-1996: words\n", 1, "A record has fields"),
        ("events/bad.yaml", "ok-1996: &here\n  body: *here\n", 1, "Aliases"),
        ("event.yaml", "ok-1996:\n  title: a\n", 1, "Not a record type: event. Allowed: sources, actors"),
        ("dossiers/bad.md", "Text without fields.\n", 1, "A Markdown file begins with fields"),
        ("events/bad.yaml", b"ok-1996:\n  title: \xff\n", 1, "Not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(folder: Path, name: str, text: str | bytes, line: int, message: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CorpusError) as caught:
        check_files(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (name, line)
    assert message in problem.message


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"There are no \.yaml files"):
        check_files(tmp_path)


def test_a_corpus_in_order_has_none(folder: Path) -> None:
    assert len(check_files(folder)) == 14
