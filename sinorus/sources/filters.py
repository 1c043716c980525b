"""Questions about sources and assessments."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sinorus.facets.filters import ChoiceFacet, ConditionFacet, DecadeFacet, RelatedFacet
from sinorus.facets.filtersets import DatedFilterSet
from sinorus.search.filters import SearchFilter
from sinorus.vocab.models import Actor, Side, Theme

from .languages import Language
from .models import Assessment, Source

#: On whose sources a record rests, by its citations: each record that cites anything is in one of these.
RESTS_ON: Final = {
    "both-sides": _("Both sides"),
    "chinese-side": _("Chinese side alone"),
    "russian-side": _("Russian side alone"),
    "third-only": _("Third parties alone"),
}


def rests_on(citation: Any) -> dict[str, Q]:
    """The conditions of ``RESTS_ON`` on records of the type that a model of citations belongs to."""

    def cites(**conditions: Any) -> Exists:
        return Exists(citation.objects.filter(record=OuterRef("pk"), source__status="published", **conditions))

    chinese, russian = Q(cites(source__origin=Side.CHINESE)), Q(cites(source__origin=Side.RUSSIAN))
    return {
        "both-sides": chinese & russian,
        "chinese-side": chinese & ~russian,
        "russian-side": russian & ~chinese,
        "third-only": Q(cites()) & ~chinese & ~russian,
    }


def one_source(citation: Any) -> Q:
    """The condition that a record cites one source and no other."""
    rows = citation.objects.filter(source__status="published").order_by().values("record")
    return Q(pk__in=rows.annotate(_sources=Count("source", distinct=True)).filter(_sources=1).values("record"))


def evidence_facet(citation: Any) -> ConditionFacet:
    """On whose sources a record rests, and whether on a single one."""
    conditions = {value: (label, lambda options, value=value: rests_on(citation)[value]) for value, label in RESTS_ON.items()}
    return ConditionFacet(
        conditions | {"one-source": (_("A single source"), lambda options: one_source(citation))},
        multiple=True,
        label=_("Rests on"),
        help_text=_("both-sides, chinese-side, russian-side or third-only, by the origin of what is cited; one-source: a single source."),
    )


class SourceFilterSet(DatedFilterSet):
    """A question about sources; dates are those of publication."""

    dated = "issued"
    default_sort = "title"

    q = SearchFilter()
    origin = ChoiceFacet("origin", Side, ordered=True, label=_("Origin"), help_text=_("Which side the text comes from."))
    standing = ChoiceFacet("standing", Source.Standing, label=_("Standing"), help_text=_("How near it is to what it reports."))
    language = ChoiceFacet("language", Language, label=_("Language"), help_text=_("ISO 639 code of the text, such as zh."))
    kind = ChoiceFacet("kind", Source.Kind, label=_("Kind"), help_text=_("Item type of CSL."))
    decade = DecadeFacet("issued", first=1900, label=_("Decade"), help_text=_("Decade of publication, such as 1990s."))


class AssessmentFilterSet(DatedFilterSet):
    """A question about assessments."""

    q = SearchFilter()
    holder = RelatedFacet(
        example="mao-zedong",
        vocabulary=lambda: Actor.objects.public(),
        value="holder",
        label=_("Holder"),
        help_text=_("Slug of the actor who held it."),
    )
    side = ChoiceFacet("holder__side", Side, ordered=True, label=_("Side"), help_text=_("Whose side the holder stands on."))
    topic = RelatedFacet(
        example="border",
        vocabulary=lambda: Theme.objects.public(),
        value="topic",
        empty=_("None"),
        label=_("Topic"),
        help_text=_("Slug of a theme."),
    )
    stance = ChoiceFacet("stance", Assessment.Stance, label=_("Stance"), help_text=_("What the holder does towards the matter."))
    decade = DecadeFacet("date", first=1900, label=_("Decade"), help_text=_("Decade in which it was said, such as 1990s."))
