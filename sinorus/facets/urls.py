"""The addresses of a catalogue: its list, its records, and the other forms of both."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import CatalogueView


def catalogue(prefix: str, name: str, list_view: type[CatalogueView], detail_view: type) -> list[URLPattern]:
    """``/events/``, ``/events.csv`` …, ``/events/<slug>/``, ``/events/<slug>.json`` …

    Their names are event-list, event-csv …, event-detail, event-detail-json … Records are told in the forms and by the
    serializer that the list view names.
    """
    told = {"forms": list_view.forms, "serializer_class": list_view.serializer_class}
    lists = [form for form in list_view.forms if form.of_lists]
    records = [form for form in list_view.forms if form.of_records]
    return [
        path(f"{prefix}/", list_view.as_view(), name=f"{name}-list"),
        *(path(f"{prefix}.{form.suffix}", list_view.as_view(form=form), name=f"{name}-{form.suffix}") for form in lists),
        path(f"{prefix}/<slug:slug>/", detail_view.as_view(**told), name=f"{name}-detail"),
        *(
            path(f"{prefix}/<slug:slug>.{form.suffix}", detail_view.as_view(**told, form=form), name=f"{name}-detail-{form.suffix}")
            for form in records
        ),
    ]
