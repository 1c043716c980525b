"""Routes of the register."""

from django.urls import path

from sinorus.facets.urls import catalogue

from . import matrix
from .views import TreatyCompare, TreatyCompareCsv, TreatyDetail, TreatyList, TreatyProvisions

urlpatterns = [
    path("treaties/compare/", TreatyCompare.as_view(), name="treaty-compare"),
    path("treaties/compare.csv", TreatyCompareCsv.as_view(), name="treaty-compare-csv"),
    path("treaties/provisions/", TreatyProvisions.as_view(), name="treaty-provisions"),
    path("treaties/provisions.csv", TreatyProvisions.as_view(form=matrix.CSV), name="treaty-provisions-csv"),
    *catalogue("treaties", "treaty", TreatyList, TreatyDetail),
]
