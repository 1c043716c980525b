"""Actors, the offices they held and whom they succeeded; places; themes; formulas."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinorus.dates.fields import HistoricalDateField, clean_historical_dates, date_constraints
from sinorus.dates.value import HistoricalDate
from sinorus.publishing.models import Record
from sinorus.publishing.names import Name
from sinorus.search.fields import SearchField, titles

from .querysets import ActorQuerySet, FormulaQuerySet, PlaceQuerySet, SuccessionQuerySet


class Side(models.TextChoices):
    """Whose side of the relation: an actor's, or a source's origin."""

    CHINESE = "chinese", _("Chinese")
    RUSSIAN = "russian", _("Russian")
    THIRD = "third", _("Third party")


class Actor(Record):
    """A state, an organisation or a person that takes part."""

    PREFIX = "A"
    PARTS = ("names", "offices", "succeeds_links", "citations")
    search_fields = [
        *titles(),
        SearchField("names.text", "B", "@lang", "name"),
        SearchField("sort_name", "B", "en"),
        SearchField("summary", "C", "en"),
        SearchField("offices.title", "C", "en"),
        SearchField("offices.title_zh", "C", "zh"),
        SearchField("offices.title_ru", "C", "ru"),
    ]

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        ORGANISATION = "organisation", _("Organisation")
        PERSON = "person", _("Person")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, db_index=True, help_text=_("State, organisation or person."))
    side = models.CharField(
        _("side"),
        max_length=8,
        choices=Side,
        default=Side.THIRD,
        help_text=_("Follows from the state itself, or from the state in whose office the person stood. Soviet counts as Russian."),
    )
    sort_name = models.CharField(
        _("sort name"), max_length=200, blank=True, help_text=_("Of a person: family name first, such as “Yeltsin, Boris”.")
    )
    life = HistoricalDateField(
        _("life or existence"), help_text=_("Birth/death of a person, founding/end of a state or body, as an interval.")
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ("sort_name", "title", "pk")
        constraints = [
            date_constraints("life", "actor"),
            models.CheckConstraint(condition=Q(kind__in=("state", "organisation", "person")), name="actor_kind_known"),
            models.CheckConstraint(condition=Q(side__in=("chinese", "russian", "third")), name="actor_side_known"),
        ]

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)

    def offices_on(self, date: HistoricalDate) -> list[Tenure]:
        """Offices that the person certainly held at some time within a date; none where either is open. Wants ``offices``."""
        return [office for office in self.offices.all() if office.covers(date)]


class ActorName(Name):
    """Another name of an actor."""

    record = models.ForeignKey(Actor, models.CASCADE, related_name="names", verbose_name=_("actor"), help_text=_("Whose name it is."))


class Succession(models.Model):
    """One state or body took the place of another."""

    predecessor = models.ForeignKey(
        Actor, models.CASCADE, related_name="succeeded_by_links", verbose_name=_("predecessor"), help_text=_("The one before.")
    )
    successor = models.ForeignKey(
        Actor, models.CASCADE, related_name="succeeds_links", verbose_name=_("successor"), help_text=_("The one after.")
    )
    date = HistoricalDateField(_("date"), help_text=_("When it took the place."))

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ("date_earliest", "pk")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)


class Tenure(models.Model):
    """An office that a person held from one date to another."""

    person = models.ForeignKey(Actor, models.CASCADE, related_name="offices", verbose_name=_("person"), help_text=_("Who held it."))
    title = models.CharField(_("title"), max_length=200, help_text=_("Name of the office in English."))
    title_zh = models.CharField(_("title in Chinese"), max_length=200, blank=True, help_text=_("Empty means not known."))
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True, help_text=_("Empty means not known."))
    of = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officers",
        verbose_name=_("of"),
        help_text=_("The state or body whose office it is."),
    )
    start = HistoricalDateField(_("from"), help_text=_("When the office was taken; empty means not seen."))
    end = HistoricalDateField(_("to"), help_text=_("When it was left; empty means not seen, unless it is still held."))
    ongoing = models.BooleanField(_("still held"), default=False, help_text=_("Tick when the office is held to this day."))

    class Meta:
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        ordering = ("start_earliest", "pk")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)
        if self.ongoing and self.end:
            raise ValidationError({"ongoing": _("An office that is still held has no end.")})
        if self.start.earliest and self.end.latest and self.end.latest < self.start.earliest:
            raise ValidationError({"end_edtf": _("The office ends before it begins.")})

    def covers(self, date: HistoricalDate) -> bool:
        """Whether the office was held, for certain, on some day of the date: taken by its end, not left before it began."""
        if not date.earliest or not date.latest or not self.start.latest or self.start.latest > date.latest:
            return False
        return self.ongoing or (self.end.earliest is not None and self.end.earliest >= date.earliest)

    @property
    def local_title(self) -> str:
        """The name of the office in the reader's language, or else in English."""
        return getattr(self, f"title_{(get_language() or 'en')[:2]}", "") or self.title


class Place(Record):
    """Where something happened: a city, a river, a region, a country."""

    PREFIX = "P"
    PARTS = ("names", "citations")
    search_fields = [
        *titles(),
        SearchField("names.text", "B", "@lang", "name"),
        SearchField("summary", "C", "en"),
    ]

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        SITE = "site", _("Site")
        ISLAND = "island", _("Island")
        RIVER = "river", _("River")
        REGION = "region", _("Region")
        SEA = "sea", _("Sea")
        COUNTRY = "country", _("Country")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, help_text=_("What sort of place it is."))
    within = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("within"),
        help_text=_("The place it lies in today; a filter for that one takes it in."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, WGS 84."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, WGS 84."),
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(within=F("pk")), name="place_not_within_itself"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_coordinates_both_or_none",
            ),
        ]


class PlaceName(Name):
    """Another name of a place."""

    record = models.ForeignKey(Place, models.CASCADE, related_name="names", verbose_name=_("place"), help_text=_("What it names."))


class Theme(Record):
    """What an event or an instrument is about."""

    PREFIX = "H"
    search_fields = [*titles(), SearchField("summary", "C", "en")]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("title", "pk")


class Formula(Record):
    """The words by which the two states officially named their relation ("strategic partnership")."""

    PREFIX = "F"
    PARTS = ("citations", "accounts")
    search_fields = [
        *titles(),
        SearchField("summary", "C", "en"),
        SearchField("change", "C", "en"),
        SearchField("proposal", "D", "en"),
    ]

    class Type(models.TextChoices):
        PRELUDE = "prelude", _("Prelude")
        RUNG = "rung", _("Step")
        VARIANT = "variant", _("Variant")
        SLOGAN = "slogan", _("Slogan")

    type = models.CharField(
        _("type"), max_length=8, choices=Type, help_text=_("A step of the ladder, a variant of one, what came before, or a slogan.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Place on the ladder, from 1 upwards."))
    proposer = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed_formulas",
        verbose_name=_("proposed by"),
        help_text=_("Who brought it in, where one name is followed here; rival names stand in the accounts."),
    )
    proposal = models.CharField(
        _("proposal"), max_length=400, blank=True, help_text=_("How and when it was proposed, in our words; empty means not seen.")
    )
    change = models.TextField(
        _("what changed"), blank=True, help_text=_("What it says that the step before it did not, and what it dropped, in our words.")
    )

    objects = FormulaQuerySet.as_manager()

    class Meta:
        verbose_name = _("formula")
        verbose_name_plural = _("formulas")
        ordering = ("position", "pk")
