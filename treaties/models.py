"""Treaty: any written instrument, with its parties, dates and links to others. Its text is in ``articles``."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.models import Event
from sinorus.dates.fields import HistoricalDateField, clean_historical_dates, date_constraints
from sinorus.publishing.markdown import render
from sinorus.publishing.models import Record
from sinorus.search.fields import SearchField, titles
from sinorus.sources.models import Account, Assessment, Citation, Source
from sinorus.vocab.models import Actor, Formula, Place, Theme

from .articles import Article, Provision  # noqa: F401 - models of this app
from .life import End, Judgement, Status, WorkingLife, lapse, possible_statuses, status_on  # noqa: F401
from .querysets import FormulaUseQuerySet, PartQuerySet, TreatyQuerySet
from .registers import Registration, TreatyLanguage, TreatyName  # noqa: F401
from .relations import Relation, TreatyLink  # noqa: F401


class Treaty(Record):
    """A written instrument, from the treaty of Nerchinsk to a joint statement of today."""

    PREFIX = "T"
    PARTS = (
        "names",
        "party_links",
        "signatures",
        "articles",
        "working_life",
        "citations",
        "accounts",
        "links",
        "formula_uses",
        "registrations",
        "languages",
    )
    NEEDS_SOURCE = True
    search_fields = [
        *titles(),
        SearchField("names.text", "B", "@lang", "name"),
        SearchField("summary", "C", "en"),
        SearchField("articles.heading", "C", "en", anchor="anchor"),
        SearchField("articles.summary", "C", "en", anchor="anchor"),
        SearchField("articles.quotation", "C", "@quotation_language", anchor="anchor"),
        SearchField("body", "D", "en", "markdown"),
        SearchField("status_note", "D", "en"),
        SearchField("place_note", "D", "en"),
        SearchField("signed_edtf", "D"),
        SearchField("registrations.register", "D"),
        SearchField("registrations.number", "D"),
    ]
    search_ties = ("-signed_earliest",)

    class Kind(models.TextChoices):
        """A closed list; a new kind is a decision recorded in docs/decisions."""

        TREATY = "treaty", _("Treaty")
        AGREEMENT = "agreement", _("Agreement")
        PROTOCOL = "protocol", _("Protocol")
        CONVENTION = "convention", _("Convention")
        JOINT_STATEMENT = "joint-statement", _("Joint statement")
        DECLARATION = "declaration", _("Declaration")
        COMMUNIQUE = "communique", _("Communiqué")
        MEMORANDUM = "memorandum", _("Memorandum")
        NOTE = "note", _("Exchange of notes")

    class Binding(models.TextChoices):
        BINDING = "binding", _("Legally binding")
        POLITICAL = "political", _("Political")

    class Coded(models.TextChoices):
        NONE = "none", _("Not coded")
        PARTIAL = "partial", _("In part")
        FULL = "full", _("In full")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True, db_index=True, help_text=_("The form of the instrument."))
    binding = models.CharField(
        _("force"),
        max_length=10,
        choices=Binding,
        blank=True,
        db_index=True,
        help_text=_("Whether it creates obligations in law. A political text does not enter into force."),
    )
    signed = HistoricalDateField(_("signed"), help_text=_("When it was signed or adopted. Required to publish."))
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="treaties",
        verbose_name=_("place"),
        help_text=_("Where it was signed; empty means not recorded."),
    )
    place_note = models.CharField(_("place note"), max_length=200, blank=True, help_text=_("“Kremlin”, “by video link” …"))
    in_force = HistoricalDateField(_("in force since"), help_text=_("Entry into force; empty means not seen."))
    unperfected = models.BooleanField(
        _("never in force"),
        default=False,
        help_text=_("Tick when it is known that it never entered into force: ratification was refused …"),
    )
    terminated = HistoricalDateField(_("terminated"), help_text=_("End of force; empty means not seen or none."))
    end = models.CharField(
        _("how it ended"), max_length=10, choices=End, blank=True, help_text=_("Expired, terminated or superseded; empty means not known.")
    )
    ended_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ends",
        verbose_name=_("ended by"),
        help_text=_("The instrument that superseded or terminated it."),
    )
    term_years = models.PositiveSmallIntegerField(
        _("term"), null=True, blank=True, help_text=_("Years that it was concluded for; empty means none stated or not seen.")
    )
    renews = models.BooleanField(
        _("renews itself"), default=False, help_text=_("Tick when it is prolonged of itself unless a party gives notice.")
    )
    renewal = models.CharField(_("renewal clause"), max_length=300, blank=True, help_text=_("How it may be prolonged, in our words."))
    term_ends = models.DateField(
        _("end of the last known term"),
        null=True,
        blank=True,
        help_text=_("With prolongations, as far as known; empty: entry into force and the term in years."),
    )
    lapses = models.DateField(
        editable=False, null=True, blank=True, help_text=_("Computed: the day after which its status is unknown unless an end is recorded.")
    )
    status_note = models.CharField(_("status in words"), max_length=400, blank=True, help_text=_("What sources say of its legal life."))
    signed_at = models.ForeignKey(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="treaties",
        verbose_name=_("signed at"),
        help_text=_("The event at which it was signed or adopted."),
    )
    coded = models.CharField(
        _("articles coded"),
        max_length=8,
        choices=Coded,
        default=Coded.NONE,
        help_text=_("How much of its text the articles below cover; only of a text coded in full can a topic be called absent."),
    )
    body = models.TextField(_("text"), blank=True, help_text=_("More than the summary, in Markdown."))
    body_html = models.TextField(editable=False, blank=True, help_text=_("Made from the text when the record is saved."))
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="treaties", verbose_name=_("themes"), help_text=_("What it is about; one to five.")
    )
    assessments = models.ManyToManyField(
        Assessment, blank=True, related_name="treaties", verbose_name=_("assessments"), help_text=_("What was held of it, by whom.")
    )
    formulas = models.ManyToManyField(Formula, through="FormulaUse", related_name="treaties", verbose_name=_("formulas"))
    parties = models.ManyToManyField(Actor, through="Party", related_name="treaties", verbose_name=_("parties"))
    signatories = models.ManyToManyField(
        Actor,
        through="Signature",
        through_fields=("treaty", "actor"),
        related_name="signed_treaties",
        verbose_name=_("signatories"),
    )

    objects = TreatyQuerySet.as_manager()

    class Meta:
        verbose_name = _("treaty")
        verbose_name_plural = _("treaties")
        ordering = ("-signed_earliest", "-signed_latest", "-pk")
        constraints = [
            date_constraints("signed", "treaty"),
            date_constraints("in_force", "treaty"),
            date_constraints("terminated", "treaty"),
            models.CheckConstraint(condition=~Q(status="published") | Q(binding__in=("binding", "political")), name="treaty_binding_known"),
            models.CheckConstraint(
                condition=~Q(binding="political") | Q(in_force_edtf="", terminated_edtf=""), name="treaty_political_has_no_force"
            ),
            models.CheckConstraint(condition=Q(unperfected=False) | Q(in_force_edtf=""), name="treaty_never_in_force_has_no_date"),
            models.CheckConstraint(condition=Q(end="") | ~Q(terminated_edtf=""), name="treaty_end_has_a_date"),
            models.CheckConstraint(
                condition=~Q(status="published") | (~Q(signed_edtf="") & ~Q(summary="")), name="treaty_published_is_dated_and_summed_up"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "signed_earliest", "signed_latest"], name="treaty_public_by_date"),
            models.Index(fields=["status", "id", "signed_earliest"], name="treaty_ranked"),  # search ranks without reading rows
        ]

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)
        problems = self.lacks() if self.is_public else {}
        if self.binding == self.Binding.POLITICAL and (self.in_force or self.terminated):
            problems["binding"] = _("A political text does not enter into force; empty those dates or call it binding.")
        if self.end and not self.terminated:
            problems["end"] = _("Say when it ended.")
        if problems:
            raise ValidationError(problems)
        render(self.body)

    def lacks(self) -> dict[str, Any]:
        needed = {
            "kind": (self.kind, _("A published instrument needs a kind.")),
            "binding": (self.binding, _("Say whether it binds in law.")),
            "signed_text": (self.signed, _("A published instrument needs the date on which it was signed.")),
            "summary": (self.summary, _("A published instrument needs a summary.")),
        }
        return {name: message for name, (value, message) in needed.items() if not value}

    def derive(self) -> None:
        self.body_html = render(self.body) if self.body else ""
        self.lapses = lapse(self)

    def save(self, *args: object, **kwargs: object) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def status_on(self, on: datetime.date | None = None) -> Judgement:
        """The legal status on a day, today unless given, with the reason. Wants ``for_page``."""
        return status_on(self, on or datetime.date.today())

    @property
    def present_status(self) -> str:
        """The legal status today in a word, as a row of a list shows it."""
        return str(Status(possible_statuses(self, datetime.date.today())[0]).label)

    @property
    def public_signed_at(self) -> Event | None:
        """The event at which it was signed, if readers see it."""
        return self.signed_at if self.signed_at and self.signed_at.is_public else None

    @cached_property
    def relations(self) -> list[Relation]:
        """Each relation, read from here; those of others read backwards. Wants ``for_page``; every article of the page asks for them."""
        own = [
            Relation(link.type, str(link.get_type_display()), link.target, link.article, link.target_article) for link in self.public_links
        ]
        return own + [
            Relation(link.type, link.reverse_label, link.treaty, link.target_article, link.article) for link in self.public_links_to
        ]


class Party(models.Model):
    """A state or body bound by the instrument, or speaking in it."""

    PARTS = ("actions",)

    treaty = models.ForeignKey(Treaty, models.CASCADE, related_name="party_links", verbose_name=_("treaty"), help_text=_("Of what."))
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="party_links", verbose_name=_("party"), help_text=_("Who."))
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order on the page, from 0."))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["treaty", "actor"], name="party_once")]

    def __str__(self) -> str:
        return str(self.actor)


class PartyAction(models.Model):
    """What one party did about the instrument, and when."""

    CLAIM_OF = "party__treaty"
    CLAIM_SEEN_WITH = ("party__actor",)

    class Type(models.TextChoices):
        SIGNED = "signed", _("Signed")
        RATIFIED = "ratified", _("Ratified")
        APPROVED = "approved", _("Approved")
        EXCHANGED = "exchanged", _("Instruments exchanged")
        IN_FORCE = "in-force", _("Entered into force")
        NOTIFIED = "notified", _("Notified")
        DENOUNCED = "denounced", _("Denounced")
        EXTENDED = "extended", _("Extended")
        EXPIRED = "expired", _("Expired")

    party = models.ForeignKey(Party, models.CASCADE, related_name="actions", verbose_name=_("party"), help_text=_("Who acted."))
    type = models.CharField(_("act"), max_length=10, choices=Type, help_text=_("What it did."))
    date = HistoricalDateField(_("date"), help_text=_("When."))
    note = models.CharField(_("note"), max_length=250, blank=True, help_text=_("The organ that acted, or what else matters."))
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="party_actions",
        verbose_name=_("source"),
        help_text=_("What the date rests on; empty: the citations of the instrument."),
    )
    locator = models.CharField(_("locator"), max_length=250, blank=True, help_text=_("Where in the source."))

    class Meta:
        verbose_name = _("act of a party")
        verbose_name_plural = _("acts of parties")
        ordering = ("date_earliest", "pk")

    def __str__(self) -> str:
        return f"{self.party}: {self.get_type_display()}"

    @property
    def supports(self) -> str:
        """What of the record rests on the source, as a page of the source says it."""
        return str(self)

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)


class Signature(models.Model):
    """A person who signed, for whom, and in which office."""

    treaty = models.ForeignKey(Treaty, models.CASCADE, related_name="signatures", verbose_name=_("treaty"), help_text=_("Of what."))
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="signatures", verbose_name=_("signatory"), help_text=_("Who signed."))
    party = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_for",
        verbose_name=_("for"),
        help_text=_("The party signed for."),
    )
    office = models.CharField(_("office"), max_length=200, blank=True, help_text=_("The office in which it was signed."))
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order on the page, from 0."))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["treaty", "actor"], name="signature_once")]

    def __str__(self) -> str:
        return str(self.actor)


class FormulaUse(models.Model):
    """An instrument uses a formula of the relation."""

    treaty = models.ForeignKey(Treaty, models.CASCADE, related_name="formula_uses", verbose_name=_("treaty"), help_text=_("Where."))
    formula = models.ForeignKey(Formula, models.PROTECT, related_name="uses", verbose_name=_("formula"), help_text=_("Which."))
    first = models.BooleanField(_("first use"), default=False, help_text=_("Tick when this is the first instrument that uses it."))
    wording = models.CharField(_("wording"), max_length=300, blank=True, help_text=_("The words as they stand there, in English."))

    objects = FormulaUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a formula")
        verbose_name_plural = _("uses of formulas")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["treaty", "formula"], name="formula_use_once"),
            models.UniqueConstraint(fields=["formula"], condition=Q(first=True), name="formula_first_used_once"),
        ]

    def __str__(self) -> str:
        return f"{self.formula}: {self.treaty}"


class TreatyCitation(Citation):
    """A citation of an instrument."""

    record = models.ForeignKey(Treaty, models.CASCADE, related_name="citations", verbose_name=_("treaty"), help_text=_("What it supports."))


class TreatyAccount(Account):
    """What one source says of an instrument where sources disagree."""

    record = models.ForeignKey(Treaty, models.CASCADE, related_name="accounts", verbose_name=_("treaty"), help_text=_("What it is about."))
