"""``HistoricalDateField``: an imprecise date on a model, kept in plain columns that sort, filter and migrate.

::

    class Event(models.Model):
        date = HistoricalDateField(_("date"), help_text=_("When it took place."))

        class Meta:
            constraints = [date_constraints("date", "event")]

        def clean(self):
            clean_historical_dates(self)

gives the columns ``date_text``, ``date_edtf``, ``date_earliest``, ``date_latest``, ``date_calendar`` and ``date_note``,
and the attribute ``date``, a :class:`~sinorus.dates.value.HistoricalDate`; it may be set to words, EDTF, a day or None.
Setting it sets every column, except that words, EDTF and days leave the note as it is.

The two bounds are computed from the EDTF whenever a row is written through a model instance (``save``, ``create``,
``bulk_create``), also by the historical models of migrations. They are **not** computed by ``QuerySet.update()``,
``bulk_update()`` and ``save(update_fields=…)`` when these leave the bounds out: name all of ``column_names("date")``.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import forms
from .edtf import parse
from .errors import DateError
from .value import CALENDARS, GREGORIAN, JULIAN, MAX_NOTE, MAX_TEXT, HistoricalDate
from .words import disagreement, read

MAX_EDTF: Final = 64  # characters of the column; ``settings.DATES`` may allow fewer

PARTS = ("text", "edtf", "earliest", "latest", "calendar", "note")


def column_names(name: str) -> list[str]:
    """The columns behind the historical date ``name``, for ``update_fields``, ``only()`` and the like."""
    return [f"{name}_{part}" for part in PARTS]


def editable_column_names(name: str) -> list[str]:
    """The columns that an editor fills in, in their order, for the fieldsets of the admin."""
    return [f"{name}_{part}" for part in ("text", "edtf", "calendar", "note")]


def validate_edtf(value: str) -> None:
    """A validator: raise ``ValidationError``, with what is allowed, unless the string is EDTF."""
    try:
        parse(value)
    except DateError as error:
        raise _as_validation_error(error) from None


class WordsColumn(models.CharField):
    """The date as written. A plain CharField in migrations; its form field shows live what was understood."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Plain to migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """The first of the pair of inputs, also in the admin, which would put in a widget of its own."""
        return super().formfield(**{**kwargs, "widget": forms.WordsInput})


class EdtfColumn(models.CharField):
    """EDTF, checked, and normalised when it is cleaned. A plain CharField in migrations."""

    default_validators = (validate_edtf,)  # type: ignore[assignment]

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Plain to migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value: Any) -> Any:
        """The normalised string; what is not EDTF comes back as it is, for the validator to refuse."""
        value = super().to_python(value)
        try:
            return parse(value).text if value else value
        except DateError:
            return value

    def formfield(self, **kwargs: Any) -> Any:
        """The second of the pair of inputs."""
        return super().formfield(**{**kwargs, "widget": forms.EdtfInput})


class BoundColumn(models.DateField):
    """The first or the last possible day, computed from the EDTF column ``source`` whenever a row is written.

    ``bound`` is "earliest" or "latest". Writing raises :class:`~sinorus.dates.edtf.EdtfError` when the column holds
    something that is not EDTF, so that no row can have bounds that belong to nothing.
    """

    def __init__(self, *args: Any, source: str = "", bound: str = "", **kwargs: Any) -> None:
        self.source, self.bound = source, bound
        super().__init__(*args, **{**kwargs, "null": True, "blank": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """With ``source`` and ``bound``, so that migrations compute bounds too."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("null", "blank", "editable"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "source": self.source, "bound": self.bound}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Compute the bound, put it on the instance too, and give it to be written."""
        written = getattr(model_instance, self.source)
        value = getattr(parse(written), self.bound) if written else None
        setattr(model_instance, self.attname, value)
        return value


class DateAttribute(property):
    """The attribute that joins the columns of one historical date; a property, so that ``Model(date=…)`` works."""

    def __init__(self, name: str, verbose_name: Any = "") -> None:
        self.name, self.verbose_name = name, verbose_name
        super().__init__(self._get, self._set, doc="A HistoricalDate; may be set to words, EDTF, a day or None.")

    def _get(self, instance: models.Model) -> HistoricalDate:
        return HistoricalDate(
            getattr(instance, f"{self.name}_text") or "",
            getattr(instance, f"{self.name}_edtf") or "",
            getattr(instance, f"{self.name}_calendar") or GREGORIAN,
            getattr(instance, f"{self.name}_note") or "",
        )

    def _set(self, instance: models.Model, value: Any) -> None:
        made = HistoricalDate.of(value)
        # Words, EDTF and days say nothing about the note: it stays, so that Model(date=…, date_note=…) keeps both.
        says_note = value is None or value == "" or isinstance(value, HistoricalDate)
        note = made.note if says_note else getattr(instance, f"{self.name}_note")
        parts = (made.written, made.edtf, made.earliest, made.latest, made.calendar, note)
        for column, part in zip(column_names(self.name), parts, strict=True):
            setattr(instance, column, part)


class HistoricalDateField:
    """Declares an imprecise date on a model; see the head of this module.

    Not a field to Django: it puts six plain columns on the model and an attribute that joins them, so that migrations,
    forms, serializers and other databases see nothing but text and dates. Works on abstract models, several times on
    one model, and may be declared anew by a subclass of an abstract model.
    """

    def __init__(self, verbose_name: Any = "", *, help_text: Any = "") -> None:
        self.verbose_name, self.help_text = verbose_name, help_text
        named = self._named
        # Made here and not when the model is made, since the order of columns is the order in which they are made.
        self._columns: dict[str, models.Field] = {
            "text": WordsColumn(
                named(_("as written")),
                max_length=MAX_TEXT,
                blank=True,
                help_text=self._help(
                    _(
                        "The date in words, in English, as readers shall see it: “late 1950s”, “25 April 1996”. May be "
                        "left empty when the EDTF says it all."
                    )
                ),
            ),
            "edtf": EdtfColumn(
                named(_("EDTF")),
                max_length=MAX_EDTF,
                blank=True,
                help_text=_(
                    "What the date means, in the Gregorian calendar: 1996, 1996-04, 1996-04-25, 195X, 1996~ (about), "
                    "1996? (doubtful), 1998-05/1999-06, 1991/.. (since). Left empty, it is read from the words."
                ),
            ),
            "earliest": BoundColumn(
                named(_("earliest day")),
                bound="earliest",
                db_index=True,
                help_text=_("First possible day, computed from the EDTF; empty when the beginning is open or unknown."),
            ),
            "latest": BoundColumn(
                named(_("latest day")),
                bound="latest",
                db_index=True,
                help_text=_("Last possible day, computed from the EDTF; empty when the end is open or unknown."),
            ),
            "calendar": models.CharField(
                named(_("calendar")),
                max_length=9,
                choices=CALENDARS,
                default=GREGORIAN,
                help_text=_(
                    "In which calendar the date is written. Julian: the source gives the day in the old style; the "
                    "EDTF holds the Gregorian day all the same."
                ),
            ),
            "note": models.CharField(
                named(_("note")),
                max_length=MAX_NOTE,
                blank=True,
                help_text=_("What a reader should know about this date: how it was found, what is doubtful."),
            ),
        }

    def _named(self, part: Any) -> Any:
        return format_lazy("{} ({})", self.verbose_name, part) if self.verbose_name else part

    def _help(self, text: Any) -> Any:
        return format_lazy("{} {}", self.help_text, text) if self.help_text else text

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Put the columns and the attribute on the model; called by Django when the model is made."""
        verbose_name = self.verbose_name or name.replace("_", " ")
        for part, column in self._columns.items():
            if isinstance(column, BoundColumn):
                column.source = f"{name}_edtf"
            if not self.verbose_name:
                column.verbose_name = format_lazy("{} ({})", verbose_name, column.verbose_name)
                column._verbose_name = column.verbose_name  # type: ignore[attr-defined]
            cls.add_to_class(f"{name}_{part}", column)
        setattr(cls, name, DateAttribute(name, verbose_name))


def historical_dates(model: type[models.Model] | models.Model) -> Iterator[DateAttribute]:
    """The historical dates of a model or of an instance, inherited ones included, in the order of its columns."""
    cls = model if isinstance(model, type) else type(model)
    for column in cls._meta.concrete_fields:
        attribute = getattr(cls, column.name.removesuffix("_edtf"), None) if column.name.endswith("_edtf") else None
        if isinstance(attribute, DateAttribute):
            yield attribute


def date_constraints(name: str, prefix: str) -> models.CheckConstraint:
    """A constraint for ``Meta.constraints``: the bounds of the date ``name`` are in order.

    ``prefix`` makes the constraint's name one of its kind in the database; "%(class)s" on an abstract model.
    """
    earliest, latest = f"{name}_earliest", f"{name}_latest"
    return models.CheckConstraint(
        condition=Q(**{f"{earliest}__isnull": True}) | Q(**{f"{latest}__isnull": True}) | Q(**{f"{earliest}__lte": F(latest)}),
        name=f"{prefix}_{name}_in_order",
        violation_error_message=_("The earliest day of a date cannot be after its latest."),
    )


def clean_historical_dates(instance: models.Model) -> None:
    """Complete and check every historical date of a model instance; a model's ``clean()`` calls it.

    Where words stand without EDTF they are read, the calendar with them; the EDTF is normalised and the bounds are set.
    Raises ``ValidationError`` on the ``…_text`` column for words that cannot be read, on the ``…_edtf`` column for what
    is not EDTF and for an EDTF that has no day in common with what the words beside it say.
    """
    errors: dict[str, ValidationError] = {}
    for attribute in historical_dates(instance):
        column, error = _clean(instance, attribute)
        if error:
            errors[column] = error
    if errors:
        raise ValidationError(errors)


def _clean(instance: models.Model, attribute: DateAttribute) -> tuple[str, ValidationError | None]:
    """Complete one date; the column at fault and the error, or ``None``."""
    date, name = attribute.fget(instance), attribute.name  # type: ignore[misc]
    words, edtf, calendar = date.written.strip(), date.edtf.strip(), date.calendar
    column = f"{name}_edtf"
    try:
        if edtf:
            value = parse(edtf)
            if words and (problem := disagreement(words, value, calendar)):
                return column, _as_validation_error(problem)
        elif words:
            column = f"{name}_text"
            reading = read(words, calendar)
            value, calendar = reading.edtf, reading.calendar
        else:
            value = None
    except DateError as error:
        return column, _as_validation_error(error)
    if value is None and calendar == JULIAN:
        calendar = GREGORIAN
    setattr(instance, name, HistoricalDate(words, value.text if value else "", calendar, date.note))
    return column, None


def _as_validation_error(error: DateError) -> ValidationError:
    return ValidationError(error.message, code="date", params=error.params or None)
