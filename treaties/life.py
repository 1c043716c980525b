"""The legal life of an instrument: its status on any day, with the reason; and what sources say of its working life.

Law and practice are never mixed: ``status_on`` knows only dates of law, ``WorkingLife`` only what named sources say.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sinorus.dates.fields import HistoricalDateField, clean_historical_dates
from sinorus.dates.value import HistoricalDate
from sinorus.sources.models import Evidence

if TYPE_CHECKING:
    from .models import Treaty


class Status(models.TextChoices):
    """Legal status on a day."""

    IN_FORCE = "in-force", _("In force")
    NOT_YET = "not-yet", _("Not yet in force")
    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated")
    SUPERSEDED = "superseded", _("Superseded")
    NOT_APPLICABLE = "not-applicable", _("Does not enter into force")
    UNKNOWN = "unknown", _("Unknown")


class End(models.TextChoices):
    """How the force of an instrument ended; the words are those of Status."""

    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated")
    SUPERSEDED = "superseded", _("Superseded")


@dataclass(frozen=True)
class Judgement:
    """A status on a day. ``possible``: other statuses that imprecise dates leave open."""

    status: str
    on: datetime.date
    reason: str
    possible: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return str(Status(self.status).label)


def years_later(day: datetime.date, years: int) -> datetime.date | None:
    """The same day so many years later (29 February: the 28th); None beyond the year 9999."""
    if day.year + years > datetime.MAXYEAR:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def lapse(treaty: Treaty) -> datetime.date | None:
    """The day after which only a prolongation that is not recorded could have kept the instrument in force."""
    if treaty.terminated or treaty.renews:
        return None
    if treaty.term_ends:
        return treaty.term_ends
    return years_later(treaty.in_force.latest, treaty.term_years) if treaty.term_years and treaty.in_force.latest else None


def _reached(name: str, on: datetime.date, sure: bool) -> Q:
    """The date is recorded, and the day has reached it: for certain, or possibly. An open beginning may lie anywhere before."""
    bound = Q(**{f"{name}_latest__lte": on}) if sure else Q(**{f"{name}_earliest__lte": on}) | Q(**{f"{name}_earliest__isnull": True})
    return ~Q(**{f"{name}_edtf": ""}) & bound


def _before(name: str, on: datetime.date, sure: bool) -> Q:
    """The date is recorded, and the day lies before it. An open end may lie anywhere after."""
    bound = Q(**{f"{name}_earliest__gt": on}) if sure else Q(**{f"{name}_latest__gt": on}) | Q(**{f"{name}_latest__isnull": True})
    return ~Q(**{f"{name}_edtf": ""}) & bound


def status_q(status: str, on: datetime.date, match: str = "certain") -> Q:
    """Instruments that have a status on a day: for certain, or as far as imprecise dates leave it open ("possible").

    The rule, for a given day of entry into force and of end: ended from the end on; before that not yet in force until entry
    into force (or, where none is recorded, until signature); then in force, or unknown where none is recorded, or where the
    term has lapsed without a record of what followed. What is known never to have entered into force is not yet in force on any day.
    """
    if status == Status.NOT_APPLICABLE:
        return Q(binding="political")
    sure = match == "certain"
    binding = Q(binding="binding")
    if status in End.values:
        kinds = Q(end=status) | Q(end="") if status == End.TERMINATED else Q(end=status)
        return binding & _reached("terminated", on, sure) & kinds
    going = binding & (Q(terminated_edtf="") | _before("terminated", on, sure))
    silent, lapsed = Q(in_force_edtf=""), Q(lapses__isnull=False, lapses__lt=on)
    if status == Status.IN_FORCE:
        return going & _reached("in_force", on, sure) & (Q(lapses__isnull=True) | Q(lapses__gte=on))
    if status == Status.NOT_YET:
        return going & (_before("in_force", on, sure) | (silent & (Q(unperfected=True) | _before("signed", on, sure))))
    return going & ((silent & Q(unperfected=False) & _reached("signed", on, sure)) | (_reached("in_force", on, sure) & lapsed))


def lives_q(after: datetime.date | None, before: datetime.date | None, match: str = "possible") -> Q:
    """Instruments whose life meets a span of days, both ends included; None leaves an end of it open.

    A life runs from signature to the end of force; where no end is recorded, to the day on which the term lapses, or on. That of
    a political text is the day of its signature. ``match`` as in ``overlap``: "certain" wants it whatever imprecise dates mean.
    """
    sure = match == "certain"
    begun = lasts = Q()
    if before:
        begun = Q(signed_latest__lte=before) if sure else Q(signed_earliest__lte=before) | Q(signed_earliest__isnull=True)
    if after:
        signed = Q(signed_earliest__gte=after) if sure else Q(signed_latest__gte=after) | Q(signed_latest__isnull=True)
        ended = Q(terminated_earliest__gte=after) if sure else Q(terminated_latest__gte=after) | Q(terminated_latest__isnull=True)
        going = Q(binding="binding", terminated_edtf="") & (Q(lapses__isnull=True) | Q(lapses__gte=after))
        lasts = signed | (~Q(terminated_edtf="") & ended) | (going & ~Q(in_force_edtf="") if sure else going)
    return ~Q(signed_edtf="") & begun & lasts


def _can(date: HistoricalDate, on: datetime.date) -> tuple[bool, bool]:
    """(may the day have reached it, may the day lie before it) for a recorded date."""
    return date.earliest is None or date.earliest <= on, date.latest is None or date.latest > on


def possible_statuses(treaty: Treaty, on: datetime.date) -> list[str]:
    """Every status that the recorded dates leave open on a day, the likeliest first; one alone is certain."""
    if treaty.binding == "political":
        return [Status.NOT_APPLICABLE]
    ended, going = _can(treaty.terminated, on) if treaty.terminated else (False, True)
    found: list[str] = [str(treaty.end or End.TERMINATED)] if ended else []
    if going:
        start = treaty.in_force or treaty.signed
        begun, unbegun = (False, True) if treaty.unperfected else _can(start, on) if start else (True, False)
        lapsed = treaty.lapses is not None and treaty.lapses < on
        if begun:
            found.append(Status.IN_FORCE if treaty.in_force and not lapsed else Status.UNKNOWN)
        if unbegun:
            found.append(Status.NOT_YET)
    return found


def status_on(treaty: Treaty, on: datetime.date) -> Judgement:
    """The legal status on a day, with the reason in words. Wants ``for_page`` for the notices that the parties gave."""
    status, *others = possible_statuses(treaty, on)
    reason = _reason(treaty, status, on)
    return Judgement(status, on, gettext("possibly: %s") % reason if others else reason, tuple(others))


def _reason(treaty: Treaty, status: str, on: datetime.date) -> str:
    if status == Status.NOT_APPLICABLE:
        return gettext("a political text does not enter into force")
    if status == Status.NOT_YET:
        if treaty.unperfected:
            return gettext("it never entered into force")
        if treaty.in_force:
            return gettext("entered into force %(date)s") % {"date": treaty.in_force.text(genitive=True)}
        return gettext("signed %(date)s") % {"date": treaty.signed.text()}
    if status == Status.UNKNOWN:
        if treaty.in_force:
            return gettext("its term ended on %(day)s; neither a prolongation nor an end is recorded") % {"day": treaty.lapses.isoformat()}
        return gettext("no date of entry into force is recorded")
    return _in_force_reason(treaty) if status == Status.IN_FORCE else _end_reason(treaty)


def _in_force_reason(treaty: Treaty) -> str:
    head = gettext("entered into force %(date)s") if treaty.in_force.is_imprecise else gettext("in force since %(date)s")
    said = [head % {"date": treaty.in_force.text(genitive=True)}]
    if treaty.terminated:
        said.append(gettext("until %(date)s") % {"date": treaty.terminated.text(genitive=True)})
    elif treaty.renews and treaty.term_years:
        said.append(gettext("%(years)s-year term that renews itself") % {"years": treaty.term_years})
    elif treaty.lapses:
        said.append(gettext("its term runs to %(day)s") % {"day": treaty.lapses.isoformat()})
    else:
        said.append(gettext("no end is recorded"))
    return pgettext("between parts of a sentence", "; ").join(said)


def _end_reason(treaty: Treaty) -> str:
    """ "expired 1980: 30-year term, notice of 3 April 1979"."""
    words = {
        End.EXPIRED: gettext("expired %(date)s"),
        End.TERMINATED: gettext("terminated %(date)s"),
        End.SUPERSEDED: gettext("superseded %(date)s"),
    }
    causes = []
    if treaty.term_years and treaty.end == End.EXPIRED:
        causes.append(gettext("%(years)s-year term") % {"years": treaty.term_years})
    if treaty.ended_by_id and treaty.ended_by.is_public:
        causes.append(gettext("by %(title)s") % {"title": treaty.ended_by.local_title})
    notices = [
        act.date.text(genitive=True)
        for party in treaty.public_parties
        for act in party.actions.all()
        if act.type == "denounced" and act.date
    ]
    causes += [gettext("notice of %(date)s") % {"date": date} for date in dict.fromkeys(notices)]
    head = words[End(treaty.end or End.TERMINATED)] % {"date": treaty.terminated.text()}
    return f"{head}: {', '.join(causes)}" if causes else head


class WorkingLife(Evidence):
    """What a source says of how an instrument lived in practice, attributed; it never touches the legal status."""

    record = models.ForeignKey(
        "treaties.Treaty", models.CASCADE, related_name="working_life", verbose_name=_("treaty"), help_text=_("Of what.")
    )
    text = models.CharField(_("statement"), max_length=300, help_text=_("In our words: “nominal since the late 1950s”."))
    holder = models.ForeignKey(
        "vocab.Actor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="working_life_statements",
        verbose_name=_("holder"),
        help_text=_("Who says so."),
    )
    start = HistoricalDateField(_("from"), help_text=_("Where the stretch begins."))
    end = HistoricalDateField(_("to"), help_text=_("Where it ends."))

    class Meta(Evidence.Meta):
        verbose_name = _("statement on its working life")
        verbose_name_plural = _("statements on its working life")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        clean_historical_dates(self)
