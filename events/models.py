"""Event, who took part in it, how it hangs together with others, and what it rests on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinorus.dates.errors import DateError
from sinorus.dates.fields import HistoricalDateField, clean_historical_dates, date_constraints
from sinorus.dates.filters import parse_partial
from sinorus.publishing.markdown import render
from sinorus.publishing.models import Record
from sinorus.search.fields import SearchField, titles
from sinorus.sources.models import Account, Assessment, Citation, Source
from sinorus.vocab.models import Actor, Formula, Place, Theme

from .querysets import CountClaimQuerySet, EventLinkQuerySet, EventQuerySet, ParticipationQuerySet


class Event(Record):
    """Something that happened: a summit, a statement, a crisis …"""

    PREFIX = "E"
    PARTS = ("participations", "citations", "accounts", "links")
    NEEDS_SOURCE = True
    search_fields = [
        *titles(),
        SearchField("summary", "C", "en"),
        SearchField("body", "D", "en", "markdown"),
        SearchField("place_note", "D", "en"),
        SearchField("date_edtf", "D"),
    ]
    search_ties = ("-importance", "-date_earliest")

    class Kind(models.TextChoices):
        """A closed list; a new kind is a decision recorded in docs/decisions."""

        SUMMIT = "summit", _("Summit")
        VISIT = "visit", _("Visit")
        MEETING = "meeting", _("Meeting")
        STATEMENT = "statement", _("Statement")
        SPEECH = "speech", _("Speech")
        SIGNING = "signing", _("Signing")
        CRISIS = "crisis", _("Crisis")
        CLASH = "clash", _("Clash")
        EXERCISE = "exercise", _("Military exercise")
        NEGOTIATION = "negotiation", _("Negotiation")
        INSTITUTION = "institution", _("Institution")
        LEADERSHIP_CHANGE = "leadership-change", _("Change of leadership")
        PUBLICATION = "publication", _("Publication")
        PROTEST = "protest", _("Protest")
        POLICY = "policy", _("Policy")
        ECONOMIC = "economic", _("Economic")
        ARMS_TRANSFER = "arms-transfer", _("Arms transfer")
        OTHER = "other", _("Other")

    class Importance(models.IntegerChoices):
        DETAIL = 1, pgettext_lazy("importance", "Detail")
        NOTABLE = 2, pgettext_lazy("importance", "Notable")
        ESSENTIAL = 3, pgettext_lazy("importance", "Essential")

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, blank=True, db_index=True, help_text=_("What sort of event it is. Required to publish.")
    )
    date = HistoricalDateField(_("date"), help_text=_("When it happened. Required to publish."))
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("place"),
        help_text=_("Where it happened; empty means not recorded."),
    )
    place_note = models.CharField(_("place note"), max_length=200, blank=True, help_text=_("“Kremlin”, “by video link” …"))
    importance = models.PositiveSmallIntegerField(
        _("importance"),
        choices=Importance,
        default=Importance.DETAIL,
        help_text=_("3: a reader of a short history must know it; 2: it matters; 1: a detail."),
    )
    body = models.TextField(_("text"), blank=True, help_text=_("More than the summary, in Markdown."))
    body_html = models.TextField(editable=False, blank=True, help_text=_("Made from the text when the record is saved."))
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="events", verbose_name=_("themes"), help_text=_("What it is about; one to five.")
    )
    formulas = models.ManyToManyField(
        Formula,
        blank=True,
        related_name="events",
        verbose_name=_("formulas"),
        help_text=_("Formulas of the relation that were proposed, used or changed."),
    )
    assessments = models.ManyToManyField(
        Assessment, blank=True, related_name="events", verbose_name=_("assessments"), help_text=_("What was held of it, by whom.")
    )
    actors = models.ManyToManyField(Actor, through="Participation", related_name="events", verbose_name=_("participants"))

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-date_earliest", "-date_latest", "-pk")
        constraints = [
            date_constraints("date", "event"),
            models.CheckConstraint(condition=Q(importance__in=(1, 2, 3)), name="event_importance_1_to_3"),
            models.CheckConstraint(
                condition=~Q(status="published") | (~Q(date_edtf="") & ~Q(summary="")), name="event_published_is_dated_and_summed_up"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "date_earliest", "date_latest"], name="event_public_by_date"),
            models.Index(fields=["status", "id", "importance", "date_earliest"], name="event_ranked"),  # search ranks without reading rows
        ]

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)
        if self.is_public and (lacking := self.lacks()):
            raise ValidationError(lacking)
        render(self.body)

    def lacks(self) -> dict[str, Any]:
        found = {}
        if not self.kind:
            found["kind"] = _("A published event needs a kind.")
        if not self.date:
            found["date_text"] = _("A published event needs a date.")
        if not self.summary:
            found["summary"] = _("A published event needs a summary.")
        return found

    def derive(self) -> None:
        self.body_html = render(self.body) if self.body else ""

    def save(self, *args: object, **kwargs: object) -> None:
        self.derive()
        super().save(*args, **kwargs)

    @property
    def relations(self) -> list[tuple[str, str, Any]]:
        """(type, label, target) of each relation, read from here; those of others read backwards. Wants ``for_page``."""
        own = [(link.type, link.get_type_display(), link.target) for link in self.public_links]
        return own + [(link.type, link.reverse_label, link.event) for link in self.public_links_to]


class MeetingKind(models.TextChoices):
    """The kinds of events at which two persons who took part are counted as having met."""

    SUMMIT = "summit", Event.Kind.SUMMIT.label
    VISIT = "visit", Event.Kind.VISIT.label
    MEETING = "meeting", Event.Kind.MEETING.label


class Participation(models.Model):
    """An actor took part in an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations", verbose_name=_("event"), help_text=_("In what."))
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="participations", verbose_name=_("actor"), help_text=_("Who took part."))
    role = models.CharField(_("role"), max_length=200, blank=True, help_text=_("Host, signatory, observer, object of a claim …"))
    office = models.CharField(
        _("office"), max_length=200, blank=True, help_text=_("The office that day, as the source gives it; else that of the office list.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order on the page, from 0."))

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["event", "actor"], name="participation_once")]

    def __str__(self) -> str:
        return str(self.actor)

    @property
    def office_that_day(self) -> str:
        """The office as the source gives it, or else as the person's dated offices say. Wants ``for_page`` of the event.

        Sources are told in English; in other languages the dated offices go first, as far as they have names in them.
        """
        if self.role and not self.office:
            return ""
        language = (get_language() or "en")[:2]
        held = self.actor.offices_on(self.event.date) if language != "en" or not self.office else []
        return "; ".join(one.local_title for one in held if not self.office or getattr(one, f"title_{language}")) or self.office


class EventLink(models.Model):
    """One event stands to another in a relation that reads both ways."""

    class Type(models.TextChoices):
        BACKGROUND_TO = "background-to", _("Background to")
        RESPONSE_TO = "response-to", _("Response to")
        LED_TO = "led-to", _("Led to")
        PART_OF = "part-of", _("Part of")
        SAME_SERIES = "same-series", _("Same series as")

    REVERSE_LABELS = {
        Type.BACKGROUND_TO: _("Against the background of"),
        Type.RESPONSE_TO: _("Met with"),
        Type.LED_TO: _("Followed from"),
        Type.PART_OF: _("Includes"),
        Type.SAME_SERIES: _("Same series as"),
    }

    event = models.ForeignKey(Event, models.CASCADE, related_name="links", verbose_name=_("event"), help_text=_("This event …"))
    type = models.CharField(_("relation"), max_length=14, choices=Type, help_text=_("… stands in this relation …"))
    target = models.ForeignKey(
        Event, models.CASCADE, related_name="links_to", verbose_name=pgettext_lazy("relation", "to"), help_text=_("… to that one.")
    )

    objects = EventLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to an event")
        verbose_name_plural = _("links to events")
        ordering = ("type", "pk")
        constraints = [
            models.UniqueConstraint(fields=["event", "type", "target"], name="event_link_once"),
            models.CheckConstraint(condition=~Q(event=F("target")), name="event_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.get_type_display()} {self.target}"

    @property
    def reverse_label(self) -> str:
        """The relation read from the target's side."""
        return str(self.REVERSE_LABELS[self.Type(self.type)])


class EventCitation(Citation):
    """A citation of an event."""

    record = models.ForeignKey(Event, models.CASCADE, related_name="citations", verbose_name=_("event"), help_text=_("What it supports."))


class EventAccount(Account):
    """What one source says of an event where sources disagree."""

    record = models.ForeignKey(Event, models.CASCADE, related_name="accounts", verbose_name=_("event"), help_text=_("What it is about."))


def validate_partial_date(value: str) -> None:
    """Refuse what a date filter would not take."""
    try:
        parse_partial(value)
    except DateError as error:
        raise ValidationError(error.message, code="date", params=error.params) from None


class CountClaim(models.Model):
    """How often two persons met, as a source counts; the record's own count is set beside it, never made to fit."""

    CLAIM_OF = "first"
    CLAIM_SEEN_WITH = ("second",)

    first = models.ForeignKey(
        Actor, models.PROTECT, related_name="count_claims", verbose_name=_("person"), help_text=_("One of the two, the Chinese side first.")
    )
    second = models.ForeignKey(
        Actor, models.PROTECT, related_name="count_claims_with", verbose_name=_("met"), help_text=_("The other of the two.")
    )
    since = models.CharField(
        _("from"), max_length=10, blank=True, validators=[validate_partial_date], help_text=_("A year, a month or a day; empty: from ever.")
    )
    until = models.CharField(
        _("until"), max_length=10, blank=True, validators=[validate_partial_date], help_text=_("The same, all of it included; empty: open.")
    )
    number = models.PositiveSmallIntegerField(
        pgettext_lazy("count", "number"), help_text=_("How many meetings the source counts in that time.")
    )
    words = models.CharField(
        _("in words"), max_length=300, help_text=_("What the source says, in our words: “met nine times from 1992 to 1999”.")
    )
    note = models.CharField(
        _("why the counts differ"),
        max_length=400,
        blank=True,
        help_text=_("What the source seems to count otherwise, if that can be told."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="count_claims", verbose_name=_("source"), help_text=_("Who counts so."))
    locator = models.CharField(_("locator"), max_length=250, blank=True, help_text=_("Where in the source."))

    objects = CountClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claimed number of meetings")
        verbose_name_plural = _("claimed numbers of meetings")
        ordering = ("since", "until", "pk")
        constraints = [models.CheckConstraint(condition=~Q(first=F("second")), name="count_claim_of_two")]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}: {self.number}"

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and parse_partial(self.since).earliest > parse_partial(self.until).latest:
            raise ValidationError({"until": _("The time ends before it begins.")})

    @property
    def supports(self) -> str:
        """What of the record rests on the source, as a page of the source says it."""
        return str(_("number of meetings with %(person)s") % {"person": self.second})
