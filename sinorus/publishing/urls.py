"""Permanent ids, and the stream of changes."""

from django.urls import path, re_path

from .views import ChangeList, by_id

urlpatterns = [
    re_path(r"^id/(?P<prefix>[A-Z])(?P<number>[0-9]{1,18})$", by_id, name="by-id"),
    path("changes/", ChangeList.as_view(), name="changes"),
    *(path(f"changes.{form.suffix}", ChangeList.as_view(form=form), name=f"changes-{form.suffix}") for form in ChangeList.forms),
]
