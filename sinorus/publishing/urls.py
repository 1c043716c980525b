"""Permanent ids, and the stream of changes."""

from django.urls import path, re_path

from .preview import preview
from .views import ChangeList, RecordHistory, by_id

urlpatterns = [
    re_path(r"^id/(?P<prefix>[A-Z])(?P<number>[0-9]{1,18})$", by_id, name="by-id"),
    path("preview/<str:signed>/", preview, name="preview"),
    re_path(r"^changes/(?P<prefix>[A-Z])(?P<number>[0-9]{1,18})/$", RecordHistory.as_view(), name="record-history"),
    path("changes/", ChangeList.as_view(), name="changes"),
    *(path(f"changes.{form.suffix}", ChangeList.as_view(form=form), name=f"changes-{form.suffix}") for form in ChangeList.forms),
]
