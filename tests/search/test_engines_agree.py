"""Both engines find what a reading of the texts finds: held against a plain search in Python, on whichever is in use.

The order needs no such test between engines: it is made of answers to yes or no (see relevance.py), so equal hits give equal
orders; that it does what it says is tested here.
"""

from __future__ import annotations

from functools import cache

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from sinorus.search.analyze import analyze
from sinorus.search.expressions import All, Any, Node
from sinorus.search.find import find
from sinorus.search.query import Query, parse
from sinorus.search.relevance import matching, order
from sinorus.search.snippets import spans
from sinorus.vocab.models import Actor, Place, Theme

WORDS = ["Jiang", "Zemin", "江泽民", "江澤", "毛泽东", "договор", "договора", "граница", "border", "borders", "Tse", "min", "Tse-min",
         "the", "island", "остров", "Beijing", "Peking", "中国", "国", "Soviet", "Union", "USSR", "party", "общества"]  # fmt: skip
PARTS = st.tuples(st.sampled_from(["", "", "", "-", '"', "*"]), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))


def written(mark: str, words: list[str]) -> str:
    if mark == '"':
        return f'"{" ".join(words)}"'
    return f"-{words[0]}" if mark == "-" else f"{words[0][:4]}*" if mark == "*" else " ".join(words)


def holds(node: Node, texts: list) -> bool:
    if isinstance(node, All):
        return all(holds(one, texts) for one in node.nodes)
    if isinstance(node, Any):
        return any(holds(one, texts) for one in node.nodes)
    return any(spans(node, stream) for stream in texts)


@cache
def texts_of(model: type) -> list[tuple[str, list]]:
    """The slug of every record on the shelves and its texts; read once, since no test of this file changes them."""
    return [
        (record.slug, [analyze(value.text) for field in model.search_fields for value in field.values(record)])
        for record in model.objects.all()
    ]


def by_reading(query: Query, model: type) -> set[str]:
    found = set()
    for slug, texts in texts_of(model):
        if (query.wanted is None or holds(query.wanted, texts)) and (query.unwanted is None or not holds(query.unwanted, texts)):
            found.add(slug)
    return found


@effort(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(parts=st.lists(PARTS, min_size=1, max_size=4))
def test_the_hits_are_those_that_a_reading_finds(shelves: None, parts: list[tuple[str, list[str]]]) -> None:
    try:
        query = parse(" ".join(written(mark, words) for mark, words in parts))
    except ValidationError:
        return
    assert query is not None
    for model in (Actor, Place, Theme):
        found = set(model.objects.filter(matching(query, model)).values_list("slug", flat=True))
        assert found == by_reading(query, model), str(query)


def test_exact_titles_go_first_then_exact_names_then_titles_then_names_then_texts(shelves: None) -> None:
    from events.models import Event
    from sinorus.sources.models import Source
    from treaties.models import Treaty

    def steps(model: type, text: str) -> list[str]:
        query = parse(text)
        return list(model.objects.filter(matching(query, model)).order_by(*order(query, model)).values_list("slug", flat=True))

    assert steps(Actor, "Russia")[0] == "russia" and steps(Actor, "КНР")[0] == "china"
    assert steps(Theme, "borders")[0] == "border"
    yeltsin = steps(Event, "Yeltsin")
    assert yeltsin[0] == "1996-visit" and yeltsin[1] == "1992-visit" and "1999-embassy" in yeltsin[2:]  # titles by importance, then text
    assert steps(Treaty, "strategic partnership of coordination") == ["statement-1996"]
    assert steps(Source, "Lukin") == ["lukin-bear"]


def test_a_draft_is_never_among_the_hits(shelves: None) -> None:
    scopes = [model.objects.public() for model in (Actor, Place, Theme)]
    assert find(parse("Yeltsinova"), scopes, "en").groups == []
