"""Routes of the pages that span record types."""

from django.urls import path

from sinorus.facets.urls import catalogue
from sinorus.releases.offer import release_file
from sinorus.sources.formats import CITING

from . import crawlers
from .basket import Basket
from .cards import page_card, record_card
from .catalogues import (
    ActorDetail,
    ActorList,
    PlaceDetail,
    PlaceList,
    ThemeDetail,
    ThemeList,
)
from .coverage import CoverageCsv, CoverageView
from .data import Data
from .embed import ListCard, OEmbed, RecordCard
from .ladder import FormulaDetail, FormulaList
from .networks import Networks
from .receipts import ReceiptView
from .search import search_page
from .styleguide import styleguide
from .timeline.views import Timeline
from .views import About, Home
from .where import CSV, MapView

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("about/", About.as_view(), name="about"),
    path("map/", MapView.as_view(), name="map"),
    path("map.csv", MapView.as_view(form=CSV), name="map-csv"),
    path("cards/<slug:name>.png", page_card, name="page-card"),
    path("cards/<slug:type_name>/<slug:slug>.png", record_card, name="record-card"),
    path("coverage/", CoverageView.as_view(), name="coverage"),
    path("coverage.csv", CoverageCsv.as_view(), name="coverage-csv"),
    path("networks/", Networks.as_view(), name="networks"),
    path("data/", Data.as_view(), name="data"),
    path("data/<int:edition>/<path:name>", release_file, name="release-file"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("llms.txt", crawlers.llms, name="llms"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemaps/<slug:name>-<int:page>.xml", crawlers.sitemap_part, name="sitemap-part"),
    path("embed/<slug:kind>/<slug:slug>/", RecordCard.as_view(), name="embed-record"),
    path("embed/<slug:name>/", ListCard.as_view(), name="embed-list"),
    path("oembed", OEmbed.as_view(), name="oembed"),
    path("receipts/<slug:name>/", ReceiptView.as_view(), name="receipt"),
    path("receipts/<slug:name>.json", ReceiptView.as_view(form="json"), name="receipt-json"),
    path("search/", search_page, name="search"),
    path("basket/", Basket.as_view(), name="basket"),
    *(path(f"basket.{form.suffix}", Basket.as_view(form=form), name=f"basket-{form.suffix}") for form in CITING),
    path("timeline/", Timeline.as_view(), name="timeline"),
    *(path(f"timeline.{form.suffix}", Timeline.as_view(form=form), name=f"timeline-{form.suffix}") for form in Timeline.forms),
    path("styleguide/", styleguide, name="styleguide"),
    *catalogue("actors", "actor", ActorList, ActorDetail),
    *catalogue("places", "place", PlaceList, PlaceDetail),
    *catalogue("themes", "theme", ThemeList, ThemeDetail),
    *catalogue("partnership", "formula", FormulaList, FormulaDetail),
]
