"""Questions about actors, places and themes; and the facets that both domains share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sinorus.facets.fields import one_of
from sinorus.facets.filters import ChoiceFacet, RelatedFacet, Switch
from sinorus.facets.filtersets import FacetedFilterSet
from sinorus.search.filters import SearchFilter

from .models import Actor, Formula, Place, Side, Theme


def states() -> Any:
    return Actor.objects.public().states()


def people() -> Any:
    return Actor.objects.public().people()


def organisations() -> Any:
    return Actor.objects.public().organisations()


def lineages() -> dict[int, set[int]]:
    """Each state with its predecessors."""
    return Actor.objects.lineages()


def regions() -> dict[int, set[int]]:
    """Each place with all within it."""
    return Place.objects.regions()


def succession() -> Switch:
    """The switch that lets a state stand for its predecessors too."""
    return Switch(
        read=one_of("1"),
        allowed=["1"],
        label=_("With predecessors"),
        help_text=_("1: a state stands for its predecessors too, Russia for the Soviet Union, the Empire and the Tsardom."),
    )


def place_facet() -> RelatedFacet:
    """Where: a country takes in the places within it."""
    return RelatedFacet(
        example="beijing",
        vocabulary=lambda: Place.objects.public(),
        value="place",
        families=regions,
        empty=_("Not recorded"),
        label=_("Place"),
        help_text=_("Slug of a place; a country takes in what lies within it. “unknown”: no place recorded."),
    )


def theme_facet(through: Any, record: str) -> RelatedFacet:
    """What it is about."""
    return RelatedFacet(
        example="border",
        vocabulary=lambda: Theme.objects.public(),
        links=lambda: through.objects.all(),
        record=record,
        value="theme",
        label=_("Theme"),
        help_text=_("Slug of a theme."),
    )


def formula_facet(through: Any, record: str) -> RelatedFacet:
    """Which formula of the relation."""
    return RelatedFacet(
        example="strategic-partnership",
        vocabulary=lambda: Formula.objects.public(),
        links=lambda: through.objects.all(),
        record=record,
        value="formula",
        ordered=True,
        label=_("Formula"),
        help_text=_("Slug of a formula of the relation, such as strategic-partnership."),
    )


class ActorFilterSet(FacetedFilterSet):
    """A question about actors."""

    sorts = {"title": ("sort_name", "title", "pk"), "-updated": ("-updated", "-pk")}

    q = SearchFilter()
    kind = ChoiceFacet("kind", Actor.Kind, ordered=True, label=_("Kind"), help_text=_("state, organisation or person."))
    side = ChoiceFacet("side", Side, ordered=True, label=_("Side"), help_text=_("Whose side of the relation the actor stands on."))


class PlaceFilterSet(FacetedFilterSet):
    """A question about places."""

    q = SearchFilter()
    kind = ChoiceFacet("kind", Place.Kind, label=_("Kind"), help_text=_("What sort of place."))
    within = RelatedFacet(
        example="china",
        vocabulary=lambda: Place.objects.public(),
        value="within",
        empty=_("Nothing larger"),
        label=_("Within"),
        help_text=_("Slug of the place that it lies in."),
    )


class ThemeFilterSet(FacetedFilterSet):
    """A question about themes."""

    q = SearchFilter()


class FormulaFilterSet(FacetedFilterSet):
    """A question about formulas."""

    sorts = {"title": ("position", "pk"), "-updated": ("-updated", "-pk")}

    q = SearchFilter()
    type = ChoiceFacet("type", Formula.Type, ordered=True, label=_("Type"), help_text=_("Step, variant, prelude or slogan."))
