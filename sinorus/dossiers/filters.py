"""THE declaration of every filter and facet of dossiers."""

from __future__ import annotations

from sinorus.facets.filtersets import FacetedFilterSet
from sinorus.search.filters import SearchFilter
from sinorus.vocab import filters as vocab

from .models import Dossier


class DossierFilterSet(FacetedFilterSet):
    """A question about dossiers."""

    q = SearchFilter()
    theme = vocab.theme_facet(Dossier.themes.through, "dossier")
