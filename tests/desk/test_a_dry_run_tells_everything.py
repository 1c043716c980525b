"""The dry run says what would become of each record, field by field, and all that is wrong, with row, column and what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from events.models import Event
from sinorus.desk.tables import TableError
from tests.desk.importing import planned, table, told

pytestmark = pytest.mark.django_db
NEW = {"slug": "a-visit", "title": "A visit", "kind": "visit", "date": "1994-09"}


def test_create_update_unchanged_and_error_each_in_its_row(world: Any) -> None:
    made = planned(
        table(
            NEW,
            {"slug": "zhenbao-1969", "title": "Zhenbao 1969", "kind": "clash", "date": "1969-03-02"},
            {"slug": "the-split", "title": "The Split", "kind": "crisis", "date": "195X"},
            {"slug": "bad", "title": "Bad", "kind": "party", "date": "1994"},
        )
    )
    assert [(line.row, line.slug, line.action) for line in made.lines] == [
        (2, "a-visit", "create"),
        (3, "zhenbao-1969", "unchanged"),
        (4, "the-split", "update"),
        (5, "bad", "error"),
    ]
    assert made.lines[2].differences == [
        ("title", "The split", "The Split"),
        ("date", "1957~/1959~", "195X"),
        ("date_text", "late 1950s", ""),
    ]
    assert not Event.objects.filter(slug="a-visit").exists()


def test_every_error_at_once_with_row_column_and_what_is_allowed(world: Any) -> None:
    wrong = told(
        planned(
            table(
                {**NEW, "kind": "party", "importance": "9", "date": "1994-13"},
                {**NEW, "slug": "Bad Slug!", "place": "bejing", "participants": "china | rolle: host"},
                {"title": "No slug", "kind": "visit"},
                {**NEW, "slug": "c", "title": "", "participants": "china\nchina", "themes": "border; nothing"},
                {**NEW, "slug": "d", "date": "35180", "citations": "a-study | supports: " + "x" * 61},
            )
        )
    )
    expected = [
        ("row 2, column kind", "“party” is not allowed. Allowed: summit, visit"),
        ("row 2, column importance", "“9” is not allowed. Allowed: 1, 2, 3"),
        ("row 3, column slug", "use lower-case letters"),
        ("row 3, column participants", "“rolle: host”: write “name: value” after each bar; names are actor, role, office"),
        ("row 4, column slug", "Missing, and required"),
        ("row 5, column title", "Missing, and required"),
        ("row 5, column participants", "participants[2]: This row stands twice (same actor)"),
        ("row 5, column themes", "themes[2]: “nothing” is not among the themes"),
        ("row 6, column date", "35180"),
        ("row 6, column citations", "at most 60 characters"),
    ]
    for place, message in expected:
        assert any(one.startswith(place) and message in one for one in wrong), (place, message, wrong)


def test_a_misspelt_reference_is_told_with_the_one_that_was_meant(world: Any) -> None:
    assert told(planned(table({**NEW, "place": "bejing"}))) == [
        "row 2, column place: “bejing” is not among the places. Did you mean “beijing”?"
    ]


def test_columns_that_are_wrong_altogether(world: Any) -> None:
    with pytest.raises(TableError, match=r"column tittle: Not a column here. Allowed: slug, status, title"):
        planned(table({"slug": "a", "tittle": "b"}))
    with pytest.raises(TableError, match="“slug” is missing"):
        planned(table({"title": "b"}))


def test_ragged_rows_are_refused_and_told_with_the_rest(world: Any) -> None:
    made = planned(b"slug,title,kind\na,A,visit\nb,B\nc,C,party\n")
    assert made.refused
    assert [one.split(":")[0] for one in told(made)] == ["row 3", "row 4, column kind"]


def test_a_slug_twice_is_told_with_the_other_row(world: Any) -> None:
    assert told(planned(table(NEW, NEW))) == ["row 3, column slug: “a-visit” stands already in row 2."]


def test_columns_that_are_not_there_are_left_as_they_are(world: Any) -> None:
    made = planned(table({"slug": "yeltsin-in-beijing-1996", "title_ru": "Ельцин в Пекине"}))
    assert made.lines[0].differences == [("title_ru", "Визит Ельцина в Пекин", "Ельцин в Пекине")]


def test_a_date_in_words_is_read_and_one_that_disagrees_is_refused(world: Any) -> None:
    made = planned(table({"slug": "the-split", "date_text": "April 1996"}))
    assert ("date", "1957~/1959~", "1996-04") in made.lines[0].differences
    assert told(planned(table({**NEW, "date": "1996", "date_text": "April 1997"})))[0].startswith("row 2, column date:")


def test_a_record_may_refer_to_another_of_the_same_file(world: Any) -> None:
    made = planned(table({**NEW, "relations": "led-to | target: b"}, {**NEW, "slug": "b"}))
    assert not made.refused
    made = planned(table({**NEW, "relations": "led-to | target: b"}, {**NEW, "slug": "b", "kind": "party"}))
    assert told(made)[0] == "row 2: It refers to events/b, which is refused."


def test_a_very_long_number_and_a_deep_cell_cost_nothing(world: Any) -> None:
    assert told(planned(b'[{"slug": "p", "title": "P", "kind": "city", "latitude": 1e1000000}]', "places", name="a.json"))
    deep = table({**NEW, "participants": "china | role: " + "[" * 50_000})
    assert "at most 200 characters" in told(planned(deep))[0]


def test_a_reference_that_is_right_in_one_record_is_refused_in_the_record_itself(world: Any) -> None:
    given = {**NEW, "relations": "part-of | target: a-visit"}
    wrong = told(planned(table({**given, "slug": "b-visit"}, given, {**NEW, "slug": "c-visit"})))
    assert wrong[1:] == ["row 3, column relations: relations[1].target: A record cannot refer to itself here."]
    assert wrong[0].startswith("row 2") and "a-visit" in wrong[0]


def test_a_row_that_is_wrong_is_refused_in_each_record_that_has_it(world: Any) -> None:
    rows = [{**NEW, "slug": slug, "participants": f"jiang-zemin | office: {'x' * 300}"} for slug in ("b-visit", "c-visit")]
    wrong = told(planned(table(*rows)))
    assert [one.split(":")[0] for one in wrong] == ["row 2, column participants", "row 3, column participants"], wrong
