"""The roof: every address of the site."""

from django.contrib import admin
from django.urls import include, path

from sinorus.dates.views import read_date

urlpatterns = [
    path("admin/dates/read", admin.site.admin_view(read_date), name="dates-read"),
    path("admin/", admin.site.urls),
    path("api/", include("sinorus.api")),
    path("", include("events.urls")),
    path("", include("treaties.urls")),
    path("", include("sinorus.sources.urls")),
    path("", include("sinorus.dossiers.urls")),
    path("", include("sinorus.publishing.urls")),
    path("", include("sinorus.operations.urls")),
    path("", include("sinorus.desk.urls")),
    path("", include("sinorus.pages.urls")),
]

handler400 = "sinorus.operations.errors.bad_request"
handler403 = "sinorus.operations.errors.forbidden"
handler404 = "sinorus.pages.views.not_found"
handler500 = "sinorus.operations.outage.server_error"
