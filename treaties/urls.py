"""Routes of the register."""

from sinorus.facets.urls import catalogue

from .views import TreatyDetail, TreatyList

urlpatterns = catalogue("treaties", "treaty", TreatyList, TreatyDetail)
