"""Routes of the register."""

from django.urls import path

from sinorus.facets.urls import catalogue

from . import lineage, matrix
from .views import TreatyCompare, TreatyCompareCsv, TreatyDetail, TreatyFamilies, TreatyList, TreatyProvisions

urlpatterns = [
    path("treaties/compare/", TreatyCompare.as_view(), name="treaty-compare"),
    path("treaties/compare.csv", TreatyCompareCsv.as_view(), name="treaty-compare-csv"),
    path("treaties/provisions/", TreatyProvisions.as_view(), name="treaty-provisions"),
    path("treaties/provisions.csv", TreatyProvisions.as_view(form=matrix.CSV), name="treaty-provisions-csv"),
    path("networks/families/", TreatyFamilies.as_view(), name="network-treaties"),
    path("networks/families.csv", TreatyFamilies.as_view(form=lineage.CSV), name="network-treaties-csv"),
    *catalogue("treaties", "treaty", TreatyList, TreatyDetail),
]
