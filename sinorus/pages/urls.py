"""Routes of the pages that span record types."""

from django.urls import path, re_path

from sinorus.facets.urls import catalogue
from sinorus.publishing.views import by_id

from .catalogues import (
    ActorDetail,
    ActorList,
    PlaceDetail,
    PlaceList,
    ThemeDetail,
    ThemeList,
)
from .ladder import FormulaDetail, FormulaList
from .search import search_page
from .views import About, Home, healthz, readyz

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("about/", About.as_view(), name="about"),
    path("search/", search_page, name="search"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    re_path(r"^id/(?P<prefix>[A-Z])(?P<number>[0-9]{1,18})$", by_id, name="by-id"),
    *catalogue("actors", "actor", ActorList, ActorDetail),
    *catalogue("places", "place", PlaceList, PlaceDetail),
    *catalogue("themes", "theme", ThemeList, ThemeDetail),
    *catalogue("partnership", "formula", FormulaList, FormulaDetail),
]
