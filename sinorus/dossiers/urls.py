"""Routes of the dossiers."""

from sinorus.facets.urls import catalogue

from .views import DossierDetail, DossierList

urlpatterns = catalogue("dossiers", "dossier", DossierList, DossierDetail)
