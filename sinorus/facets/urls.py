"""The addresses of a catalogue: its list, the list's other forms, its records."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import FORMS, CatalogueView


def catalogue(prefix: str, name: str, list_view: type[CatalogueView], detail_view: type) -> list[URLPattern]:
    """``/events/``, ``/events.csv`` …, ``/events/<slug>/`` under the names event-list, event-csv …, event-detail."""
    forms = [*FORMS, "atom"] if list_view.feed_class else list(FORMS)
    return [
        path(f"{prefix}/", list_view.as_view(), name=f"{name}-list"),
        *(path(f"{prefix}.{form}", list_view.as_view(form=form), name=f"{name}-{form}") for form in forms),
        path(f"{prefix}/<slug:slug>/", detail_view.as_view(), name=f"{name}-detail"),
    ]
