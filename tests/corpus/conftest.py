"""A small corpus that a test can write, change and break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SOURCES = """\
rmrb-1996:
  title: Jiang meets Yeltsin
  kind: article-newspaper
  origin: chinese
  issued: 1996-04-26
qian-2003:
  title: Ten episodes
  kind: book
"""
ACTORS = """\
china:
  title: China
  title_zh: 中国
  kind: state
  side: chinese
  names:
    - {text: PRC, language: en, script: Latn, type: short}
russia:
  title: Russia
  kind: state
  side: russian
  succeeds:
    - {actor: soviet-union, date: 1991-12-26}
  life: 1991-12-25/..
soviet-union:
  title: Soviet Union
  kind: state
  side: russian
boris-yeltsin:
  title: Boris Yeltsin
  kind: person
  side: russian
  sort_name: Yeltsin, Boris
  offices:
    - {title: President of Russia, of: russia, start: 1991-07-10, end: 1999-12-31}
  citations:
    - {source: rmrb-1996}
"""
PLACES = """\
beijing:
  title: Beijing
  kind: city
  within: china
  latitude: 39.9042
  longitude: 116.4074
china:
  title: China
  kind: country
"""
THEMES = """\
partnership-formula:
  title: Partnership formulas
  summary: The names the two gave their relation.
"""
FORMULAS = """\
strategic-partnership:
  title: Strategic partnership
  type: rung
  position: 1
  summary: A partnership of equality and trust.
  uses:
    - {treaty: joint-statement-1996, first: yes}
  citations:
    - {source: rmrb-1996, quotation: 战略协作伙伴关系, language: zh}
"""
ASSESSMENTS = """\
yeltsin-on-partnership:
  title: Yeltsin on partnership
  holder: boris-yeltsin
  stance: supports
  topic: partnership-formula
  claim: No question divides the two.
  date: 1996-04-25
  source: rmrb-1996
  events: [visit-1996]
  treaties: [joint-statement-1996]
"""
EVENTS = """\
# Two events.

visit-1996:
  title: Yeltsin visits Beijing
  kind: summit
  date: 1996-04-24/1996-04-26
  place: beijing
  importance: 3
  themes: [partnership-formula]
  formulas: [strategic-partnership]
  summary: Yeltsin came to Beijing.
  body: |-
    One paragraph.

    Another.
  participants:
    - {actor: boris-yeltsin, office: President of Russia}
    - {actor: china, role: host}
  relations:
    - {type: response-to, target: crisis-1969}
  citations:
    - {source: rmrb-1996, locator: p. 1, supports: date}
    - {source: qian-2003}
  accounts:
    - field: number of the summit
      values:
        - {value: third, source: rmrb-1996}
        - {value: fifth, source: qian-2003, preferred: yes, reason: It counts all.}
crisis-1969:
  title: Clashes on the Ussuri
  kind: clash
  date: 1969-03
  date_text: spring 1969
  summary: Shots were fired.
  citations:
    - {source: qian-2003}
"""
TREATIES = """\
joint-statement-1996:
  title: Joint statement
  kind: joint-statement
  binding: political
  signed: 1996-04-25
  place: beijing
  signed_at: visit-1996
  summary: A statement of both.
  themes: [partnership-formula]
  parties:
    - {actor: china}
    - actor: russia
      actions:
        - {type: approved, date: 1996-04-25}
  signatories:
    - {actor: boris-yeltsin, party: russia, office: President}
  registrations:
    - {register: UN document, number: A/51/127}
  languages:
    - {code: zh, authentic: yes}
    - {code: ru}
  articles:
    - key: "1"
      number: 1
      heading: Partnership
      topics: [partnership-formula, multipolarity]
  citations:
    - {source: rmrb-1996}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one or a few records of each type, all in order."""
    files = {
        "sources.yaml": SOURCES,
        "actors/all.yaml": ACTORS,
        "places.yaml": PLACES,
        "themes.yaml": THEMES,
        "formulas.yaml": FORMULAS,
        "assessments.yaml": ASSESSMENTS,
        "events/all.yaml": EVENTS,
        "treaties/all.yaml": TREATIES,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Callable[..., int]:
    """``edit(name, old, new)`` replaces text in a file and gives the number of the line where it was."""

    def replace(name: str, old: str, new: str) -> int:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace
