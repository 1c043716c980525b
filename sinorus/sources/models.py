"""Source; the abstract Citation and Account with their concrete forms for the vocabulary; Assessment."""

from __future__ import annotations

from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinorus.dates.fields import HistoricalDateField, clean_historical_dates, date_constraints
from sinorus.publishing.models import Record
from sinorus.publishing.parts import lacking
from sinorus.search.fields import SearchField, titles
from sinorus.vocab.models import Actor, Formula, Place, Side, Theme

from .querysets import AssessmentQuerySet, EvidenceQuerySet, SourceQuerySet


class Source(Record):
    """A published text that claims rest on, described as CSL describes it. A newspaper issue needs no address."""

    PREFIX = "S"
    search_fields = [
        *titles(),
        SearchField("original_title", "A", "@lang", "title"),
        SearchField("authors", "B", "@lang"),
        SearchField("container", "C", "@lang"),
        SearchField("summary", "C", "en"),
        SearchField("publisher", "D", "@lang"),
        SearchField("publisher_place", "D"),
        SearchField("number", "D"),
        SearchField("issued_edtf", "D"),
    ]
    search_ties = ("-issued_earliest",)

    class Kind(models.TextChoices):
        """Item types of the Citation Style Language 1.0.2."""

        BOOK = "book", _("Book")
        CHAPTER = "chapter", _("Chapter")
        JOURNAL = "article-journal", _("Journal article")
        NEWSPAPER = "article-newspaper", _("Newspaper article")
        MAGAZINE = "article-magazine", _("Magazine article")
        TREATY = "treaty", _("Treaty text")
        REPORT = "report", _("Report or official document")
        WEBPAGE = "webpage", _("Web page")
        ENCYCLOPEDIA = "entry-encyclopedia", _("Encyclopaedia entry")
        DOCUMENT = "document", _("Other document")

    class Standing(models.TextChoices):
        OFFICIAL = "official", _("Official text")
        ARCHIVE = "archive", _("Archival document")
        SCHOLARSHIP = "scholarship", _("Scholarship")
        MEMOIR = "memoir", _("Memoir")
        PRESS = "press", _("Press")
        REFERENCE = "reference", _("Work of reference")
        MIRROR = "mirror", _("Mirror or copy")
        OTHER = "other", _("Other")

    class LinkState(models.TextChoices):
        """What was found when its address was last asked, by ``manage.py check_links`` and never on a request."""

        ALIVE = "alive", pgettext_lazy("link", "Answers")
        GONE = "gone", pgettext_lazy("link", "Gone")
        SILENT = "silent", pgettext_lazy("link", "Does not answer")
        CLOSED = "closed", pgettext_lazy("link", "Refuses programs")
        UNSAFE = "unsafe", pgettext_lazy("link", "Not asked: leads where it may not")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.WEBPAGE, help_text=_("Item type of CSL."))
    standing = models.CharField(
        _("standing"),
        max_length=12,
        choices=Standing,
        default=Standing.OTHER,
        help_text=_("How near it is to what it reports; records that rest on mirrors alone want a better source."),
    )
    origin = models.CharField(
        _("origin"), max_length=8, choices=Side, default=Side.THIRD, help_text=_("From which side of the relation the text comes.")
    )
    language = models.CharField(_("language"), max_length=8, blank=True, help_text=_("ISO 639 code of the text, such as zh."))
    authors = models.TextField(_("authors"), blank=True, help_text=_("One a line, “Family, Given”; an institution without a comma."))
    original_title = models.CharField(
        _("original title"), max_length=400, blank=True, help_text=_("As printed, when the title above is a translation.")
    )
    container = models.CharField(_("in"), max_length=300, blank=True, help_text=_("Newspaper, journal, book or site that it appeared in."))
    publisher = models.CharField(_("publisher"), max_length=300, blank=True, help_text=_("Who published it."))
    publisher_place = models.CharField(_("place of publication"), max_length=120, blank=True, help_text=_("City."))
    issued = HistoricalDateField(_("issued"), help_text=_("When it was published; empty means not seen."))
    number = models.CharField(_("number"), max_length=120, blank=True, help_text=_("Volume, issue or document symbol, such as A/51/127."))
    pages = models.CharField(_("pages"), max_length=60, blank=True, help_text=_("Of a chapter or an article."))
    url = models.CharField(_("address"), max_length=1000, blank=True, help_text=_("http or https; empty for print alone."))
    archive_url = models.CharField(_("archived copy"), max_length=1000, blank=True, help_text=_("Address of an archived copy."))
    accessed = models.DateField(_("read on"), null=True, blank=True, help_text=_("The day on which the page was read."))
    link_state = models.CharField(
        _("link"), max_length=8, choices=LinkState, blank=True, editable=False, help_text=_("Found by check_links; empty: not asked yet.")
    )
    link_since = models.DateField(_("link so since"), null=True, editable=False, help_text=_("The day on which this was found first."))
    link_checked = models.DateField(_("link last asked"), null=True, editable=False, help_text=_("The day on which it was asked last."))
    link_address = models.CharField(
        _("address asked"), max_length=1000, blank=True, editable=False, help_text=_("What was found is said of this address alone.")
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("title", "pk")
        constraints = [
            date_constraints("issued", "source"),
            models.CheckConstraint(condition=Q(origin__in=("chinese", "russian", "third")), name="source_origin_known"),
        ]
        indexes = [models.Index(fields=["status", "id", "issued_earliest"], name="source_ranked")]  # search ranks without reading rows

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)
        for name in ("url", "archive_url"):
            if (value := getattr(self, name)) and not value.startswith(("http://", "https://")):
                raise ValidationError({name: _("“%(value)s”: an address begins with http:// or https://.") % {"value": value[:80]}})

    @property
    def author_names(self) -> list[str]:
        """Authors in reading order of names: "Akira Ishii"."""
        names = []
        for line in self.authors.splitlines():
            family, comma, given = (part.strip() for part in line.partition(","))
            names.append(f"{given} {family}" if comma else family)
        return [name for name in names if name]

    @property
    def link_is_dead(self) -> bool:
        """Whether its address, as it is now, did not lead to the text when it was last asked."""
        return self.link_address == self.url and self.link_state in (self.LinkState.GONE, self.LinkState.SILENT)

    def claims(self) -> list[dict[str, Any]]:
        """Public records that rest on this source, with the citations and accounts: what falls if it is wrong."""
        found: dict[tuple[str, int], dict[str, Any]] = {}
        claiming = {one.get_accessor_name(): one for one in self._meta.related_objects if getattr(one.related_model, "CLAIM_OF", "")}
        none = lacking(self, tuple(claiming))
        for name, relation in claiming.items():
            if name not in none:
                path = relation.related_model.CLAIM_OF
                seen = {f"{one}__status": "published" for one in (path, *getattr(relation.related_model, "CLAIM_SEEN_WITH", ()))}
                rows = getattr(self, name).filter(**seen).select_related(path)
                for row in rows:
                    record = reduce(getattr, path.split("__"), row)
                    found.setdefault((record._meta.label, record.pk), {"record": record, "rows": []})["rows"].append(row)
        return sorted(found.values(), key=lambda claim: (claim["record"]._meta.label, claim["record"].title))

    @property
    def lang(self) -> str:
        """The ``lang`` of the original title."""
        return {"zh": "zh-Hans"}.get(self.language, self.language)


class Evidence(models.Model):
    """What a citation and an account share. Concrete forms add the foreign key ``record``.

    ``CLAIM_OF`` is the path to the record that rests on the source. Other models with a source may have one too, and name with
    ``CLAIM_SEEN_WITH`` what else must be public.
    """

    CLAIM_OF = "record"

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="%(app_label)s_%(class)ss",
        verbose_name=_("source"),
        help_text=_("What it rests on. A cited source cannot be deleted."),
    )
    locator = models.CharField(
        _("locator"), max_length=250, blank=True, help_text=_("Where in the source: page, article, paragraph, note.")
    )
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("What else a reader should know."))
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order on the page, from 0."))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.source}, {self.locator}" if self.locator else str(self.source)


class Citation(Evidence):
    """A source that supports a whole record, or the named part of it."""

    supports = models.CharField(
        _("supports"),
        max_length=60,
        blank=True,
        help_text=_("The part it supports: date, place, title_zh, article-9 …; empty means the whole record."),
    )
    quotation = models.TextField(_("quotation"), blank=True, help_text=_("A short quotation, where the words matter."))
    quotation_language = models.CharField(_("its language"), max_length=8, blank=True, help_text=_("ISO 639 code."))

    class Meta(Evidence.Meta):
        abstract = True
        verbose_name = _("citation")
        verbose_name_plural = _("citations")

    @property
    def supported_name(self) -> Any:
        """What it supports, in the reader's language, when it attests a name and nothing else; else nothing."""
        return {"title_zh": _("the name in Chinese"), "title_ru": _("the name in Russian")}.get(self.supports, "")


class Account(Evidence):
    """What one source says of a field on which sources disagree. Rows with the same value support each other."""

    field = models.CharField(_("about"), max_length=120, help_text=_("date, place, title …, or a few words: “soviet losses”."))
    value = models.CharField(_("value"), max_length=500, help_text=_("What this source says."))
    preferred = models.BooleanField(_("preferred"), default=False, help_text=_("Tick when the record follows this value."))
    reason = models.CharField(_("reason"), max_length=400, blank=True, help_text=_("Why it is preferred."))

    class Meta(Evidence.Meta):
        abstract = True
        verbose_name = _("account")
        verbose_name_plural = _("accounts that disagree")


class ActorCitation(Citation):
    """A citation of an actor's record."""

    record = models.ForeignKey(Actor, models.CASCADE, related_name="citations", verbose_name=_("actor"), help_text=_("What it supports."))


class PlaceCitation(Citation):
    """A citation of a place's record."""

    record = models.ForeignKey(Place, models.CASCADE, related_name="citations", verbose_name=_("place"), help_text=_("What it supports."))


class FormulaCitation(Citation):
    """A citation of a formula; with a quotation it attests a wording in that language."""

    record = models.ForeignKey(
        Formula, models.CASCADE, related_name="citations", verbose_name=_("formula"), help_text=_("What it supports.")
    )


class FormulaAccount(Account):
    """A rival dating or wording of a formula."""

    record = models.ForeignKey(
        Formula, models.CASCADE, related_name="accounts", verbose_name=_("formula"), help_text=_("What it is about.")
    )


class Assessment(Record):
    """What somebody held of something, in our words, attributed and dated. The claim is the summary."""

    PREFIX = "M"
    SEEN_WITH = ("holder", "source")
    search_fields = [
        *titles(),
        SearchField("summary", "C", "en"),
        SearchField("office", "D", "en"),
        SearchField("date_edtf", "D"),
    ]
    search_ties = ("-date_earliest",)

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports")
        CRITICISES = "criticises", _("Criticises")
        WARNS = "warns", _("Warns")
        EXPLAINS = "explains", _("Explains")
        PREDICTS = "predicts", _("Predicts")
        DENIES = "denies", _("Denies")
        DESCRIBES = "describes", _("Describes")

    holder = models.ForeignKey(Actor, models.PROTECT, related_name="assessments", verbose_name=_("holder"), help_text=_("Who held it."))
    office = models.CharField(_("office"), max_length=200, blank=True, help_text=_("The holder's office on that day."))
    date = HistoricalDateField(_("date"), help_text=_("When it was said or written; empty means not seen."))
    stance = models.CharField(
        _("stance"), max_length=12, choices=Stance, default=Stance.DESCRIBES, help_text=_("What the holder does towards the matter.")
    )
    topic = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("topic"),
        help_text=_("The theme it is about."),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="assessments", verbose_name=_("source"), help_text=_("Where it is reported.")
    )
    locator = models.CharField(_("locator"), max_length=250, blank=True, help_text=_("Where in the source."))

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ("date_earliest", "pk")
        constraints = [date_constraints("date", "assessment")]

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)
