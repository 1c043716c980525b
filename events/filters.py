"""THE declaration of every filter and facet of the chronicle."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sinorus.facets.filters import ChoiceFacet, ConditionFacet, DecadeFacet, RelatedFacet
from sinorus.facets.filtersets import DatedFilterSet
from sinorus.search.filters import SearchFilter
from sinorus.sources.filters import evidence_facet
from sinorus.sources.models import Assessment
from sinorus.vocab import filters as vocab

from .models import Event, EventAccount, EventCitation, MeetingKind, Participation


def _participants(**kwargs: object) -> RelatedFacet:
    return RelatedFacet(links=lambda: Participation.objects.all(), record="event", value="actor", **kwargs)


class EventFilterSet(DatedFilterSet):
    """A question about events."""

    q = SearchFilter()
    kind = ChoiceFacet("kind", Event.Kind, label=_("Kind"), help_text=_("What sort of event."))
    decade = DecadeFacet("date", first=1680, label=_("Decade"), help_text=_("Every decade the date may fall in, such as 1990s."))
    state = _participants(
        example="china",
        vocabulary=vocab.states,
        families=vocab.lineages,
        family_option="succession",
        label=_("State"),
        help_text=_("Slug of a state that takes part: china, russia, soviet-union …"),
    )
    succession = vocab.succession()
    person = _participants(
        example="boris-yeltsin", vocabulary=vocab.people, label=_("Person"), help_text=_("Slug of a person who takes part.")
    )
    organisation = _participants(
        example="sco", vocabulary=vocab.organisations, label=_("Organisation"), help_text=_("Slug of an organisation that takes part.")
    )
    place = vocab.place_facet()
    theme = vocab.theme_facet(Event.themes.through, "event")
    formula = vocab.formula_facet(Event.formulas.through, "event")
    importance = ChoiceFacet("importance", Event.Importance, ordered=True, label=_("Importance"), help_text=_("1 to 3, 3 the greatest."))
    has = ConditionFacet(
        {
            "assessment": (
                _("Assessments"),
                # Asked once for all events: SQLite would look each of them up with each of the assessments.
                lambda options: Q(
                    pk__in=Event.assessments.through.objects.filter(assessment__in=Assessment.objects.public()).values("event")
                ),
            ),
            "conflict": (
                _("Sources disagree"),
                lambda options: Q(Exists(EventAccount.objects.filter(record=OuterRef("pk"), source__status="published"))),
            ),
            "text": (_("More text"), lambda options: ~Q(body="")),
        },
        multiple=True,
        label=_("Has"),
        help_text=_("assessment, conflict (sources disagree) or text (more than a summary)."),
    )
    evidence = evidence_facet(EventCitation)


class MeetingFilterSet(DatedFilterSet):
    """A question about meetings: events of the kinds at which leaders meet. Pairs of persons are counted in them."""

    lists = False
    sorts = {"-count": ("pk",), "date": ("date_earliest", "pk"), "title": ("pk",)}
    default_sort = "-count"
    sort_labels = {"-count": _("most meetings first"), "date": _("by first meeting"), "title": _("by name")}

    kind = ChoiceFacet(
        "kind", MeetingKind, ordered=True, label=_("Kind"), help_text=_("summit, visit or meeting; without it all three are counted.")
    )
    place = vocab.place_facet()


class MeetingPages(MeetingFilterSet):
    """The same question on pages, where the pairs are told page by page; the API and the table as CSV tell them all."""

    sorts = MeetingFilterSet.sorts
    pages = True
