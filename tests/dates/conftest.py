"""A throw-away model with historical dates, in no registry but its own, and its table."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from django.utils.translation import gettext_lazy as _

from sinorus.dates.fields import HistoricalDateField, clean_historical_dates, date_constraints

with isolate_apps("sinorus.dates"):

    class Dated(models.Model):
        """What records share."""

        title = models.CharField("title", max_length=50, blank=True)
        date = HistoricalDateField(_("date"), help_text=_("When it took place."))
        after = models.CharField("after", max_length=5, blank=True)

        class Meta:
            abstract = True
            app_label = "dates"
            constraints: ClassVar = [date_constraints("date", "%(class)s")]

        def __str__(self) -> str:
            return self.title

        def clean(self) -> None:
            clean_historical_dates(self)

    class Visit(Dated):
        """A record with two dates, one inherited."""

        ended = HistoricalDateField()

        class Meta(Dated.Meta):
            abstract = False

    class Renamed(Dated):
        """A record that declares the inherited date anew."""

        date = HistoricalDateField(_("day"), help_text=_("Another help."))

        class Meta(Dated.Meta):
            abstract = False


@pytest.fixture(scope="session")
def visit_table(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The table of ``Visit``, for as long as the tests run."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with connection.schema_editor() as editor:
            editor.create_model(Visit)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Visit)


@pytest.fixture
def visit(db: None, visit_table: None) -> type[Visit]:
    """The model, with its table there and empty."""
    return Visit


@pytest.fixture
def renamed() -> type[Renamed]:
    """The model that declares its date anew; it has no table."""
    return Renamed
