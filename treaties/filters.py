"""THE declaration of every filter and facet of the register."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sinorus.facets.filters import ChoiceFacet, DecadeFacet, RelatedFacet
from sinorus.facets.filtersets import DatedFilterSet
from sinorus.vocab import filters as vocab
from sinorus.vocab.models import Actor

from .models import FormulaUse, Party, Signature, Treaty


class TreatyFilterSet(DatedFilterSet):
    """A question about instruments; dates are those of signature."""

    dated = "signed"

    kind = ChoiceFacet("kind", Treaty.Kind, label=_("Kind"), help_text=_("The form of the instrument."))
    binding = ChoiceFacet("binding", Treaty.Binding, ordered=True, label=_("Force"), help_text=_("binding in law, or political."))
    decade = DecadeFacet("signed", first=1680, label=_("Decade"), help_text=_("Every decade it may have been signed in, such as 1990s."))
    party = RelatedFacet(
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
