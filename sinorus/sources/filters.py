"""Questions about sources and assessments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinorus.facets.filters import ChoiceFacet, DecadeFacet, RelatedFacet
from sinorus.facets.filtersets import DatedFilterSet
from sinorus.search.filters import SearchFilter
from sinorus.vocab.models import Actor, Side, Theme

from .models import Assessment, Source


class SourceFilterSet(DatedFilterSet):
    """A question about sources; dates are those of publication."""

    dated = "issued"
    default_sort = "title"

    q = SearchFilter()
    origin = ChoiceFacet("origin", Side, ordered=True, label=_("Origin"), help_text=_("Which side the text comes from."))
    standing = ChoiceFacet("standing", Source.Standing, label=_("Standing"), help_text=_("How near it is to what it reports."))
    kind = ChoiceFacet("kind", Source.Kind, label=_("Kind"), help_text=_("Item type of CSL."))
    decade = DecadeFacet("issued", first=1900, label=_("Decade"), help_text=_("Decade of publication, such as 1990s."))


class AssessmentFilterSet(DatedFilterSet):
    """A question about assessments."""

    q = SearchFilter()
    holder = RelatedFacet(
        vocabulary=lambda: Actor.objects.public(), value="holder", label=_("Holder"), help_text=_("Slug of the actor who held it.")
    )
    side = ChoiceFacet("holder__side", Side, ordered=True, label=_("Side"), help_text=_("Whose side the holder stands on."))
    topic = RelatedFacet(
        vocabulary=lambda: Theme.objects.public(), value="topic", empty=_("None"), label=_("Topic"), help_text=_("Slug of a theme.")
    )
    stance = ChoiceFacet("stance", Assessment.Stance, label=_("Stance"), help_text=_("What the holder does towards the matter."))
    decade = DecadeFacet("date", first=1900, label=_("Decade"), help_text=_("Decade in which it was said, such as 1990s."))
