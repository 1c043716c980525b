"""The model field: plain columns, bounds that are always right, one attribute that joins them."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.utils import translation

from sinorus.dates.edtf import EdtfError, parse
from sinorus.dates.errors import DateError
from sinorus.dates.fields import BoundColumn, column_names, editable_column_names, historical_dates
from sinorus.dates.value import HistoricalDate


def columns(instance: models.Model, name: str = "date") -> list[object]:
    return [getattr(instance, column) for column in column_names(name)]


def test_columns_are_plain_and_in_order(visit: type[models.Model]) -> None:
    assert [field.name for field in visit._meta.fields] == [
        *(
            "id",
            "title",
            "date_text",
            "date_edtf",
            "date_earliest",
            "date_latest",
            "date_calendar",
            "date_note",
            "after",
        ),
        *("ended_text", "ended_edtf", "ended_earliest", "ended_latest", "ended_calendar", "ended_note"),
    ]
    assert editable_column_names("date") == ["date_text", "date_edtf", "date_calendar", "date_note"]
    assert [attribute.name for attribute in historical_dates(visit)] == ["date", "ended"]


def test_every_column_explains_itself(visit: type[models.Model]) -> None:
    for name in ("date", "ended"):
        for column in column_names(name):
            field = visit._meta.get_field(column)
            assert str(field.help_text).endswith(".")
            assert str(field.verbose_name).startswith(name)
    assert str(visit._meta.get_field("date_text").help_text).startswith("When it took place.")


def test_a_subclass_may_declare_the_date_anew(renamed: type[models.Model]) -> None:
    names = [field.name for field in renamed._meta.fields]
    assert len(names) == len(set(names))
    assert str(renamed._meta.get_field("date_edtf").verbose_name) == "day (EDTF)"
    assert renamed(date="1996").date.edtf == "1996"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("late 1950s", ["late 1950s", "1957~/1959~", date(1957, 1, 1), date(1959, 12, 31), "gregorian", ""]),
        ("1996-04", ["", "1996-04", date(1996, 4, 1), date(1996, 4, 30), "gregorian", ""]),
        ("since 1991", ["since 1991", "1991/..", date(1991, 1, 1), None, "gregorian", ""]),
        (
            "27 August 1689 (O.S.)",
            ["27 August 1689 (O.S.)", "1689-09-06", date(1689, 9, 6), date(1689, 9, 6), "julian", ""],
        ),
        (date(1996, 4, 25), ["", "1996-04-25", date(1996, 4, 25), date(1996, 4, 25), "gregorian", ""]),
        (datetime(1996, 4, 25, 12), ["", "1996-04-25", date(1996, 4, 25), date(1996, 4, 25), "gregorian", ""]),
        (parse("195X"), ["", "195X", date(1950, 1, 1), date(1959, 12, 31), "gregorian", ""]),
        (
            HistoricalDate("words", "1996", "gregorian", "a note"),
            ["words", "1996", date(1996, 1, 1), date(1996, 12, 31), "gregorian", "a note"],
        ),
        (None, ["", "", None, None, "gregorian", ""]),
        ("", ["", "", None, None, "gregorian", ""]),
    ],
)
def test_setting_the_date_fills_the_columns(visit: type[models.Model], value: object, expected: list[object]) -> None:
    instance = visit(date="1900", ended="1999")
    instance.date = value
    assert columns(instance) == expected
    instance.save()
    assert columns(visit.objects.get(pk=instance.pk)) == expected
    assert visit.objects.get(pk=instance.pk).ended.edtf == "1999"


def test_the_note_stays_unless_it_is_said(visit: type[models.Model]) -> None:
    instance = visit(date="1996", date_note="From the minutes.")
    instance.date = "1997"
    assert instance.date.note == "From the minutes."
    instance.date = HistoricalDate(edtf="1998")
    assert instance.date.note == ""


def test_setting_nonsense_is_refused(visit: type[models.Model]) -> None:
    with pytest.raises(DateError):
        visit(date="one fine day")
    with pytest.raises(TypeError):
        visit(date=1996)


def test_bounds_are_computed_however_a_row_is_written(visit: type[models.Model]) -> None:
    visit.objects.create(title="create", date_edtf="1996-04")
    visit(title="save", date_edtf="1996-04").save()
    visit.objects.bulk_create([visit(title="bulk", date_edtf="1996-04")])
    visit.objects.get_or_create(title="get", defaults={"date": "April 1996"})
    bounds = visit.objects.values_list("date_earliest", "date_latest")
    assert list(bounds) == [(date(1996, 4, 1), date(1996, 4, 30))] * 4
    instance = visit.objects.first()
    instance.date_edtf = ""
    instance.save()
    assert columns(visit.objects.get(pk=instance.pk))[1:4] == ["", None, None]


def test_what_is_not_edtf_is_never_written(visit: type[models.Model]) -> None:
    with pytest.raises(EdtfError), transaction.atomic():
        visit.objects.create(date_edtf="1996-13")
    with pytest.raises(EdtfError), transaction.atomic():
        visit.objects.bulk_create([visit(date_edtf="nonsense")])
    assert not visit.objects.exists()


def test_saving_some_columns(visit: type[models.Model]) -> None:
    instance = visit.objects.create(date="1996")
    instance.date = "1997"
    instance.save(update_fields=column_names("date"))
    assert visit.objects.get().date_latest == date(1997, 12, 31)
    instance.date = "1998"
    visit.objects.bulk_update([instance], column_names("date"))
    assert visit.objects.get().date_latest == date(1998, 12, 31)


def test_bounds_out_of_order_are_refused_by_the_database(visit: type[models.Model]) -> None:
    instance = visit.objects.create(date="1996")
    with pytest.raises(IntegrityError), transaction.atomic():
        visit.objects.filter(pk=instance.pk).update(date_earliest=date(1997, 1, 1))
    visit.objects.filter(pk=instance.pk).update(date_earliest=None)


def test_columns_sort_and_filter(visit: type[models.Model]) -> None:
    for value in ("1996-04-25", "late 1950s", "1689-09-06"):
        visit.objects.create(date=value)
    in_order = visit.objects.order_by("date_earliest")
    assert [instance.date.edtf for instance in in_order] == ["1689-09-06", "1957~/1959~", "1996-04-25"]
    assert visit.objects.filter(date_earliest__year__gte=1957).count() == 2


def test_full_clean_reads_the_words(visit: type[models.Model]) -> None:
    instance = visit(date_text="  late 1950s ", ended_edtf=" [1960, 1961] ")
    instance.full_clean()
    assert columns(instance)[:4] == ["late 1950s", "1957~/1959~", date(1957, 1, 1), date(1959, 12, 31)]
    assert instance.ended_edtf == "[1960,1961]"


def test_full_clean_turns_old_style_days(visit: type[models.Model]) -> None:
    said, marked = visit(date_text="27 August 1689 (O.S.)"), visit(date_text="27 August 1689", date_calendar="julian")
    for instance in (said, marked):
        instance.full_clean()
        assert (instance.date_edtf, instance.date_calendar) == ("1689-09-06", "julian")


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"date_text": "one fine day"}, "date_text", "could not be read"),
        ({"date_edtf": "1996-13"}, "date_edtf", "no month 13"),
        ({"date_text": "1997", "date_edtf": "1996"}, "date_edtf", "no day in common"),
        ({"ended_text": "winter 1969"}, "ended_text", "two years"),
        ({"date_text": "April 1689", "date_calendar": "julian"}, "date_text", "whole days"),
        ({"date_calendar": "lunar"}, "date_calendar", "not a valid choice"),
        ({"date_edtf": "1" * 100_000}, "date_edtf", "64 characters"),
        ({"date_text": "1" * 121}, "date_text", "120"),
    ],
)
def test_full_clean_puts_errors_on_the_right_column(visit: type[models.Model], values: dict[str, str], column: str, reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        visit(**values).full_clean()
    assert list(caught.value.message_dict) == [column]
    assert reason in " ".join(caught.value.message_dict[column])


def test_errors_of_several_dates_come_together(visit: type[models.Model]) -> None:
    with pytest.raises(ValidationError) as caught:
        visit(date_text="one fine day", ended_edtf="1999-02-29").full_clean()
    assert sorted(caught.value.message_dict) == ["date_text", "ended_edtf"]


def test_words_that_cannot_be_read_may_stand_beside_edtf(visit: type[models.Model]) -> None:
    instance = visit(date_text="a month after the crisis", date_edtf="1996-04")
    instance.full_clean()
    assert instance.date.text("en") == "a month after the crisis"


def test_an_empty_date_is_falsy_and_valid(visit: type[models.Model]) -> None:
    instance = visit()
    instance.full_clean()
    assert not instance.date
    assert str(instance.date) == ""
    assert instance.date == HistoricalDate()


def test_as_dict_is_what_the_api_promises(visit: type[models.Model]) -> None:
    instance = visit(date="27 August 1689 (O.S.)", date_note="Latin text.")
    assert instance.date.as_dict("en") == {
        "text": "27 August 1689 (O.S.)",
        "edtf": "1689-09-06",
        "earliest": "1689-09-06",
        "latest": "1689-09-06",
        "calendar": "julian",
        "certainty": "certain",
        "note": "Latin text.",
    }
    open_ended = visit(date="1991~/..").date.as_dict("ru")
    assert list(open_ended) == ["text", "edtf", "earliest", "latest", "calendar", "certainty", "note"]
    assert (open_ended["text"], open_ended["latest"]) == ("примерно с 1991 г.", None)
    assert open_ended["certainty"] == "approximate"


def test_text_is_as_written_in_english_and_shown_elsewhere(visit: type[models.Model]) -> None:
    written = visit(date="the late 1950s").date
    assert [written.text(code) for code in ("en", "ru")] == ["the late 1950s", "конец 1950-х годов"]
    with translation.override("zh-hans"):
        assert written.text() == "20世纪50年代末"
    assert HistoricalDate("some day").text("ru") == "some day"
    assert HistoricalDate("some day").certainty is None
    julian = HistoricalDate("", "1689-09-06", "julian")
    assert julian.text("en") == "6 September 1689 (27 August Old Style)"


def test_a_value_not_yet_valid_does_not_break_a_page() -> None:
    broken = HistoricalDate("words", "1996-13")
    assert (broken.text("ru"), broken.earliest, broken.precision, broken.explanation()) == ("words", None, None, "")


def test_migrations_see_plain_columns(visit: type[models.Model]) -> None:
    state = ModelState.from_model(visit)
    written = MigrationWriter.serialize([(name, field) for name, field in state.fields.items()])[0]
    assert "models.CharField" in written
    assert "WordsColumn" not in written
    assert "EdtfColumn" not in written
    assert "sinorus.dates.fields.BoundColumn(bound='earliest'" in written
    for field in state.fields.values():
        assert field.deconstruct()[1:] == field.clone().deconstruct()[1:]


def test_historical_models_compute_the_bounds_too(visit: type[models.Model]) -> None:
    state = ProjectState()
    state.add_model(ModelState.from_model(visit))
    old = state.apps.get_model("dates", "Visit")
    old.objects.create(date_edtf="1996-04")
    assert visit.objects.get().date_latest == date(1996, 4, 30)
    assert isinstance(old._meta.get_field("date_latest"), BoundColumn)


def test_bounds_have_indexes(visit: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, visit._meta.db_table)
    indexed = {tuple(found["columns"]) for found in constraints.values() if found["index"]}
    assert {("date_earliest",), ("date_latest",), ("ended_earliest",), ("ended_latest",)} <= indexed
