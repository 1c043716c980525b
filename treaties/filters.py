"""THE declaration of every filter and facet of the register."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sinorus.facets.filters import ChoiceFacet, ConditionFacet, DecadeFacet, LinkedChoiceFacet, RelatedFacet, Switch
from sinorus.facets.filtersets import DatedFilterSet
from sinorus.search.filters import SearchFilter
from sinorus.sources.filters import evidence_facet
from sinorus.sources.models import Assessment
from sinorus.vocab import filters as vocab
from sinorus.vocab.models import Actor

from .life import Status, status_q
from .models import Article, FormulaUse, Party, Provision, Signature, Treaty, TreatyAccount, TreatyCitation
from .topics import Topic


def _read_day(text: str) -> datetime.date:
    try:
        if len(text) != 10 or not text.isascii():
            raise ValueError
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("“%(value)s” is not a day such as 1975-06-01."), code="day", params={"value": text[:80]}) from None


def _has_status(status: str) -> Any:
    def condition(options: Mapping[str, Any]) -> Q:
        return status_q(status, options.get("on") or datetime.date.today(), options.get("date_match") or "possible")

    return condition


def _has(model: Any, column: str = "record", **conditions: Any) -> Any:
    return lambda options: Q(Exists(model.objects.filter(**{column: OuterRef("pk")}, **conditions)))


class TreatyFilterSet(DatedFilterSet):
    """A question about instruments; dates are those of signature."""

    dated = "signed"

    q = SearchFilter()
    kind = ChoiceFacet("kind", Treaty.Kind, label=_("Kind"), help_text=_("The form of the instrument."))
    binding = ChoiceFacet("binding", Treaty.Binding, ordered=True, label=_("Force"), help_text=_("binding in law, or political."))
    decade = DecadeFacet("signed", first=1680, label=_("Decade"), help_text=_("Every decade it may have been signed in, such as 1990s."))
    party = RelatedFacet(
        example="russia",
        vocabulary=lambda: Actor.objects.public(),
        links=lambda: Party.objects.all(),
        record="treaty",
        value="actor",
        families=vocab.lineages,
        family_option="succession",
        label=_("Party"),
        help_text=_("Slug of a state or body that is a party: china, russia, soviet-union …"),
    )
    succession = vocab.succession()
    signatory = RelatedFacet(
        example="boris-yeltsin",
        vocabulary=vocab.people,
        links=lambda: Signature.objects.all(),
        record="treaty",
        value="actor",
        label=_("Signatory"),
        help_text=_("Slug of a person who signed."),
    )
    place = vocab.place_facet()
    theme = vocab.theme_facet(Treaty.themes.through, "treaty")
    formula = vocab.formula_facet(FormulaUse, "treaty")
    topic = LinkedChoiceFacet(
        "topic",
        Topic,
        links=lambda: Provision.objects.all(),
        record="article__treaty",
        label=_("Topic"),
        help_text=_("What an article is about."),
    )
    status = ConditionFacet(
        {value: (label, _has_status(value)) for value, label in Status.choices},
        dated=True,
        label=_("Legal status"),
        help_text=_("Status as of today, or of the day given with “on”; what imprecise dates leave open is matched as possible."),
    )
    on = Switch(
        example="1975-06-01",
        read=_read_day,
        looks="date",
        label=_("Status on"),
        help_text=_("A day, such as 1975-06-01: the status is judged on it."),
    )
    has = ConditionFacet(
        {
            "assessment": (_("Assessments"), _has(Treaty.assessments.through, "treaty", assessment__in=Assessment.objects.public())),
            "conflict": (_("Sources disagree"), _has(TreatyAccount, source__status="published")),
            "text": (_("Articles"), _has(Article, "treaty")),
        },
        multiple=True,
        label=_("Has"),
        help_text=_("assessment, conflict (sources disagree) or text (articles)."),
    )
    evidence = evidence_facet(TreatyCitation)

    def context(self) -> dict[str, Any]:
        return {"on": self.asked.get("on")}

    def describe_rest(self) -> list[str]:
        on = self.asked.get("on")
        return super().describe_rest() + ([str(_("status on %s")) % on] if on else [])


class ProvisionFilterSet(TreatyFilterSet):
    """The same question, asked of the matrix: as many instruments as fit beside each other."""

    page_size = 12


class FamilyFilterSet(TreatyFilterSet):
    """The same question, asked of families of instruments: told whole."""

    lists = False
    sorts = {"-count": ("pk",), "date": ("signed_earliest", "pk")}
    default_sort = "-count"
    sort_labels = {"-count": _("largest family first"), "date": _("oldest family first")}
